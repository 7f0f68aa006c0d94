//! One's own passkeys and linked sign-ins; signing in by passkey.

use axum::extract::{Path, State as Shared};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Form, Json};
use orchestre_app::identity::mine;
use orchestre_app::identity::passkeys::{self, Asked as Ceremony};
use orchestre_app::{AppError, Code};
use orchestre_domain::clock::day_of;
use orchestre_domain::id::PasskeyId;
use orchestre_domain::lang::Lang;
use orchestre_view::page::Place;
use orchestre_view::pages::passkey::{IndexView, Key, Vouch};
use orchestre_view::{format, text, text_with};
use serde_json::{Value, json};

use super::security::proof_of;
use super::sessions::{Asked, entered, turned_away};
use super::{Answer, show};
use crate::arrival::Arrival;
use crate::door::Visit;
use crate::form::Fields;
use crate::problem::Problem;
use crate::state::State;

/// The page of one's own passkeys.
const HOME: &str = "/settings/passkeys";

/// `GET /settings/passkeys`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let keys = passkeys::list(&visit.ctx).await?.into_iter().map(|key| Key {
        id: key.id.to_string(),
        detail: detail(lang, key.added_at, key.used_at),
        name: key.name,
    });
    let keys = keys.collect();
    let vouches = mine::list(&visit.ctx).await?.into_iter().map(|one| Vouch {
        name: mine::name(&visit.ctx, &one.issuer),
        detail: detail(lang, one.linked_at, Some(one.used_at)),
        issuer: one.issuer,
        subject: one.subject,
    });
    let vouches = vouches.collect();
    let page = visit.page(Place::Settings, text(lang, "page-passkey-title")).await?;
    let page = page
        .crumb(text(lang, "page-nav-settings"), "/settings")
        .crumb(text(lang, "page-security-title"), "/settings/security");
    show(&IndexView {
        page,
        is_offered: visit.ctx.app.identity.passkeys.is_some(),
        proof: (!visit.session.is_fresh).then(|| proof_of(HOME)),
        keys,
        vouches,
    })
}

fn detail(lang: Lang, added: i64, used: Option<i64>) -> String {
    let words = |at| format::day(lang, day_of(at)).into();
    match used {
        None => text_with(lang, "page-passkey-detail", &[("added", words(added))]),
        Some(used) => {
            let values = [("added", words(added)), ("used", words(used))];
            text_with(lang, "page-passkey-detail-used", &values)
        }
    }
}

/// Takes a change of one's ways in: the form is of this session, and whoever is there proved it a
/// short while ago; else gives the way to prove it.
fn asked_for(visit: &Visit, fields: &Fields) -> Result<Option<Response>, AppError> {
    visit.check(fields)?;
    Ok((!visit.session.is_fresh).then(|| Redirect::to(&proof_of(HOME)).into_response()))
}

fn home() -> Response {
    Redirect::to(HOME).into_response()
}

fn ceremony(asked: &Ceremony) -> Json<Value> {
    Json(json!({"options": asked.options, "secret": asked.secret}))
}

/// `POST /settings/passkeys/options`: what the browser is asked for.
pub(crate) async fn options(
    visit: Visit,
    Form(fields): Form<Fields>,
) -> Result<Json<Value>, Problem> {
    visit.check(&fields)?;
    if !visit.session.is_fresh {
        return Err(Code::ProofNeeded.into());
    }
    Ok(ceremony(&passkeys::begin_adding(&visit.ctx, &visit.session.name).await?))
}

/// `POST /settings/passkeys`.
pub(crate) async fn create(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    if let Some(to) = asked_for(&visit, &fields)? {
        return Ok(to);
    }
    let get = |name| fields.get(name);
    passkeys::finish_adding(&visit.ctx, get("secret"), get("name"), get("answer")).await?;
    Ok(home())
}

/// `POST /settings/passkeys/{id}`: another name.
pub(crate) async fn update(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = PasskeyId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    passkeys::rename(&visit.ctx, id, fields.get("name")).await?;
    Ok(home())
}

/// `POST /settings/passkeys/{id}/removal`.
pub(crate) async fn delete(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = PasskeyId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    passkeys::show(&visit.ctx, id).await?;
    if let Some(to) = asked_for(&visit, &fields)? {
        return Ok(to);
    }
    passkeys::remove(&visit.ctx, id).await?;
    Ok(home())
}

/// `POST /settings/identities/removal`.
pub(crate) async fn unlink(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let (issuer, subject) = (fields.get("issuer"), fields.get("subject"));
    mine::show(&visit.ctx, issuer, subject).await?;
    if let Some(to) = asked_for(&visit, &fields)? {
        return Ok(to);
    }
    mine::unlink(&visit.ctx, issuer, subject).await?;
    Ok(home())
}

/// `POST /sign-in/passkey/options`: what the browser is asked for.
pub(crate) async fn sign_in_options(Shared(state): Shared<State>) -> Result<Json<Value>, Problem> {
    Ok(ceremony(&passkeys::begin_sign_in(&state.app).await?))
}

/// `POST /sign-in/passkey`.
pub(crate) async fn sign_in(
    Shared(state): Shared<State>,
    arrival: Arrival,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Answer {
    let asked = Asked::again(&fields, &headers);
    let from = (arrival.network.as_str(), arrival.agent.as_str(), arrival.device.as_deref());
    let (secret, answer) = (fields.get("secret"), fields.get("answer"));
    match passkeys::finish_sign_in(&state.app, secret, answer, from).await {
        Ok(opened) => Ok(entered(&opened, &asked.next)),
        Err(error) => turned_away(&state, &asked, &error),
    }
}
