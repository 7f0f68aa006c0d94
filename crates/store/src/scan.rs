//! Hundreds of thousands of rows, read one after the other without keeping each as a [`Row`].
//!
//! [`Row`]: crate::Row

use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::engine::may_take_long;
use crate::error::StoreError;
use crate::sql::Sql;
use crate::work::{Conn, Work};

/// The row at which a scan stands; columns are read by their place, from 0.
pub(crate) enum Scanned<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r PgRow),
}

impl Scanned<'_> {
    /// Reads a whole number that is never NULL.
    pub(crate) fn int(&self, place: usize) -> Result<i64, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(place)?,
            Self::Postgres(row) => row.try_get(place)?,
        })
    }

    /// Reads a text that is never NULL.
    pub(crate) fn text<T>(
        &self,
        place: usize,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let found = match self {
            Self::Sqlite(row) => row.get_ref(place)?.as_str().ok().and_then(read),
            Self::Postgres(row) => read(row.try_get::<&str, _>(place)?),
        };
        found.ok_or_else(|| StoreError::Engine(format!("column {place} cannot be read")))
    }
}

impl Work<'_> {
    /// Gives what `read` makes of each row of a statement.
    pub(crate) async fn scan<T>(
        &mut self,
        sql: Sql,
        mut read: impl FnMut(&Scanned<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let found = match &mut self.conn {
            Conn::Sqlite(conn) => may_take_long(|| {
                sql.sqlite(conn, |statement| {
                    let mut rows = statement.raw_query();
                    let mut found = Ok(Vec::new());
                    while let (Some(row), Ok(list)) = (rows.next()?, &mut found) {
                        match read(&Scanned::Sqlite(row)) {
                            Ok(one) => list.push(one),
                            Err(error) => found = Err(error),
                        }
                    }
                    Ok(found)
                })
            })
            .flatten(),
            Conn::Postgres(conn) => match sql.postgres().fetch_all(&mut **conn).await {
                Ok(rows) => rows.iter().map(|row| read(&Scanned::Postgres(row))).collect(),
                Err(error) => Err(error.into()),
            },
        };
        found.inspect_err(|error| self.failed = Some(error.clone()))
    }
}
