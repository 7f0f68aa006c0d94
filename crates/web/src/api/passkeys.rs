//! One's own ways in besides a password: passkeys, and links with those who vouch for one.

use orchestre_app::identity::{mine, passkeys};
use orchestre_app::{AppError, Code, wire};
use orchestre_domain::id::PasskeyId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::answer::{Page, created, list as page, nothing, one};
use super::body::{Patch, Sent};
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::{ApiVisit, Visit};
use crate::problem::Problem;

/// Refuses a change of one's ways in when the session was opened or proved too long ago.
fn fresh(visit: &Visit) -> Result<(), Problem> {
    if visit.session.is_fresh { Ok(()) } else { Err(Code::ProofNeeded.into()) }
}

/// `GET /api/v1/passkeys`.
#[utoipa::path(
    get,
    path = "/api/v1/passkeys",
    operation_id = "passkeys-list",
    tag = "passkeys",
    params(p::Paging, p::Fields<wire::Passkey>),
    responses((status = 200, body = Page<wire::Passkey>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = passkeys::list(&visit.ctx).await?;
    page(&visit, found.iter().map(wire::passkey).collect(), |one| one.id.clone())
}

/// `GET /api/v1/passkeys/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/passkeys/{id}",
    operation_id = "passkeys-show",
    tag = "passkeys",
    params(p::Fields<wire::Passkey>),
    responses((status = 200, body = wire::Passkey))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let found = passkeys::show(&visit.ctx, id.read(PasskeyId::parse)?).await?;
    one(&visit, &wire::passkey(&found))
}

/// `POST /api/v1/passkeys/options`: what the browser is asked for.
#[utoipa::path(
    post,
    path = "/api/v1/passkeys/options",
    operation_id = "passkeys-options",
    tag = "passkeys",
    responses((status = 200, body = wire::PasskeyAsked))
)]
pub(crate) async fn options(ApiVisit(visit): ApiVisit) -> Answer {
    fresh(&visit)?;
    let asked = passkeys::begin_adding(&visit.ctx, &visit.session.name).await?;
    one(&visit, &wire::passkey_asked(asked))
}

/// A passkey to be added: what the browser answered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPasskey {
    /// What its owner calls it.
    #[schema(schema_with = p::passkey_name)]
    name: String,
    /// The secret that came with the options.
    #[schema(max_length = 200, pattern = "^[0-9a-f]*$", examples("6f1e"))]
    secret: String,
    /// The answer of `navigator.credentials.create`; bytes are base64url.
    #[schema(value_type = Object)]
    answer: Value,
}

/// `POST /api/v1/passkeys`.
#[utoipa::path(
    post,
    path = "/api/v1/passkeys",
    operation_id = "passkeys-create",
    tag = "passkeys",
    request_body = NewPasskey,
    responses((status = 201, body = wire::Passkey))
)]
pub(crate) async fn create(ApiVisit(visit): ApiVisit, Sent(new): Sent<NewPasskey>) -> Answer {
    fresh(&visit)?;
    let answer = new.answer.to_string();
    let made = passkeys::finish_adding(&visit.ctx, &new.secret, &new.name, &answer).await?;
    let made = passkeys::show(&visit.ctx, made).await?;
    created(&visit, &wire::passkey(&made), &format!("/api/v1/passkeys/{}", made.id))
}

/// A passkey as it is changed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeySent {
    /// What its owner calls it.
    #[schema(schema_with = p::passkey_name)]
    name: String,
}

/// `PATCH /api/v1/passkeys/{id}`.
#[utoipa::path(
    patch,
    path = "/api/v1/passkeys/{id}",
    operation_id = "passkeys-update",
    tag = "passkeys",
    request_body(content = PasskeySent, content_type = "application/merge-patch+json"),
    responses((status = 200, body = wire::Passkey))
)]
pub(crate) async fn update(ApiVisit(visit): ApiVisit, id: Id, patch: Patch) -> Answer {
    let present = guarded(&visit, &id).await?;
    let after = patch.over(&PasskeySent { name: present.name })?;
    passkeys::rename(&visit.ctx, present.id, &after.name).await?;
    one(&visit, &wire::passkey(&passkeys::show(&visit.ctx, present.id).await?))
}

/// `DELETE /api/v1/passkeys/{id}`.
#[utoipa::path(
    delete,
    path = "/api/v1/passkeys/{id}",
    operation_id = "passkeys-delete",
    tag = "passkeys",
    responses((status = 204))
)]
pub(crate) async fn delete(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let present = guarded(&visit, &id).await?;
    fresh(&visit)?;
    passkeys::remove(&visit.ctx, present.id).await?;
    Ok(nothing())
}

async fn guarded(visit: &Visit, id: &Id) -> Result<passkeys::PasskeyRow, Problem> {
    let present = passkeys::show(&visit.ctx, id.read(PasskeyId::parse)?).await?;
    visit.guard(&wire::passkey(&present))?;
    Ok(present)
}

/// `GET /api/v1/identities`.
#[utoipa::path(
    get,
    path = "/api/v1/identities",
    operation_id = "identities-list",
    tag = "passkeys",
    params(p::Paging, p::Fields<wire::LinkedIdentity>),
    responses((status = 200, body = Page<wire::LinkedIdentity>))
)]
pub(crate) async fn identities(ApiVisit(visit): ApiVisit) -> Answer {
    let found = mine::list(&visit.ctx).await?;
    page(&visit, found.iter().map(wire::linked_identity).collect(), |one| one.id.clone())
}

/// `GET /api/v1/identities/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/identities/{id}",
    operation_id = "identities-show",
    tag = "passkeys",
    params(p::Fields<wire::LinkedIdentity>),
    responses((status = 200, body = wire::LinkedIdentity))
)]
pub(crate) async fn identity(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    one(&visit, &wire::linked_identity(&linked(&visit, &id).await?))
}

/// `DELETE /api/v1/identities/{id}`: roles that came with its groups end with it.
#[utoipa::path(
    delete,
    path = "/api/v1/identities/{id}",
    operation_id = "identities-delete",
    tag = "passkeys",
    responses((status = 204))
)]
pub(crate) async fn unlink(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let present = linked(&visit, &id).await?;
    visit.guard(&wire::linked_identity(&present))?;
    fresh(&visit)?;
    mine::unlink(&visit.ctx, &present.issuer, &present.subject).await?;
    Ok(nothing())
}

async fn linked(visit: &Visit, id: &Id) -> Result<mine::Identity, AppError> {
    if !mine::is_id(&id.0) {
        return Err(AppError::NOT_FOUND);
    }
    let found = mine::list(&visit.ctx).await?;
    found.into_iter().find(|one| mine::id(one) == id.0).ok_or(AppError::NOT_FOUND)
}
