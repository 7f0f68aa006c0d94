//! `/api/v1/webhooks`: subscriptions to events, their secrets, the log of their messages.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use orchestre_app::webhooks::{self, Subscription, Wanted};
use orchestre_app::{AppError, Code, wire};
use orchestre_domain::event::EventName;
use orchestre_domain::id::{DeliveryId, WebhookId};
use serde_json::{Value, json};

use super::{Answer, json as answer};
use crate::door::ApiVisit;

/// Messages of one answer.
const MOST: usize = 100;

fn parsed(id: &str) -> Result<WebhookId, AppError> {
    WebhookId::parse(id).ok_or(AppError::NOT_FOUND)
}

fn parsed_delivery(id: &str) -> Result<DeliveryId, AppError> {
    DeliveryId::parse(id).ok_or(AppError::NOT_FOUND)
}

fn read(body: &[u8]) -> Result<(Subscription, Option<i64>), AppError> {
    let given: wire::Subscription =
        serde_json::from_slice(body).map_err(|_broken| AppError::from(Code::RequestUnreadable))?;
    let names: Option<Vec<EventName>> =
        given.events.iter().map(|name| EventName::parse(name)).collect();
    let names = names.ok_or(AppError::Field { code: Code::FieldInvalid, field: "events" })?;
    let state = if given.is_on { Wanted::On } else { Wanted::Off };
    Ok((Subscription { address: given.address, names, state }, given.version))
}

fn made(made: &webhooks::Made) -> Value {
    json!(wire::WebhookMade { id: made.id.to_string(), secret: made.secret.expose().to_owned() })
}

/// `GET /api/v1/webhooks?all=`: one's own; with `all` everybody's, for who reads logins.
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = match visit.parameter("all") {
        Some(_) => webhooks::all(&visit.ctx).await?,
        None => webhooks::own(&visit.ctx).await?,
    };
    let items: Vec<wire::Webhook> = found.iter().map(wire::Webhook::of).collect();
    Ok(answer(json!({"items": items})))
}

/// `POST /api/v1/webhooks`: `address`, `events`, `is_on`; the answer holds the secret, once.
pub(crate) async fn create(ApiVisit(visit): ApiVisit, body: Bytes) -> Answer {
    let (new, _) = read(&body)?;
    let done = webhooks::create(&visit.ctx, new).await?;
    Ok((StatusCode::CREATED, answer(made(&done))).into_response())
}

/// `GET /api/v1/webhooks/{id}`.
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let webhook = webhooks::show(&visit.ctx, parsed(&id)?).await?;
    Ok(answer(json!(wire::Webhook::of(&webhook))))
}

/// `PUT /api/v1/webhooks/{id}`: `address`, `events`, `is_on`, `version`.
pub(crate) async fn update(
    ApiVisit(visit): ApiVisit,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let id = parsed(&id)?;
    webhooks::show(&visit.ctx, id).await?;
    let (edit, version) = read(&body)?;
    let version = version.ok_or(AppError::Field { code: Code::FieldMissing, field: "version" })?;
    webhooks::put(&visit.ctx, id, version, edit).await?;
    let webhook = webhooks::show(&visit.ctx, id).await?;
    Ok(answer(json!(wire::Webhook::of(&webhook))))
}

/// `DELETE /api/v1/webhooks/{id}`.
pub(crate) async fn remove(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    webhooks::remove(&visit.ctx, parsed(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /api/v1/webhooks/{id}/secret`: a new secret; for a day both sign.
pub(crate) async fn rotate(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let webhook = webhooks::show(&visit.ctx, parsed(&id)?).await?;
    let done = webhooks::rotate(&visit.ctx, webhook.id, webhook.version).await?;
    Ok((StatusCode::CREATED, answer(made(&done))).into_response())
}

/// `GET /api/v1/webhooks/{id}/deliveries?below=`: the newest first.
pub(crate) async fn deliveries(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let below = visit.parameter("below").and_then(|text| text.parse().ok()).unwrap_or(i64::MAX);
    let found = webhooks::list(&visit.ctx, parsed(&id)?, below, MOST).await?;
    let items: Vec<wire::Delivery> = found.iter().map(wire::Delivery::of).collect();
    Ok(answer(json!({"items": items})))
}

/// `GET /api/v1/webhooks/{id}/deliveries/{delivery}`: with its body and tries.
pub(crate) async fn delivery(
    ApiVisit(visit): ApiVisit,
    Path((id, delivery)): Path<(String, String)>,
) -> Answer {
    let (id, delivery) = (parsed(&id)?, parsed_delivery(&delivery)?);
    let (found, tries) = webhooks::show_delivery(&visit.ctx, id, delivery).await?;
    Ok(answer(json!(wire::Delivery::whole(&found, &tries))))
}

/// `POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay`: sends it again.
pub(crate) async fn replay(
    ApiVisit(visit): ApiVisit,
    Path((id, delivery)): Path<(String, String)>,
) -> Answer {
    webhooks::replay(&visit.ctx, parsed(&id)?, parsed_delivery(&delivery)?).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
