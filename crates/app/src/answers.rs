//! Requests that may be sent again: their answers are kept for a day.

pub use orchestre_store::{Claim, KeptAnswer};

use crate::{AppError, Ctx};

/// Answers are kept for a day.
const KEPT: i64 = 24 * 3_600_000_000;
/// A request that has no answer after five minutes was lost with its process.
const LOST: i64 = 5 * 60_000_000;

/// Claims a key for a request with this digest.
///
/// # Errors
///
/// `forbidden` for the local shell; what the store says.
pub async fn claim(ctx: &Ctx, key: &str, digest: &str) -> Result<Claim, AppError> {
    let login = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    let now = ctx.now();
    let limits = (now - KEPT, now - LOST);
    let write =
        ctx.db().write(async |work| work.claim_answer((login, key), digest, now, limits).await);
    Ok(write.await?)
}

/// Keeps the answer, or gives the key back when there is none.
///
/// # Errors
///
/// `forbidden` for the local shell; what the store says.
pub async fn keep(ctx: &Ctx, key: &str, answer: Option<&KeptAnswer>) -> Result<(), AppError> {
    let login = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    let write = ctx.db().write(async |work| match answer {
        Some(answer) => work.put_answer((login, key), answer).await,
        None => work.drop_answer(login, key).await,
    });
    Ok(write.await?)
}
