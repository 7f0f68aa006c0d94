//! One's own sign-in: sessions, password, second step.

use orchestre_app::sessions::own;
use orchestre_app::{AppError, Code, passwords, second_step, wire};
use orchestre_domain::id::SessionId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Page, created, list as page, nothing, one};
use super::body::{Patch, Sent};
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::{ApiVisit, Visit};

/// `GET /api/v1/sessions`: one's own, the last used first.
#[utoipa::path(
    get,
    path = "/api/v1/sessions",
    operation_id = "sessions-list",
    tag = "sessions",
    params(p::Paging, p::Fields<wire::OwnSessionWire>),
    responses((status = 200, body = Page<wire::OwnSessionWire>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = own::list(&visit.ctx, &visit.session.token).await?;
    page(&visit, found.iter().map(wire::own_session).collect(), |one| one.id.clone())
}

async fn find(visit: &Visit, id: SessionId) -> Result<wire::OwnSessionWire, AppError> {
    let all = own::list(&visit.ctx, &visit.session.token).await?;
    let found = all.iter().find(|own| own.line.id == id).ok_or(AppError::NOT_FOUND)?;
    Ok(wire::own_session(found))
}

/// `GET /api/v1/sessions/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/sessions/{id}",
    operation_id = "sessions-show",
    tag = "sessions",
    params(p::Fields<wire::OwnSessionWire>),
    responses((status = 200, body = wire::OwnSessionWire))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    one(&visit, &find(&visit, id.read(SessionId::parse)?).await?)
}

/// What a session is called.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionName {
    /// The name.
    #[schema(schema_with = p::short_name)]
    name: Option<String>,
}

/// `PATCH /api/v1/sessions/{id}`.
#[utoipa::path(
    patch,
    path = "/api/v1/sessions/{id}",
    operation_id = "sessions-update",
    tag = "sessions",
    request_body(content = SessionName, content_type = "application/merge-patch+json"),
    responses((status = 200, body = wire::OwnSessionWire))
)]
pub(crate) async fn name(ApiVisit(visit): ApiVisit, id: Id, patch: Patch) -> Answer {
    let id = id.read(SessionId::parse)?;
    let present = find(&visit, id).await?;
    visit.guard(&present)?;
    let after = patch.over(&SessionName { name: present.name })?;
    own::name(&visit.ctx, id, &after.name.unwrap_or_default()).await?;
    one(&visit, &find(&visit, id).await?)
}

/// `DELETE /api/v1/sessions/{id}`.
#[utoipa::path(
    delete,
    path = "/api/v1/sessions/{id}",
    operation_id = "sessions-end",
    tag = "sessions",
    responses((status = 204))
)]
pub(crate) async fn end(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let id = id.read(SessionId::parse)?;
    visit.guard(&find(&visit, id).await?)?;
    own::end(&visit.ctx, id).await?;
    Ok(nothing())
}

/// `POST /api/v1/sessions/others/end`: ends every session but this one.
#[utoipa::path(
    post,
    path = "/api/v1/sessions/others/end",
    operation_id = "sessions-end-others",
    tag = "sessions",
    responses((status = 204))
)]
pub(crate) async fn end_others(ApiVisit(visit): ApiVisit) -> Answer {
    own::end_others(&visit.ctx, &visit.session.token).await?;
    Ok(nothing())
}

/// What proves again who is there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proof {
    /// The password.
    #[schema(max_length = 1000, examples("correct horse battery staple"))]
    password: String,
    /// The code of the second step, for a login that has one.
    #[schema(max_length = 40, pattern = "^[0-9A-Za-z -]*$", examples("123456"))]
    code: Option<String>,
}

