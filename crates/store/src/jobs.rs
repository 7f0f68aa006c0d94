//! Jobs: rows that nodes share by leases, so that each is run by one of them.

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A job that is to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its own name: the kind of a periodic job, `kind:id` of a one-off.
    pub name: String,
    /// What is to be done.
    pub kind: String,
    /// What it is done with; never a secret.
    pub payload: String,
    /// Whether it is run once only.
    pub is_once: bool,
    /// When, µs.
    pub next_at: i64,
}

/// A job as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// Its own name.
    pub name: String,
    /// What is to be done.
    pub kind: String,
    /// What it is done with.
    pub payload: String,
    /// Whether it is run once only.
    pub is_once: bool,
    /// When it is due, µs; `None` when it waits for a person.
    pub next_at: Option<i64>,
    /// Who runs it.
    pub holder: Option<i64>,
    /// Until when the lease holds, µs.
    pub until_at: Option<i64>,
    /// Times that it was taken since it last succeeded.
    pub tries: i64,
    /// When it was taken last, µs.
    pub started_at: Option<i64>,
    /// When it ended last, µs.
    pub ended_at: Option<i64>,
    /// How it ended last: `done` or the code of an error.
    pub result: Option<String>,
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobEnd {
    /// When, µs.
    pub at: i64,
    /// When it comes again, µs; `None` waits for a person.
    pub next_at: Option<i64>,
    /// `done` or the code of an error.
    pub result: String,
    /// Whether it succeeded, so that its tries are counted from nought.
    pub is_done: bool,
}

const COLUMNS: &str =
    "name, kind, payload, is_once, next_at, holder, until_at, tries, started_at, ended_at, result";

impl Work<'_> {
    /// Adds a job; false when there is one of this name.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_job(&mut self, job: &NewJob) -> Result<bool, StoreError> {
        let text = "INSERT INTO jobs (name, kind, payload, is_once, next_at, tries) \
                    VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT (name) DO NOTHING";
        let row = sql(text)
            .bind(&job.name)
            .bind(&job.kind)
            .bind(&job.payload)
            .bind(i64::from(job.is_once))
            .bind(job.next_at);
        Ok(self.run(row).await? > 0)
    }

    /// Gives the jobs that are due and that nobody runs: periodic ones first, then the oldest.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_due_jobs(
        &mut self,
        now: i64,
        most: i64,
    ) -> Result<Vec<JobRow>, StoreError> {
        let text = format!(
            "SELECT {COLUMNS} FROM jobs WHERE next_at <= $1 \
             AND (until_at IS NULL OR until_at <= $1) ORDER BY is_once, next_at, name LIMIT $2"
        );
        let rows = self.rows(Sql::built(text).bind(now).bind(most)).await?;
        rows.iter().map(job).collect()
    }

    /// Takes a job that is due; false when somebody else did.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_take_job(
        &mut self,
        name: &str,
        holder: i64,
        now: i64,
        until: i64,
    ) -> Result<bool, StoreError> {
        let text = "UPDATE jobs SET holder = $2, until_at = $4, started_at = $3, tries = tries + 1 \
                    WHERE name = $1 AND next_at <= $3 AND (until_at IS NULL OR until_at <= $3)";
        let take = sql(text).bind(name).bind(holder).bind(now).bind(until);
        Ok(self.run(take).await? > 0)
    }

    /// Holds a job for longer; false when the lease was lost.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_hold_job(
        &mut self,
        name: &str,
        holder: i64,
        until: i64,
    ) -> Result<bool, StoreError> {
        let text = "UPDATE jobs SET until_at = $3 WHERE name = $1 AND holder = $2";
        Ok(self.run(sql(text).bind(name).bind(holder).bind(until)).await? > 0)
    }

    /// Gives a job back with what became of it; a one-off that is done is gone.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_end_job(
        &mut self,
        name: &str,
        holder: i64,
        end: &JobEnd,
    ) -> Result<(), StoreError> {
        if end.is_done {
            let text = "DELETE FROM jobs WHERE name = $1 AND holder = $2 AND is_once = 1";
            self.run(sql(text).bind(name).bind(holder)).await?;
        }
        let text = "UPDATE jobs SET holder = NULL, until_at = NULL, ended_at = $3, next_at = $4, \
                    result = $5, tries = CASE WHEN $6 = 1 THEN 0 ELSE tries END \
                    WHERE name = $1 AND holder = $2";
        let row = sql(text)
            .bind(name)
            .bind(holder)
            .bind(end.at)
            .bind(end.next_at)
            .bind(&end.result)
            .bind(i64::from(end.is_done));
        self.run(row).await?;
        Ok(())
    }

    /// Gives back every job of a holder that stops, as if it had not been taken.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_give_back_jobs(&mut self, holder: i64) -> Result<(), StoreError> {
        let text = "UPDATE jobs SET holder = NULL, until_at = NULL, tries = tries - 1 \
                    WHERE holder = $1 AND tries > 0";
        self.run(sql(text).bind(holder)).await?;
        Ok(())
    }

    /// Gives every job: periodic ones by name, then one-offs, the next one first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_jobs(&mut self, most: i64) -> Result<Vec<JobRow>, StoreError> {
        let text = format!(
            "SELECT {COLUMNS} FROM jobs ORDER BY is_once, CASE WHEN is_once = 0 THEN name ELSE '' END, \
             CASE WHEN next_at IS NULL THEN 0 ELSE 1 END, next_at, name LIMIT $1"
        );
        let rows = self.rows(Sql::built(text).bind(most)).await?;
        rows.iter().map(job).collect()
    }

    /// Gives the kinds of the periodic jobs that have their row.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_periodic_jobs(&mut self) -> Result<Vec<String>, StoreError> {
        let rows = self.rows(sql("SELECT kind FROM jobs WHERE is_once = 0")).await?;
        rows.iter().map(|row| row.get("kind")).collect()
    }

    /// Makes a job due now, as if it had never failed; false when there is none of this name.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_wake_job(&mut self, name: &str, now: i64) -> Result<bool, StoreError> {
        let text = "UPDATE jobs SET next_at = $2, tries = 0 WHERE name = $1";
        Ok(self.run(sql(text).bind(name).bind(now)).await? > 0)
    }
}

fn job(row: &Row) -> Result<JobRow, StoreError> {
    Ok(JobRow {
        name: row.get("name")?,
        kind: row.get("kind")?,
        payload: row.get("payload")?,
        is_once: row.get::<i64>("is_once")? == 1,
        next_at: row.opt("next_at")?,
        holder: row.opt("holder")?,
        until_at: row.opt("until_at")?,
        tries: row.get("tries")?,
        started_at: row.opt("started_at")?,
        ended_at: row.opt("ended_at")?,
        result: row.opt("result")?,
    })
}
