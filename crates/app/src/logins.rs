//! Logins: made by the administrator, preferred by their owners.

use orchestre_domain::event::EventName;
use orchestre_domain::id::{LoginId, PersonId};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::permission::{Capability, Object, Role, Scope, may};
use orchestre_store::{Login, StoreError};

use crate::{App, AppError, Code, Ctx, passwords};

/// A login to be made.
#[derive(Debug, Clone)]
pub struct NewLogin {
    /// The address.
    pub email: String,
    /// The name that is shown.
    pub name: String,
    /// The password.
    pub password: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// The person behind it, by external id or mail; `None` finds it by the address.
    pub person: Option<PersonId>,
    /// The language of pages.
    pub lang: Lang,
}

/// What somebody likes.
#[derive(Debug, Clone)]
pub struct Preferences {
    /// The language of pages.
    pub lang: Lang,
    /// The report currency; `None` as the company.
    pub currency: Option<Currency>,
    /// `auto`, `light` or `dark`.
    pub theme: String,
}

/// Makes a login.
///
/// # Errors
///
/// `forbidden`; those of an address and a password that cannot be; `login_taken`.
pub async fn create(ctx: &Ctx, new: NewLogin) -> Result<LoginId, AppError> {
    if !may(&ctx.viewer, Capability::Create, Object::Login, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let new = checked(&ctx.app, new).await?;
    let email = address(&new.email)?;
    let password_hash = passwords::hash(new.password).await?;
    let id = LoginId(ctx.id());
    let event = ctx.event(EventName::LoginCreated, "login", Some(id.as_i64()));
    let today = ctx.today();
    let done = ctx
        .db()
        .write(async |work| {
            let person = match new.person {
                Some(person) => Some(person),
                None => work.system_person_of_mail(&email).await?,
            };
            let login = Login {
                id,
                email: email.clone(),
                person,
                name: new.name.clone(),
                password_hash: password_hash.clone(),
                lang: new.lang,
                currency: None,
                theme: None,
                is_active: true,
                looked_at: None,
            };
            work.add_login(&login, &new.roles, today).await?;
            work.record(&event).await
        })
        .await;
    match done {
        Err(StoreError::Taken(_)) => {
            Err(AppError::Field { code: Code::LoginTaken, field: "email" })
        }
        other => Ok(other.map(|()| id)?),
    }
}

/// Refuses a login whose address or password cannot be.
///
/// # Errors
///
/// As [`address`] and [`passwords::check`].
pub(crate) async fn checked(app: &App, new: NewLogin) -> Result<NewLogin, AppError> {
    let email = address(&new.email)?;
    let (rules, _) = app.db.read(async |work| work.sign_in_rules().await).await?;
    passwords::check(&rules, &new.password, &[&email, &new.name, "orchestre"])?;
    Ok(new)
}

/// Gives an address as it is kept: in lower case.
///
/// # Errors
///
/// `field_invalid` for what is none.
pub(crate) fn address(text: &str) -> Result<String, AppError> {
    let email = text.trim().to_lowercase();
    let (name, domain) = email.rsplit_once('@').unwrap_or_default();
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "<>,;\"\\".contains(c);
    if name.is_empty() || domain.is_empty() || email.len() > 254 || email.contains(is_odd) {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "email" });
    }
    Ok(email)
}

/// Gives what the one who is signed in likes.
///
/// # Errors
///
/// `forbidden` for the local shell, which has no login.
pub async fn preferences(ctx: &Ctx) -> Result<Preferences, AppError> {
    let login = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    let found = ctx.db().read(async |work| work.preferences(login).await).await?;
    let (lang, currency, theme) = found.ok_or(AppError::FORBIDDEN)?;
    Ok(Preferences { lang, currency, theme })
}

/// Changes what the one who is signed in likes.
///
/// # Errors
///
/// `forbidden` for the local shell, which has no login.
pub async fn prefer(ctx: &Ctx, preferences: Preferences) -> Result<(), AppError> {
    let login = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    let event = ctx.event(EventName::LoginUpdated, "login", Some(login.as_i64()));
    let currency = preferences.currency.map(|currency| currency.to_string());
    ctx.db()
        .write(async |work| {
            work.put_preferences(login, preferences.lang, currency.clone(), &preferences.theme)
                .await?;
            work.record(&event).await
        })
        .await?;
    Ok(())
}
