//! The door: turns the session's cookie into the one who asks, for pages and for the API.

use std::collections::BTreeSet;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use orchestre_app::{AppError, Code, Ctx, sessions, tokens};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::token::TokenScope;
use orchestre_domain::viewer::Viewer;
use orchestre_view::page::Theme;

use crate::cookies;
use crate::form::Fields;
use crate::problem::{PageError, Problem};
use crate::scope::{self, Needed};
use crate::spoken;
use crate::state::State;

/// What somebody who looks with another person's eyes may still send: it ends the look.
const LEAVES: [&str; 3] = ["/sign-out", "/view-as/leave", "/api/v1/view-as/leave"];

/// The kind of a list of which each line is a thing.
const LINES: &str = "application/jsonl";

/// What the frame needs to know of who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The person's name.
    pub(crate) name: String,
    /// The token that forms send back.
    pub(crate) csrf: String,
    /// The report currency of one's own choice.
    pub(crate) currency: Option<Currency>,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// Whose eyes this session looks with, when they are not one's own.
    pub(crate) watched: Option<String>,
    /// The session's own token; empty for a script.
    pub(crate) token: String,
    /// Whether its owner proved a short while ago who is there.
    pub(crate) is_fresh: bool,
}

/// A request of somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// What use cases are given.
    pub(crate) ctx: Ctx,
    /// Who is signed in.
    pub(crate) session: Session,
    /// The path of the address.
    pub(crate) path: String,
    /// The query of the address, decoded.
    pub(crate) query: Vec<(String, String)>,
    /// Whether a list is wanted whole, one line a thing.
    pub(crate) wants_lines: bool,
    /// The tags by which the asker knows what is to be changed.
    pub(crate) if_match: Option<String>,
    /// What the token opens by which a script came; `None` for a session.
    pub(crate) scopes: Option<BTreeSet<TokenScope>>,
}

impl Visit {
    /// Gives the language of the answer.
    pub(crate) const fn lang(&self) -> Lang {
        self.ctx.viewer.lang
    }

    /// Gives a parameter of the address; `None` when it is absent or empty.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// Gives another path with the query of this address.
    pub(crate) fn same(&self, path: &str) -> String {
        let query: Vec<String> = self
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    /// Gives this address with one parameter set anew.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let rest = self.query.iter().filter(|(known, _)| known != name && known != "from");
        let rest = rest.map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<String> = rest
            .chain([(name, value)])
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        format!("{}?{}", self.path, pairs.join("&"))
    }

    /// Refuses a form that was not made by this session.
    ///
    /// # Errors
    ///
    /// `form_expired`.
    pub(crate) fn check(&self, fields: &Fields) -> Result<(), AppError> {
        self.check_token(fields.get("csrf"))
    }

    /// Refuses a token that is not this session's.
    ///
    /// # Errors
    ///
    /// `form_expired`.
    pub(crate) fn check_token(&self, token: &str) -> Result<(), AppError> {
        let same = self.scopes.is_none()
            && token.len() == self.session.csrf.len()
            && token.bytes().zip(self.session.csrf.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b))
                == 0;
        if same { Ok(()) } else { Err(Code::FormExpired.into()) }
    }

    /// Refuses a script whose token was not made for this.
    ///
    /// # Errors
    ///
    /// `scope_missing`.
    pub(crate) fn check_scope(&self, needed: TokenScope) -> Result<(), AppError> {
        match &self.scopes {
            Some(scopes) if !scopes.contains(&needed) => Err(Code::ScopeMissing.into()),
            _ => Ok(()),
        }
    }
}

/// Writes a part of a query.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.extend(format!("%{byte:02X}").chars()),
        }
    }
    out
}

/// Reads the query of an address.
pub(crate) fn query(text: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(text).unwrap_or_default()
}

/// Reads a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

