//! How the program runs, for the administrator.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use orchestre_app::{system, wire};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Answer;
use super::answer::one;
use super::body::Sent;
use super::document::parameters as p;
use crate::door::ApiVisit;
use crate::state::State;

/// `GET /api/v1/system`: how the program runs.
#[utoipa::path(
    get,
    path = "/api/v1/system",
    operation_id = "system-show",
    tag = "system",
    params(p::Fields<wire::SystemWire>),
    responses((status = 200, body = wire::SystemWire))
)]
pub(crate) async fn show(Shared(state): Shared<State>, ApiVisit(visit): ApiVisit) -> Answer {
    one(&visit, &wire::system(&system::get(&visit.ctx, &state.site.concerns).await?))
}

/// Which job is asked to run.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JobRun {
    /// Its name.
    #[schema(max_length = 60, examples("sweep"))]
    job: String,
}

/// `POST /api/v1/system/jobs`: asks a job to run now.
#[utoipa::path(
    post,
    path = "/api/v1/system/jobs",
    operation_id = "system-run",
    tag = "system",
    request_body = JobRun,
    responses((status = 202))
)]
pub(crate) async fn run(ApiVisit(visit): ApiVisit, Sent(asked): Sent<JobRun>) -> Answer {
    system::run_now(&visit.ctx, &asked.job).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
