//! The two engines: SQLite with one writer and group commit, PostgreSQL with serializable retry.

use rusqlite::Connection;
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore, oneshot};

use crate::counts::Counts;
use crate::error::StoreError;
use crate::work::{Conn, Work};

tokio::task_local! {
    /// Set while a write runs, so that a write inside a write is seen before it waits for itself.
    static WRITING: ();
}

pub(crate) enum Engine {
    Sqlite { readers: Readers, writer: Arc<Mutex<Group>> },
    Postgres(PgPool),
}

/// Connections that only read; each read has a deadline.
pub(crate) struct Readers {
    pub(crate) path: std::path::PathBuf,
    pub(crate) idle: std::sync::Mutex<Vec<Connection>>,
    pub(crate) room: Semaphore,
    pub(crate) deadline: Duration,
}

/// The one writer of SQLite. Calls that wait together share a transaction, each in its savepoint,
/// and are answered after the shared commit.
pub(crate) struct Group {
    conn: Connection,
    is_open: bool,
    /// True until the present closure has returned Ok: a panic or a drop undoes its savepoint.
    undo: bool,
    waiting: Vec<oneshot::Sender<Result<(), StoreError>>>,
}

impl Group {
    pub(crate) const fn new(conn: Connection) -> Self {
        Self { conn, is_open: false, undo: false, waiting: Vec::new() }
    }

    /// Begins a call's savepoint. Nothing is awaited in here, so a dropped caller cannot leave it
    /// half done.
    fn start(&mut self, writer: &Arc<Mutex<Self>>) -> Result<(), StoreError> {
        let next = if self.undo { "ROLLBACK TO call" } else { "RELEASE call; SAVEPOINT call" };
        if self.is_open
            && let Err(error) = self.conn.execute_batch(next)
        {
            // That group is lost (a full disk ends the transaction): this call opens another.
            self.end(Err(error.into()));
        }
        if !self.is_open {
            let begun =
                may_take_long(|| self.conn.execute_batch("BEGIN IMMEDIATE; SAVEPOINT call"));
            begun.inspect_err(|_| drop(self.conn.execute_batch("ROLLBACK")))?;
            self.is_open = true;
            // The commit queues behind those who wait for the writer already.
            let turn = Arc::clone(writer).lock_owned();
            tokio::spawn(async move {
                let mut group = turn.await;
                tokio::task::spawn_blocking(move || group.commit()).await
            });
        }
        self.undo = true;
        Ok(())
    }

    fn commit(&mut self) {
        if self.is_open {
            let text = if self.undo { "ROLLBACK TO call; COMMIT" } else { "COMMIT" };
            let done = self.conn.execute_batch(text).map_err(StoreError::from);
            self.end(done);
        }
    }

    fn end(&mut self, done: Result<(), StoreError>) {
        if done.is_err() {
            drop(self.conn.execute_batch("ROLLBACK"));
        }
        self.is_open = false;
        let done = done.map_err(|error| match error {
            StoreError::DiskFull => StoreError::DiskFull,
            other => StoreError::NotStored(other.to_string()),
        });
        for caller in self.waiting.drain(..) {
            drop(caller.send(done.clone()));
        }
    }

    pub(crate) fn script(&self, text: &str) -> Result<(), StoreError> {
        Ok(self.conn.execute_batch(text)?)
    }
}

impl Engine {
    pub(crate) async fn write<T, E: From<StoreError>>(
        &self,
        call: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, E> + Clone,
        counts: &Counts,
    ) -> Result<T, E> {
        if WRITING.try_with(|()| ()).is_ok() {
            return Err(StoreError::Engine(
                "a write inside a write would wait for itself".to_owned(),
            )
            .into());
        }
        match self {
            Self::Sqlite { writer, .. } => write_sqlite(writer, call).await,
            Self::Postgres(pool) => write_postgres(pool, call, counts).await,
        }
    }

