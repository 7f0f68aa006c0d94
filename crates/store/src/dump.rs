//! Reading whole tables from one consistent picture, and filling a database that stands aside.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::db::{Db, Options};
use crate::engine::{Engine, may_take_long, open};
use crate::error::StoreError;
use crate::migrate::{Guard, guards};
use crate::row::{Cell, Row, cells};
use crate::shape::Shape;
use crate::sql::{Sql, Value, sql};
use crate::work::{Conn, Work};

/// Rows handed over at once.
const FETCH: usize = 2_000;
/// A stage adds its references again in one go, which may take long.
const PATIENCE: Duration = Duration::from_hours(1);

impl Db {
    /// Runs a closure that reads one consistent picture of the database, for as long as it takes;
    /// writers go on meanwhile.
    ///
    /// # Errors
    ///
    /// The closure's own, or a [`StoreError`].
    pub async fn snapshot<T, E: From<StoreError>>(
        &self,
        call: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self.engine() {
            Engine::Sqlite { readers, .. } => {
                let mut conn = open(&readers.path, "PRAGMA query_only=ON")?;
                conn.execute_batch("BEGIN").map_err(StoreError::from)?;
                let mut work = Work { conn: Conn::Sqlite(&mut conn), failed: None, is_read: true };
                call(&mut work).await
            }
            Engine::Postgres(pool) => {
                let begun =
                    pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await;
                let mut tx = begun.map_err(StoreError::from)?;
                let mut work = Work { conn: Conn::Postgres(&mut tx), failed: None, is_read: true };
                work.run(sql("SET LOCAL statement_timeout = 0")).await?;
                call(&mut work).await
            }
        }
    }

    /// Opens (or makes) a SQLite file that is filled without looking at references, and whose
    /// events can still be emptied; [`Db::settle`] ends it.
    ///
    /// # Errors
    ///
    /// As [`Db::sqlite`].
    pub async fn stage_sqlite(path: &Path) -> Result<Self, StoreError> {
        let setup = "PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF";
        let db = Self::sqlite_with(path, setup, &patient()).await?;
        db.write(async |work| work.lift_guards().await).await?;
        Ok(db)
    }

    /// Opens a schema of PostgreSQL (which must exist) that is filled without looking at
    /// references, and whose events can still be emptied; [`Db::settle`] ends it.
    ///
    /// # Errors
    ///
    /// As [`Db::postgres`].
    pub async fn stage_postgres(url: &str, schema: &str) -> Result<Self, StoreError> {
        let db = Self::postgres(url, schema, &patient()).await?;
        let text = "SELECT CAST(c.relname AS TEXT) AS t, CAST(k.conname AS TEXT) AS k \
                    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid \
                    JOIN pg_namespace n ON n.oid = c.relnamespace \
                    WHERE k.contype = 'f' AND n.nspname = $1";
        db.write(async |work| {
            for row in work.rows(sql(text).bind(schema)).await? {
                let (table, name): (String, String) = (row.get("t")?, row.get("k")?);
                let drop = format!("ALTER TABLE {table} DROP CONSTRAINT \"{name}\"");
                work.run(Sql::built(drop)).await?;
            }
            Ok::<(), StoreError>(())
        })
        .await?;
        db.write(async |work| work.lift_guards().await).await?;
        Ok(db)
    }

    /// Checks every reference of a stage, puts the checks of PostgreSQL and the triggers back and
    /// brings SQLite's pages to the disk.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] for a reference that leads nowhere.
    pub async fn settle(&self) -> Result<(), StoreError> {
        if let Engine::Sqlite { readers, .. } = self.engine() {
            let conn = open(&readers.path, "PRAGMA synchronous=FULL")?;
            may_take_long(|| is_whole(&conn))?;
            self.write(async |work| work.set_guards().await).await?;
            return may_take_long(|| bring_to_disk(&conn, &readers.path));
        }
        let shapes = Shape::all()?;
        self.write(async |work| {
            for shape in shapes {
                for link in &shape.links {
                    let text = format!("ALTER TABLE {} ADD FOREIGN KEY {link}", shape.table);
                    work.run(Sql::built(text)).await?;
                }
            }
            work.set_guards().await
        })
        .await
    }

    /// Puts a schema in the place of another, which is kept under a third name if it is there.
    ///
    /// # Errors
    ///
    /// What the server says; then nothing has changed.
    pub async fn swap_schema(
        &self,
        stage: &str,
        live: &str,
        aside: &str,
    ) -> Result<(), StoreError> {
        self.write(async |work| {
            let there =
                sql("SELECT 1 AS n FROM information_schema.schemata WHERE schema_name = $1");
            if work.row(there.bind(live)).await?.is_some() {
                work.run(Sql::built(format!("ALTER SCHEMA {live} RENAME TO {aside}"))).await?;
            }
            work.run(Sql::built(format!("ALTER SCHEMA {stage} RENAME TO {live}"))).await?;
            Ok(())
        })
        .await
    }

