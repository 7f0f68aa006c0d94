//! The ceremonies of passkeys: adding one, and signing in by one.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{LoginId, PasskeyId};
use orchestre_store::{Ceremony, Login, PasskeyRow, SessionOrigin, StoreError};
use serde_json::json;
use url::Url;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Uuid,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::{Asked, list, named};
use crate::identity::{oneself, refuse};
use crate::sessions::{self, Entry, Opened, digest};
use crate::{App, AppError, Code, Ctx};

/// A ceremony may take this long: five minutes.
const PATIENCE: i64 = 5 * 60_000_000;
/// The way's word in records.
const WAY: &str = "passkey";
/// The most passkeys of one login.
const MOST: usize = 20;

/// What passkeys are made for: our name and our address.
pub struct Party(Webauthn);

impl fmt::Debug for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Party")
    }
}

impl Party {
    /// Gives the party of the address by which browsers reach the program; `None` when passkeys
    /// cannot be used there: browsers want https and a name (or localhost).
    pub fn at(address: &str) -> Option<Self> {
        let origin = Url::parse(address).ok()?;
        let name = origin.domain()?;
        if origin.scheme() != "https" && name != "localhost" {
            return None;
        }
        WebauthnBuilder::new(name, &origin).ok()?.rp_name("Orchestre").build().ok().map(Self)
    }
}

fn party(app: &App) -> Result<&Party, AppError> {
    app.identity.passkeys.as_ref().ok_or(AppError::NOT_FOUND)
}

fn unreadable<E>(_error: E) -> AppError {
    Code::Internal.into()
}

fn wrong<E>(_error: E) -> AppError {
    Code::PasskeyWrong.into()
}

/// Gives who somebody is to a device: the id of the login, which says nothing outside of here.
fn handle(login: LoginId) -> Result<Uuid, AppError> {
    u128::try_from(login.as_i64()).map(Uuid::from_u128).map_err(unreadable)
}

/// Begins to add a passkey of one's own.
///
/// # Errors
///
/// `forbidden` for the local shell; `not_found` where passkeys are not offered; `field_invalid` with
/// twenty of them.
pub async fn begin_adding(ctx: &Ctx, label: &str) -> Result<Asked, AppError> {
    let login = oneself(ctx)?;
    let known = list(ctx).await?;
    if known.len() >= MOST {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "name" });
    }
    let known: Vec<Passkey> =
        known.iter().filter_map(|row| serde_json::from_str(&row.content).ok()).collect();
    let excluded = known.iter().map(|key| key.cred_id().clone()).collect();
    let begun =
        party(&ctx.app)?.0.start_passkey_registration(handle(login)?, label, label, Some(excluded));
    let (options, state) = begun.map_err(unreadable)?;
    let mut options = serde_json::to_value(options).map_err(unreadable)?;
    // The key must lie in the device with its owner's name: signing in asks for no address.
    if let Some(choice) = options.pointer_mut("/publicKey/authenticatorSelection") {
        *choice = json!({
            "residentKey": "required", "requireResidentKey": true, "userVerification": "required"
        });
    }
    let content = serde_json::to_string(&state).map_err(unreadable)?;
    let secret = begin(&ctx.app, Some(login), content).await?;
    Ok(Asked { options, secret })
}

/// Begins to sign in by passkey.
///
/// # Errors
///
/// `not_found` where passkeys are not offered.
pub async fn begin_sign_in(app: &App) -> Result<Asked, AppError> {
    let begun = party(app)?.0.start_discoverable_authentication();
    let (options, state) = begun.map_err(unreadable)?;
    let options = serde_json::to_value(options).map_err(unreadable)?;
    let secret = begin(app, None, serde_json::to_string(&state).map_err(unreadable)?).await?;
    Ok(Asked { options, secret })
}

async fn begin(app: &App, login: Option<LoginId>, content: String) -> Result<String, AppError> {
    let secret = sessions::random()?;
    let ceremony = Ceremony {
        digest: digest(&secret),
        login,
        content,
        expires_at: app.clock.now() + PATIENCE,
    };
    let now = app.clock.now();
    app.db
        .write(async |work| {
            work.forget_late_logins(now).await?;
            work.add_ceremony(&ceremony).await
        })
        .await?;
    Ok(secret)
}

/// Gives the state of a ceremony, once and in time.
async fn state(app: &App, login: Option<LoginId>, secret: &str) -> Result<String, AppError> {
    let digest = digest(secret);
    let found = app.db.write(async |work| work.take_ceremony(&digest).await).await?;
    found
        .filter(|one| one.login == login && one.expires_at > app.clock.now())
        .map(|one| one.content)
        .ok_or_else(|| Code::SignInExpired.into())
}

