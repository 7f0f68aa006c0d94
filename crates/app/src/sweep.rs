//! What has outlived its use is removed.

use crate::{App, AppError};

/// Sessions, waits and mails that ended are kept this long: thirty days.
const STALE: i64 = 30 * 24 * 3_600_000_000;

/// Says whether a session, a wait or a mail is long over.
///
/// # Errors
///
/// What the store says.
pub(crate) async fn has_stale(app: &App) -> Result<bool, AppError> {
    let before = app.clock.now() - STALE;
    Ok(app.db.read(async |work| work.system_has_stale(before).await).await?)
}

/// Removes sessions, waits and mails that are long over.
///
/// # Errors
///
/// What the store says.
pub(crate) async fn sweep(app: &App) -> Result<(), AppError> {
    let before = app.clock.now() - STALE;
    Ok(app.db.write(async |work| work.system_sweep(before).await).await?)
}
