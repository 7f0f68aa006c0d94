//! What the program does by itself while it serves: one list of jobs, shared by leases.
//!
//! [`ALL`] is the list; `docs/howto/add-a-job.md` says how to add one.

mod runner;

use std::pin::Pin;

use orchestre_domain::job::Rhythm;
pub use orchestre_store::{JobRow, NewJob};

pub use runner::Runner;

use crate::{App, AppError, backups, checkpoints, inbox, mails, sweep, webhooks};

/// Work under way.
pub type Doing<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// One run of a job.
#[derive(Debug, Clone)]
pub struct Task {
    /// The program's parts.
    pub app: App,
    /// The job's own name; the same at every try.
    pub name: String,
    /// What it is done with; empty for a periodic job.
    pub payload: String,
    /// How often it was tried since it last succeeded, from 1.
    pub tries: i64,
}

/// Something that the program does by itself.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// Its word; stable, since rows and reports carry it.
    pub kind: &'static str,
    /// When it comes again; `None` for one-offs, which use cases add.
    pub rhythm: Option<Rhythm>,
    /// How long its lease holds without a sign of life, in seconds.
    pub hold: i64,
    /// How long it waits after each failure, in seconds.
    pub pauses: &'static [i64],
    /// Says whether there is anything to do, so that an idle program writes nothing.
    pub asks: Option<fn(App) -> Doing<bool>>,
    /// Does it. It may be run twice (a node that was cut off): it must bear that.
    pub run: fn(Task) -> Doing<()>,
}

/// Pauses after failures that fit most jobs: ten seconds to an hour.
pub const PAUSES: &[i64] = &[10, 30, 60, 300, 900, 3_600];

/// How long a lease of these jobs holds without a sign of life, in seconds: signs come three times
/// as often, and what a dead node had begun is taken up by another within this time \[D\].
const HOLD: i64 = 15;

/// Every job of the program.
pub const ALL: &[Job] = &[
    Job {
        kind: "sweep",
        rhythm: Some(Rhythm::Every(3_600)),
        hold: HOLD,
        pauses: PAUSES,
        asks: Some(|app| Box::pin(async move { sweep::has_stale(&app).await })),
        run: |task| Box::pin(async move { sweep::sweep(&task.app).await }),
    },
    Job {
        kind: "mail",
        rhythm: Some(Rhythm::Every(5)),
        hold: HOLD,
        pauses: PAUSES,
        asks: Some(|app| Box::pin(async move { mails::has_due(&app).await })),
        run: |task| Box::pin(async move { mails::tick(&task.app).await }),
    },
    Job {
        kind: "webhooks",
        rhythm: Some(Rhythm::Every(1)),
        hold: HOLD,
        pauses: PAUSES,
        asks: Some(|app| Box::pin(async move { webhooks::is_due(&app).await })),
        run: |task| Box::pin(async move { webhooks::run(&task.app).await }),
    },
    Job {
        kind: backups::JOB,
        rhythm: Some(Rhythm::Every(600)),
        hold: HOLD,
        pauses: PAUSES,
        asks: Some(|app| Box::pin(async move { backups::is_due(&app).await })),
        run: |task| Box::pin(async move { backups::run(&task.app, task.tries).await }),
    },
    Job {
        kind: "checkpoint",
        rhythm: Some(Rhythm::Every(600)),
        hold: HOLD,
        pauses: PAUSES,
        asks: Some(|app| Box::pin(async move { checkpoints::is_due(&app).await })),
        run: |task| Box::pin(async move { checkpoints::run(&task.app).await }),
    },
    Job {
        kind: inbox::JOB,
        rhythm: Some(Rhythm::Every(5)),
        hold: HOLD,
        pauses: PAUSES,
        asks: Some(|app| Box::pin(async move { inbox::has_files(&app).await })),
        run: |task| Box::pin(async move { inbox::run(&task.app).await }),
    },
];

/// Gives a one-off of a kind, due at an instant (µs); add it with `work.system_add_job` in the unit
/// of work that wants it done, so that it is wanted exactly when that is stored.
pub fn once(app: &App, kind: &'static str, payload: String, at: i64) -> NewJob {
    let name = format!("{kind}:{}", app.ids.next(app.clock.now()));
    NewJob { name, kind: kind.to_owned(), payload, is_once: true, next_at: at }
}
