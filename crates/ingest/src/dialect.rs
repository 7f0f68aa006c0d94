//! How a file is written: packing, encoding, form and delimiter, seen from its content.

use csv::ReaderBuilder;

use crate::encoding::Encoding;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Lines of cells that a character parts.
    Delimited,
    /// A JSON array of objects.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// Contact cards.
    Cards,
    /// A calendar.
    Calendar,
    /// Mail: one message or a mailbox.
    Mail,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Whether the file was packed with gzip.
    pub gzip: bool,
    /// The encoding of its characters.
    pub encoding: Encoding,
    /// Its form.
    pub form: Form,
    /// The character between two cells; `None` where nothing parts them.
    pub delimiter: Option<char>,
}

/// The delimiters that are tried, the first wins a tie.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// So much of the text is looked at.
const SAMPLE: usize = 65_536;

/// Gives the delimiter of a text: the one that cuts the most lines into as many cells as the first.
pub(crate) fn delimiter(text: &str) -> u8 {
    let sample = sample(text);
    let mut best = (b',', 0.0_f64, 1_usize);
    for delimiter in DELIMITERS {
        let Some((share, width)) = fit(sample, delimiter) else { continue };
        if width > 1 && (share > best.1 + 0.01 || share > best.1 - 0.01 && width > best.2) {
            best = (delimiter, share, width);
        }
    }
    best.0
}

/// Gives the beginning of a text up to the end of a line.
fn sample(text: &str) -> &str {
    let Some(end) = text.as_bytes().get(..SAMPLE).and_then(|b| b.iter().rposition(|b| *b == b'\n'))
    else {
        return text;
    };
    text.get(..end).unwrap_or(text)
}

/// Gives the share of records as wide as the first, and that width.
fn fit(sample: &str, delimiter: u8) -> Option<(f64, usize)> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(sample.as_bytes());
    let mut record = csv::ByteRecord::new();
    let (mut first, mut same, mut all) = (None, 0_i64, 0_i64);
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let width = *first.get_or_insert(record.len());
        all += 1;
        same += i64::from(record.len() == width);
    }
    Some((orchestre_domain::float::ratio(same, all)?, first?))
}

/// Takes the first line `sep=;` of a spreadsheet off, and gives its character.
pub(crate) fn declared(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let sign = line.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=")?;
    let delimiter = sign.bytes().next().filter(|_| sign.len() == 1)?;
    DELIMITERS.contains(&delimiter).then_some((delimiter, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_commas_do_not_hide_the_semicolon() {
        assert_eq!(delimiter("Nom;CA;Part\nA;1,5;2,5\nB;1,5;2,5\nC;7,5;0,5\n"), b';');
        assert_eq!(delimiter("name,note\nA,a;b;c\nB,d;e;f\n"), b',');
        assert_eq!(delimiter("a\tb, c\td\n1\t2, 3\t4\n"), b'\t');
        assert_eq!(delimiter("a|b\n\"x,y|z\"|1\n"), b'|');
        assert_eq!(delimiter("alone\n1\n2\n"), b',');
    }

    #[test]
    fn a_spreadsheet_may_declare_its_delimiter() {
        assert_eq!(declared("sep=;\r\na;b\n"), Some((b';', "a;b\n")));
        assert_eq!(declared("separator\na;b\n"), None);
    }
}
