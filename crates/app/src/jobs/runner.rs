//! Takes jobs that are due, runs them under a lease, and keeps what became of them.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use orchestre_domain::job::{retry, retry_for_ever};
use orchestre_store::{JobEnd, JobRow, NewJob, StoreError, Work};
use tokio::task::JoinSet;

use super::{ALL, Doing, Job, Task};
use crate::{App, AppError, Code, chain};

/// How often it is looked what is due; the chain is sealed in the same rhythm.
const LOOK: Duration = Duration::from_secs(1);
/// Jobs that one node runs at the same time.
const MOST: usize = 4;
/// Rows that are looked at in one round.
const ROWS: i64 = 200;
/// How long jobs under way may go on once the program stops.
const PATIENCE: Duration = Duration::from_secs(3);
/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// Runs jobs for one node.
#[derive(Debug)]
pub struct Runner {
    app: App,
    jobs: &'static [Job],
    holder: i64,
    /// Until when a job that had nothing to do is not asked again.
    asked: Mutex<BTreeMap<&'static str, i64>>,
}

impl Runner {
    /// Gives the runner of every job of the program.
    pub fn new(app: App) -> Self {
        Self::of(app, ALL)
    }

    /// Gives the runner of a list of jobs.
    pub fn of(app: App, jobs: &'static [Job]) -> Self {
        let holder = app.ids.next(app.clock.now());
        Self { app, jobs, holder, asked: Mutex::default() }
    }

