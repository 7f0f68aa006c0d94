//! Whether the program lives, whether it should get requests, and what it measures.

use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use orchestre_app::health;

use crate::metrics::TEXT;
use crate::origin;
use crate::state::State;

/// `GET /healthz`: 200 while the program lives, whatever its database does.
pub(crate) async fn show() -> (StatusCode, &'static str) {
    (StatusCode::OK, "ok\n")
}

/// `GET /readyz`: 200 when this node should get requests; the reasons why not are told to this
/// machine only.
pub(crate) async fn ready(Shared(state): Shared<State>) -> (StatusCode, String) {
    let reasons = health::unready(&state.app).await;
    if reasons.is_empty() {
        return (StatusCode::OK, "ready\n".to_owned());
    }
    let words: Vec<&str> = reasons.iter().map(|reason| reason.as_str()).collect();
    tracing::warn!(reasons = words.join(" "), "this node is not ready");
    let text = if origin::is_local() { words.join("\n") } else { "not ready".to_owned() };
    (StatusCode::SERVICE_UNAVAILABLE, format!("{text}\n"))
}

/// `GET /metrics` on the address of the pages: with its token, else as if it were not there.
pub(crate) async fn metrics(Shared(state): Shared<State>, headers: HeaderMap) -> Response {
    match &state.site.metrics {
        Some(metrics) => metrics.answer(&state.app, &headers).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /metrics` on an address of its own.
pub(crate) async fn own_metrics(Shared(state): Shared<State>) -> Response {
    match &state.site.metrics {
        Some(metrics) => {
            ([(header::CONTENT_TYPE, TEXT)], metrics.render(&state.app).await).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
