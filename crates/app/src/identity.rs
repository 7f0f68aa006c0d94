//! Ways in besides our own passwords: providers, a directory, passkeys. What the configuration
//! allows, and who of those whom somebody else vouches for gets in.

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
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Event, Identity as Known, Login, StoreError, Work};

use crate::passwords::{NOBODY, verify};
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

/// Whom a provider or a directory may let in, and as what.
#[derive(Debug, Clone, Default)]
pub struct Admission {
    /// The domains of addresses; empty: any.
    pub domains: Vec<String>,
    /// Makes a login for somebody who has none.
    pub creates: bool,
    /// Believes addresses that the provider has not proved.
    pub trusts_email: bool,
    /// Roles that groups bring; these roles come and go with the groups.
    pub roles: Vec<(String, Role)>,
}

/// Somebody whom a provider or a directory vouches for.
#[derive(Debug, Clone)]
pub(crate) struct Vouched {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) email: String,
    pub(crate) is_email_proved: bool,
    pub(crate) name: String,
    pub(crate) groups: Vec<String>,
    pub(crate) lang: Lang,
}

/// Why somebody who is vouched for does not come in; the word goes into the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turned {
    Domain,
    Email,
    Unknown,
    Inactive,
    Role,
}

impl Turned {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Email => "email",
            Self::Unknown => "unknown",
            Self::Inactive => "inactive",
            Self::Role => "no_role",
        }
    }
}

/// Gives the login of somebody who is vouched for: the linked one, else the one of the proved
/// address, else a new one where that is allowed. Roles follow the groups.
///
/// # Errors
///
/// `sign_in_refused`, recorded with its reason.
pub(crate) async fn admit(
    app: &App,
    way: &'static str,
    admission: &Admission,
    vouched: &Vouched,
) -> Result<Login, AppError> {
    let ids = Events::of(app, vouched.lang);
    let done = app
        .db
        .write(async |work| {
            let found = found(work, &ids, admission, vouched).await?;
            let login = match found {
                Ok(login) if login.is_active => login,
                Ok(_) => return Ok(Err(Turned::Inactive)),
                Err(turned) => return Ok(Err(turned)),
            };
            let known = Known {
                issuer: vouched.issuer.clone(),
                subject: vouched.subject.clone(),
                login: login.id,
                linked_at: ids.ctx.now(),
                used_at: ids.ctx.now(),
            };
            work.put_identity(&known).await?;
            groups::follow(work, &ids, admission, (&login, vouched)).await?;
            Ok::<_, StoreError>(Ok(login))
        })
        .await?;
    match done {
        Ok(login) => Ok(login),
        Err(turned) => {
            refuse(app, way, turned.as_str()).await?;
            Err(Code::SignInRefused.into())
        }
    }
}

/// What makes the events of an admission; ids are drawn anew at each try of the unit of work.
struct Events {
    ctx: Ctx,
}

impl Events {
    fn of(app: &App, lang: Lang) -> Self {
        Self { ctx: app.ctx(Viewer::shell(lang)) }
    }

    fn make(&self, name: EventName, login: &Login, payload: Vec<(&'static str, String)>) -> Event {
        let event = self.ctx.event(name, "login", Some(login.id.as_i64()));
        Event { login: Some(login.id), person: login.person, payload, ..event }
    }
}

async fn found(
    work: &mut Work<'_>,
    events: &Events,
    admission: &Admission,
    vouched: &Vouched,
) -> Result<Result<Login, Turned>, StoreError> {
    let domain = vouched.email.rsplit_once('@').map_or("", |(_, domain)| domain);
    let linked = work.system_identity(&vouched.issuer, &vouched.subject).await?;
    let is_ours = admission.domains.is_empty() || admission.domains.iter().any(|one| one == domain);
    // Somebody who is known already may come without an address, never with a foreign one.
    let is_known_and_silent = linked.is_some() && vouched.email.is_empty();
    if !is_ours && !is_known_and_silent {
        return Ok(Err(Turned::Domain));
    }
    if let Some(login) = linked {
        return Ok(Ok(login));
    }
    if domain.is_empty() || !(vouched.is_email_proved || admission.trusts_email) {
        return Ok(Err(Turned::Email));
    }
    let login = match work.system_login(&vouched.email).await? {
        Some(login) => joined(work, events, login).await?,
        None if !admission.creates => return Ok(Err(Turned::Unknown)),
        None if !admission.roles.is_empty() && groups::wanted(admission, vouched).is_empty() => {
            return Ok(Err(Turned::Role));
        }
        None => made(work, events, vouched).await?,
    };
    let payload = vec![("issuer", vouched.issuer.clone())];
    work.record(&events.make(EventName::IdentityLinked, &login, payload)).await?;
    Ok(Ok(login))
}

/// Takes in somebody who was invited and comes by a provider instead: the invitation is over.
async fn joined(work: &mut Work<'_>, events: &Events, login: Login) -> Result<Login, StoreError> {
    if login.password_hash.is_empty() && login.is_active {
        work.put_password(login.id, NOBODY).await?;
        work.end_login_links(Some(login.id), "invitation", events.ctx.now()).await?;
        work.record(&events.make(EventName::LoginJoined, &login, Vec::new())).await?;
    }
    Ok(login)
}

async fn made(
    work: &mut Work<'_>,
    events: &Events,
    vouched: &Vouched,
) -> Result<Login, StoreError> {
    let name = if vouched.name.is_empty() { &vouched.email } else { &vouched.name };
    let login = Login {
        id: LoginId(events.ctx.id()),
        email: vouched.email.clone(),
        person: work.system_person_of_mail(&vouched.email).await?,
        name: name.clone(),
        password_hash: NOBODY.to_owned(),
        lang: vouched.lang,
        currency: None,
        theme: None,
        is_active: true,
        looked_at: None,
    };
    work.add_login(&login, &[], events.ctx.today()).await?;
    work.record(&events.make(EventName::LoginCreated, &login, Vec::new())).await?;
    Ok(login)
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

/// Records that somebody did not come in, by which way and why.
pub(crate) async fn refuse(
    app: &App,
    way: &'static str,
    reason: &'static str,
) -> Result<(), AppError> {
    let ctx = app.ctx(Viewer::shell(Lang::En));
    let payload = vec![("way", way.to_owned()), ("reason", reason.to_owned())];
    let event = Event { payload, ..ctx.event(EventName::SessionRefused, "login", None) };
    app.db.write(async |work| work.record(&event).await).await?;
    Ok(())
}
