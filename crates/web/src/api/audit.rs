//! The chain of events: how far it holds, and what of it was given out.

use orchestre_app::{checkpoints, wire};

use super::answer::one;
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::ApiVisit;

/// `GET /api/v1/audit`: how the chain stands.
#[utoipa::path(
    get,
    path = "/api/v1/audit",
    operation_id = "audit-show",
    tag = "audit",
    params(p::Fields<wire::AuditWire>),
    responses((status = 200, body = wire::AuditWire))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit) -> Answer {
    one(&visit, &wire::audit(&checkpoints::get(&visit.ctx).await?))
}

/// `POST /api/v1/audit/verification`: reads the whole chain again.
#[utoipa::path(
    post,
    path = "/api/v1/audit/verification",
    operation_id = "audit-verify",
    tag = "audit",
    responses((status = 200, body = wire::ChainWire))
)]
pub(crate) async fn verify(ApiVisit(visit): ApiVisit) -> Answer {
    one(&visit, &wire::chain(&checkpoints::verify(&visit.ctx).await?))
}

/// `POST /api/v1/audit/checkpoints`: gives one to every place now.
#[utoipa::path(
    post,
    path = "/api/v1/audit/checkpoints",
    operation_id = "audit-give",
    tag = "audit",
    responses((status = 200, body = wire::AuditWire))
)]
pub(crate) async fn give(ApiVisit(visit): ApiVisit) -> Answer {
    checkpoints::give_now(&visit.ctx).await?;
    one(&visit, &wire::audit(&checkpoints::get(&visit.ctx).await?))
}

/// `GET /api/v1/audit/checkpoints/{id}`: one of them, with its line and its proof.
#[utoipa::path(
    get,
    path = "/api/v1/audit/checkpoints/{id}",
    operation_id = "audit-checkpoint",
    tag = "audit",
    params(p::Fields<wire::CheckpointWire>),
    responses((status = 200, body = wire::CheckpointWire))
)]
pub(crate) async fn checkpoint(ApiVisit(visit): ApiVisit, Id(id): Id) -> Answer {
    one(&visit, &wire::checkpoint(&checkpoints::show(&visit.ctx, &id).await?))
}
