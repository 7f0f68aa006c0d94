//! A row and its cells, read by column name; NULL is read only where it is expected.

use rusqlite::types::ValueRef;
use sqlx::postgres::PgRow;
use sqlx::{Column as _, Row as _, TypeInfo, ValueRef as _};
use std::sync::Arc;

use crate::error::StoreError;

/// A cell as it came from an engine.
#[derive(Debug, Clone)]
pub enum Cell {
    /// NULL.
    Null,
    /// A BIGINT.
    Int(i64),
    /// A DOUBLE PRECISION.
    Real(f64),
    /// A TEXT.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A row of an answer.
pub enum Row {
    /// From SQLite: the names, shared by all rows, and the cells.
    Sqlite(Arc<[String]>, Vec<Cell>),
    /// From PostgreSQL.
    Postgres(PgRow),
}

/// A type that a column can be read as.
pub trait Column: Sized {
    /// Reads a cell; `None` when it is of another type.
    fn of(cell: Cell) -> Option<Self>;
}

macro_rules! column {
    ($($kind:ty => $variant:ident),*) => { $(
        impl Column for $kind {
            fn of(cell: Cell) -> Option<Self> {
                match cell { Cell::$variant(value) => Some(value), _ => None }
            }
        }
    )* };
}
column!(i64 => Int, f64 => Real, String => Text, Vec<u8> => Bytes);

pub(crate) fn cells(row: &rusqlite::Row<'_>, count: usize) -> Result<Vec<Cell>, rusqlite::Error> {
    let mut cells = Vec::with_capacity(count);
    for place in 0..count {
        cells.push(match row.get_ref(place)? {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(value) => Cell::Int(value),
            ValueRef::Real(value) => Cell::Real(value),
            ValueRef::Text(value) => Cell::Text(String::from_utf8_lossy(value).into_owned()),
            ValueRef::Blob(value) => Cell::Bytes(value.to_vec()),
        });
    }
    Ok(cells)
}

impl Row {
    pub(crate) fn cell(&self, name: &str) -> Result<Cell, StoreError> {
        let unknown = || StoreError::Engine(format!("no column {name}"));
        match self {
            Self::Sqlite(names, cells) => {
                let place = names.iter().position(|known| known == name).ok_or_else(unknown)?;
                cells.get(place).cloned().ok_or_else(unknown)
            }
            Self::Postgres(row) => {
                let place = row.columns().iter().position(|column| column.name() == name);
                postgres_cell(row, place.ok_or_else(unknown)?, name)
            }
        }
    }

    /// Reads a column that may be NULL.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when there is no such column or it has another type.
    pub fn opt<T: Column>(&self, name: &str) -> Result<Option<T>, StoreError> {
        match self.cell(name)? {
            Cell::Null => Ok(None),
            cell => T::of(cell)
                .map(Some)
                .ok_or_else(|| StoreError::Engine(format!("column {name} has another type"))),
        }
    }

    /// Reads a column that is never NULL.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when there is no such column, it is NULL or has another type.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, StoreError> {
        self.opt(name)?.ok_or_else(|| StoreError::Engine(format!("column {name} is NULL")))
    }

    /// Gives a column as text whatever its type, NULL as `None`: for change rows and comparison.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when there is no such column.
    pub fn as_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(match self.cell(name)? {
            Cell::Null | Cell::Bytes(_) => None,
            Cell::Int(value) => Some(value.to_string()),
            Cell::Real(value) => Some(value.to_string()),
            Cell::Text(value) => Some(value),
        })
    }
}

fn postgres_cell(row: &PgRow, place: usize, name: &str) -> Result<Cell, StoreError> {
    let raw = row.try_get_raw(place)?;
    if raw.is_null() {
        return Ok(Cell::Null);
    }
    let kind = raw.type_info();
    Ok(match kind.name() {
        "INT8" => Cell::Int(row.try_get(place)?),
        "INT4" => Cell::Int(row.try_get::<i32, _>(place)?.into()),
        "FLOAT8" => Cell::Real(row.try_get(place)?),
        "TEXT" | "VARCHAR" | "NAME" => Cell::Text(row.try_get(place)?),
        "BYTEA" => Cell::Bytes(row.try_get(place)?),
        other => return Err(StoreError::Engine(format!("column {name} is {other}: cast it"))),
    })
}
