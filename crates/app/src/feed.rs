//! The feed: what was done, newest first, only what the viewer may see.

use orchestre_domain::id::AccountId;
use orchestre_domain::permission::{Capability, Object, Scope, may};
pub use orchestre_store::{FeedAsk, FeedRow, Words};

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
    let ask = FeedAsk { account: Some(account), limit, ..FeedAsk::default() };
    Ok(ctx.db().read(async |work| work.feed(&ctx.viewer, &ask).await).await?)
}

/// Gives what was done anywhere, as far as it is asked for.
///
/// # Errors
///
/// `forbidden` for whoever reads no events.
pub async fn find(ctx: &Ctx, ask: &FeedAsk) -> Result<Vec<FeedRow>, AppError> {
    if !may(&ctx.viewer, Capability::Read, Object::Event, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    Ok(ctx.db().read(async |work| work.feed(&ctx.viewer, ask).await).await?)
}
