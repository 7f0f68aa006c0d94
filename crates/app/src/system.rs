//! How the program runs: what its administrator looks at. Nothing here is of a customer.

use orchestre_domain::event::EventName;
use orchestre_domain::import::{ImportKind, ImportState};
use orchestre_domain::job::JobState;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_store::{JobRow, MIGRATIONS, Measures};

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::health::{self, Unready};
use crate::jobs;

/// Jobs that are shown.
const JOBS: i64 = 100;
/// Imports that are shown.
const IMPORTS: i64 = 5;
/// A backup older than this is told: two days, µs.
const OLD: i64 = 2 * 86_400_000_000;
/// Less free space than this is told: 1 GiB.
const LITTLE: i64 = 1 << 30;
/// Events that wait longer than this for their link are told: a minute, µs.
const SLOW: i64 = 60_000_000;

/// What should be looked after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// No backup in two days.
    Backup,
    /// A job gave up and waits for a person.
    Jobs,
    /// Events wait for their link.
    Chain,
    /// Little space is left.
    Disk,
    /// People reach the program without TLS.
    PlainHttp,
    /// What is measured can be read from other machines.
    OpenMetrics,
    /// The PostgreSQL server may lose what it acknowledged.
    UnsafeServer,
}

impl Concern {
    /// Gives the stable word, end of the text keys `page-system-concern-<word>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Backup => "backup",
            Self::Jobs => "jobs",
            Self::Chain => "chain",
            Self::Disk => "disk",
            Self::PlainHttp => "plain_http",
            Self::OpenMetrics => "open_metrics",
            Self::UnsafeServer => "unsafe_server",
        }
    }
}

/// A job as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobShown {
    /// Its own name, by which it is asked to run.
    pub name: String,
    /// Its kind, end of the text key `state-job-<kind>`.
    pub kind: String,
    /// How it stands.
    pub state: JobState,
    /// When it comes again, µs.
    pub next_at: Option<i64>,
    /// When it ended last, µs.
    pub ended_at: Option<i64>,
    /// How it ended last: `done` or the code of an error.
    pub result: Option<String>,
    /// Times that it was tried since it last succeeded.
    pub tries: i64,
}

/// An import without its file's name, which may be a customer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportShown {
    /// What the file held.
    pub kind: ImportKind,
    /// How far it came.
    pub state: ImportState,
    /// Rows that were dealt with.
    pub rows: i64,
    /// When the file came, µs.
    pub received_at: i64,
}

/// How the program runs.
#[derive(Debug, Clone, PartialEq)]
pub struct System {
    /// The version of the program.
    pub version: &'static str,
    /// Whether the database is PostgreSQL.
    pub is_postgres: bool,
    /// The last migration of the program.
    pub schema: &'static str,
    /// The database in numbers.
    pub measures: Measures,
    /// Free bytes where the data lie.
    pub free_bytes: Option<i64>,
    /// Bytes of memory of this process.
    pub memory_bytes: Option<i64>,
    /// Why this node should get no requests now.
    pub unready: Vec<Unready>,
    /// The jobs.
    pub jobs: Vec<JobShown>,
    /// The last imports.
    pub imports: Vec<ImportShown>,
    /// When a backup was made last, µs.
    pub backup_at: Option<i64>,
    /// What should be looked after, the gravest first.
    pub concerns: Vec<Concern>,
    /// Whether the viewer may ask jobs to run.
    pub can_update: bool,
}

/// Gives how the program runs. `given` are concerns that only the one who answers requests knows.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] for those who may not read it.
pub async fn get(ctx: &Ctx, given: &[Concern]) -> Result<System, AppError> {
    if !may(&ctx.viewer, Capability::Read, Object::System, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let now = ctx.now();
    let (rows, imports, backup) = ctx
        .db()
        .read(async |work| {
            let backup = work.system_last_at(EventName::BackupMade).await?;
            let jobs = work.system_jobs(JOBS).await?;
            Ok::<_, AppError>((jobs, work.system_imports(IMPORTS).await?, backup))
        })
        .await?;
    let mut system = System {
        version: env!("CARGO_PKG_VERSION"),
        is_postgres: ctx.db().is_postgres(),
        schema: MIGRATIONS.last().map_or("", |migration| migration.name),
        measures: health::measure(&ctx.app).await?,
        free_bytes: ctx.app.node.free_bytes(),
        memory_bytes: ctx.app.node.memory_bytes(),
        unready: health::unready(&ctx.app).await,
        backup_at: Some(backup).filter(|at| *at > 0),
        jobs: rows.into_iter().map(|row| shown(row, now)).collect(),
        imports: imports.into_iter().map(|(import, _)| import_shown(&import)).collect(),
        concerns: given.to_vec(),
        can_update: may(&ctx.viewer, Capability::Update, Object::System, Scope::Company),
    };
    if !health::risks(&ctx.app).await?.is_empty() {
        system.concerns.push(Concern::UnsafeServer);
    }
    system.concerns.extend(found(&system, now));
    system.concerns.sort();
    Ok(system)
}

fn found(system: &System, now: i64) -> Vec<Concern> {
    let old = system.backup_at.is_none_or(|at| now - at > OLD);
    let slow = system.measures.unsealed_since.is_some_and(|since| now - since > SLOW);
    let stands = |job: &JobShown| job.state == JobState::GivenUp;
    [
        (old, Concern::Backup),
        (system.jobs.iter().any(stands), Concern::Jobs),
        (slow, Concern::Chain),
        (system.free_bytes.is_some_and(|free| free < LITTLE), Concern::Disk),
    ]
    .into_iter()
    .filter_map(|(holds, concern)| holds.then_some(concern))
    .collect()
}

fn shown(row: JobRow, now: i64) -> JobShown {
    let is_held = row.holder.is_some() && row.until_at.is_some_and(|until| until > now);
    let state = match row.next_at {
        _ if is_held => JobState::Running,
        None => JobState::GivenUp,
        Some(_) if row.tries > 0 => JobState::Retrying,
        Some(_) => JobState::Waiting,
    };
    JobShown {
        name: row.name,
        kind: row.kind,
        state,
        next_at: row.next_at,
        ended_at: row.ended_at,
        result: row.result,
        tries: row.tries,
    }
}

const fn import_shown(import: &orchestre_store::imports::ImportRecord) -> ImportShown {
    ImportShown {
        kind: import.kind,
        state: import.state,
        rows: import.counts.rows,
        received_at: import.received_at,
    }
}

/// Asks a job to run now; a node takes it within a second.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`]; [`AppError::NOT_FOUND`] for a job that is not there.
pub async fn run_now(ctx: &Ctx, name: &str) -> Result<(), AppError> {
    if !may(&ctx.viewer, Capability::Update, Object::System, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let kind = name.split(':').next().unwrap_or_default();
    let known = jobs::ALL.iter().find(|job| job.kind == kind).ok_or(AppError::NOT_FOUND)?;
    let now = ctx.now();
    let mut event = ctx.event(EventName::JobAsked, "job", None);
    event.payload = vec![("job", known.kind.to_owned())];
    ctx.db()
        .write(async |work| {
            if !work.system_wake_job(name, now).await? {
                return Err(AppError::NOT_FOUND);
            }
            work.record(&event).await?;
            Ok(())
        })
        .await
}
