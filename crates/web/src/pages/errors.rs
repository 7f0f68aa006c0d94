//! Addresses that lead nowhere, and handlers that broke.

use std::any::Any;

use axum::extract::{FromRequestParts as _, MatchedPath, Request, State as Shared};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use orchestre_app::{AppError, Code};

use crate::api::gate::is_api;
use crate::door::Visit;
use crate::problem::{PageError, Problem};
use crate::routes::ROUTES;
use crate::spoken;
use crate::state::State;

/// Whatever no route knows: a stranger is asked to sign in first.
pub(crate) async fn absent(Shared(state): Shared<State>, request: Request) -> Response {
    Box::pin(refused(&state, request, Code::NotFound)).await
}

/// A known address with another method.
pub(crate) async fn method(Shared(state): Shared<State>, request: Request) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let path = path.unwrap_or_default();
    let mut methods: Vec<&str> =
        ROUTES.iter().filter(|route| route.path == path).map(|route| route.method).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    // The tools of assistants stand beside the table.
    if methods.is_empty() {
        methods.push("POST");
    }
    let mut answer = Box::pin(refused(&state, request, Code::MethodNotAllowed)).await;
    if let Ok(methods) = methods.join(", ").parse() {
        answer.headers_mut().insert(header::ALLOW, methods);
    }
    answer
}

async fn refused(state: &State, request: Request, code: Code) -> Response {
    if is_api(request.uri().path()) {
        return Problem::from(code).into_response();
    }
    let (mut parts, _) = request.into_parts();
    match Visit::from_request_parts(&mut parts, state).await {
        Ok(visit) => PageError::of(code.into(), visit.lang()).into_response(),
        Err(error) => error.into_response(),
    }
}

/// A handler that broke: the details are in the log, the answer says only that it was our fault.
pub(crate) fn broken(_what: Box<dyn Any + Send + 'static>) -> Response {
    let error = AppError::from(Code::Internal);
    if is_api(&spoken::path()) {
        return Problem::from(error).into_response();
    }
    PageError::of(error, spoken::lang()).into_response()
}
