//! Whether the program answers, for whoever watches over it.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use orchestre_app::health;

use crate::state::State;

/// `GET /healthz`: 200 when the database answers.
pub(crate) async fn show(Shared(state): Shared<State>) -> (StatusCode, &'static str) {
    match health::ask(&state.app).await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database\n"),
    }
}
