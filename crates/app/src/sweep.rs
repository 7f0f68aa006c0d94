//! What has outlived its use is removed.

use orchestre_store::Stale;

use crate::{App, AppError};

/// µs of a day.
const DAY: i64 = 24 * 3_600_000_000;
/// Sessions, links, waits and mails that ended are kept this long.
const ENDED: i64 = 30 * DAY;
/// A device that nobody used is known this long: as long as the browser keeps its cookie.
const UNUSED: i64 = 366 * DAY;

fn before(app: &App) -> Stale {
    let now = app.clock.now();
    Stale { ended: now - ENDED, unused: now - UNUSED }
}

/// Says whether anything is long over.
///
/// # Errors
///
/// What the store says.
pub(crate) async fn has_stale(app: &App) -> Result<bool, AppError> {
    let before = before(app);
    Ok(app.db.read(async |work| work.system_has_stale(before).await).await?)
}

/// Removes sessions, links, devices, waits and mails that are long over.
///
/// # Errors
///
/// What the store says.
pub(crate) async fn sweep(app: &App) -> Result<(), AppError> {
    let before = before(app);
    Ok(app.db.write(async |work| work.system_sweep(before).await).await?)
}
