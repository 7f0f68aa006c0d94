//! Signing in by an OpenID Connect provider, and signing out there and from there.
//!
//! The browser keeps one secret in a cookie; nonce and PKCE verifier are made from it and the state.
//! The table holds digests alone, so whoever reads it can finish nobody's sign-in.

use orchestre_domain::lang::Lang;
use orchestre_outbound::oidc::{Answer, OidcError, Way};
use orchestre_store::{PendingLogin, SessionOrigin};

use super::{Admission, Vouched, admit, refuse};
use crate::sessions::{self, Entry, Opened, digest};
use crate::{App, AppError, Code};

pub use orchestre_outbound::oidc::{Answer as Brought, Provider as Issuer, Settings};

/// A sign-in may take this long at the provider: ten minutes.
const PATIENCE: i64 = 10 * 60_000_000;
/// The way's word in records.
const WAY: &str = "oidc";

/// A provider of the configuration.
#[derive(Debug)]
pub struct Provider {
    /// Its word in addresses.
    pub id: String,
    /// What its button says.
    pub name: String,
    /// Whom it may let in, and as what.
    pub admission: Admission,
    /// The provider itself.
    pub issuer: Issuer,
}

/// A sign-in that begins.
#[derive(Debug, Clone)]
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// What the browser keeps until it comes back.
    pub secret: String,
}

/// A browser that comes back.
#[derive(Debug, Clone)]
pub struct Back {
    /// The provider's word in the address.
    pub provider: String,
    /// What the provider gave back of ours.
    pub state: String,
    /// What the browser kept.
    pub secret: String,
    /// What the provider says.
    pub answer: Brought,
    /// What the browser says it is.
    pub agent: String,
    /// Where the request comes from.
    pub network: String,
    /// The token of the device, when it was here before.
    pub device: Option<String>,
    /// The language of pages, for somebody new.
    pub lang: Lang,
}

fn provider<'a>(app: &'a App, id: &str) -> Result<&'a Provider, AppError> {
    app.identity.providers.iter().find(|one| one.id == id).ok_or(AppError::NOT_FOUND)
}

fn way(app: &App, id: &str, state: &str, secret: &str) -> Way {
    Way {
        redirect: format!("{}/sign-in/oidc/{id}/callback", app.identity.url),
        state: state.to_owned(),
        nonce: digest(&format!("nonce:{state}:{secret}")),
        verifier: digest(&format!("verifier:{state}:{secret}")),
    }
}

/// Begins a sign-in; `kept` is the secret of another one of the same browser, if it has one.
///
/// # Errors
///
/// `not_found` for a provider that is not in the configuration; `provider_down`.
pub async fn begin(app: &App, id: &str, next: &str, kept: Option<&str>) -> Result<Begun, AppError> {
    let provider = provider(app, id)?;
    let now = app.clock.now();
    let state = sessions::random()?;
    let is_secret =
        |text: &&str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let secret = match kept.filter(is_secret) {
        Some(secret) => secret.to_owned(),
        None => sessions::random()?,
    };
    let way = way(app, id, &state, &secret);
    let address = provider.issuer.address(&way, now).await.map_err(|error| down(&error))?;
    let pending = PendingLogin {
        digest: digest(&state),
        browser: digest(&secret),
        provider: id.to_owned(),
        next: next.to_owned(),
        expires_at: now + PATIENCE,
    };
    app.db
        .write(async |work| {
            work.forget_late_logins(now).await?;
            work.add_pending_login(&pending).await
        })
        .await?;
    Ok(Begun { address, secret })
}

