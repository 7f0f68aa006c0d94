//! Style sheets, scripts, fonts and icons: named by their content, kept by the browser for a year.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// `GET /assets/{*path}`.
pub(crate) async fn show(Path(path): Path<String>) -> Response {
    match orchestre_view::asset::find(&format!("/assets/{path}")) {
        Some(asset) => {
            let headers = [
                (header::CONTENT_TYPE, asset.content_type),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, asset.bytes.clone().into_owned()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
