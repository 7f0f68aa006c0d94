//! Opening a database and running closures on it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{ConnectOptions, Connection as _};
use tokio::sync::{Mutex, Semaphore};

use crate::counts::{Counts, Load};
use crate::engine::{Engine, Group, Readers, open};
use crate::error::StoreError;
use crate::migrate;
use crate::work::Work;

/// A database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    counts: Arc<Counts>,
}

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Connections that read at the same time.
    pub readers: usize,
    /// How long one read may take.
    pub deadline: Duration,
    /// SQLite waits for the disk at each commit; off only in tests.
    pub is_durable: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 8, deadline: Duration::from_secs(30), is_durable: true }
    }
}

impl Db {
    /// Opens a SQLite file, makes it if it is absent, and brings it to the present schema.
    ///
    /// # Errors
    ///
    /// [`StoreError::Newer`], [`StoreError::MigrationChanged`], or what the engine says.
    pub async fn sqlite(path: &Path, options: &Options) -> Result<Self, StoreError> {
        let sync = if options.is_durable { "FULL" } else { "OFF" };
        Self::sqlite_with(path, &format!("PRAGMA synchronous={sync}"), options).await
    }

    /// Opens a SQLite file with pragmas of the writer's own.
    pub(crate) async fn sqlite_with(
        path: &Path,
        pragmas: &str,
        options: &Options,
    ) -> Result<Self, StoreError> {
        let pragmas =
            format!("PRAGMA journal_mode=WAL; {pragmas}; PRAGMA wal_autocheckpoint=16000");
        let writer = Arc::new(Mutex::new(Group::new(open(path, &pragmas)?)));
        let readers = Readers {
            path: path.to_owned(),
            idle: std::sync::Mutex::default(),
            room: Semaphore::new(options.readers),
            deadline: options.deadline,
        };
        let db = Self::of(Engine::Sqlite { readers, writer });
        migrate::run(&db).await?;
        Ok(db)
    }

    /// Opens a PostgreSQL database (in `schema`, which must exist) and brings it to the present
    /// schema.
    ///
    /// # Errors
    ///
    /// As [`Self::sqlite`].
    pub async fn postgres(url: &str, schema: &str, options: &Options) -> Result<Self, StoreError> {
        let deadline = options.deadline.as_millis().to_string();
        // Compiling a statement takes longer than any of ours runs.
        let connect = url
            .parse::<sqlx::postgres::PgConnectOptions>()?
            .options([("search_path", schema), ("statement_timeout", &deadline), ("jit", "off")])
            .log_statements(log::LevelFilter::Trace);
        let size = u32::try_from(options.readers).unwrap_or(8).max(2);
        let pool = sqlx::postgres::PgPoolOptions::new()
            .max_connections(size)
            .connect_with(connect)
            .await?;
        let db = Self::of(Engine::Postgres(pool));
        migrate::run(&db).await?;
        Ok(db)
    }

    /// Makes a schema in a PostgreSQL database, if it is absent.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] for a name of other characters than small letters, digits and `_`.
    pub async fn make_schema(url: &str, schema: &str) -> Result<(), StoreError> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if schema.is_empty() || !schema.chars().all(is_plain) {
            return Err(StoreError::Refused(schema.to_owned()));
        }
        let mut conn = url.parse::<sqlx::postgres::PgConnectOptions>()?.connect().await?;
        let text = format!("CREATE SCHEMA IF NOT EXISTS {schema}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut conn).await?;
        Ok(conn.close().await?)
    }

    fn of(engine: Engine) -> Self {
        Self { engine: Arc::new(engine), counts: Arc::default() }
    }

    /// Gives how much this process asked of the database so far.
    pub fn load(&self) -> Load {
        self.counts.load()
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Says whether the engine is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(*self.engine, Engine::Postgres(_))
    }

    /// Runs a script of several statements outside of any unit of work, for migrations.
    pub(crate) async fn script(&self, text: String) -> Result<(), StoreError> {
        match &*self.engine {
            Engine::Sqlite { writer, .. } => writer.lock().await.script(&text),
            Engine::Postgres(pool) => {
                sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(pool).await?;
                Ok(())
            }
        }
    }

    /// Runs a closure in a unit of work and answers after the commit.
    ///
    /// No outside I/O inside: on SQLite everybody waits behind it, on PostgreSQL it may run again.
    ///
    /// # Errors
    ///
    /// The closure's own, or a [`StoreError`]; then nothing of it is stored.
    pub async fn write<T, E: From<StoreError>>(
        &self,
        call: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, E> + Clone,
    ) -> Result<T, E> {
        self.counts.writes();
        self.engine.write(call, &self.counts).await
    }

    /// Runs a closure that only reads; it never waits for a writer.
    ///
    /// # Errors
    ///
    /// The closure's own, or a [`StoreError`].
    pub async fn read<T, E: From<StoreError>>(
        &self,
        call: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _busy = self.counts.reads();
        self.engine.read(call).await
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_postgres() { "Db(postgres)" } else { "Db(sqlite)" })
    }
}
