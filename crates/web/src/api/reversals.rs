//! Taking imports back.

use orchestre_app::imports;
use orchestre_app::imports::reversal::{self, Choices};
use orchestre_app::wire;
use orchestre_domain::id::ImportId;

use super::answer::one;
use super::body::Sent;
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::ApiVisit;

/// `GET /api/v1/imports/{id}/reversal`: what taking the import back would do.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}/reversal",
    operation_id = "imports-reversal",
    tag = "imports",
    params(p::Fields<wire::Reversal>),
    responses((status = 200, body = wire::Reversal))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    imports::may_read(&visit.ctx)?;
    let id = id.read(ImportId::parse)?;
    let found = Box::pin(reversal::preview(&visit.ctx, id, &Choices::default())).await?;
    one(&visit, &wire::reversal(&found))
}

/// `POST /api/v1/imports/{id}/reversal`: takes the import back.
#[utoipa::path(
    post,
    path = "/api/v1/imports/{id}/reversal",
    operation_id = "imports-reverse",
    tag = "imports",
    request_body = wire::ReversalAsked,
    responses((status = 200, body = wire::Reversal))
)]
pub(crate) async fn create(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(sent): Sent<wire::ReversalAsked>,
) -> Answer {
    imports::may_read(&visit.ctx)?;
    let id = id.read(ImportId::parse)?;
    let choices = sent.choices();
    let found = Box::pin(reversal::reverse(&visit.ctx, id, &choices, &|_, _| {})).await?;
    one(&visit, &wire::reversal(&found))
}
