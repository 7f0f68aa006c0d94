//! Errors on the wire: RFC 9457 for the API, the same code on a page for people.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use orchestre_app::{AppError, Code};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_view::page::{Frame, Page, Theme};
use orchestre_view::pages::error::ShowView;
use orchestre_view::{Link, text};
use serde_json::{Map, Value, json};

use crate::{origin, spoken};

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
        Self::new(error, spoken::lang())
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
        let mut body = Map::new();
        body.extend([
            ("type".to_owned(), json!(format!("/methods/errors#{}", code.text()))),
            ("title".to_owned(), json!(text(self.lang, &format!("error-{}", code.text())))),
            ("status".to_owned(), json!(code.status())),
            ("code".to_owned(), json!(code.text())),
            ("request_id".to_owned(), json!(origin::id())),
        ]);
        match &self.error {
            AppError::Field { field, .. } => {
                body.insert("field".to_owned(), json!(field));
            }
            AppError::Ambiguous(candidates) => {
                let named = candidates.iter().map(|(id, name)| json!({"id": id, "name": name}));
                body.insert("candidates".to_owned(), named.collect());
            }
            _ => {}
        }
        (
            status(code),
            [(header::CONTENT_TYPE, "application/problem+json")],
            Value::Object(body).to_string(),
        )
            .into_response()
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

/// An error as people see it: a page with the code, what happened and two ways out.
#[derive(Debug)]
pub(crate) struct PageError {
    error: AppError,
    lang: Lang,
    next: String,
}

impl PageError {
    /// Gives the page of an error in a language.
    pub(crate) const fn of(error: AppError, lang: Lang) -> Self {
        Self { error, lang, next: String::new() }
    }

    /// Gives the page of a fault of ours.
    pub(crate) fn internal() -> Self {
        Self::from(AppError::Code(Code::Internal))
    }

    /// Adds the address that was wanted, for after signing in.
    pub(crate) fn wanting(mut self, next: String) -> Self {
        self.next = next;
        self
    }

    fn page(&self, lang: Lang) -> Result<String, askama::Error> {
        let code = self.error.code();
        let page = Page::bare(bare_frame(lang), text(lang, "page-error-title"));
        let mut words = text(lang, &format!("error-{}", code.text()));
        if let AppError::Field { field, .. } = &self.error {
            let key = format!("field-{field}");
            words = format!("{words} ({})", text(lang, &key));
        }
        let ways = vec![
            Link::new(text(lang, "page-error-home"), "/"),
            Link::new(text(lang, "page-error-find"), "/search"),
        ];
        ShowView { page, text: words, code: code.text().to_owned(), request: origin::id(), ways }
            .render()
    }
}

impl From<AppError> for PageError {
    fn from(error: AppError) -> Self {
        Self::of(error, spoken::lang())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        log(&self.error);
        let code = self.error.code();
        if code == Code::SignInNeeded {
            let next = if self.next.is_empty() { "/".to_owned() } else { self.next };
            return Redirect::to(&format!("/sign-in?next={}", crate::door::encode(&next)))
                .into_response();
        }
        if code == Code::SecondStepRequired {
            return Redirect::to("/settings/security").into_response();
        }
        let body = self.page(self.lang).unwrap_or_else(|_unrendered| code.text().to_owned());
        (status(code), Html(body)).into_response()
    }
}

/// Gives the frame of a page that nobody is signed in for.
pub(crate) fn bare_frame(lang: Lang) -> Frame {
    Frame {
        lang,
        signed: None,
        organization: String::new(),
        csrf: String::new(),
        today: jiff::civil::Date::ZERO,
        as_of: jiff::civil::Date::ZERO,
        currency: Currency::EUR,
        home_currency: Currency::EUR,
        currencies: Vec::new(),
        accounts: Vec::new(),
        places: std::collections::BTreeSet::new(),
        counts: std::collections::BTreeMap::new(),
        path: String::new(),
        query: Vec::new(),
        theme: Theme::Auto,
        watched: None,
        acts_for: Vec::new(),
        notice: None,
    }
}
