//! Whether the database answers.

pub use orchestre_store::Checkup;
use orchestre_store::sql;

use crate::{App, AppError};

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

/// Counts what is attributed to nobody.
///
/// # Errors
///
/// What the store says.
pub async fn counts(app: &App) -> Result<Checkup, AppError> {
    Ok(app.db.read(async |work| work.system_checkup().await).await?)
}
