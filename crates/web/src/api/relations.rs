//! The group of an account, its people, its contacts.

use orchestre_app::interactions::{self, Noted};
use orchestre_app::wire::{self, words};
use orchestre_app::{AppError, Code, accounts};
use orchestre_domain::id::AccountId;
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::party::BuiltInView;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer::{Page, created, list as page};
use super::body::Sent;
use super::document::parameters as p;
use super::given::{day, word};
use super::{Answer, Id};
use crate::door::ApiVisit;

/// `GET /api/v1/accounts/{id}/group`: the companies and sites, from the root down.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{id}/group",
    operation_id = "accounts-group",
    tag = "accounts",
    params(p::View, p::Figures, p::Paging, p::Fields<wire::Party>),
    responses((status = 200, body = Page<wire::Party>))
)]
pub(crate) async fn group(ApiVisit(visit): ApiVisit, Id(id): Id) -> Answer {
    let asked = visit.asked().await?;
    let account = accounts::find(&visit.ctx, &id).await?;
    let view = visit.parameter("view").and_then(BuiltInView::parse).unwrap_or(BuiltInView::Legal);
    let rows = accounts::tree(&visit.ctx, account, view, &asked).await?;
    let key = |one: &wire::Party| format!("{}.{}", one.id, one.parent.clone().unwrap_or_default());
    page(&visit, rows.iter().map(wire::party).collect(), key)
}

/// `GET /api/v1/accounts/{id}/people`.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{id}/people",
    operation_id = "accounts-people",
    tag = "accounts",
    params(p::Day, p::Paging, p::Fields<wire::Contact>),
    responses((status = 200, body = Page<wire::Contact>))
)]
pub(crate) async fn people(ApiVisit(visit): ApiVisit, Id(id): Id) -> Answer {
    let asked = visit.asked().await?;
    let account = accounts::find(&visit.ctx, &id).await?;
    let shown = accounts::show(&visit.ctx, account, &asked).await?;
    let people = shown.people.shown().ok_or(AppError::FORBIDDEN)?;
    let key = |one: &wire::Contact| format!("{}.{}", one.id, one.party.id);
    page(&visit, people.iter().map(wire::contact).collect(), key)
}

/// `GET /api/v1/accounts/{id}/interactions`: the latest contacts, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{id}/interactions",
    operation_id = "interactions-list",
    tag = "accounts",
    params(p::Day, p::Paging, p::Fields<wire::Interaction>),
    responses((status = 200, body = Page<wire::Interaction>))
)]
pub(crate) async fn contacts(ApiVisit(visit): ApiVisit, Id(id): Id) -> Answer {
    let asked = visit.asked().await?;
    let account = accounts::find(&visit.ctx, &id).await?;
    let shown = accounts::show(&visit.ctx, account, &asked).await?;
    let contacts = shown.interactions.shown().ok_or(AppError::FORBIDDEN)?;
    page(&visit, contacts.iter().map(wire::interaction).collect(), |one| one.id.clone())
}

/// A contact as it is noted; whoever notes it takes part.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInteraction {
    /// Its kind.
    #[schema(schema_with = words::interaction_type)]
    kind: String,
    /// The day, not in the future.
    #[schema(format = Date)]
    day: String,
    /// What it was about.
    #[schema(schema_with = p::words_required)]
    subject: String,
}

/// `POST /api/v1/accounts/{id}/interactions`.
#[utoipa::path(
    post,
    path = "/api/v1/accounts/{id}/interactions",
    operation_id = "interactions-create",
    tag = "accounts",
    request_body = NewInteraction,
    responses((status = 201, body = wire::Interaction))
)]
pub(crate) async fn note(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(new): Sent<NewInteraction>,
) -> Answer {
    let invalid = |field| AppError::Field { code: Code::FieldInvalid, field };
    let account = id.read(AccountId::parse)?;
    let kind = word("kind", Some(&new.kind), InteractionType::parse)?.ok_or(invalid("kind"))?;
    let day = day("day", Some(&new.day))?.ok_or(invalid("day"))?;
    let noted = Noted { account, kind, day, subject: new.subject.clone() };
    let made = interactions::note(&visit.ctx, noted).await?;
    let party = accounts::name(&visit.ctx, account).await?;
    let body = wire::Interaction {
        id: made.to_string(),
        kind: new.kind,
        day: day.to_string(),
        subject: Some(new.subject),
        party,
        people: vec![visit.session.name.clone()],
    };
    created(&visit, &body, &format!("/api/v1/accounts/{account}/interactions"))
}
