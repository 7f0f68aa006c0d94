//! What can go wrong while a document is made.

use rust_xlsxwriter::XlsxError;
use typst_as_lib::TypstAsLibError;

/// Why a document could not be made; plain data cannot be wrong, so each of these is a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A template or a picture could not be laid out.
    #[error("the page could not be laid out")]
    Layout(#[source] TypstAsLibError),
    /// The laid out page could not be written as PDF.
    #[error("the page could not be written as PDF")]
    Pdf(#[source] TypstAsLibError),
    /// The workbook could not be written.
    #[error("the workbook could not be written")]
    Workbook(#[from] XlsxError),
    /// A sheet has more rows than a spreadsheet holds.
    #[error("the sheet {sheet} has more than {limit} rows")]
    TooManyRows {
        /// The name of the sheet.
        sheet: String,
        /// How many rows it may have.
        limit: usize,
    },
}
