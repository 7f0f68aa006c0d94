//! A row as a line of JSON: an array with one value a column.
//!
//! Whole numbers are numbers; reals are texts that give back the same bits; bytes are base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use orchestre_store::{Cell, Kind, Shape, Value};
use serde_json::Value as Json;

use super::KeepError;

/// Adds a row and its line end.
pub(super) fn write(cells: &[Cell], line: &mut Vec<u8>) -> Result<(), KeepError> {
    line.push(b'[');
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            line.push(b',');
        }
        match cell {
            Cell::Null => line.extend_from_slice(b"null"),
            Cell::Int(value) => line.extend_from_slice(value.to_string().as_bytes()),
            Cell::Real(value) => line.extend_from_slice(format!("\"{value:?}\"").as_bytes()),
            Cell::Text(value) => {
                serde_json::to_writer(&mut *line, value).map_err(std::io::Error::from)?;
            }
            Cell::Bytes(value) => {
                line.extend_from_slice(format!("\"{}\"", STANDARD.encode(value)).as_bytes());
            }
        }
    }
    line.extend_from_slice(b"]\n");
    Ok(())
}

/// Reads a line; `wanted` says of each value its type and where it stands in the line.
pub(super) fn read(line: &[u8], wanted: &[(Kind, usize)]) -> Option<Vec<Value>> {
    let mut cells: Vec<Json> = serde_json::from_slice(line).ok()?;
    wanted.iter().map(|(kind, place)| value(*kind, cells.get_mut(*place)?.take())).collect()
}

fn value(kind: Kind, cell: Json) -> Option<Value> {
    Some(match (kind, cell) {
        (Kind::Int, Json::Null) => Value::Int(None),
        (Kind::Real, Json::Null) => Value::Real(None),
        (Kind::Text, Json::Null) => Value::Text(None),
        (Kind::Int, Json::Number(number)) => Value::Int(Some(number.as_i64()?)),
        (Kind::Real, Json::String(text)) => Value::Real(Some(text.parse().ok()?)),
        (Kind::Text, Json::String(text)) => Value::Text(Some(text)),
        (Kind::Bytes, Json::String(text)) => Value::Bytes(STANDARD.decode(text).ok()?),
        _ => return None,
    })
}

/// Gives a row of the store as the values that fill another.
pub(super) fn values(shape: &Shape, cells: &[Cell]) -> Vec<Value> {
    let null = |kind: &Kind| match kind {
        Kind::Int => Value::Int(None),
        Kind::Real => Value::Real(None),
        Kind::Text => Value::Text(None),
        Kind::Bytes => Value::Bytes(Vec::new()),
    };
    shape
        .kinds
        .iter()
        .zip(cells)
        .map(|(kind, cell)| match cell {
            Cell::Null => null(kind),
            Cell::Int(value) => Value::Int(Some(*value)),
            Cell::Real(value) => Value::Real(Some(*value)),
            Cell::Text(value) => Value::Text(Some(value.clone())),
            Cell::Bytes(value) => Value::Bytes(value.clone()),
        })
        .collect()
}
