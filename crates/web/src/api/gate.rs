//! What every request to the API passes before its handler, in this order: no secret in the
//! address, who asks, what the document says of the parameters and of `If-Match`; and what every
//! answer gets: an `ETag`, and 304 when the asker has it already.

use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, MatchedPath, Request, State as Shared};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use orchestre_app::{AppError, Code};
use sha2::{Digest, Sha256};

use super::again;
use super::document::rules;
use super::pace::Left;
use crate::door::{self, Visit};
use crate::problem::Problem;
use crate::routes::{Door, ROUTES};
use crate::spoken;
use crate::state::State;

/// Where the API begins.
const ROOT: &str = "/api/";
/// Names under which somebody might put a secret into an address.
const SECRETS: &[&str] =
    &["token", "access_token", "api_key", "apikey", "key", "password", "session"];

/// What forms send.
const FORMS: [&str; 3] = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// Says whether an address belongs to the API.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with(ROOT)
}

/// A request that may pass.
struct Admitted {
    request: Request,
    visit: Option<Visit>,
    left: Option<Left>,
}

/// Lets a request through, or answers it.
pub(crate) async fn pass(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    if !is_api(request.uri().path()) {
        return next.run(request).await;
    }
    match Box::pin(admitted(&state, request)).await {
        Ok(admitted) => {
            let left = admitted.left;
            let mut answer = Box::pin(answered(admitted, next)).await;
            if let Some(left) = left {
                left.tell(&mut answer);
            }
            answer
        }
        Err(problem) => problem.into_response(),
    }
}

async fn answered(admitted: Admitted, next: Next) -> Response {
    let request = admitted.request;
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        let known = if_none_match(request.headers());
        return tagged(next.run(request).await, known.as_deref()).await;
    }
    let Some(visit) = admitted.visit.filter(|_| request.method() == Method::POST) else {
        return next.run(request).await;
    };
    match again::key(&request) {
        Ok(None) => next.run(request).await,
        Ok(Some(key)) => again::answer(&visit, key, request, next).await,
        Err(problem) => problem.into_response(),
    }
}

/// Gives the request with its visit, or why it may not pass.
async fn admitted(state: &State, request: Request) -> Result<Admitted, Problem> {
    let (mut parts, body) = request.into_parts();
    let query = door::query(parts.uri.query().unwrap_or_default());
    if query.iter().any(|(name, _)| SECRETS.contains(&name.to_lowercase().as_str())) {
        return Err(Code::TokenInQuery.into());
    }
    let path = parts.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let path = path.unwrap_or_default();
    let is_open = ROUTES.iter().any(|route| route.path == path && route.door == Door::Open);
    let strangers = || state.paces.strangers.count(&network(&parts.extensions));
    let (visit, left) = if is_open {
        (None, strangers()?)
    } else {
        match door::api_visit(&parts, state).await {
            Ok(visit) => {
                let left = state.paces.logins.count(&login(&visit))?;
                (Some(visit), left)
            }
            Err(problem) => {
                strangers()?;
                return Err(problem);
            }
        }
    };
    if visit.is_some() && is_form(&parts.method, &parts.headers) {
        return Err(Code::FormExpired.into());
    }
    if let Some(visit) = &visit {
        parts.extensions.insert::<Visit>(visit.clone());
    }
    let method = if parts.method == Method::HEAD { Method::GET } else { parts.method.clone() };
    if let Some(rules) = rules::of(method.as_str(), &path) {
        rules.check_query(&query)?;
        if rules.needs_match && !parts.headers.contains_key(header::IF_MATCH) {
            return Err(Code::MatchNeeded.into());
        }
    }
    Ok(Admitted { request: Request::from_parts(parts, body), visit, left })
}

/// Says whether a change comes with the browser's cookie in the clothes of a form, which any page
/// of any site can send.
fn is_form(method: &Method, headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_lowercase();
    let is_form = FORMS.iter().any(|form| kind.starts_with(form));
    !method.is_safe() && is_form && !headers.contains_key(header::AUTHORIZATION)
}

fn login(visit: &Visit) -> String {
    visit.ctx.viewer.login.map(|login| login.to_string()).unwrap_or_default()
}

/// Gives the network from which a request comes.
fn network(extensions: &Extensions) -> String {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    peer.map_or_else(String::new, |peer| peer.0.ip().to_string())
}

fn if_none_match(headers: &HeaderMap) -> Option<String> {
    headers.get(header::IF_NONE_MATCH)?.to_str().ok().map(str::to_owned)
}

/// Gives the tag of a representation: it changes with what the asker sees, and with nothing else.
pub(crate) fn tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    format!("\"{}\"", letters(digest.get(..12).unwrap_or_default()))
}

/// Writes bytes in hexadecimal.
pub(super) fn letters(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}

/// Says whether a list of tags names this one.
pub(crate) fn names(list: &str, tag: &str) -> bool {
    list.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

/// Adds the tag to an answer that has none, and answers 304 to whoever has it.
async fn tagged(answer: Response, known: Option<&str>) -> Response {
    if answer.status() != StatusCode::OK {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    // Answers are made in memory: there is no limit to be met here.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::new(AppError::from(Code::Internal), spoken::lang()).into_response();
    };
    let own = parts.headers.get(header::ETAG).and_then(|value| value.to_str().ok());
    let tag = own.map_or_else(|| tag(&bytes), str::to_owned);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    parts.headers.insert(
        header::VARY,
        HeaderValue::from_static("accept, accept-language, authorization, cookie"),
    );
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if known.is_some_and(|known| names(known, &tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::{names, tag};

    #[test]
    fn a_tag_is_found_in_a_list_and_a_star_names_all() {
        let own = tag(b"{}");
        assert!(names(&own, &own) && names("*", &own) && names(&format!("\"x\", W/{own}"), &own));
        assert!(!names("\"x\"", &own) && !names("", &own));
        assert_ne!(own, tag(b"{ }"));
    }
}
