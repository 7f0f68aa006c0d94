//! Signing in and out.

use axum::extract::{ConnectInfo, RawQuery, State as Shared};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect};
use axum::{Extension, Form};
use orchestre_app::AppError;
use orchestre_app::sessions::{self, Credentials};
use orchestre_domain::lang::Lang;
use orchestre_view::page::Page;
use orchestre_view::pages::session::NewView;
use orchestre_view::text;
use std::net::SocketAddr;

use super::{Answer, show};
use crate::cookies;
use crate::door::{Visit, query};
use crate::form::Fields;
use crate::problem::{bare_frame, status};
use crate::spoken;
use crate::state::State;

/// `GET /sign-in`.
pub(crate) async fn new(
    Shared(state): Shared<State>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let query = query(&raw.unwrap_or_default());
    let find =
        |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let lang = find("lang").and_then(Lang::parse).unwrap_or_else(|| spoken::wanted(&headers));
    show(&form(&state, lang, find("next").unwrap_or("/"), None))
}

fn form(state: &State, lang: Lang, next: &str, error: Option<(String, String)>) -> NewView {
    let (other, name) = match lang {
        Lang::En => (Lang::Fr, "Français"),
        Lang::Fr => (Lang::En, "English"),
    };
    let (email, error) =
        error.map_or_else(|| (String::new(), None), |(email, error)| (email, Some(error)));
    NewView {
        page: Page::bare(bare_frame(lang), text(lang, "page-session-new")),
        email,
        next: inside(next),
        error,
        hint: state.site.is_demo.then(|| text(lang, "page-session-hint")),
        other: (
            name.to_owned(),
            format!("/sign-in?lang={other}&next={}", crate::door::encode(next)),
        ),
    }
}

/// Gives an address only if it stays with us.
fn inside(next: &str) -> String {
    let is_inside =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if is_inside { next.to_owned() } else { "/".to_owned() }
}

/// `POST /sign-in`.
pub(crate) async fn create(
    Shared(state): Shared<State>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Answer {
    let lang = Lang::parse(fields.get("lang")).unwrap_or_else(|| spoken::wanted(&headers));
    let credentials = Credentials {
        email: fields.get("email").to_owned(),
        password: fields.get("password").to_owned(),
        network: peer.map_or_else(String::new, |peer| peer.0.0.ip().to_string()),
        agent: headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect(),
    };
    match sessions::sign_in(&state.app, &credentials).await {
        Ok(opened) => {
            let next = inside(fields.get("next"));
            Ok(([(header::SET_COOKIE, cookies::set_session(&opened.token))], Redirect::to(&next))
                .into_response())
        }
        Err(error) => refused(&state, lang, &fields, &error),
    }
}

fn refused(state: &State, lang: Lang, fields: &Fields, error: &AppError) -> Answer {
    let words = text(lang, &format!("error-{}", error.code().text()));
    let code = status(error.code());
    let view = form(state, lang, fields.get("next"), Some((fields.get("email").to_owned(), words)));
    let page = show(&view)?;
    Ok((code, page).into_response())
}

/// `POST /sign-out`.
pub(crate) async fn delete(
    visit: Visit,
    Shared(state): Shared<State>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    if let Some(token) = cookies::session(&headers) {
        sessions::close(&state.app, token).await?;
    }
    Ok(([(header::SET_COOKIE, cookies::no_session())], Redirect::to("/sign-in")).into_response())
}
