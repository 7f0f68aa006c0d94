//! Signing in, its second step, and signing out.

use axum::Form;
use axum::extract::{RawQuery, State as Shared};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use orchestre_app::sessions::{self, Credentials, Entrance, Opened};
use orchestre_app::{AppError, Code};
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::Field;
use orchestre_view::component::notice::Notice;
use orchestre_view::page::Page;
use orchestre_view::pages::session::{DoorView, GoneView, NewView};
use orchestre_view::pages::sheet::Form as FormView;
use orchestre_view::{Link, text, text_with};

use super::{Answer, show};
use crate::arrival::{Arrival, HALF, device, line};
use crate::cookies;
use crate::door::{Visit, encode, query};
use crate::form::Fields;
use crate::problem::{bare_frame, status};
use crate::spoken;
use crate::state::State;

/// What a page of the door is asked for.
pub(super) struct Asked {
    /// The language.
    pub(super) lang: Lang,
    /// Where to go afterwards.
    pub(super) next: String,
    /// What was done before, to be told.
    done: Option<String>,
}

impl Asked {
    /// Reads the query; the browser's language counts when the address names none.
    pub(super) fn of(raw: Option<String>, headers: &HeaderMap) -> Self {
        let query = query(&raw.unwrap_or_default());
        let find = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        Self {
            lang: find("lang")
                .and_then(|code| Lang::parse(code))
                .unwrap_or_else(|| spoken::wanted(headers)),
            next: find("next").map_or_else(|| "/".to_owned(), |next| inside(next)),
            done: find("done").cloned(),
        }
    }

    /// Reads what a form sends back.
    pub(super) fn again(fields: &Fields, headers: &HeaderMap) -> Self {
        Self {
            lang: Lang::parse(fields.get("lang")).unwrap_or_else(|| spoken::wanted(headers)),
            next: inside(fields.get("next")),
            done: None,
        }
    }

    /// Gives the fields that a form sends back unseen.
    pub(super) fn hidden(&self) -> Vec<(&'static str, String)> {
        vec![("next", self.next.clone()), ("lang", self.lang.as_str().to_owned())]
    }

    /// Gives the same page in the other language.
    pub(super) fn other(&self, path: &str) -> Link {
        let (other, name) = match self.lang {
            Lang::En => (Lang::Fr, "Français"),
            Lang::Fr => (Lang::En, "English"),
        };
        Link::new(name, format!("{path}?lang={other}&next={}", encode(&self.next)))
    }

    /// Gives a page of the door.
    pub(super) fn page(&self, title: &str) -> Page {
        Page::bare(bare_frame(self.lang), text(self.lang, title))
    }
}

/// Gives an address only if it stays with us.
pub(super) fn inside(next: &str) -> String {
    let is_inside = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|c: char| c == '\\' || c.is_control());
    if is_inside { next.to_owned() } else { "/".to_owned() }
}

/// Says in words what went wrong at the door, and for how long to wait.
pub(super) fn told(lang: Lang, error: &AppError) -> Notice {
    let words = text(lang, &format!("error-{}", error.code().text()));
    match error {
        AppError::Wait(seconds) => Notice::bad(words).text(text_with(
            lang,
            "page-session-wait",
            &[("count", (*seconds).into())],
        )),
        _ => Notice::bad(words),
    }
}

