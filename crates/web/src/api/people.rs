//! People: the customers' as a list, and one of them.

use orchestre_app::{people, wire};
use orchestre_domain::id::PersonId;

use super::answer::{Page, list as page, one};
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::{ApiVisit, Visit};

/// More people than any programme has.
const ALL: usize = 100_000;

/// `GET /api/v1/people`.
#[utoipa::path(
    get,
    path = "/api/v1/people",
    operation_id = "people-list",
    tag = "people",
    params(p::Words, p::Day, p::Paging, p::Fields<wire::PersonRef>),
    responses((status = 200, body = Page<wire::PersonRef>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    rows(&visit).await
}

/// `GET /api/v1/people.jsonl`.
#[utoipa::path(
    get,
    path = "/api/v1/people.jsonl",
    operation_id = "people-lines",
    tag = "people",
    params(p::Words, p::Day, p::Fields<wire::PersonRef>),
    responses((status = 200, body = String, content_type = "application/jsonl"))
)]
pub(crate) async fn lines(ApiVisit(visit): ApiVisit) -> Answer {
    rows(&visit).await
}

async fn rows(visit: &Visit) -> Answer {
    let asked = visit.asked().await?;
    let words = visit.parameter("q").unwrap_or_default();
    let found = people::list(&visit.ctx, words, asked.as_of, ALL).await?;
    let key = |one: &wire::PersonRef| format!("{}.{}", one.id, one.account.id);
    page(visit, found.iter().map(wire::person_line).collect(), key)
}

/// `GET /api/v1/people/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/people/{id}",
    operation_id = "people-show",
    tag = "people",
    params(p::Day, p::Fields<wire::Person>),
    responses((status = 200, body = wire::Person))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let asked = visit.asked().await?;
    let person = people::show(&visit.ctx, id.read(PersonId::parse)?, asked.as_of).await?;
    one(&visit, &wire::person(&person))
}
