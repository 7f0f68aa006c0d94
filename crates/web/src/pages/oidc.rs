//! Signing in over a provider, and what the provider says when somebody signed out there.

use axum::Form;
use axum::extract::{Path, RawQuery, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use orchestre_app::identity::oidc::{self, Back};
use orchestre_app::{AppError, Code};

use super::Answer;
use super::sessions::{Asked, entered, inside, turned_away};
use crate::arrival::Arrival;
use crate::door::{cookie, query};
use crate::form::Fields;
use crate::origin;
use crate::problem::Problem;
use crate::state::State;

/// The cookie that a browser keeps while somebody is at the provider.
const COOKIE: &str = "orchestre_pending";

fn keep(secret: &str, seconds: u32) -> String {
    let secure = if origin::is_secure() { "; Secure" } else { "" };
    format!(
        "{COOKIE}={secret}; Path=/sign-in/oidc; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    )
}

/// `GET /sign-in/oidc/{name}`: sends the browser to the provider.
pub(crate) async fn begin(
    Shared(state): Shared<State>,
    Path(name): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let asked = Asked::of(raw.clone(), &headers);
    match oidc::begin(&state.app, &name, &asked.next, cookie(&headers, COOKIE)).await {
        Ok(begun) => {
            let kept = [(header::SET_COOKIE, keep(&begun.secret, 600))];
            Ok((AppendHeaders(kept), Redirect::to(&begun.address)).into_response())
        }
        Err(error) => refused(&state, &asked, error),
    }
}

/// `GET /sign-in/oidc/{name}/callback`: the browser comes back.
pub(crate) async fn finish(
    Shared(state): Shared<State>,
    arrival: Arrival,
    Path(name): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let asked = Asked::of(raw.clone(), &headers);
    let query = query(&raw.unwrap_or_default());
    let find =
        |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let back = Back {
        provider: name,
        state: find("state").unwrap_or_default(),
        secret: cookie(&headers, COOKIE).unwrap_or_default().to_owned(),
        answer: oidc::brought(find),
        agent: arrival.agent,
        network: arrival.network,
        device: arrival.device,
        lang: asked.lang,
    };
    match oidc::finish(&state.app, &back).await {
        Ok((opened, next)) => Ok(entered(&opened, &inside(&next))),
        Err(error) => refused(&state, &asked, error),
    }
}

/// `POST /sign-in/oidc/{name}/sign-out`: the provider says that somebody signed out there.
pub(crate) async fn signed_out(
    Shared(state): Shared<State>,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<StatusCode, Problem> {
    oidc::signed_out(&state.app, &name, fields.get("logout_token")).await?;
    Ok(StatusCode::OK)
}

fn refused(state: &State, asked: &Asked, error: AppError) -> Answer {
    if error.code() == Code::NotFound {
        return Err(error.into());
    }
    turned_away(state, asked, &error)
}
