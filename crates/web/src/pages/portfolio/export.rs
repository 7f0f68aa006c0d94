//! The list as CSV and XLSX: the same rows, filter and order as on the page, figures unrounded.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use orchestre_app::exports;

use super::whole;
use crate::door::Visit;
use crate::pages::Answer;

/// `GET /portfolio.csv`.
pub(crate) async fn csv(visit: Visit) -> Answer {
    let listing = whole(&visit).await?;
    let bytes = exports::portfolio_csv(&visit.ctx, &listing).await?;
    Ok(file(bytes, "text/csv; charset=utf-8", "portfolio.csv"))
}

/// `GET /portfolio.xlsx`.
pub(crate) async fn xlsx(visit: Visit) -> Answer {
    let listing = whole(&visit).await?;
    let bytes = exports::portfolio_xlsx(&visit.ctx, &listing).await?;
    Ok(file(
        bytes,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "portfolio.xlsx",
    ))
}

/// Gives a file that the browser keeps.
pub(crate) fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