/// Finishes a sign-in: gives the session and where to go.
///
/// # Errors
///
/// `sign_in_expired` when it was not begun by this browser, was finished before or took too long;
/// `sign_in_unchecked` when the provider's answer is not believed; `sign_in_refused`;
/// `provider_down`.
pub async fn finish(app: &App, back: &Back) -> Result<(Opened, String), AppError> {
    let provider = provider(app, &back.provider)?;
    let now = app.clock.now();
    let state = digest(&back.state);
    let pending = app.db.write(async |work| work.take_pending_login(&state).await).await?;
    let fits = |pending: &PendingLogin| {
        pending.browser == digest(&back.secret)
            && pending.provider == back.provider
            && pending.expires_at > now
    };
    let Some(pending) = pending.filter(fits) else {
        refuse(app, WAY, "state").await?;
        return Err(Code::SignInExpired.into());
    };
    let way = way(app, &back.provider, &back.state, &back.secret);
    let told = match provider.issuer.told(&way, &back.answer, now).await {
        Ok(told) => told,
        Err(OidcError::Doubted(doubt)) => {
            refuse(app, WAY, doubt.as_str()).await?;
            return Err(Code::SignInUnchecked.into());
        }
        Err(error) => return Err(down(&error)),
    };
    let vouched = Vouched {
        issuer: provider.issuer.issuer().to_owned(),
        subject: told.subject.clone(),
        email: told.email,
        is_email_proved: told.is_email_verified,
        name: told.name,
        groups: told.groups.unwrap_or_default(),
        lang: back.lang,
    };
    let login = admit(app, WAY, &provider.admission, &vouched).await?;
    let origin = SessionOrigin {
        digest: String::new(),
        provider: back.provider.clone(),
        issuer: vouched.issuer,
        subject: told.subject,
        sid: told.sid,
        hint: app.vault.seal(told.id_token.as_bytes()).ok(),
    };
    let entry = Entry {
        way: WAY,
        agent: &back.agent,
        network: &back.network,
        device: back.device.as_deref(),
        forgiven: None,
        origin: Some(origin),
    };
    Ok((sessions::enter(app, &login, entry).await?, pending.next))
}

/// Gives the address at which the owner of a session signs out of the provider too; none for a
/// session that no provider opened, or when the provider does not answer.
///
/// # Errors
///
/// What the store says.
pub async fn way_out(app: &App, token: &str) -> Result<Option<String>, AppError> {
    let session = digest(token);
    let origin = app.db.read(async |work| work.session_origin(&session).await).await?;
    let Some(origin) = origin else { return Ok(None) };
    let Ok(provider) = provider(app, &origin.provider) else { return Ok(None) };
    let back = format!("{}/sign-in", app.identity.url);
    let hint = origin.hint.and_then(|hint| app.vault.open(&hint).ok());
    let hint = hint.and_then(|hint| String::from_utf8(hint).ok());
    let found = provider.issuer.way_out(hint.as_deref(), &back, app.clock.now()).await;
    Ok(found.unwrap_or_else(|error| {
        tracing::warn!(%error, "nobody can sign out of the provider now");
        None
    }))
}

/// Closes the sessions of somebody who signed out at the provider (back-channel logout).
///
/// # Errors
///
/// `not_found`; `request_unreadable` for a token that is not believed; `provider_down`.
pub async fn signed_out(app: &App, id: &str, token: &str) -> Result<u64, AppError> {
    let provider = provider(app, id)?;
    let out = match provider.issuer.signed_out(token, app.clock.now()).await {
        Ok(out) => out,
        Err(OidcError::Doubted(doubt)) => {
            tracing::warn!(reason = doubt.as_str(), "a token of signing out is not believed");
            return Err(Code::RequestUnreadable.into());
        }
        Err(error) => return Err(down(&error)),
    };
    let who = (out.subject.as_deref(), out.sid.as_deref());
    let issuer = provider.issuer.issuer();
    let event = sessions::closed_from_outside(app, WAY);
    let closed = app
        .db
        .write(async |work| {
            let closed = work.close_sessions_of_identity(issuer, who, out.opened_by).await?;
            if closed > 0 {
                work.record(&event).await?;
            }
            Ok::<_, orchestre_store::StoreError>(closed)
        })
        .await?;
    Ok(closed)
}

fn down(error: &OidcError) -> AppError {
    tracing::warn!(%error, "a provider is of no help");
    Code::ProviderDown.into()
}

/// Reads what a browser brings back from its query.
pub fn brought(find: impl Fn(&str) -> Option<String>) -> Brought {
    Answer { code: find("code").unwrap_or_default(), issuer: find("iss"), error: find("error") }
}
