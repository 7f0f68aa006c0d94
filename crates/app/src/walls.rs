//! Walls between rival accounts: who serves one never sees the other.

use orchestre_domain::event::EventName;
use orchestre_domain::id::AccountId;
use orchestre_domain::permission::{Capability, Object, Scope, may};

use crate::{AppError, Ctx};

/// Puts up a wall between two accounts from today on.
///
/// # Errors
///
/// `forbidden` for whoever does not make settings; what the store says.
pub async fn add(ctx: &Ctx, one: AccountId, other: AccountId) -> Result<(), AppError> {
    if !may(&ctx.viewer, Capability::Create, Object::Setting, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let id = ctx.id();
    let today = ctx.today();
    // The event names neither account: it is read by whoever serves one of them.
    let event = ctx.event(EventName::WallCreated, "wall", Some(id));
    ctx.db()
        .write(async |work| {
            work.add_wall(id, (one, other), today).await?;
            work.record(&event).await
        })
        .await?;
    Ok(())
}
