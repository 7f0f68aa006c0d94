//! Errors on the wire: RFC 9457 for the API, the same code on a page for people.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use orchestre_app::{AppError, Code};
use orchestre_domain::lang::Lang;
use serde_json::json;

/// An error as the API answers it.
#[derive(Debug)]
pub(crate) struct Problem {
    error: AppError,
    lang: Lang,
}

impl Problem {
    /// Gives the problem in a language.
    pub(crate) fn new(error: impl Into<AppError>, lang: Lang) -> Self {
        Self { error: error.into(), lang }
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self { error, lang: Lang::En }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::from(AppError::from(code))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let code = self.error.code();
        log(&self.error);
        let mut body = json!({
            "type": format!("/methods/errors#{}", code.text()),
            "title": orchestre_view::text(self.lang, &format!("error-{}", code.text())),
            "status": code.status(),
            "code": code.text(),
        });
        match &self.error {
            AppError::Field { field, .. } => body["field"] = json!(field),
            AppError::Ambiguous(candidates) => {
                body["candidates"] = candidates.iter().map(|(id, name)| json!({"id": id, "name": name})).collect();
            }
            _ => {}
        }
        (status(code), [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

/// Gives the HTTP status of a code.
pub(crate) fn status(code: Code) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Logs what is our fault, once, with its chain; what the user did is no error of ours.
pub(crate) fn log(error: &AppError) {
    if error.code().status() < 500 {
        return;
    }
    let mut chain = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        chain.push_str(": ");
        chain.push_str(&inner.to_string());
        source = inner.source();
    }
    tracing::error!(code = error.code().text(), chain, "a request failed");
}
