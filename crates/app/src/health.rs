//! Whether the database answers.

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
