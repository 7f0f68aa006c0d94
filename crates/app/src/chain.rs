//! The chain of events: sealed by whoever holds the lease, verified on demand.

use orchestre_store::StoreError;
pub use orchestre_store::{Broken, ChainState, Wrong};

use crate::{App, AppError};

/// The lease of the sealer.
const LEASE: &str = "chain";
/// How long a lease holds, in microseconds.
const HOLD: i64 = 10_000_000;

/// Links the events that are not linked yet, if this process holds the lease; gives how many.
///
/// # Errors
///
/// What the store says.
pub async fn seal(app: &App, holder: i64) -> Result<usize, AppError> {
    let now = app.clock.now();
    let count = app
        .db
        .write(async |work| {
            if !work.lease(LEASE, holder, now, now + HOLD).await? {
                return Ok(0);
            }
            work.system_seal().await
        })
        .await;
    count.map_err(|error: StoreError| AppError::from(error))
}

/// Links what is left and gives the lease back, for a command that ends.
///
/// # Errors
///
/// What the store says.
pub async fn close(app: &App) -> Result<(), AppError> {
    let holder = app.ids.next(app.clock.now());
    while seal(app, holder).await? > 0 {}
    Ok(app.db.write(async |work| work.system_end_lease(LEASE, holder).await).await?)
}

/// Reads the chain again and says how far it holds.
///
/// # Errors
///
/// What the store says.
pub async fn verify(app: &App) -> Result<ChainState, AppError> {
    Ok(app.db.read(async |work| work.system_verify_chain().await).await?)
}
