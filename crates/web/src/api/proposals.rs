//! What assistants propose; a person decides.

use orchestre_app::{proposals, wire};
use orchestre_domain::id::ProposalId;

use super::answer::{Page, list as page, nothing, one};
use super::body::Sent;
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::ApiVisit;

/// `GET /api/v1/proposals`: one's own, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/proposals",
    operation_id = "proposals-list",
    tag = "proposals",
    params(p::Paging, p::Fields<wire::Proposal>),
    responses((status = 200, body = Page<wire::Proposal>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = proposals::list(&visit.ctx).await?;
    page(&visit, found.iter().map(wire::Proposal::of).collect(), |one| one.id.clone())
}

/// `GET /api/v1/proposals/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/proposals/{id}",
    operation_id = "proposals-show",
    tag = "proposals",
    params(p::Fields<wire::Proposal>),
    responses((status = 200, body = wire::Proposal))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let found = proposals::show(&visit.ctx, id.read(ProposalId::parse)?).await?;
    one(&visit, &wire::Proposal::of(&found))
}

/// `POST /api/v1/proposals/{id}/confirmation`: makes the change; no token opens this.
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{id}/confirmation",
    operation_id = "proposals-confirm",
    tag = "proposals",
    request_body = wire::Decision,
    responses((status = 204))
)]
pub(crate) async fn confirm(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(sent): Sent<wire::Decision>,
) -> Answer {
    let id = proposals::show(&visit.ctx, id.read(ProposalId::parse)?).await?.id;
    proposals::confirm(&visit.ctx, id, sent.version).await?;
    Ok(nothing())
}

/// `POST /api/v1/proposals/{id}/refusal`; no token opens this.
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{id}/refusal",
    operation_id = "proposals-refuse",
    tag = "proposals",
    request_body = wire::Decision,
    responses((status = 204))
)]
pub(crate) async fn refuse(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(sent): Sent<wire::Decision>,
) -> Answer {
    let id = proposals::show(&visit.ctx, id.read(ProposalId::parse)?).await?.id;
    proposals::refuse(&visit.ctx, id, sent.version).await?;
    Ok(nothing())
}
