//! Whether the program answers and does its work, for whoever watches over it.

pub use orchestre_store::{Checkup, Measures};
use orchestre_store::{MIGRATIONS, sql};

use crate::{App, AppError};

/// The runner of jobs looks every second; silent for longer than this, it is ill: one minute.
const SILENT: i64 = 60_000_000;
/// Less free space than this is no place to work: 32 MiB.
const LEAST: i64 = 32 * 1024 * 1024;

/// Why a node should get no requests now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unready {
    /// The database does not answer.
    Database,
    /// The database is not at the schema of this program.
    Schema,
    /// Nothing can be written where the data lie.
    Disk,
    /// The jobs of this node stand still.
    Jobs,
    /// The node stops soon.
    Stopping,
}

impl Unready {
    /// Gives the word that a watcher reads.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Schema => "schema",
            Self::Disk => "disk",
            Self::Jobs => "jobs",
            Self::Stopping => "stopping",
        }
    }
}

/// Asks the database for one row.
///
/// # Errors
///
/// What the store says.
pub async fn ask(app: &App) -> Result<(), AppError> {
    app.db
        .read(async |work| {
            work.row(sql("SELECT name FROM counters LIMIT 1")).await?;
            Ok(())
        })
        .await
}

/// Gives why this node should get no requests now; nothing when it is ready.
pub async fn unready(app: &App) -> Vec<Unready> {
    let mut reasons = Vec::new();
    match measure(app).await {
        Err(_unreachable) => reasons.push(Unready::Database),
        Ok(measures) if usize::try_from(measures.migrations).unwrap_or(0) < MIGRATIONS.len() => {
            reasons.push(Unready::Schema);
        }
        Ok(_) => {}
    }
    if !app.node.can_write() || app.node.free_bytes().is_some_and(|free| free < LEAST) {
        reasons.push(Unready::Disk);
    }
    if app.node.looked_at().is_some_and(|at| app.clock.now() - at > SILENT) {
        reasons.push(Unready::Jobs);
    }
    if app.node.is_stopping() {
        reasons.push(Unready::Stopping);
    }
    reasons
}

/// Gives how the database stands, in numbers.
///
/// # Errors
///
/// What the store says.
pub async fn measure(app: &App) -> Result<Measures, AppError> {
    let now = app.clock.now();
    Ok(app.db.read(async |work| work.system_measures(now).await).await?)
}

/// Gives the settings of a PostgreSQL server that are off and by which data may be lost.
///
/// # Errors
///
/// What the store says.
pub async fn risks(app: &App) -> Result<Vec<String>, AppError> {
    Ok(app.db.read(async |work| work.system_risks().await).await?)
}

/// Counts what is attributed to nobody.
///
/// # Errors
///
/// What the store says.
pub async fn counts(app: &App) -> Result<Checkup, AppError> {
    Ok(app.db.read(async |work| work.system_checkup().await).await?)
}
