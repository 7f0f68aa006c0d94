//! One statement and its values, the same on both engines.

use rusqlite::Connection;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, SqlSafeStr, SqlStr};
use std::sync::Arc;

use crate::error::StoreError;
use crate::row::{Row, cells};

/// A value of a placeholder; `None` is NULL.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A BIGINT.
    Int(Option<i64>),
    /// A DOUBLE PRECISION; never money.
    Real(Option<f64>),
    /// A TEXT.
    Text(Option<String>),
    /// Bytes; only for `blobs`.
    Bytes(Vec<u8>),
}

macro_rules! value {
    ($($from:ty => $variant:ident),*) => { $(
        impl From<$from> for Value {
            fn from(value: $from) -> Self { Self::$variant(Some(value.into())) }
        }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self { Self::$variant(value.map(Into::into)) }
        }
    )* };
}
value!(i64 => Int, f64 => Real, String => Text, &str => Text);

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}

impl From<&Option<String>> for Value {
    fn from(value: &Option<String>) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl Value {
    /// Gives the value as text, NULL as `None`: for change rows.
    pub fn as_text(&self) -> Option<String> {
        match self {
            Self::Int(value) => value.map(|value| value.to_string()),
            Self::Real(value) => value.map(|value| value.to_string()),
            Self::Text(value) => value.clone(),
            Self::Bytes(_) => None,
        }
    }

    /// Says whether the value is NULL.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Int(None) | Self::Real(None) | Self::Text(None))
    }
}

/// A statement with its values.
#[derive(Debug)]
pub struct Sql {
    text: SqlStr,
    values: Vec<Value>,
}

/// Gives a statement of a fixed text; values follow by [`Sql::bind`].
pub fn sql(text: &'static str) -> Sql {
    Sql { text: text.into_sql_str(), values: Vec::new() }
}

impl Sql {
    /// Gives a statement of a text put together from literals of this crate and `$n`, never from
    /// what a user typed.
    pub fn built(text: String) -> Self {
        Self { text: AssertSqlSafe(text).into_sql_str(), values: Vec::new() }
    }

    /// Adds the value of the next placeholder.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds the values of the next placeholders.
    #[must_use]
    pub fn bind_all(mut self, values: impl IntoIterator<Item = Value>) -> Self {
        self.values.extend(values);
        self
    }

    /// Gives `$from, $from+1, …` for a list of ids, padded with its last one to a power of two so
    /// that few texts are cached, and the padded list. At most 500 ids a call (stack: limits).
    pub fn places(ids: &[i64], from: usize) -> (String, Vec<Value>) {
        let count = ids.len().max(1).next_power_of_two();
        let text =
            (from..from + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
        let last = ids.last().copied().unwrap_or(i64::MIN);
        let values = (0..count).map(|at| ids.get(at).copied().unwrap_or(last).into()).collect();
        (text, values)
    }

    pub(crate) fn postgres(self) -> Query<'static, Postgres, PgArguments> {
        self.values.into_iter().fold(sqlx::query(self.text), |query, value| match value {
            Value::Int(value) => query.bind(value),
            Value::Real(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        })
    }

    pub(crate) async fn rows_postgres(
        self,
        conn: &mut PgConnection,
    ) -> Result<Vec<Row>, StoreError> {
        let rows: Vec<PgRow> = self.postgres().fetch_all(conn).await?;
        Ok(rows.into_iter().map(Row::Postgres).collect())
    }

    pub(crate) async fn run_postgres(self, conn: &mut PgConnection) -> Result<u64, StoreError> {
        Ok(self.postgres().execute(conn).await?.rows_affected())
    }

    pub(crate) fn sqlite<T>(
        self,
        conn: &Connection,
        go: impl FnOnce(&mut rusqlite::Statement<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<T, StoreError> {
        let mut statement = conn.prepare_cached(self.text.as_str())?;
        let mut most = 0;
        for place in 1..=statement.parameter_count() {
            // `$7` may stand anywhere and twice: the number in its name says which value it takes.
            let number = statement
                .parameter_name(place)
                .and_then(|name| name.trim_start_matches('$').parse().ok())
                .unwrap_or(place);
            most = most.max(number);
            match self.values.get(number.saturating_sub(1)) {
                Some(Value::Int(value)) => statement.raw_bind_parameter(place, value)?,
                Some(Value::Real(value)) => statement.raw_bind_parameter(place, value)?,
                Some(Value::Text(value)) => statement.raw_bind_parameter(place, value)?,
                Some(Value::Bytes(value)) => statement.raw_bind_parameter(place, value)?,
                None => break,
            }
        }
        if most != self.values.len() {
            let given = self.values.len();
            return Err(StoreError::Engine(format!("{given} values for {most} placeholders")));
        }
        Ok(go(&mut statement)?)
    }

    pub(crate) fn rows_sqlite(self, conn: &Connection) -> Result<Vec<Row>, StoreError> {
        self.sqlite(conn, |statement| {
            let names: Arc<[String]> =
                statement.column_names().into_iter().map(str::to_owned).collect();
            let mut rows = statement.raw_query();
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                out.push(Row::Sqlite(Arc::clone(&names), cells(row, names.len())?));
            }
            Ok(out)
        })
    }

    pub(crate) fn run_sqlite(self, conn: &Connection) -> Result<u64, StoreError> {
        self.sqlite(conn, |statement| {
            if statement.column_count() == 0 {
                return statement
                    .raw_execute()
                    .map(|count| u64::try_from(count).unwrap_or(u64::MAX));
            }
            let mut rows = statement.raw_query();
            let mut count = 0;
            while rows.next()?.is_some() {
                count += 1;
            }
            Ok(count)
        })
    }
}