/// Gives a page with the status and the headers of an error.
pub(super) fn with_error(view: &impl askama::Template, error: &AppError) -> Answer {
    crate::problem::log(error);
    let mut page = (status(error.code()), show(view)?).into_response();
    if let AppError::Wait(seconds) = error {
        page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    Ok(page)
}

/// `GET /sign-in`.
pub(crate) async fn new(
    Shared(state): Shared<State>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    show(&form(&state, &Asked::of(raw, &headers), "", None))
}

fn form(state: &State, asked: &Asked, email: &str, error: Option<&AppError>) -> DoorView {
    let lang = asked.lang;
    let mut notices = Vec::new();
    if state.site.is_demo {
        notices.push(Notice::info(text(lang, "page-session-hint")));
    }
    if asked.done.as_deref() == Some("password") {
        notices.push(Notice::good(text(lang, "page-session-password_set")));
    }
    notices.extend(error.map(|error| told(lang, error)));
    let form = FormView {
        action: "/sign-in".to_owned(),
        fields: vec![
            name_field(state, lang).value(email).required(),
            Field::password("password", text(lang, "field-password")).required(),
        ],
        button: text(lang, "button-sign_in"),
        has_file: false,
        hidden: asked.hidden(),
    };
    let forgotten = Link::new(
        text(lang, "page-session-forgotten"),
        format!("/sign-in/forgotten?lang={lang}&next={}", encode(&asked.next)),
    );
    DoorView {
        page: asked.page("page-session-new"),
        notices,
        ways: ways(state, asked),
        form,
        has_passkeys: state.app.identity.passkeys.is_some(),
        next: asked.next.clone(),
        links: vec![forgotten, asked.other("/sign-in")],
    }
}

/// Gives the field for an address, or for a name of the directory where there is one.
fn name_field(state: &State, lang: Lang) -> Field {
    let label = text(lang, "field-email");
    if takes_names(state) {
        Field::text("email", label).autocomplete("username")
    } else {
        Field::email("email", label)
    }
}

#[cfg(feature = "oidc")]
fn ways(state: &State, asked: &Asked) -> Vec<Link> {
    let link = |provider: &orchestre_app::identity::oidc::Provider| {
        let name = [("name", (&provider.name).into())];
        let words = text_with(asked.lang, "page-session-with", &name);
        Link::new(words, format!("/sign-in/oidc/{}?next={}", provider.id, encode(&asked.next)))
    };
    state.app.identity.providers.iter().map(link).collect()
}

#[cfg(not(feature = "oidc"))]
const fn ways(_state: &State, _asked: &Asked) -> Vec<Link> {
    Vec::new()
}

#[cfg(feature = "ldap")]
fn takes_names(state: &State) -> bool {
    state.app.identity.directory.is_some()
}

#[cfg(not(feature = "ldap"))]
const fn takes_names(_state: &State) -> bool {
    false
}

/// Shows the form again with what went wrong on another way.
pub(super) fn turned_away(state: &State, asked: &Asked, error: &AppError) -> Answer {
    with_error(&form(state, asked, "", Some(error)), error)
}

/// `POST /sign-in`.
pub(crate) async fn create(
    Shared(state): Shared<State>,
    arrival: Arrival,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Answer {
    let asked = Asked::again(&fields, &headers);
    let credentials = Credentials {
        email: fields.get("email").to_owned(),
        password: fields.raw("password").to_owned(),
        network: arrival.network,
        agent: arrival.agent,
    };
    match sessions::come(&state.app, &credentials, arrival.device.as_deref()).await {
        Ok(Entrance::In(opened)) => Ok(entered(&opened, &asked.next)),
        Ok(Entrance::Half(token)) => {
            let kept = line((HALF, &token), "/sign-in", Some(600));
            let to = format!("/sign-in/code?lang={}&next={}", asked.lang, encode(&asked.next));
            Ok(([(header::SET_COOKIE, kept)], Redirect::to(&to)).into_response())
        }
        Err(error) => {
            let email: String = fields.get("email").chars().take(320).collect();
            with_error(&form(&state, &asked, &email, Some(&error)), &error)
        }
    }
}

/// Lets somebody in whose session was opened.
pub(super) fn entered(opened: &Opened, next: &str) -> Response {
    let lines = [
        (header::SET_COOKIE, cookies::set_session(&opened.token)),
        (header::SET_COOKIE, device(&opened.device)),
        (header::SET_COOKIE, line((HALF, ""), "/sign-in", Some(0))),
    ];
    (AppendHeaders(lines), Redirect::to(next)).into_response()
}

/// `GET /sign-in/code`: the second step.
pub(crate) async fn code(
    Shared(state): Shared<State>,
    arrival: Arrival,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let asked = Asked::of(raw, &headers);
    if sessions::is_half_open(&state.app, &arrival.half).await? {
        return show(&code_form(&asked, None));
    }
    Ok(Redirect::to(&format!("/sign-in?next={}", encode(&asked.next))).into_response())
}

fn code_form(asked: &Asked, error: Option<&AppError>) -> NewView {
    let lang = asked.lang;
    let code = Field::text("code", text(lang, "field-code"))
        .help(text(lang, "page-session-code-help"))
        .autocomplete("one-time-code")
        .required();
    let form = FormView {
        action: "/sign-in/code".to_owned(),
        fields: vec![code],
        button: text(lang, "button-sign_in"),
        has_file: false,
        hidden: asked.hidden(),
    };
    NewView {
        page: asked.page("page-session-code"),
        lead: text(lang, "page-session-code-lead"),
        notices: error.map(|error| told(lang, error)).into_iter().collect(),
        form: Some(form),
        links: vec![
            Link::new(text(lang, "page-session-back"), format!("/sign-in?lang={lang}")),
            asked.other("/sign-in/code"),
        ],
    }
}

/// `POST /sign-in/code`.
pub(crate) async fn finish(
    Shared(state): Shared<State>,
    arrival: Arrival,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Answer {
    let asked = Asked::again(&fields, &headers);
    let from = (arrival.network.as_str(), arrival.agent.as_str(), arrival.device.as_deref());
    match sessions::finish(&state.app, &arrival.half, fields.get("code"), from).await {
        Ok(opened) => Ok(entered(&opened, &asked.next)),
        Err(error) if error.code() == Code::SignInOver => {
            with_error(&form(&state, &asked, "", Some(&error)), &error)
        }
        Err(error) => with_error(&code_form(&asked, Some(&error)), &error),
    }
}

/// `POST /sign-out`: nothing that was shown stays in the browser.
pub(crate) async fn delete(
    visit: Visit,
    Shared(state): Shared<State>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let mut way_out = None;
    if let Some(token) = cookies::session(&headers) {
        way_out = way_out_of(&state, token).await?;
        sessions::close(&state.app, token).await?;
    }
    let lines = [
        (header::SET_COOKIE, cookies::no_session()),
        (header::HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"".to_owned()),
    ];
    let Some(way_out) = way_out else {
        return Ok((AppendHeaders(lines), Redirect::to("/sign-in")).into_response());
    };
    // A form may lead nowhere but to us, so the way to the provider is a page with a link.
    let lang = visit.lang();
    let page = Page::bare(bare_frame(lang), text(lang, "page-session-gone"));
    Ok((AppendHeaders(lines), show(&GoneView { page, way_out })?).into_response())
}

#[cfg(feature = "oidc")]
async fn way_out_of(state: &State, token: &str) -> Result<Option<String>, AppError> {
    orchestre_app::identity::oidc::way_out(&state.app, token).await
}

#[cfg(not(feature = "oidc"))]
#[expect(clippy::unused_async, reason = "the same form as with providers")]
async fn way_out_of(_state: &State, _token: &str) -> Result<Option<String>, AppError> {
    Ok(None)
}