/// Finishes adding a passkey of one's own.
///
/// # Errors
///
/// `sign_in_expired` when it was not begun by the same person or took too long; `passkey_wrong` when
/// the device's answer does not fit or some login has it; `field_invalid` for a name over 60 letters.
pub async fn finish_adding(
    ctx: &Ctx,
    secret: &str,
    name: &str,
    answer: &str,
) -> Result<PasskeyId, AppError> {
    let login = oneself(ctx)?;
    let name = named(name)?;
    let state: PasskeyRegistration =
        serde_json::from_str(&state(&ctx.app, Some(login), secret).await?).map_err(unreadable)?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(wrong)?;
    let key = party(&ctx.app)?.0.finish_passkey_registration(&answer, &state).map_err(wrong)?;
    let row = PasskeyRow {
        id: PasskeyId(ctx.id()),
        login,
        credential: BASE64.encode(key.cred_id()),
        name,
        content: serde_json::to_string(&key).map_err(unreadable)?,
        added_at: ctx.now(),
        used_at: None,
    };
    let event = ctx.event(EventName::PasskeyCreated, "passkey", Some(row.id.as_i64()));
    let done = ctx
        .db()
        .write(async |work| {
            work.add_passkey(&row).await?;
            work.record(&event).await
        })
        .await;
    match done {
        Err(StoreError::Taken(_)) => Err(Code::PasskeyWrong.into()),
        other => Ok(other.map(|()| row.id)?),
    }
}

/// Finishes signing in by passkey.
///
/// # Errors
///
/// `sign_in_expired`; `passkey_wrong`, recorded with its reason; `provider_only`.
pub async fn finish_sign_in(
    app: &App,
    secret: &str,
    answer: &str,
    (network, agent, device): (&str, &str, Option<&str>),
) -> Result<Opened, AppError> {
    let state: DiscoverableAuthentication =
        serde_json::from_str(&state(app, None, secret).await?).map_err(unreadable)?;
    let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(wrong)?;
    let refused = async |reason| {
        refuse(app, WAY, reason).await?;
        Err(Code::PasskeyWrong.into())
    };
    let Ok((who, credential)) = party(app)?.0.identify_discoverable_authentication(&answer) else {
        return refused("form").await;
    };
    let credential = BASE64.encode(credential);
    let found = app
        .db
        .read(async |work| {
            let Some((row, email)) = work.system_passkey(&credential).await? else {
                return Ok(None);
            };
            let login = work.system_login(&email).await?;
            Ok::<_, StoreError>(login.map(|login| (row, login)))
        })
        .await?;
    let Some((row, login)) = found.filter(|(row, _)| handle(row.login).ok() == Some(who)) else {
        return refused("unknown").await;
    };
    if !login.is_active {
        return refused("inactive").await;
    }
    if !app.identity.rules.allows_own(&login.email) {
        return Err(Code::ProviderOnly.into());
    }
    let Some(login) = standing(app, login).await? else { return refused("gone").await };
    let mut key: Passkey = serde_json::from_str(&row.content).map_err(unreadable)?;
    let checked = party(app)?.0.finish_discoverable_authentication_v2(
        &answer,
        state,
        DiscoverableKey::from(&key),
    );
    let Ok(checked) = checked else { return refused("signature").await };
    key.update_credential(&checked);
    let content = serde_json::to_string(&key).map_err(unreadable)?;
    let now = app.clock.now();
    app.db.write(async |work| work.put_passkey_used(row.id, &content, now).await).await?;
    let origin = SessionOrigin {
        digest: String::new(),
        provider: WAY.to_owned(),
        issuer: String::new(),
        subject: row.id.to_string(),
        sid: None,
        hint: None,
    };
    let entry = Entry { way: WAY, agent, network, device, forgiven: None, origin: Some(origin) };
    sessions::enter(app, &login, entry).await
}

/// Gives the login if it still stands where it is looked after: in the directory that covers it.
#[cfg(feature = "ldap")]
async fn standing(app: &App, login: Login) -> Result<Option<Login>, AppError> {
    let rules = &app.identity.rules;
    let covers = |one: &&crate::identity::ldap::Directory| one.covers(rules, &login.email);
    match app.identity.directory.as_ref().filter(covers) {
        Some(directory) => {
            let found = crate::identity::ldap::still(app, directory, &login.email).await?;
            Ok(found.filter(|found| found.id == login.id))
        }
        None => Ok(Some(login)),
    }
}

#[cfg(not(feature = "ldap"))]
#[expect(clippy::unused_async, reason = "the same form as with a directory")]
async fn standing(_app: &App, login: Login) -> Result<Option<Login>, AppError> {
    Ok(Some(login))
}
