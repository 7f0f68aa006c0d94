//! Tables as a workbook: numbers stay numbers, days stay days, text is never a formula.

#[cfg(test)]
mod tests;
mod write;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::DocumentError;

/// What a column holds, and so how its numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Whole numbers.
    Count,
    /// Money of one currency, which the heading names.
    Money {
        /// How many decimals the currency has, and how many are shown.
        decimals: u8,
    },
    /// Shares, written as percentages with one decimal.
    Percent,
    /// Days.
    Day,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading, with the unit.
    pub heading: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Its width in letters.
    pub width: u16,
}

/// One cell.
///
/// # Units
/// Money in minor units of its column, shares as fractions (0.31 is 31 %).
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known: the cell stays empty, which is not zero.
    Empty,
    /// Words; in a column of numbers the word that says why there is none.
    Text(String),
    /// Words that are wrong, on a ground that is seen.
    Wrong(String),
    /// A whole number.
    Count(i64),
    /// Money in minor units.
    Money(i64),
    /// A fraction.
    Percent(f64),
    /// A day.
    Day(Date),
}

/// One sheet: a row of headings, rows, perhaps totals, and notes under all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name; what a spreadsheet does not take in a name is left out.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The row of totals, outside of the filter; empty for none.
    pub totals: Vec<Cell>,
    /// Source, day, method, rates: one line each.
    pub notes: Vec<String>,
}

/// A workbook: what its properties say, and its sheets.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// The title of the document.
    pub title: String,
    /// Who had it made; may be empty.
    pub author: String,
    /// When it was made, as the clock of the caller says.
    pub created_at: Timestamp,
    /// Its sheets, in order; a workbook without any gets an empty one.
    pub sheets: Vec<Sheet>,
}

/// Gives a workbook as the bytes of an XLSX file; the same workbook gives the same bytes.
///
/// # Errors
/// [`DocumentError::TooManyRows`] for a sheet past 1,048,576 rows, [`DocumentError::Workbook`] when it cannot be written.
pub fn xlsx(workbook: &Workbook) -> Result<Vec<u8>, DocumentError> {
    write::workbook(workbook)
}
