//! Giving and ending roles, assignments and units.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use orchestre_app::assignments::{self, Assigned};
use orchestre_app::rights::{self, Held, NewRole, NewScope};
use orchestre_app::{AppError, Code, units};
use orchestre_domain::id::{AccountId, GrantId, LoginId, PersonId, UnitId};
use orchestre_domain::permission::{Country, Role};

use super::{PATH, until};
use crate::door::Visit;
use crate::form::Fields;
use crate::pages::Answer;

/// Reads how far a role reaches: a country, or the id of a unit or an account, or nothing.
///
/// # Errors
///
/// `field_invalid`.
pub(crate) fn scope(word: &str, country: &str) -> Result<NewScope, AppError> {
    let invalid = |field| AppError::Field { code: Code::FieldInvalid, field };
    if !country.is_empty() {
        return Country::parse(country).map(NewScope::Country).ok_or_else(|| invalid("country"));
    }
    if word.is_empty() {
        return Ok(NewScope::Company);
    }
    let account = AccountId::parse(word).map(NewScope::Account);
    let unit = || UnitId::parse(word).map(NewScope::Unit);
    account.or_else(unit).ok_or_else(|| invalid("scope"))
}

/// Reads a role that is held: its word, or the id of one that reaches certain accounts.
///
/// # Errors
///
/// `field_invalid`.
pub(crate) fn held(word: &str) -> Result<Held, AppError> {
    let grant = GrantId::parse(word).map(Held::Grant);
    let role = || Role::parse(word).map(Held::Role);
    let invalid = AppError::Field { code: Code::FieldInvalid, field: "held" };
    grant.or_else(role).ok_or(invalid)
}

/// `POST /settings/rights/{id}/roles`.
pub(crate) async fn give(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let login = login(&visit, &id).await?;
    let new = NewRole {
        login,
        role: fields.word("role", Role::parse)?,
        scope: scope(fields.get("scope"), fields.get("country"))?,
        from: fields.some_day("from")?.unwrap_or_else(|| visit.ctx.today()),
        to: until(&fields)?,
    };
    rights::give(&visit.ctx, new).await?;
    Ok(back(login))
}

/// `POST /settings/rights/{id}/roles/end`.
pub(crate) async fn end(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let login = login(&visit, &id).await?;
    let day = fields.some_day("to")?.unwrap_or_else(|| visit.ctx.today());
    rights::end(&visit.ctx, login, held(fields.required("held")?)?, day).await?;
    Ok(back(login))
}

/// `POST /settings/rights/{id}/assignments`.
pub(crate) async fn assign(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let login = login(&visit, &id).await?;
    let assigned = Assigned {
        person: fields.word("person", PersonId::parse)?,
        account: fields.word("account", AccountId::parse)?,
        role: fields.word("role", Role::parse)?,
        fte_ppm: None,
    };
    let from = fields.some_day("from")?.unwrap_or_else(|| visit.ctx.today());
    assignments::set_between(&visit.ctx, assigned, (from, until(&fields)?)).await?;
    Ok(back(login))
}

/// `POST /settings/rights/{id}/assignments/end`.
pub(crate) async fn unassign(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let login = login(&visit, &id).await?;
    let invalid = || AppError::Field { code: Code::FieldInvalid, field: "held" };
    let (account, role) = fields.required("held")?.split_once(' ').ok_or_else(invalid)?;
    let assigned = Assigned {
        person: fields.word("person", PersonId::parse)?,
        account: AccountId::parse(account).ok_or_else(invalid)?,
        role: Role::parse(role).ok_or_else(invalid)?,
        fte_ppm: None,
    };
    assignments::end(&visit.ctx, assigned).await?;
    Ok(back(login))
}

/// `POST /settings/units`.
pub(crate) async fn unit(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    units::create(&visit.ctx, fields.get("name")).await?;
    Ok(Redirect::to(PATH).into_response())
}

/// `POST /settings/units/{id}/accounts`: adds an account, or takes it away with `remove=1`.
pub(crate) async fn unit_account(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let unit = UnitId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let account = fields.word("account", AccountId::parse)?;
    if fields.get("remove") == "1" {
        units::remove(&visit.ctx, unit, account).await?;
    } else {
        units::add(&visit.ctx, unit, account).await?;
    }
    Ok(Redirect::to(PATH).into_response())
}

/// Gives the login of an address; whoever may not read rights is refused before the form is read.
async fn login(visit: &Visit, id: &str) -> Result<LoginId, AppError> {
    let login = LoginId::parse(id).ok_or(AppError::NOT_FOUND)?;
    rights::show(&visit.ctx, login).await?;
    Ok(login)
}

fn back(login: LoginId) -> Response {
    Redirect::to(&format!("{PATH}/{login}")).into_response()
}
