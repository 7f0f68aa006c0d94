//! Tables for people: columns aligned, numbers to the right.

/// Where the words of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// A table for the terminal.
#[derive(Debug, Default)]
pub(crate) struct Table {
    head: Vec<(String, Side)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Adds a column of words.
    #[must_use]
    pub(crate) fn text(mut self, heading: impl Into<String>) -> Self {
        self.head.push((heading.into(), Side::Left));
        self
    }

    /// Adds a column of numbers.
    #[must_use]
    pub(crate) fn number(mut self, heading: impl Into<String>) -> Self {
        self.head.push((heading.into(), Side::Right));
        self
    }

    /// Adds a row; cells beyond the columns are dropped.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Gives the lines, the headings first.
    pub(crate) fn lines(&self) -> Vec<String> {
        let head: Vec<String> = self.head.iter().map(|(heading, _)| heading.clone()).collect();
        let all: Vec<&Vec<String>> = std::iter::once(&head).chain(&self.rows).collect();
        let widths: Vec<usize> = (0..self.head.len())
            .map(|at| {
                all.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0)
            })
            .collect();
        all.iter().map(|row| self.line(row, &widths)).collect()
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for ((cell, (_, side)), most) in row.iter().zip(&self.head).zip(widths) {
            let gap = " ".repeat(most.saturating_sub(width(cell)));
            if !line.is_empty() {
                line.push_str("  ");
            }
            match side {
                Side::Right => line.extend([gap.as_str(), cell]),
                Side::Left => line.extend([cell, gap.as_str()]),
            }
        }
        line.trim_end().to_owned()
    }
}

fn width(cell: &str) -> usize {
    cell.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right_and_words_to_the_left() {
        let mut table = Table::default().text("Account").number("Turnover");
        table.row(["Lysarel".to_owned(), "14".to_owned()]);
        table.row(["Élan".to_owned(), "1,284".to_owned()]);
        assert_eq!(table.lines(), ["Account  Turnover", "Lysarel        14", "Élan        1,284"]);
    }
}
