//! Documents: plain data in, the bytes of a PDF or of a workbook out.
//!
//! The crate is given words, numbers that are already written, days and pictures as SVG text.
//! It has no sentence of its own, asks no database and reads no clock: the same input gives the same bytes.
//! Start reading at [`plan`] (the plan on one page) and [`workbook`] (tables for a spreadsheet).

mod engine;
mod error;
pub mod plan;
pub mod workbook;

pub use error::DocumentError;