/// `POST /api/v1/sessions/current/proof`: what is sensitive asks for it.
#[utoipa::path(
    post,
    path = "/api/v1/sessions/current/proof",
    operation_id = "sessions-prove",
    tag = "sessions",
    request_body = Proof,
    responses((status = 204))
)]
pub(crate) async fn prove(ApiVisit(visit): ApiVisit, Sent(sent): Sent<Proof>) -> Answer {
    let (token, code) = (&visit.session.token, sent.code.unwrap_or_default());
    own::prove(&visit.ctx, token, &sent.password, &code).await?;
    Ok(nothing())
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassword {
    /// The present one.
    #[schema(max_length = 1000, examples("correct horse battery staple"))]
    present: String,
    /// The new one.
    #[schema(max_length = 256, examples("velvet tractor under nine moons"))]
    password: String,
}

/// `POST /api/v1/password`: ends every other session.
#[utoipa::path(
    post,
    path = "/api/v1/password",
    operation_id = "password-update",
    tag = "sessions",
    request_body = NewPassword,
    responses((status = 204))
)]
pub(crate) async fn password(ApiVisit(visit): ApiVisit, Sent(sent): Sent<NewPassword>) -> Answer {
    passwords::change(&visit.ctx, &visit.session.token, &sent.present, sent.password).await?;
    Ok(nothing())
}

/// `GET /api/v1/second-step`.
#[utoipa::path(
    get,
    path = "/api/v1/second-step",
    operation_id = "second-step-show",
    tag = "sessions",
    params(p::Fields<wire::SecondStep>),
    responses((status = 200, body = wire::SecondStep))
)]
pub(crate) async fn step(ApiVisit(visit): ApiVisit) -> Answer {
    one(&visit, &wire::second_step(&second_step::state(&visit.ctx).await?))
}

/// `POST /api/v1/second-step`: makes the secret, which a first code confirms.
#[utoipa::path(
    post,
    path = "/api/v1/second-step",
    operation_id = "second-step-create",
    tag = "sessions",
    responses((status = 201, body = wire::StepSecret))
)]
pub(crate) async fn begin_step(ApiVisit(visit): ApiVisit) -> Answer {
    fresh(&visit)?;
    second_step::begin(&visit.ctx).await?;
    let begun = second_step::state(&visit.ctx).await?.enrollment;
    let begun = begun.ok_or(AppError::Code(Code::StepRefused))?;
    let secret = wire::StepSecret { secret: begun.secret, url: begun.url };
    created(&visit, &secret, "/api/v1/second-step")
}

/// The first code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FirstCode {
    /// Six digits.
    #[schema(pattern = "^[0-9]{6}$", examples("123456"))]
    code: String,
}

/// `POST /api/v1/second-step/confirmation`: the answer holds the recovery codes, once.
#[utoipa::path(
    post,
    path = "/api/v1/second-step/confirmation",
    operation_id = "second-step-confirm",
    tag = "sessions",
    request_body = FirstCode,
    responses((status = 200, body = wire::RecoveryCodes))
)]
pub(crate) async fn confirm_step(ApiVisit(visit): ApiVisit, Sent(sent): Sent<FirstCode>) -> Answer {
    let codes = second_step::confirm(&visit.ctx, &sent.code).await?;
    one(&visit, &wire::RecoveryCodes { codes })
}

/// `POST /api/v1/second-step/codes`: new recovery codes; those of before end.
#[utoipa::path(
    post,
    path = "/api/v1/second-step/codes",
    operation_id = "second-step-codes",
    tag = "sessions",
    responses((status = 200, body = wire::RecoveryCodes))
)]
pub(crate) async fn codes(ApiVisit(visit): ApiVisit) -> Answer {
    fresh(&visit)?;
    let codes = second_step::renew_codes(&visit.ctx).await?;
    one(&visit, &wire::RecoveryCodes { codes })
}

/// `DELETE /api/v1/second-step`.
#[utoipa::path(
    delete,
    path = "/api/v1/second-step",
    operation_id = "second-step-delete",
    tag = "sessions",
    responses((status = 204))
)]
pub(crate) async fn remove_step(ApiVisit(visit): ApiVisit) -> Answer {
    fresh(&visit)?;
    visit.guard(&wire::second_step(&second_step::state(&visit.ctx).await?))?;
    second_step::remove(&visit.ctx).await?;
    Ok(nothing())
}

/// Refuses a session whose owner did not type the password a short while ago.
fn fresh(visit: &Visit) -> Result<(), AppError> {
    if visit.session.is_fresh { Ok(()) } else { Err(Code::ProofNeeded.into()) }
}
