//! What happened: everywhere, and at one account.

use orchestre_app::exports::events as files;
use orchestre_app::{accounts, feed, reads, wire};

use super::answer::{Page, list as page};
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::{ApiVisit, Visit};
use crate::pages::events::ask::ask;

/// Entries that can be paged through; for older ones one asks for an earlier day.
const MOST: usize = 10_000;

/// `GET /api/v1/events`: the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/events",
    operation_id = "events-list",
    tag = "events",
    params(p::Events, p::Paging, p::Fields<wire::Event>),
    responses((status = 200, body = Page<wire::Event>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    rows(&visit, MOST).await
}

/// `GET /api/v1/events.jsonl`.
#[utoipa::path(
    get,
    path = "/api/v1/events.jsonl",
    operation_id = "events-lines",
    tag = "events",
    params(p::Events, p::Fields<wire::Event>),
    responses((status = 200, body = String, content_type = "application/jsonl"))
)]
pub(crate) async fn lines(ApiVisit(visit): ApiVisit) -> Answer {
    rows(&visit, files::MOST).await
}

async fn rows(visit: &Visit, most: usize) -> Answer {
    let found = feed::find(&visit.ctx, &ask(visit, most)?).await?;
    if visit.wants_lines {
        reads::export(&visit.ctx, "events", "jsonl", found.len()).await?;
    }
    page(visit, found.iter().map(wire::event).collect(), |one| one.id.clone())
}

/// `GET /api/v1/accounts/{id}/events`.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{id}/events",
    operation_id = "accounts-events",
    tag = "events",
    params(p::Paging, p::Fields<wire::Event>),
    responses((status = 200, body = Page<wire::Event>))
)]
pub(crate) async fn of_account(ApiVisit(visit): ApiVisit, Id(id): Id) -> Answer {
    let account = accounts::find(&visit.ctx, &id).await?;
    let found = feed::account(&visit.ctx, account, MOST).await?;
    page(&visit, found.iter().map(wire::event).collect(), |one| one.id.clone())
}