    pub(crate) async fn read<T, E: From<StoreError>>(
        &self,
        call: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::Sqlite { readers, .. } => {
                let room = readers.room.acquire().await;
                let _room = room.map_err(|error| StoreError::Engine(error.to_string()))?;
                let mut conn = readers.take()?;
                let mut work = Work { conn: Conn::Sqlite(&mut conn), failed: None, is_read: true };
                let result = call(&mut work).await;
                readers.give_back(conn);
                result
            }
            Self::Postgres(pool) => {
                let mut conn = pool.acquire().await.map_err(StoreError::from)?;
                call(&mut Work { conn: Conn::Postgres(&mut conn), failed: None, is_read: true })
                    .await
            }
        }
    }
}

impl Readers {
    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => open(&self.path, "PRAGMA query_only=ON")?,
        };
        let started = std::time::Instant::now();
        let deadline = self.deadline;
        conn.progress_handler(20_000, Some(move || started.elapsed() > deadline))?;
        Ok(conn)
    }

    fn give_back(&self, conn: Connection) {
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(conn);
    }
}

/// Opens a connection with the settings that readers and the writer share. The file is mapped as
/// far as the engine can (2 GiB): what it reads is the system's memory, common to all connections,
/// so that each needs but a small cache of its own.
pub(crate) fn open(path: &std::path::Path, pragmas: &str) -> Result<Connection, StoreError> {
    let conn = Connection::open(path)?;
    conn.set_prepared_statement_cache_capacity(200);
    let shared = "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-4096; \
                  PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY;";
    conn.execute_batch(&format!("{shared} {pragmas}"))?;
    Ok(conn)
}

async fn write_sqlite<T, E: From<StoreError>>(
    writer: &Arc<Mutex<Group>>,
    call: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let mut group = writer.lock().await;
    group.start(writer)?;
    let mut work = Work { conn: Conn::Sqlite(&mut group.conn), failed: None, is_read: false };
    let result = WRITING.scope((), call(&mut work)).await;
    let result = match work.failed {
        Some(error) if result.is_ok() => Err(error.into()),
        _ => result,
    };
    group.undo = result.is_err();
    let (tell, told) = oneshot::channel();
    group.waiting.push(tell);
    drop(group);
    told.await.unwrap_or_else(|_| Err(StoreError::NotStored("stopping".to_owned())))?;
    result
}

/// Times that a call meeting another writer is run before it gives up.
const TRIES: u32 = 20;

async fn write_postgres<T, E: From<StoreError>>(
    pool: &PgPool,
    call: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, E> + Clone,
    counts: &Counts,
) -> Result<T, E> {
    for attempt in 0..TRIES {
        if attempt > 0 {
            counts.met();
            tokio::time::sleep(pause(attempt)).await;
        }
        let begun = pool.begin_with("BEGIN ISOLATION LEVEL SERIALIZABLE").await;
        let mut tx = begun.map_err(StoreError::from)?;
        let mut work = Work { conn: Conn::Postgres(&mut tx), failed: None, is_read: false };
        let result = WRITING.scope((), call.clone()(&mut work)).await;
        match (work.failed, result) {
            (Some(StoreError::Conflict), _) => {}
            // COMMIT would answer Ok and store nothing.
            (Some(error), Ok(_)) => return Err(error.into()),
            (_, Err(error)) => return Err(error),
            (None, Ok(value)) => match tx.commit().await.map_err(StoreError::from) {
                Err(StoreError::Conflict) => {}
                Err(error) => return Err(error.into()),
                Ok(()) => return Ok(value),
            },
        }
    }
    Err(StoreError::Conflict.into())
}

/// A growing pause that differs between callers, so that those who met do not meet again.
fn pause(attempt: u32) -> Duration {
    use std::sync::atomic::{AtomicU64, Ordering};
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    static SEED: AtomicU64 = AtomicU64::new(STEP);
    let mixed = SEED.fetch_add(STEP, Ordering::Relaxed);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    Duration::from_micros(mixed.checked_rem(500_u64 << attempt.min(7)).unwrap_or(0))
}

/// Runs what may take long without holding up the other tasks of this thread.
pub(crate) fn may_take_long<T>(go: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    let has_other_threads = Handle::try_current()
        .is_ok_and(|handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread);
    if has_other_threads { tokio::task::block_in_place(go) } else { go() }
}
