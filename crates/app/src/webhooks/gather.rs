//! From events to messages: each subscription reads on from where it was, in the order of commits.

use orchestre_domain::id::DeliveryId;
use orchestre_domain::webhook::DeliveryState;
use orchestre_store::{Delivery, Login, OutEvent, Outgoing, Webhook};

use super::body;
use crate::{App, AppError};

/// Events of one unit of work.
const STEP: i64 = 500;

/// Writes messages down for every subscription that is on. What its owner may not see is passed
/// over for good; an owner who is out gets nothing.
///
/// # Errors
///
/// What the store says.
pub async fn gather(app: &App) -> Result<(), AppError> {
    let (last, known) = app
        .db
        .read(async |work| {
            Ok::<_, AppError>((work.system_last_seq().await?, work.system_webhooks().await?))
        })
        .await?;
    for (webhook, owner) in known {
        let mut read = webhook.read_seq;
        while read < last {
            let to = (read + STEP).min(last);
            step(app, &webhook, owner.as_ref(), (read, to)).await?;
            read = to;
        }
    }
    Ok(())
}

async fn step(
    app: &App,
    webhook: &Webhook,
    owner: Option<&Login>,
    (read, to): (i64, i64),
) -> Result<(), AppError> {
    let (now, today) = (app.clock.now(), app.clock.today());
    app.db
        .write(async |work| {
            if let Some(owner) = owner {
                let viewer = work.system_viewer(owner, today).await?;
                for event in work.outgoing(&viewer, Outgoing::Between(read, to)).await? {
                    let is_wanted = webhook.names.is_empty() || webhook.names.contains(&event.name);
                    if is_wanted && body::is_readable(&viewer, &event) {
                        work.system_add_delivery(&message(app, webhook, &event, now)).await?;
                    }
                }
            }
            Ok(work.put_webhook_read(webhook.id, to).await?)
        })
        .await
}

fn message(app: &App, webhook: &Webhook, event: &OutEvent, now: i64) -> Delivery {
    Delivery {
        id: DeliveryId(app.ids.next(now)),
        webhook: webhook.id,
        event: event.id,
        seq: event.seq,
        account: event.account,
        name: event.name,
        body: body::of(event),
        state: DeliveryState::Waiting,
        tries: 0,
        next_at: now,
        made_at: now,
        ended_at: None,
    }
}