    /// Removes a schema with all that is in it.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub async fn remove_schema(&self, schema: &str) -> Result<(), StoreError> {
        let text = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
        self.write(async |work| work.run(Sql::built(text)).await.map(drop)).await
    }
}

/// Says which table has a reference that leads nowhere.
fn is_whole(conn: &Connection) -> Result<(), StoreError> {
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        Some(row) => Err(StoreError::Dangling(row.get(0)?)),
        None => Ok(()),
    }
}

fn bring_to_disk(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    std::fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::NotStored(error.to_string()))
}

fn patient() -> Options {
    Options { readers: 2, deadline: PATIENCE, is_durable: false }
}

impl Work<'_> {
    /// Takes the triggers away that refuse changes of events.
    async fn lift_guards(&mut self) -> Result<(), StoreError> {
        let is_postgres = self.is_postgres();
        for guard in self.guards() {
            let on = if is_postgres { format!(" ON {}", guard.table) } else { String::new() };
            let text = format!("DROP TRIGGER IF EXISTS {}{on}", guard.name);
            self.run(Sql::built(text)).await?;
        }
        Ok(())
    }

    /// Puts the triggers back that refuse changes of events.
    async fn set_guards(&mut self) -> Result<(), StoreError> {
        for guard in self.guards() {
            self.run(Sql::built(guard.text)).await?;
        }
        Ok(())
    }

    fn guards(&self) -> Vec<Guard> {
        if self.is_postgres() { guards(|one| one.postgres) } else { guards(|one| one.sqlite) }
    }

    /// Hands over every row of a table, in the order of its key, up to 2,000 at a time.
    ///
    /// # Errors
    ///
    /// The taker's own, or a [`StoreError`].
    pub async fn system_each<E: From<StoreError>>(
        &mut self,
        shape: &Shape,
        mut take: impl AsyncFnMut(Vec<Vec<Cell>>) -> Result<(), E>,
    ) -> Result<(), E> {
        let text = if self.is_postgres() { shape.on_postgres() } else { shape.on_sqlite() };
        match &mut self.conn {
            Conn::Sqlite(conn) => {
                let mut statement = conn.prepare(&text).map_err(StoreError::from)?;
                let mut rows = statement.query([]).map_err(StoreError::from)?;
                loop {
                    let some = may_take_long(|| next_rows(&mut rows, shape.columns.len()))?;
                    if some.is_empty() {
                        return Ok(());
                    }
                    take(some).await?;
                }
            }
            Conn::Postgres(_) => {
                let cursor = format!("dump_{}", shape.table);
                let begin = format!("DECLARE {cursor} NO SCROLL CURSOR FOR {text}");
                self.run(Sql::built(begin)).await?;
                loop {
                    let fetch = format!("FETCH FORWARD {FETCH} FROM {cursor}");
                    let rows = self.rows(Sql::built(fetch)).await?;
                    if rows.is_empty() {
                        break;
                    }
                    let some: Result<Vec<_>, _> =
                        rows.iter().map(|row| row_cells(row, shape)).collect();
                    take(some?).await?;
                }
                self.run(Sql::built(format!("CLOSE {cursor}"))).await?;
                Ok(())
            }
        }
    }

    /// Adds rows to a table of a stage; each holds a value for each of the columns.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_fill(
        &mut self,
        table: &'static str,
        columns: &'static [&'static str],
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        self.insert(table, columns, rows, "").await
    }

    /// Takes all rows out of a table of a stage.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_empty(&mut self, shape: &Shape) -> Result<(), StoreError> {
        self.run(Sql::built(format!("DELETE FROM {}", shape.table))).await?;
        Ok(())
    }

    /// Says whether nobody has ever worked with this database.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_is_fresh(&mut self) -> Result<bool, StoreError> {
        for text in ["SELECT id FROM events LIMIT 1", "SELECT id FROM logins LIMIT 1"] {
            if self.row(sql(text)).await?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn next_rows(rows: &mut rusqlite::Rows<'_>, columns: usize) -> Result<Vec<Vec<Cell>>, StoreError> {
    let mut some = Vec::with_capacity(FETCH);
    while some.len() < FETCH
        && let Some(row) = rows.next()?
    {
        some.push(cells(row, columns)?);
    }
    Ok(some)
}

fn row_cells(row: &Row, shape: &Shape) -> Result<Vec<Cell>, StoreError> {
    shape.columns.iter().map(|name| row.cell(name)).collect()
}