async fn visit(parts: &Parts, state: &State) -> Result<Visit, AppError> {
    let token = session_token(&parts.headers);
    if let Some(token) = bearer(&parts.headers).filter(|text| text.starts_with(tokens::PREFIX)) {
        return scripted(parts, state, token).await;
    }
    let open = match token {
        Some(token) => sessions::find(&state.app, token).await?,
        None => None,
    };
    let open = open.ok_or(AppError::Code(Code::SignInNeeded))?;
    if open.must_set_up && !is_way_out(parts) {
        return Err(Code::SecondStepRequired.into());
    }
    let session = Session {
        token: token.unwrap_or_default().to_owned(),
        is_fresh: open.is_fresh,
        name: open.name,
        csrf: open.csrf,
        currency: open.currency,
        theme: Theme::parse(cookie(&parts.headers, "theme").unwrap_or(&open.theme)),
        watched: open.watched,
    };
    let viewer: Viewer = open.viewer;
    let path = uri_of(parts).path();
    if viewer.watcher.is_some() && !parts.method.is_safe() && !LEAVES.contains(&path) {
        return Err(Code::ViewingAs.into());
    }
    Ok(made(parts, state, viewer, session))
}

fn uri_of(parts: &Parts) -> &Uri {
    parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0)
}

fn made(parts: &Parts, state: &State, viewer: Viewer, session: Session) -> Visit {
    let uri = uri_of(parts);
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    spoken::set(viewer.lang);
    Visit {
        ctx: state.app.ctx(viewer),
        session,
        path: uri.path().to_owned(),
        query: query(uri.query().unwrap_or_default()),
        wants_lines: uri.path().rsplit('.').next() == Some("jsonl")
            || text(header::ACCEPT) == Some(LINES),
        if_match: text(header::IF_MATCH).map(str::to_owned),
        scopes: None,
    }
}

/// Lets a script in by its token: to the API and the tools only, and only where its scopes reach.
async fn scripted(parts: &Parts, state: &State, token: &str) -> Result<Visit, AppError> {
    let held = tokens::find(&state.app, token).await?.ok_or(Code::TokenInvalid)?;
    let session = Session {
        token: String::new(),
        is_fresh: false,
        name: held.login.name,
        csrf: String::new(),
        currency: held.login.currency.as_deref().and_then(Currency::parse),
        theme: Theme::Auto,
        watched: None,
    };
    let visit = Visit { scopes: Some(held.scopes), ..made(parts, state, held.viewer, session) };
    match scope::needed(&parts.method, &visit.path) {
        Needed::Scope(needed) => visit.check_scope(needed)?,
        Needed::Person => return Err(Code::PersonNeeded.into()),
        Needed::Nothing => {}
    }
    Ok(visit)
}

/// Gives the token of the session that a request comes in with.
pub(crate) fn session_token(headers: &HeaderMap) -> Option<&str> {
    cookies::session(headers).or_else(|| bearer(headers))
}

/// Says whether an address is open to somebody who must set up a second step first.
fn is_way_out(parts: &Parts) -> bool {
    let path = parts.extensions.get::<OriginalUri>().map_or(parts.uri.path(), |uri| uri.path());
    path == "/sign-out" || path.starts_with("/settings/security")
}

/// Reads the token of a header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

impl FromRequestParts<State> for Visit {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, PageError> {
        visit(parts, state).await.map_err(|error| {
            let next = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
            PageError::of(error, spoken::wanted(&parts.headers)).wanting(next)
        })
    }
}

/// A request to the API of somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct ApiVisit(pub(crate) Visit);

impl FromRequestParts<State> for ApiVisit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Problem> {
        match parts.extensions.remove::<Visit>() {
            Some(visit) => Ok(Self(visit)),
            None => api_visit(parts, state).await.map(Self),
        }
    }
}

/// Gives the visit of a request to the API, in the language that it asks for.
///
/// # Errors
///
/// `sign_in_needed`.
pub(crate) async fn api_visit(parts: &Parts, state: &State) -> Result<Visit, Problem> {
    let wanted = spoken::wanted(&parts.headers);
    let mut visit = visit(parts, state).await.map_err(|error| Problem::new(error, wanted))?;
    if parts.headers.contains_key(header::ACCEPT_LANGUAGE) {
        visit.ctx.viewer.lang = wanted;
        spoken::set(wanted);
    }
    Ok(visit)
}