    /// Runs until `stop` comes: links events within a second of their commit and does what is due.
    /// Jobs under way get a moment to end; what does not is given back.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut tasks = JoinSet::new();
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                () = tokio::time::sleep(LOOK) => {}
            }
            self.look(&mut tasks).await;
        }
        self.stop(tasks).await;
    }

    async fn stop(&self, mut tasks: JoinSet<()>) {
        let ended = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(PATIENCE, ended).await.is_err() {
            tracing::warn!("some jobs were cut off; they are run again");
        }
        tasks.shutdown().await;
        let holder = self.holder;
        let given = self.app.db.write(async |work| work.system_give_back_jobs(holder).await).await;
        note("all", "jobs could not be given back; their leases end by themselves", given);
    }

    async fn look(&self, tasks: &mut JoinSet<()>) {
        self.app.node.looked(self.app.clock.now());
        note("chain", "the chain could not be sealed; it is tried again", self.seal().await);
        note("all", "jobs could not be looked at; it is tried again", self.round(tasks).await);
    }

    /// Links what is not linked yet; asks first, so that an idle program writes nothing.
    async fn seal(&self) -> Result<(), AppError> {
        if self.app.db.read(async |work| work.system_has_unsealed().await).await? {
            chain::seal(&self.app, self.holder).await?;
        }
        Ok(())
    }

    /// Takes what is due, as far as there is room, and starts it.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn round(&self, tasks: &mut JoinSet<()>) -> Result<(), AppError> {
        while tasks.try_join_next().is_some() {}
        let now = self.app.clock.now();
        for row in self.due(now).await? {
            if tasks.len() >= MOST {
                break;
            }
            let Some(job) = self.jobs.iter().find(|job| job.kind == row.kind) else { continue };
            // What a dead node left is taken over whether or not it was finished.
            let is_new = !row.is_once && row.holder.is_none();
            let is_idle = is_new && self.has_nothing_to_do(job, now).await?;
            if is_idle || !self.take(job, &row, now).await? {
                continue;
            }
            let (app, job, holder) = (self.app.clone(), *job, self.holder);
            tasks.spawn(async move { go(app, job, row, holder).await });
        }
        Ok(())
    }

    /// Gives what is due, after periodic jobs without a row got theirs.
    async fn due(&self, now: i64) -> Result<Vec<JobRow>, AppError> {
        let known = self.app.db.read(async |work| work.system_periodic_jobs().await).await?;
        let is_new = |job: &&Job| job.rhythm.is_some() && !known.contains(&job.kind.to_owned());
        let new: Vec<NewJob> = self.jobs.iter().filter(is_new).map(|job| row(job, now)).collect();
        if !new.is_empty() {
            let added = async |work: &mut Work<'_>| -> Result<(), StoreError> {
                for job in &new {
                    work.system_add_job(job).await?;
                }
                Ok(())
            };
            self.app.db.write(added).await?;
        }
        Ok(self.app.db.read(async |work| work.system_due_jobs(now, ROWS).await).await?)
    }

    /// Asks a job that knows whether there is anything to do; then not again before its time.
    async fn has_nothing_to_do(&self, job: &Job, now: i64) -> Result<bool, AppError> {
        let (Some(asks), Some(rhythm)) = (job.asks, job.rhythm) else { return Ok(false) };
        if self.asked(|asked| asked.get(job.kind).is_some_and(|until| *until > now)) {
            return Ok(true);
        }
        if asks(self.app.clone()).await? {
            return Ok(false);
        }
        self.asked(|asked| asked.insert(job.kind, rhythm.next(now)));
        Ok(true)
    }

    fn asked<T>(&self, go: impl FnOnce(&mut BTreeMap<&'static str, i64>) -> T) -> T {
        go(&mut self.asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    async fn take(&self, job: &Job, row: &JobRow, now: i64) -> Result<bool, AppError> {
        let (holder, until) = (self.holder, now + job.hold * SECOND);
        let taken = async |work: &mut Work<'_>| -> Result<bool, StoreError> {
            work.system_take_job(&row.name, holder, now, until).await
        };
        if row.holder.is_some() {
            tracing::warn!(job = row.kind, "a job is taken over: its lease ended");
        }
        Ok(self.app.db.write(taken).await?)
    }
}

/// Gives the row of a periodic job: due at once.
fn row(job: &Job, now: i64) -> NewJob {
    NewJob {
        name: job.kind.to_owned(),
        kind: job.kind.to_owned(),
        payload: String::new(),
        is_once: false,
        next_at: now,
    }
}

/// Runs a job that was taken, with signs of life, and keeps what became of it.
async fn go(app: App, job: Job, row: JobRow, holder: i64) {
    let (name, payload, tries) = (row.name.clone(), row.payload, row.tries + 1);
    let task = Task { app: app.clone(), name: row.name, payload, tries };
    // A set, so that the work ends with us when the lease is lost or the program stops.
    let mut work = JoinSet::new();
    let asks = job.asks.filter(|_| !row.is_once);
    work.spawn(do_it(asks, job.run, task));
    let done = tokio::select! {
        done = work.join_next() => done,
        () = until_lost(&app, &job, &name, holder) => None,
    };
    let result = match done {
        Some(Ok(result)) => result,
        Some(Err(_panic)) => Err(AppError::Code(Code::Internal)),
        None => return lost(job.kind),
    };
    let end = ended(&job, &result, tries, app.clock.now());
    note(job.kind, "a job failed", result);
    let kept = app.db.write(async |work| work.system_end_job(&name, holder, &end).await).await;
    note(job.kind, "how a job ended could not be kept", kept);
}

/// Does a job that was taken, unless it was done before the lease came to us.
async fn do_it(
    asks: Option<fn(App) -> Doing<bool>>,
    run: fn(Task) -> Doing<()>,
    task: Task,
) -> Result<(), AppError> {
    match asks {
        Some(asks) if !asks(task.app.clone()).await? => Ok(()),
        _ => run(task).await,
    }
}

/// Logs what went wrong, once, with its chain.
fn note<E: std::error::Error>(job: &str, what: &str, result: Result<(), E>) {
    let Err(error) = result else { return };
    let mut chain = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        chain.extend([": ", &inner.to_string()]);
        source = inner.source();
    }
    tracing::warn!(job, chain, "{what}");
}

fn lost(job: &str) {
    tracing::warn!(job, "the lease of a job was lost; it is left to others");
}

fn ended(job: &Job, result: &Result<(), AppError>, tries: i64, now: i64) -> JobEnd {
    let (next_at, text) = match (result, job.rhythm) {
        (Ok(()), rhythm) => (rhythm.map(|rhythm| rhythm.next(now)), "done"),
        (Err(error), Some(rhythm)) => {
            (Some(retry_for_ever(rhythm, job.pauses, tries, now)), error.code().text())
        }
        (Err(error), None) => (retry(job.pauses, tries, now), error.code().text()),
    };
    JobEnd { at: now, next_at, result: text.to_owned(), is_done: result.is_ok() }
}

/// Renews the lease; ends when somebody else has it.
async fn until_lost(app: &App, job: &Job, name: &str, holder: i64) {
    let pause = Duration::from_secs(u64::try_from(job.hold).unwrap_or(60)) / 3;
    loop {
        tokio::time::sleep(pause).await;
        let until = app.clock.now() + job.hold * SECOND;
        let held = app.db.write(async |work| work.system_hold_job(name, holder, until).await).await;
        if matches!(held, Ok(false)) {
            return;
        }
    }
}
