//! The tables behind the story, and the files made of them.

/// Gives the rows of a table: cells between bars, without comments and empty lines.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('|').map(str::trim).collect())
}

/// Gives a text that begins with a capital.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A file of comma-separated values under construction.
#[derive(Debug)]
pub(crate) struct Sheet {
    text: String,
}

impl Sheet {
    pub(crate) fn new(headings: &str) -> Self {
        Self { text: format!("{headings}\n") }
    }

    pub(crate) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for (n, cell) in cells.into_iter().enumerate() {
            if n > 0 {
                self.text.push(',');
            }
            self.cell(cell.as_ref());
        }
        self.text.push('\n');
    }

    fn cell(&mut self, cell: &str) {
        if cell.contains([',', '"', '\n']) {
            self.text.push('"');
            self.text.push_str(&cell.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(cell);
        }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_with_a_comma_is_quoted() {
        let mut sheet = Sheet::new("a,b");
        sheet.row(["one, two", "say \"no\""]);
        assert_eq!(sheet.finish(), "a,b\n\"one, two\",\"say \"\"no\"\"\"\n");
    }

    #[test]
    fn comments_are_no_rows() {
        assert_eq!(rows("# a | b\n\nc | d\n").collect::<Vec<_>>(), vec![vec!["c", "d"]]);
    }
}
