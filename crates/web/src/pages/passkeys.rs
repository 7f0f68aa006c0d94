//! One's own passkeys and linked sign-ins; signing in by passkey.

use axum::Form;
use axum::response::{IntoResponse, Redirect};
#[cfg(feature = "passkeys")]
use axum::{
    Json,
    extract::{Path, State as Shared},
    http::HeaderMap,
};
use orchestre_app::identity::mine;
use orchestre_domain::clock::day_of;
use orchestre_domain::lang::Lang;
use orchestre_view::page::Place;
use orchestre_view::pages::passkey::{IndexView, Key, Vouch};
use orchestre_view::{format, text, text_with};

use super::{Answer, show};
use crate::door::Visit;
use crate::form::Fields;

/// `GET /settings/passkeys`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let (is_offered, keys) = keys(&visit).await?;
    let vouches = mine::list(&visit.ctx).await?.into_iter().map(|one| Vouch {
        name: named(&visit, &one.issuer),
        detail: detail(lang, one.linked_at, Some(one.used_at)),
        issuer: one.issuer,
        subject: one.subject,
    });
    let vouches = vouches.collect();
    let page = visit.page(Place::Settings, text(lang, "page-passkey-title")).await?;
    show(&IndexView { page, is_offered, keys, vouches })
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

#[cfg(feature = "oidc")]
fn named(visit: &Visit, issuer: &str) -> String {
    let known = visit.ctx.app.identity.providers.iter().find(|one| one.issuer.issuer() == issuer);
    known.map_or_else(|| issuer.to_owned(), |one| one.name.clone())
}

#[cfg(not(feature = "oidc"))]
fn named(_visit: &Visit, issuer: &str) -> String {
    issuer.to_owned()
}

#[cfg(not(feature = "passkeys"))]
#[expect(clippy::unused_async, reason = "the same form as with passkeys")]
async fn keys(_visit: &Visit) -> Result<(bool, Vec<Key>), orchestre_app::AppError> {
    Ok((false, Vec::new()))
}

/// `POST /settings/identities/removal`.
pub(crate) async fn unlink(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    mine::unlink(&visit.ctx, fields.get("issuer"), fields.get("subject")).await?;
    Ok(Redirect::to("/settings/passkeys").into_response())
}

#[cfg(feature = "passkeys")]
pub(crate) use offered::{create, delete, options, sign_in, sign_in_options, update};

#[cfg(feature = "passkeys")]
use offered::keys;

#[cfg(feature = "passkeys")]
mod offered {
    use orchestre_app::AppError;
    use orchestre_app::identity::passkeys::{self, Asked as Ceremony};
    use orchestre_domain::id::PasskeyId;
    use serde_json::{Value, json};

    use super::{
        Answer, Fields, Form, HeaderMap, IntoResponse as _, Json, Key, Path, Redirect, Shared,
        Visit, detail,
    };
    use crate::arrival::Arrival;
    use crate::pages::sessions::{Asked, entered, turned_away};
    use crate::problem::Problem;
    use crate::state::State;

    pub(super) async fn keys(visit: &Visit) -> Result<(bool, Vec<Key>), AppError> {
        let lang = visit.lang();
        let keys = passkeys::list(&visit.ctx).await?.into_iter().map(|key| Key {
            id: key.id.to_string(),
            detail: detail(lang, key.added_at, key.used_at),
            name: key.name,
        });
        Ok((visit.ctx.app.identity.passkeys.is_some(), keys.collect()))
    }

    fn asked(asked: &Ceremony) -> Json<Value> {
        Json(json!({"options": asked.options, "secret": asked.secret}))
    }

    /// `POST /settings/passkeys/options`: what the browser is asked for.
    pub(crate) async fn options(
        visit: Visit,
        Form(fields): Form<Fields>,
    ) -> Result<Json<Value>, Problem> {
        visit.check(&fields)?;
        Ok(asked(&passkeys::begin_adding(&visit.ctx, &visit.session.name).await?))
    }

    /// `POST /settings/passkeys`.
    pub(crate) async fn create(visit: Visit, Form(fields): Form<Fields>) -> Answer {
        visit.check(&fields)?;
        let get = |name| fields.get(name);
        passkeys::finish_adding(&visit.ctx, get("secret"), get("name"), get("answer")).await?;
        Ok(Redirect::to("/settings/passkeys").into_response())
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
        Ok(Redirect::to("/settings/passkeys").into_response())
    }

    /// `POST /settings/passkeys/{id}/removal`.
    pub(crate) async fn delete(
        visit: Visit,
        Path(id): Path<String>,
        Form(fields): Form<Fields>,
    ) -> Answer {
        visit.check(&fields)?;
        let id = PasskeyId::parse(&id).ok_or(AppError::NOT_FOUND)?;
        passkeys::remove(&visit.ctx, id).await?;
        Ok(Redirect::to("/settings/passkeys").into_response())
    }

    /// `POST /sign-in/passkey/options`: what the browser is asked for.
    pub(crate) async fn sign_in_options(
        Shared(state): Shared<State>,
    ) -> Result<Json<Value>, Problem> {
        Ok(asked(&passkeys::begin_sign_in(&state.app).await?))
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
}
