//! What a watcher wants to know of the database, in numbers.

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// How the database stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measures {
    /// Bytes that it takes.
    pub bytes: i64,
    /// Migrations that ran.
    pub migrations: i64,
    /// Events that are not linked yet.
    pub unsealed: i64,
    /// The instant of the oldest event that is not linked yet, µs.
    pub unsealed_since: Option<i64>,
    /// Events that are linked.
    pub sealed: i64,
    /// One-offs and jobs to be tried again that are due and that nobody runs; a periodic job that
    /// has nothing to do stays due and is not counted.
    pub due_jobs: i64,
    /// When the first of them was due, µs.
    pub due_since: Option<i64>,
    /// Jobs that gave up and wait for a person.
    pub stopped_jobs: i64,
    /// People who were here within a day.
    pub people: i64,
}

impl Work<'_> {
    /// Gives how the database stands at an instant, µs.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_measures(&mut self, now: i64) -> Result<Measures, StoreError> {
        let text = "SELECT (SELECT COUNT(*) FROM migrations) AS migrations, \
            (SELECT COUNT(*) FROM events WHERE seq IS NULL) AS unsealed, \
            (SELECT MIN(at) FROM events WHERE seq IS NULL) AS unsealed_since, \
            (SELECT COALESCE(MAX(seq), 0) FROM events) AS sealed, \
            (SELECT COUNT(*) FROM jobs WHERE next_at <= $1 AND (until_at IS NULL OR until_at <= $1) AND (is_once = 1 OR tries > 0)) AS due_jobs, \
            (SELECT MIN(next_at) FROM jobs WHERE next_at <= $1 AND (until_at IS NULL OR until_at <= $1) AND (is_once = 1 OR tries > 0)) AS due_since, \
            (SELECT COUNT(*) FROM jobs WHERE next_at IS NULL) AS stopped_jobs, \
            (SELECT COUNT(DISTINCT login_id) FROM sessions WHERE expires_at > $1 AND used_at > $2) AS people";
        let row = self.row(sql(text).bind(now).bind(now - DAY)).await?;
        let row = row.ok_or_else(|| StoreError::Engine("a count gives one row".to_owned()))?;
        Ok(Measures {
            bytes: self.bytes().await?,
            migrations: row.get("migrations")?,
            unsealed: row.get("unsealed")?,
            unsealed_since: row.opt("unsealed_since")?,
            sealed: row.get("sealed")?,
            due_jobs: row.get("due_jobs")?,
            due_since: row.opt("due_since")?,
            stopped_jobs: row.get("stopped_jobs")?,
            people: row.get("people")?,
        })
    }

    /// Gives the settings of a PostgreSQL server that are off and by which data may be lost:
    /// `fsync`, `full_page_writes`, `synchronous_commit`. SQLite has none.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_risks(&mut self) -> Result<Vec<String>, StoreError> {
        if !self.is_postgres() {
            return Ok(Vec::new());
        }
        let text = "SELECT name FROM pg_settings WHERE setting = 'off' \
                    AND name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name";
        self.rows(sql(text)).await?.iter().map(|row| row.get("name")).collect()
    }

    /// Gives the bytes that the database takes; each engine has its own question.
    async fn bytes(&mut self) -> Result<i64, StoreError> {
        let text = if self.is_postgres() {
            "SELECT pg_database_size(current_database()) AS bytes"
        } else {
            "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()"
        };
        self.row(sql(text)).await?.map_or(Ok(0), |row| row.get("bytes"))
    }
}

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;
