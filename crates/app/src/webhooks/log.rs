//! The log of messages, and sending one again.

use orchestre_domain::id::{DeliveryId, WebhookId};
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::webhook::{DeliveryState, WebhookState};
use orchestre_store::{Delivery, Try};

use super::show;
use crate::{AppError, Code, Ctx};

/// Says whether the one who asks may still see what a message is about.
fn is_seen(ctx: &Ctx, delivery: &Delivery) -> bool {
    delivery.account.is_none_or(|account| rows(&ctx.viewer, Object::Event).has(account))
}

/// Gives the messages of one's own subscription, the newest first, below a number; what one may not
/// see any more is not among them.
///
/// # Errors
///
/// `not_found`.
pub async fn list(
    ctx: &Ctx,
    id: WebhookId,
    below: i64,
    limit: usize,
) -> Result<Vec<Delivery>, AppError> {
    let webhook = show(ctx, id).await?;
    let found = ctx.db().read(async |work| work.deliveries(webhook.id, below, limit).await).await?;
    Ok(found.into_iter().filter(|one| is_seen(ctx, one)).collect())
}

/// Gives a message with its tries.
///
/// # Errors
///
/// `not_found`.
pub async fn show_delivery(
    ctx: &Ctx,
    id: WebhookId,
    delivery: DeliveryId,
) -> Result<(Delivery, Vec<Try>), AppError> {
    let webhook = show(ctx, id).await?;
    let found = ctx.db().read(async |work| work.delivery(webhook.id, delivery).await).await?;
    found.filter(|(one, _)| is_seen(ctx, one)).ok_or(AppError::NOT_FOUND)
}

/// Sends a message again, with the same id; it starts its tries anew.
///
/// # Errors
///
/// `not_found`; `step_refused` while it waits anyway or its subscription is off.
pub async fn replay(ctx: &Ctx, id: WebhookId, delivery: DeliveryId) -> Result<(), AppError> {
    let webhook = show(ctx, id).await?;
    let (before, _) = show_delivery(ctx, id, delivery).await?;
    if before.state == DeliveryState::Waiting || webhook.state != WebhookState::On {
        return Err(Code::StepRefused.into());
    }
    let state = DeliveryState::Waiting;
    let kept = Delivery { state, tries: 0, next_at: ctx.now(), ended_at: None, ..before };
    ctx.db().write(async |work| work.put_delivery(&kept).await).await?;
    Ok(())
}
