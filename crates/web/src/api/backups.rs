//! Backups: the files, one now, when they are made and which are kept.

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use orchestre_app::{AppError, backups, wire};

use super::Answer;
use super::answer::one;
use super::body::Patch;
use super::document::parameters as p;
use crate::door::ApiVisit;

/// `GET /api/v1/backups`.
#[utoipa::path(
    get,
    path = "/api/v1/backups",
    operation_id = "backups-show",
    tag = "system",
    params(p::Fields<wire::BackupsWire>),
    responses((status = 200, body = wire::BackupsWire))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit) -> Answer {
    one(&visit, &wire::backups(&backups::get(&visit.ctx).await?))
}

/// `POST /api/v1/backups`: asks for one now.
#[utoipa::path(
    post,
    path = "/api/v1/backups",
    operation_id = "backups-ask",
    tag = "system",
    responses((status = 202))
)]
pub(crate) async fn ask(ApiVisit(visit): ApiVisit) -> Answer {
    backups::ask(&visit.ctx).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// `GET /api/v1/backups/rules`.
#[utoipa::path(
    get,
    path = "/api/v1/backups/rules",
    operation_id = "backups-rules",
    tag = "system",
    params(p::Fields<wire::BackupRulesWire>),
    responses((status = 200, body = wire::BackupRulesWire))
)]
pub(crate) async fn rules(ApiVisit(visit): ApiVisit) -> Answer {
    let (rules, _) = backups::get(&visit.ctx).await?.rules;
    one(&visit, &wire::BackupRulesWire::from(rules))
}

/// `PATCH /api/v1/backups/rules`.
#[utoipa::path(
    patch,
    path = "/api/v1/backups/rules",
    operation_id = "backups-update",
    tag = "system",
    request_body(content = wire::BackupRulesWire, content_type = "application/merge-patch+json"),
    responses((status = 200, body = wire::BackupRulesWire))
)]
pub(crate) async fn update(ApiVisit(visit): ApiVisit, patch: Patch) -> Answer {
    let present = backups::get(&visit.ctx).await?;
    if !present.can_update {
        return Err(AppError::FORBIDDEN.into());
    }
    let (before, version) = present.rules;
    let before = wire::BackupRulesWire::from(before);
    visit.guard(&before)?;
    let after = patch.over(&before)?;
    backups::put(&visit.ctx, after.into(), version).await?;
    let (rules, _) = backups::get(&visit.ctx).await?.rules;
    one(&visit, &wire::BackupRulesWire::from(rules))
}
