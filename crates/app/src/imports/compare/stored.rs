//! What a comparison keeps beside its rows, as JSON.

use orchestre_ingest::Reading;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::error::AppError;

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedColumn {
    /// The heading as it stands.
    pub heading: String,
    /// The field that it fills.
    pub field: Option<String>,
    /// The first values that differ.
    pub samples: Vec<String>,
    /// How many rows hold a value.
    pub filled: usize,
}

/// What becomes of the figures, and how the file was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The recipe that was used.
    pub recipe: Option<String>,
    /// The turnover of all customers by currency: before and after, in minor units.
    pub turnover: Vec<(String, i64, i64)>,
}

/// Gives the columns of a file as they are kept.
pub(super) fn columns(reading: &Reading) -> Vec<ComparedColumn> {
    let column = |column: &orchestre_ingest::ColumnReading| ComparedColumn {
        heading: column.heading.clone(),
        field: column.field.map(str::to_owned),
        samples: column.samples.clone(),
        filled: column.filled,
    };
    reading.columns.iter().map(column).collect()
}

/// Gives the JSON of a value.
pub(super) fn write(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(|_unwritable| Code::Internal.into())
}

/// Reads what [`write()`] gave.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(|_unreadable| Code::Internal.into())
}
