//! `/api/v1/webhooks`: subscriptions to events, their secrets, the log of their messages.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use orchestre_app::webhooks::{self, Subscription, Wanted};
use orchestre_app::{AppError, wire};
use orchestre_domain::event::EventName;
use orchestre_domain::id::{DeliveryId, WebhookId};

use super::answer::{Page, created, list as page, nothing, one};
use super::body::Sent;
use super::document::parameters as p;
use super::given::needed;
use super::{Answer, Id};
use crate::door::{ApiVisit, Visit};

/// Messages that can be paged through.
const MOST: usize = 10_000;

fn read(sent: wire::Subscription) -> Result<Subscription, AppError> {
    let names = sent.events.iter().map(|name| needed("events", name, EventName::parse));
    Ok(Subscription {
        names: names.collect::<Result<_, AppError>>()?,
        state: if sent.is_on { Wanted::On } else { Wanted::Off },
        address: sent.address,
    })
}

fn made(visit: &Visit, made: &webhooks::Made) -> Answer {
    let (id, secret) = (made.id.to_string(), made.secret.expose().to_owned());
    let address = format!("/api/v1/webhooks/{id}");
    created(visit, &wire::WebhookMade { id, secret }, &address)
}

async fn find(visit: &Visit, id: &Id) -> Result<webhooks::Webhook, crate::problem::Problem> {
    Ok(webhooks::show(&visit.ctx, id.read(WebhookId::parse)?).await?)
}

/// `GET /api/v1/webhooks?all=`: one's own; with `all` everybody's, for who reads logins.
#[utoipa::path(
    get,
    path = "/api/v1/webhooks",
    operation_id = "webhooks-list",
    tag = "webhooks",
    params(p::Everybodys, p::Paging, p::Fields<wire::Webhook>),
    responses((status = 200, body = Page<wire::Webhook>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = match visit.parameter("all") {
        Some(_) => webhooks::all(&visit.ctx).await?,
        None => webhooks::own(&visit.ctx).await?,
    };
    page(&visit, found.iter().map(wire::Webhook::of).collect(), |one| one.id.clone())
}

/// `POST /api/v1/webhooks`: the answer holds the secret, once.
#[utoipa::path(
    post,
    path = "/api/v1/webhooks",
    operation_id = "webhooks-create",
    tag = "webhooks",
    request_body = wire::Subscription,
    responses((status = 201, body = wire::WebhookMade))
)]
pub(crate) async fn create(
    ApiVisit(visit): ApiVisit,
    Sent(sent): Sent<wire::Subscription>,
) -> Answer {
    made(&visit, &webhooks::create(&visit.ctx, read(sent)?).await?)
}

/// `GET /api/v1/webhooks/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/webhooks/{id}",
    operation_id = "webhooks-show",
    tag = "webhooks",
    params(p::Fields<wire::Webhook>),
    responses((status = 200, body = wire::Webhook))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    one(&visit, &wire::Webhook::of(&find(&visit, &id).await?))
}

/// `PUT /api/v1/webhooks/{id}`.
#[utoipa::path(
    put,
    path = "/api/v1/webhooks/{id}",
    operation_id = "webhooks-update",
    tag = "webhooks",
    request_body = wire::Subscription,
    responses((status = 200, body = wire::Webhook))
)]
pub(crate) async fn update(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(sent): Sent<wire::Subscription>,
) -> Answer {
    let present = find(&visit, &id).await?;
    visit.guard(&wire::Webhook::of(&present))?;
    webhooks::put(&visit.ctx, present.id, present.version, read(sent)?).await?;
    one(&visit, &wire::Webhook::of(&find(&visit, &id).await?))
}

/// `DELETE /api/v1/webhooks/{id}`.
#[utoipa::path(
    delete,
    path = "/api/v1/webhooks/{id}",
    operation_id = "webhooks-delete",
    tag = "webhooks",
    responses((status = 204))
)]
pub(crate) async fn remove(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let present = find(&visit, &id).await?;
    visit.guard(&wire::Webhook::of(&present))?;
    webhooks::remove(&visit.ctx, present.id).await?;
    Ok(nothing())
}

/// `POST /api/v1/webhooks/{id}/secret`: a new secret; for a day both sign.
#[utoipa::path(
    post,
    path = "/api/v1/webhooks/{id}/secret",
    operation_id = "webhooks-rotate",
    tag = "webhooks",
    responses((status = 201, body = wire::WebhookMade))
)]
pub(crate) async fn rotate(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let present = find(&visit, &id).await?;
    made(&visit, &webhooks::rotate(&visit.ctx, present.id, present.version).await?)
}

/// `GET /api/v1/webhooks/{id}/deliveries`: the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/webhooks/{id}/deliveries",
    operation_id = "deliveries-list",
    tag = "webhooks",
    params(p::Paging, p::Fields<wire::Delivery>),
    responses((status = 200, body = Page<wire::Delivery>))
)]
pub(crate) async fn deliveries(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let webhook = id.read(WebhookId::parse)?;
    let found = webhooks::list(&visit.ctx, webhook, i64::MAX, MOST).await?;
    page(&visit, found.iter().map(wire::Delivery::of).collect(), |one| one.id.clone())
}

/// What stands in the places of a message's address.
fn parsed(id: &str, delivery: &str) -> Result<(WebhookId, DeliveryId), AppError> {
    let delivery = DeliveryId::parse(delivery).ok_or(AppError::NOT_FOUND)?;
    Ok((WebhookId::parse(id).ok_or(AppError::NOT_FOUND)?, delivery))
}

/// `GET /api/v1/webhooks/{id}/deliveries/{delivery}`: with its body and tries.
#[utoipa::path(
    get,
    path = "/api/v1/webhooks/{id}/deliveries/{delivery}",
    operation_id = "deliveries-show",
    tag = "webhooks",
    params(p::Fields<wire::Delivery>),
    responses((status = 200, body = wire::Delivery))
)]
pub(crate) async fn delivery(
    ApiVisit(visit): ApiVisit,
    Path((id, delivery)): Path<(String, String)>,
) -> Answer {
    let (id, delivery) = parsed(&id, &delivery)?;
    let (found, tries) = webhooks::show_delivery(&visit.ctx, id, delivery).await?;
    one(&visit, &wire::Delivery::whole(&found, &tries))
}

/// `POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay`: sends it again.
#[utoipa::path(
    post,
    path = "/api/v1/webhooks/{id}/deliveries/{delivery}/replay",
    operation_id = "deliveries-replay",
    tag = "webhooks",
    responses((status = 202))
)]
pub(crate) async fn replay(
    ApiVisit(visit): ApiVisit,
    Path((id, delivery)): Path<(String, String)>,
) -> Answer {
    let (id, delivery) = parsed(&id, &delivery)?;
    webhooks::replay(&visit.ctx, id, delivery).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
