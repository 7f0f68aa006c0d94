//! What a closure is given: statements inside one unit of work.

use rusqlite::Connection;
use sqlx::PgConnection;

use crate::bulk;
use crate::engine::may_take_long;
use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, Value};

pub(crate) enum Conn<'c> {
    Sqlite(&'c mut Connection),
    Postgres(&'c mut PgConnection),
}

/// A unit of work. A failed statement dooms it: what follows is refused and nothing is stored.
pub struct Work<'c> {
    pub(crate) conn: Conn<'c>,
    pub(crate) failed: Option<StoreError>,
    /// Reads of pages may take long and give the thread free; writes never leave it.
    pub(crate) is_read: bool,
}

impl Work<'_> {
    /// Gives all rows of a statement.
    ///
    /// # Errors
    ///
    /// Whatever the engine says; the same error again after a first one.
    pub async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>, StoreError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let rows = match &mut self.conn {
            Conn::Sqlite(conn) if self.is_read => may_take_long(|| sql.rows_sqlite(conn)),
            Conn::Sqlite(conn) => sql.rows_sqlite(conn),
            Conn::Postgres(conn) => sql.rows_postgres(conn).await,
        };
        rows.inspect_err(|error| self.failed = Some(error.clone()))
    }

    /// Gives the first row of a statement.
    ///
    /// # Errors
    ///
    /// As [`Self::rows`].
    pub async fn row(&mut self, sql: Sql) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql).await?.into_iter().next())
    }

    /// Runs a statement and gives the number of rows it touched.
    ///
    /// # Errors
    ///
    /// As [`Self::rows`].
    pub async fn run(&mut self, sql: Sql) -> Result<u64, StoreError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let done = match &mut self.conn {
            Conn::Sqlite(conn) => sql.run_sqlite(conn),
            Conn::Postgres(conn) => sql.run_postgres(conn).await,
        };
        done.inspect_err(|error| self.failed = Some(error.clone()))
    }

    /// Inserts rows: one prepared statement a row on SQLite, one array a column on PostgreSQL.
    ///
    /// `tail` is what follows the values, such as an `ON CONFLICT` clause, or empty; with one, no
    /// two rows of a call may have the same key. A column holds values of one type.
    ///
    /// # Errors
    ///
    /// As [`Self::rows`].
    pub async fn insert(
        &mut self,
        table: &'static str,
        columns: &'static [&'static str],
        rows: Vec<Vec<Value>>,
        tail: &'static str,
    ) -> Result<(), StoreError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let done = match &mut self.conn {
            Conn::Sqlite(conn) => {
                bulk::insert_sqlite(conn, (table, columns, tail), &rows).map(drop)
            }
            Conn::Postgres(conn) => bulk::insert_postgres(conn, (table, columns, tail), rows).await,
        };
        done.inspect_err(|error| self.failed = Some(error.clone()))
    }

    /// Inserts the rows whose unique key `tail` (`ON CONFLICT (…) DO NOTHING`) finds free, and says
    /// for each row whether it went in. The first column is the id.
    ///
    /// # Errors
    ///
    /// As [`Self::rows`].
    pub(crate) async fn insert_new(
        &mut self,
        table: &'static str,
        columns: &'static [&'static str],
        rows: Vec<Vec<Value>>,
        tail: &'static str,
    ) -> Result<Vec<bool>, StoreError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let done = match &mut self.conn {
            Conn::Sqlite(conn) => bulk::insert_sqlite(conn, (table, columns, tail), &rows),
            Conn::Postgres(conn) => {
                bulk::insert_new_postgres(conn, (table, columns, tail), rows).await
            }
        };
        done.inspect_err(|error| self.failed = Some(error.clone()))
    }

    /// Says whether the engine is PostgreSQL, for the few statements that only it needs.
    pub const fn is_postgres(&self) -> bool {
        matches!(self.conn, Conn::Postgres(_))
    }
}
