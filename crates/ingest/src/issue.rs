//! What is wrong with a cell, a row or a file: codes and the values they speak of, no sentences.

pub use orchestre_domain::import::IssueCode;

/// A thing that a reader could not take as it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue {
    /// The line of the file in which the row begins, counted from 1; `None` for the whole file.
    pub line: Option<u32>,
    /// The heading of the column.
    pub column: Option<String>,
    /// What stands there, cut after 120 characters.
    pub value: Option<String>,
    /// The code.
    pub code: IssueCode,
    /// How many rows say the same; the line is the first of them.
    pub rows: u32,
}

impl Issue {
    /// Makes an issue of the whole file.
    pub fn file(code: IssueCode) -> Self {
        Self { line: None, column: None, value: None, code, rows: 1 }
    }

    /// Makes an issue of a row.
    pub fn row(code: IssueCode, line: u32) -> Self {
        Self { line: Some(line), ..Self::file(code) }
    }

    /// Names the column.
    #[must_use]
    pub fn in_column(self, heading: &str) -> Self {
        Self { column: Some(heading.to_owned()), ..self }
    }

    /// Names the value.
    #[must_use]
    pub fn with_value(self, value: &str) -> Self {
        Self { value: Some(value.chars().take(120).collect()), ..self }
    }
}
