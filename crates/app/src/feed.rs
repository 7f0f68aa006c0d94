//! The feed: what was done, newest first, only what the viewer may see.

use orchestre_domain::id::AccountId;
use orchestre_domain::permission::{Capability, Object, Scope, may};
pub use orchestre_store::FeedRow;

use crate::{AppError, Ctx};

/// Gives what was done on an account.
///
/// # Errors
///
/// What the store says.
pub async fn account(
    ctx: &Ctx,
    account: AccountId,
    limit: usize,
) -> Result<Vec<FeedRow>, AppError> {
    Ok(ctx.db().read(async |work| work.feed(&ctx.viewer, Some(account), 0, limit).await).await?)
}

/// Gives what was done anywhere, later than `since` (µs).
///
/// # Errors
///
/// `forbidden` for whoever reads no events.
pub async fn all(ctx: &Ctx, since: i64, limit: usize) -> Result<Vec<FeedRow>, AppError> {
    if !may(&ctx.viewer, Capability::Read, Object::Event, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    Ok(ctx.db().read(async |work| work.feed(&ctx.viewer, None, since, limit).await).await?)
}
