//! How the program runs, as the API tells it.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::health::Unready;
use crate::system::{Concern, ImportShown, JobShown, System};

/// How the program runs.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SystemWire {
    /// The version of the program.
    pub version: &'static str,
    /// `sqlite` or `postgresql`.
    pub engine: &'static str,
    /// The last migration of the program.
    pub schema: &'static str,
    /// Whether this node takes requests.
    pub ready: bool,
    /// Why it does not: `database`, `schema`, `disk`, `jobs`, `stopping`.
    pub unready: Vec<&'static str>,
    /// Bytes of the database.
    pub database_bytes: i64,
    /// Free bytes where the data lie.
    pub free_bytes: Option<i64>,
    /// Bytes of memory of this process.
    pub memory_bytes: Option<i64>,
    /// Events that are linked in the chain.
    pub chain_sealed: i64,
    /// Events that are not linked yet.
    pub chain_unsealed: i64,
    /// When a backup was made last.
    pub backup_at: Option<String>,
    /// People who were here within a day.
    pub people_within_a_day: i64,
    /// What should be looked after.
    pub concerns: Vec<&'static str>,
    /// The jobs.
    pub jobs: Vec<JobWire>,
    /// The last imports.
    pub imports: Vec<SystemImportWire>,
}

/// A job as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobWire {
    /// Its own name, by which it is asked to run.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// `waiting`, `running`, `retrying` or `given_up`.
    pub state: &'static str,
    /// When it comes again.
    pub next_at: Option<String>,
    /// When it ended last.
    pub ended_at: Option<String>,
    /// How it ended last: `done` or the code of an error.
    pub result: Option<String>,
    /// Times that it was tried since it last succeeded.
    pub tries: i64,
}

/// An import, without the name of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SystemImportWire {
    /// What the file held.
    pub kind: &'static str,
    /// How far it came.
    pub state: &'static str,
    /// Rows that were dealt with.
    pub rows: i64,
    /// When the file came.
    pub received_at: Option<String>,
}

/// Gives how the program runs.
pub fn system(system: &System) -> SystemWire {
    let measures = &system.measures;
    SystemWire {
        version: system.version,
        engine: if system.is_postgres { "postgresql" } else { "sqlite" },
        schema: system.schema,
        ready: system.unready.is_empty(),
        unready: system.unready.iter().map(|reason| Unready::as_str(*reason)).collect(),
        database_bytes: measures.bytes,
        free_bytes: system.free_bytes,
        memory_bytes: system.memory_bytes,
        chain_sealed: measures.sealed,
        chain_unsealed: measures.unsealed,
        backup_at: instant(system.backup_at),
        people_within_a_day: measures.people,
        concerns: system.concerns.iter().map(|concern| Concern::as_str(*concern)).collect(),
        jobs: system.jobs.iter().map(job).collect(),
        imports: system.imports.iter().map(import).collect(),
    }
}

fn job(job: &JobShown) -> JobWire {
    JobWire {
        name: job.name.clone(),
        kind: job.kind.clone(),
        state: job.state.as_str(),
        next_at: instant(job.next_at),
        ended_at: instant(job.ended_at),
        result: job.result.clone(),
        tries: job.tries,
    }
}

fn import(import: &ImportShown) -> SystemImportWire {
    SystemImportWire {
        kind: import.kind.as_str(),
        state: import.state.as_str(),
        rows: import.rows,
        received_at: instant(Some(import.received_at)),
    }
}

/// Writes an instant as RFC 3339, in seconds.
fn instant(micros: Option<i64>) -> Option<String> {
    Timestamp::from_microsecond(micros?).ok().map(|at| format!("{at:.0}"))
}
