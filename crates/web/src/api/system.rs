//! `GET /api/v1/system`; `POST /api/v1/system/jobs`.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use orchestre_app::{AppError, Code, system, wire};
use serde_json::Value;

use super::Answer;
use crate::door::ApiVisit;
use crate::state::State;

/// `GET /api/v1/system`: how the program runs.
pub(crate) async fn show(Shared(state): Shared<State>, ApiVisit(visit): ApiVisit) -> Answer {
    let shown = system::get(&visit.ctx, &state.site.concerns).await?;
    Ok(Json(wire::system(&shown)).into_response())
}

/// `POST /api/v1/system/jobs`: asks the `job` to run now.
pub(crate) async fn run(ApiVisit(visit): ApiVisit, body: Bytes) -> Answer {
    let broken = AppError::Field { code: Code::FieldInvalid, field: "body" };
    let given: Value = serde_json::from_slice(&body).map_err(|_broken| broken)?;
    let missing = AppError::Field { code: Code::FieldMissing, field: "job" };
    let name = given.get("job").and_then(Value::as_str).ok_or(missing)?;
    system::run_now(&visit.ctx, name).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
