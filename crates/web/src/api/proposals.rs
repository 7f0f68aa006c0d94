//! `GET /api/v1/proposals` and one of them; a person decides.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use orchestre_app::{AppError, Code, proposals, wire};
use orchestre_domain::id::ProposalId;
use serde_json::json;

use super::{Answer, json as answer};
use crate::door::ApiVisit;

fn parsed(id: &str) -> Result<ProposalId, AppError> {
    ProposalId::parse(id).ok_or(AppError::NOT_FOUND)
}

fn version(body: &[u8]) -> Result<i64, AppError> {
    let decision: Result<wire::Decision, _> = serde_json::from_slice(body);
    decision.map(|one| one.version).map_err(|_broken| Code::RequestUnreadable.into())
}

/// `GET /api/v1/proposals`: one's own, the newest first.
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = proposals::list(&visit.ctx).await?;
    let items: Vec<wire::Proposal> = found.iter().map(wire::Proposal::of).collect();
    Ok(answer(json!({"items": items})))
}

/// `GET /api/v1/proposals/{id}`.
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let found = proposals::show(&visit.ctx, parsed(&id)?).await?;
    Ok(answer(json!(wire::Proposal::of(&found))))
}

/// `POST /api/v1/proposals/{id}/confirmation`: makes the change; no token opens this.
pub(crate) async fn confirm(
    ApiVisit(visit): ApiVisit,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let id = proposals::show(&visit.ctx, parsed(&id)?).await?.id;
    proposals::confirm(&visit.ctx, id, version(&body)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /api/v1/proposals/{id}/refusal`; no token opens this.
pub(crate) async fn refuse(
    ApiVisit(visit): ApiVisit,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let id = proposals::show(&visit.ctx, parsed(&id)?).await?.id;
    proposals::refuse(&visit.ctx, id, version(&body)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
