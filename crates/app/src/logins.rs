//! Logins: made by the administrator, preferred by their owners.

use orchestre_domain::event::EventName;
use orchestre_domain::id::{LoginId, PersonId};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::permission::{Capability, Object, Role, Scope, may};
use orchestre_store::{Login, StoreError};

use crate::{AppError, Code, Ctx, sessions};

/// The shortest password.
const SHORTEST: usize = 12;

/// A login to be made.
#[derive(Debug, Clone)]
pub struct NewLogin {
    /// The address.
    pub email: String,
    /// The name that is shown.
    pub name: String,
    /// The password, at least twelve characters.
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
/// `forbidden`; `field_invalid` for an address without `@`, one that is taken, or a short password.
pub async fn create(ctx: &Ctx, new: NewLogin) -> Result<LoginId, AppError> {
    if !may(&ctx.viewer, Capability::Create, Object::Login, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let email = new.email.trim().to_lowercase();
    if !email.contains('@') || email.contains(char::is_whitespace) {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "email" });
    }
    if new.password.chars().count() < SHORTEST {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "password" });
    }
    let password_hash = sessions::hash(new.password).await?;
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
            Err(AppError::Field { code: Code::FieldInvalid, field: "email" })
        }
        other => Ok(other.map(|()| id)?),
    }
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
