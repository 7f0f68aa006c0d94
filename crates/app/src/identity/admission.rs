//! Who of those whom a provider or a directory vouches for gets in, and as what.

use std::collections::BTreeSet;

use orchestre_domain::event::EventName;
use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Identity as Known, Login, StoreError, Work};

use super::{Events, groups, refuse};
use crate::passwords::NOBODY;
use crate::{App, AppError, Code};

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
            follow(work, &ids, admission, (&login, vouched)).await?;
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

impl Events {
    fn of(app: &App, lang: Lang) -> Self {
        Self { ctx: app.ctx(Viewer::shell(lang)) }
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
        None if !admission.roles.is_empty() && wanted(admission, vouched).is_empty() => {
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

/// Gives the roles that somebody's groups bring; names of groups are compared without their case.
fn wanted(admission: &Admission, vouched: &Vouched) -> BTreeSet<Role> {
    let has =
        |group: &str| vouched.groups.iter().any(|one| one.to_lowercase() == group.to_lowercase());
    admission.roles.iter().filter(|(group, _)| has(group)).map(|(_, role)| *role).collect()
}

/// Gives and ends the roles that groups bring. No groups: none of them.
async fn follow(
    work: &mut Work<'_>,
    events: &Events,
    admission: &Admission,
    (login, vouched): (&Login, &Vouched),
) -> Result<(), StoreError> {
    let wanted = wanted(admission, vouched);
    groups::set(work, events, (login, &vouched.issuer), &wanted).await
}
