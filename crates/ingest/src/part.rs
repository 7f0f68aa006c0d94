//! A dropped file becomes parts, each read by itself: the file, a sheet of a workbook, a file of
//! an archive. What is no text of cells becomes one, so that all else is the same for every format.

mod archive;
mod gleif;
mod workbook;

use std::borrow::Cow;

use crate::issue::{Issue, IssueCode};
use crate::unpack::{is_gzip, unzip};

/// How much a file may hold; beyond it the file, or the part, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of all parts together after unpacking \[D\].
    pub unpacked: u64,
    /// How many times larger a packed file may become \[D\].
    pub ratio: u64,
    /// The parts of one file \[D\].
    pub parts: usize,
    /// The bytes of a workbook that is read whole (XLS, ODS, XLSB) \[D\].
    pub whole: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { unpacked: 512 << 20, ratio: 200, parts: 500, whole: 64 << 20 }
    }
}

/// A part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it stands: `export.csv`, `export.zip/Account.csv`, `book.xlsx/Sheet1`.
    pub path: String,
    /// A text of cells, or JSON.
    pub bytes: Vec<u8>,
}

/// What a file became.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// The parts that can be read.
    pub parts: Vec<Part>,
    /// What cannot, by its path.
    pub issues: Vec<(String, Issue)>,
}

impl Opened {
    fn refuse(&mut self, path: &str, issue: Issue) {
        self.issues.push((path.to_owned(), issue));
    }
}

/// Opens a file, whatever it is: never fails, and reads no more than the limits allow.
///
/// # Edges
///
/// A file that is neither archive nor workbook is its own only part, as it came; its reader says
/// what is wrong with it. Archives inside archives are opened once.
pub fn open(file_name: &str, bytes: Vec<u8>, limits: Limits) -> Opened {
    let mut opened = Opened::default();
    let mut budget = Budget { limits, left: limits.unpacked };
    add(&mut opened, (file_name, bytes), (&mut budget, Depth::Outside));
    opened
}

/// Whether a file was dropped, or stands in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outside,
    Inside,
    Innermost,
}

/// What may still be unpacked.
struct Budget {
    limits: Limits,
    left: u64,
}

impl Budget {
    /// Gives the most bytes that packed ones may become.
    fn most(&self, packed: usize) -> u64 {
        // A short text may be packed well; only what is large is measured by its ratio.
        let packed = u64::try_from(packed).unwrap_or(u64::MAX).max(64 << 10);
        self.left.min(packed.saturating_mul(self.limits.ratio))
    }

    fn take(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(u64::try_from(bytes).unwrap_or(u64::MAX));
    }
}

fn add(opened: &mut Opened, (path, bytes): (&str, Vec<u8>), (budget, depth): (&mut Budget, Depth)) {
    if opened.parts.len() >= budget.limits.parts {
        return opened.refuse(path, too_large(budget.limits.parts));
    }
    let is_packed = is_gzip(&bytes) && depth != Depth::Innermost;
    let bytes = if is_packed {
        match unzip(&bytes, budget.most(bytes.len())) {
            Ok(inner) => {
                budget.take(inner.len());
                inner
            }
            Err(issue) => return opened.refuse(path, issue),
        }
    } else {
        bytes
    };
    match Format::of(&bytes) {
        Format::Archive if depth == Depth::Innermost => {
            opened.refuse(path, Issue::file(IssueCode::FormatMismatch).with_value("zip"));
        }
        Format::Archive => archive::open(opened, (path, &bytes), (budget, depth)),
        Format::Workbook(kind) => workbook::open(opened, (path, bytes, kind), budget),
        Format::Gleif => match gleif::table(&bytes) {
            Ok(bytes) => opened.parts.push(Part { path: path.to_owned(), bytes }),
            Err(issue) => opened.refuse(path, issue),
        },
        Format::Text => opened.parts.push(Part { path: path.to_owned(), bytes }),
    }
}

fn too_large(limit: impl std::fmt::Display) -> Issue {
    Issue::file(IssueCode::TooLarge).with_value(&limit.to_string())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Archive,
    Workbook(workbook::Kind),
    Gleif,
    Text,
}

impl Format {
    /// Gives the format by the bytes, never by the name.
    fn of(bytes: &[u8]) -> Self {
        if let Some(kind) = workbook::Kind::of(bytes) {
            return Self::Workbook(kind);
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Self::Archive;
        }
        if gleif::is_gleif(bytes) { Self::Gleif } else { Self::Text }
    }
}

/// Writes rows as a text of cells: one row a line as far as cells have no line ends.
struct Csv {
    writer: csv::Writer<Vec<u8>>,
}

impl Csv {
    fn new() -> Self {
        let writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        Self { writer }
    }

    fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cow<'a, str>>) {
        // Writing into memory cannot fail.
        self.writer.write_record(cells.into_iter().map(Cow::into_owned)).unwrap_or_default();
    }

    fn end(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
