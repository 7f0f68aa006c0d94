//! Addresses that lead nowhere.

use axum::response::{IntoResponse, Response};
use orchestre_app::Code;

use crate::door::Visit;
use crate::problem::PageError;

/// Whatever no route knows: a stranger is asked to sign in first.
pub(crate) async fn absent(visit: Visit) -> Response {
    PageError::of(Code::NotFound.into(), visit.lang()).into_response()
}

/// A known address with another method.
pub(crate) async fn method(visit: Visit) -> Response {
    PageError::of(Code::MethodNotAllowed.into(), visit.lang()).into_response()
}
