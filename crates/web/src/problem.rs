//! Errors on the wire: RFC 9457 for the API, the same code on a page for people.

use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use orchestre_app::{AppError, Code};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_view::page::{Frame, Page, Theme};
use orchestre_view::pages::error::ShowView;
use orchestre_view::{Link, text};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{origin, spoken};

/// An error as the API tells it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Told {
    /// The address of what the code means.
    r#type: String,
    /// What happened.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened here.
    detail: String,
    /// The path that was asked for.
    instance: String,
    /// The stable code.
    code: &'static str,
    /// The number of the request, for whoever asks about it.
    request_id: String,
    /// The field that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// Where it is wrong.
    errors: Vec<Fault>,
    /// Those that may be meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Vec<Candidate>>,
}

/// A place that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Fault {
    /// Where: a JSON pointer into the body, or `?name` for a parameter.
    pointer: String,
    /// The stable code.
    code: &'static str,
    /// The same in words.
    message: String,
}

/// Something that may be meant.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Candidate {
    id: String,
    name: String,
}

/// An error as the API answers it.
#[derive(Debug)]
pub(crate) struct Problem(Box<Parts>);

#[derive(Debug)]
struct Parts {
    error: AppError,
    lang: Lang,
    pointer: Option<String>,
    headers: Vec<(HeaderName, String)>,
}

impl Problem {
    /// Gives the problem in a language.
    pub(crate) fn new(error: impl Into<AppError>, lang: Lang) -> Self {
        let error = error.into();
        Self(Box::new(Parts { error, lang, pointer: None, headers: Vec::new() }))
    }

    /// Gives the problem of a parameter of the address.
    pub(crate) fn parameter(name: &str) -> Self {
        Self::from(Code::ParameterInvalid).at(format!("?{name}"))
    }

    /// Adds where the fault is.
    pub(crate) fn at(mut self, pointer: String) -> Self {
        self.0.pointer = Some(pointer).filter(|pointer| !pointer.is_empty());
        self
    }

    /// Adds the present tag of what was to be changed.
    pub(crate) fn tagged(self, tag: String) -> Self {
        self.with(header::ETAG, tag)
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: HeaderName, value: String) -> Self {
        self.0.headers.push((name, value));
        self
    }

    fn told(&self) -> Told {
        let code = self.0.error.code();
        let title = text(self.0.lang, &format!("error-{}", code.text()));
        let field = match &self.0.error {
            AppError::Field { field, .. } => Some(*field),
            _ => None,
        };
        let pointer = self.0.pointer.clone().or_else(|| field.map(|field| format!("/{field}")));
        let faults = pointer.clone().map(|pointer| Fault {
            pointer,
            code: code.text(),
            message: title.clone(),
        });
        let candidates = match &self.0.error {
            AppError::Ambiguous(candidates) => Some(candidates),
            _ => None,
        };
        Told {
            r#type: format!("/api/docs#{}", code.text()),
            status: code.status(),
            detail: pointer.map_or_else(|| title.clone(), |at| format!("{title} ({at})")),
            title,
            instance: spoken::path(),
            code: code.text(),
            request_id: origin::id(),
            field,
            errors: faults.into_iter().collect(),
            candidates: candidates.map(|all| {
                let named =
                    all.iter().map(|(id, name)| Candidate { id: id.clone(), name: name.clone() });
                named.collect()
            }),
        }
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
        let code = self.0.error.code();
        log(&self.0.error);
        let told = serde_json::to_string(&self.told()).unwrap_or_default();
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut answer = (status(code), kind, told).into_response();
        let waits = matches!(code.status(), 429 | 503);
        let headers = answer.headers_mut();
        if code.status() == 401 {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let AppError::Wait(seconds) = &self.0.error {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        } else if waits {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        for (name, value) in self.0.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        answer
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
