//! The JSON API: the same use cases as the pages, with words that are a promise.

pub(crate) mod accounts;
pub(crate) mod imports;
pub(crate) mod logins;
pub(crate) mod plans;
pub(crate) mod portfolio;
pub(crate) mod proposals;
pub(crate) mod rights;
pub(crate) mod scores;
pub(crate) mod search;
pub(crate) mod system;
pub(crate) mod tokens;
pub(crate) mod webhooks;

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::problem::Problem;

/// An answer, or the problem.
pub(crate) type Answer = Result<Response, Problem>;

/// Gives a value as an answer.
pub(crate) fn json(value: Value) -> Response {
    Json(value).into_response()
}
