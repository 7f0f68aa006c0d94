//! Ways in besides our own passwords: providers, a directory, passkeys. What the configuration
//! allows, and who of those whom somebody else vouches for gets in.

#[cfg(any(feature = "ldap", feature = "oidc"))]
mod admission;
mod groups;
#[cfg(feature = "ldap")]
pub mod ldap;
pub mod mine;
#[cfg(feature = "oidc")]
pub mod oidc;
pub mod passkeys;

use std::collections::BTreeSet;

use orchestre_domain::event::EventName;
use orchestre_domain::id::LoginId;
use orchestre_store::{Event, Login};

#[cfg(any(feature = "ldap", feature = "oidc"))]
pub use self::admission::Admission;
#[cfg(any(feature = "ldap", feature = "oidc"))]
use self::admission::{Vouched, admit};
use crate::passwords::verify;
use crate::sessions::Credentials;
use crate::{App, AppError, Code, Ctx};

/// The ways in of this installation.
#[derive(Debug, Default)]
pub struct Identity {
    /// The address by which browsers reach the program, without a slash at its end.
    pub url: String,
    /// Who may come in with a password of ours.
    pub rules: Rules,
    /// Providers, in the order of their buttons.
    #[cfg(feature = "oidc")]
    pub providers: Vec<oidc::Provider>,
    /// The directory.
    #[cfg(feature = "ldap")]
    pub directory: Option<ldap::Directory>,
    /// Whether passkeys are offered.
    pub passkeys: Option<passkeys::Party>,
}

/// Who may come in with a password of ours.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Nobody but the break-glass administrators.
    pub is_sso_only: bool,
    /// Addresses that always come in with a password of ours, whatever else is down.
    pub break_glass: BTreeSet<String>,
}

impl Rules {
    /// Says whether an address may come in by a way of our own.
    pub fn allows_own(&self, email: &str) -> bool {
        !self.is_sso_only || self.break_glass.contains(email)
    }
}

impl Identity {
    /// Says whether a password of ours is of use to an address: neither a provider nor the directory
    /// has to vouch for it.
    pub(crate) fn has_own_way(&self, email: &str) -> bool {
        #[cfg(feature = "ldap")]
        if self.directory.as_ref().is_some_and(|one| one.covers(&self.rules, email)) {
            return false;
        }
        self.rules.allows_own(email)
    }
}

/// Gives the login whose name and password fit, and who was asked: the directory for those it covers,
/// ourselves for the others.
///
/// # Errors
///
/// `provider_only` where passwords of ours are for break-glass administrators alone;
/// `directory_down`; `sign_in_refused` for somebody of the directory who has no way in here.
pub(crate) async fn known(
    app: &App,
    email: &str,
    credentials: &Credentials,
) -> Result<(&'static str, Option<Login>), AppError> {
    let rules = &app.identity.rules;
    #[cfg(feature = "ldap")]
    if let Some(directory) = app.identity.directory.as_ref().filter(|one| one.covers(rules, email))
    {
        return Ok(("ldap", ldap::login(app, directory, credentials).await?));
    }
    if !rules.allows_own(email) {
        return Err(Code::ProviderOnly.into());
    }
    let found = app.db.read(async |work| work.system_login(email).await).await?;
    let hash = found.as_ref().map(|login| login.password_hash.clone());
    let fits = verify(credentials.password.clone(), hash).await?;
    Ok(("password", found.filter(|login| fits && login.is_active)))
}

/// Says whether a password is the one with which a login comes in.
///
/// # Errors
///
/// `directory_down`.
#[cfg_attr(
    not(feature = "ldap"),
    expect(unused_variables, reason = "it says where the directory is")
)]
pub(crate) async fn fits(app: &App, login: &Login, password: &str) -> Result<bool, AppError> {
    #[cfg(feature = "ldap")]
    if let Some(directory) =
        app.identity.directory.as_ref().filter(|one| one.covers(&app.identity.rules, &login.email))
    {
        return ldap::fits(directory, &login.email, password).await;
    }
    verify(password.to_owned(), Some(login.password_hash.clone())).await
}

/// Gives the login of whoever is signed in as themselves: ways in are nobody else's business.
pub(crate) fn oneself(ctx: &Ctx) -> Result<LoginId, AppError> {
    match ctx.viewer.watcher {
        None => ctx.viewer.login.ok_or(AppError::FORBIDDEN),
        Some(_) => Err(AppError::FORBIDDEN),
    }
}

/// What makes the events of an admission; ids are drawn anew at each try of the unit of work.
struct Events {
    ctx: Ctx,
}

impl Events {
    fn make(&self, name: EventName, login: &Login, payload: Vec<(&'static str, String)>) -> Event {
        let event = self.ctx.event(name, "login", Some(login.id.as_i64()));
        Event { login: Some(login.id), person: login.person, payload, ..event }
    }
}

/// Records that somebody did not come in, by which way and why.
#[cfg(any(feature = "ldap", feature = "oidc", feature = "passkeys"))]
pub(crate) async fn refuse(
    app: &App,
    way: &'static str,
    reason: &'static str,
) -> Result<(), AppError> {
    use orchestre_domain::lang::Lang;
    use orchestre_domain::viewer::Viewer;
    let ctx = app.ctx(Viewer::shell(Lang::En));
    let payload = vec![("way", way.to_owned()), ("reason", reason.to_owned())];
    let event = Event { payload, ..ctx.event(EventName::SessionRefused, "login", None) };
    app.db.write(async |work| work.record(&event).await).await?;
    Ok(())
}
