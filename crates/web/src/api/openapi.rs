//! The document itself: for everybody, with nothing of any tenant in it.

use axum::http::header;
use axum::response::IntoResponse;

use super::Answer;
use super::document::document;

/// `GET /api/v1/openapi.json`.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "document",
    tag = "sessions",
    responses((status = 200, body = serde_json::Value, example = json!({"openapi": "3.1.0"})))
)]
pub(crate) async fn show() -> Answer {
    Ok(([(header::CONTENT_TYPE, "application/json")], document().to_string()).into_response())
}

/// Gives the document as it is kept in `docs/generated`.
pub fn written() -> String {
    format!("{:#}\n", document())
}
