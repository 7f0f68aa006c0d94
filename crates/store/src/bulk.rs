//! Many rows at once: the quick ways into a table, one for each engine.

use std::collections::BTreeSet;

use rusqlite::Connection;
use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Row as _};

use crate::error::StoreError;
use crate::sql::Value;

/// A table, its columns and what follows the values.
pub(crate) type Target = (&'static str, &'static [&'static str], &'static str);

/// The rows of one statement on PostgreSQL.
const AT_ONCE: usize = 2_000;

/// Inserts row by row with one prepared statement; says for each row whether it went in.
pub(crate) fn insert_sqlite(
    conn: &Connection,
    (table, columns, tail): Target,
    rows: &[Vec<Value>],
) -> Result<Vec<bool>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let places = vec!["?"; columns.len()].join(", ");
    let text = format!("INSERT INTO {table} ({}) VALUES ({places}) {tail}", columns.join(", "));
    let mut statement = conn.prepare_cached(&text)?;
    let mut done = Vec::with_capacity(rows.len());
    for row in rows {
        if row.len() != columns.len() {
            return Err(uneven(table));
        }
        for (place, value) in (1..).zip(row) {
            match value {
                Value::Int(value) => statement.raw_bind_parameter(place, value)?,
                Value::Real(value) => statement.raw_bind_parameter(place, value)?,
                Value::Text(value) => statement.raw_bind_parameter(place, value)?,
                Value::Bytes(value) => statement.raw_bind_parameter(place, value)?,
            }
        }
        done.push(statement.raw_execute()? > 0);
    }
    Ok(done)
}

/// Inserts with one array a column.
pub(crate) async fn insert_postgres(
    conn: &mut PgConnection,
    target: Target,
    rows: Vec<Vec<Value>>,
) -> Result<(), StoreError> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let (text, columns) = statement(target, rows.by_ref().take(AT_ONCE).collect())?;
        query(text, columns).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Inserts with one array a column; says for each row whether it went in, seen from its id.
pub(crate) async fn insert_new_postgres(
    conn: &mut PgConnection,
    target: Target,
    rows: Vec<Vec<Value>>,
) -> Result<Vec<bool>, StoreError> {
    let mut done = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<Vec<Value>> = rows.by_ref().take(AT_ONCE).collect();
        let ids: Vec<Option<Value>> = some.iter().map(|row| row.first().cloned()).collect();
        let (text, columns) = statement(target, some)?;
        let answer = query(format!("{text} RETURNING id"), columns).fetch_all(&mut *conn).await?;
        let kept = answer
            .iter()
            .map(|row| row.try_get::<i64, _>(0))
            .collect::<Result<BTreeSet<i64>, _>>()?;
        done.extend(
            ids.iter().map(|id| matches!(id, Some(Value::Int(Some(id))) if kept.contains(id))),
        );
    }
    Ok(done)
}

/// The values of one column.
enum Array {
    Int(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Text(Vec<Option<String>>),
    Bytes(Vec<Vec<u8>>),
}

impl Array {
    fn of(first: &Value) -> Self {
        match first {
            Value::Int(_) => Self::Int(Vec::new()),
            Value::Real(_) => Self::Real(Vec::new()),
            Value::Text(_) => Self::Text(Vec::new()),
            Value::Bytes(_) => Self::Bytes(Vec::new()),
        }
    }

    const fn type_name(&self) -> &'static str {
        match self {
            Self::Int(_) => "BIGINT[]",
            Self::Real(_) => "DOUBLE PRECISION[]",
            Self::Text(_) => "TEXT[]",
            Self::Bytes(_) => "BYTEA[]",
        }
    }

    /// Adds a value; false when it is of another type.
    fn push(&mut self, value: Value) -> bool {
        match (self, value) {
            (Self::Int(array), Value::Int(value)) => array.push(value),
            (Self::Real(array), Value::Real(value)) => array.push(value),
            (Self::Text(array), Value::Text(value)) => array.push(value),
            (Self::Bytes(array), Value::Bytes(value)) => array.push(value),
            _ => return false,
        }
        true
    }
}

fn statement(
    (table, names, tail): Target,
    rows: Vec<Vec<Value>>,
) -> Result<(String, Vec<Array>), StoreError> {
    let mut columns: Vec<Array> = rows.first().into_iter().flatten().map(Array::of).collect();
    for row in rows {
        if row.len() != names.len() || columns.len() != names.len() {
            return Err(uneven(table));
        }
        for (column, value) in columns.iter_mut().zip(row) {
            if !column.push(value) {
                return Err(StoreError::Engine(format!(
                    "{table}: a column with values of two types"
                )));
            }
        }
    }
    let places: Vec<String> = (1..)
        .zip(&columns)
        .map(|(place, column)| format!("${place}::{}", column.type_name()))
        .collect();
    let (names, places) = (names.join(", "), places.join(", "));
    Ok((format!("INSERT INTO {table} ({names}) SELECT * FROM UNNEST({places}) {tail}"), columns))
}

fn query(text: String, columns: Vec<Array>) -> Query<'static, Postgres, PgArguments> {
    columns.into_iter().fold(sqlx::query(AssertSqlSafe(text)), |query, column| match column {
        Array::Int(values) => query.bind(values),
        Array::Real(values) => query.bind(values),
        Array::Text(values) => query.bind(values),
        Array::Bytes(values) => query.bind(values),
    })
}

fn uneven(table: &str) -> StoreError {
    StoreError::Engine(format!(
        "{table}: a row has another number of values than there are columns"
    ))
}
