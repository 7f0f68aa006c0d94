//! `/api/v1/rights`, `/units`, `/walls`, `/delegations`, `/view-as`, `/access`.

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use orchestre_app::assignments::{self, Assigned};
use orchestre_app::delegations::{self, NewDelegation};
use orchestre_app::rights::{self, Holder, NewRole, OPEN, scope_word};
use orchestre_app::{AppError, Code, access, units, walls, watch};
use orchestre_domain::id::{AccountId, DelegationId, LoginId, PersonId, UnitId, WallId};
use orchestre_domain::permission::{Basis, Role, Source};
use serde_json::{Map, Value, json};

use super::{Answer, json as answer};
use crate::door::{ApiVisit, session_token};
use crate::pages::access::{Asked, asked};
use crate::pages::rights::{held, scope};

/// What was sent.
struct Sent(Map<String, Value>);

impl Sent {
    fn read(body: &Bytes) -> Result<Self, AppError> {
        if body.is_empty() {
            return Ok(Self(Map::new()));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(sent)) => Ok(Self(sent)),
            _ => Err(Code::RequestUnreadable.into()),
        }
    }

    fn text(&self, field: &str) -> &str {
        self.0.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    fn word<T>(&self, field: &'static str, parse: fn(&str) -> Option<T>) -> Result<T, AppError> {
        let code =
            if self.text(field).is_empty() { Code::FieldMissing } else { Code::FieldInvalid };
        parse(self.text(field)).ok_or(AppError::Field { code, field })
    }

    fn day(&self, field: &'static str, otherwise: Date) -> Result<Date, AppError> {
        match self.text(field) {
            "" => Ok(otherwise),
            day => day.parse().map_err(|_not_a_day: jiff::Error| AppError::Field {
                code: Code::FieldInvalid,
                field,
            }),
        }
    }
}

fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

fn created(id: &impl ToString) -> Response {
    (StatusCode::CREATED, answer(json!({"id": id.to_string()}))).into_response()
}

fn login(id: &str) -> Result<LoginId, AppError> {
    LoginId::parse(id).ok_or(AppError::NOT_FOUND)
}

fn holder(holder: &Holder) -> Value {
    let roles: Vec<Value> = holder
        .roles
        .iter()
        .map(|line| {
            let held = line.id.map_or_else(|| line.role.to_string(), |id| id.to_string());
            json!({"held": held, "role": line.role.as_str(), "scope": scope_word(line.scope),
                   "from": line.from, "to": line.to})
        })
        .collect();
    let card = &holder.login;
    json!({"id": card.id.to_string(), "name": card.name, "email": card.email,
           "active": card.is_active, "roles": roles})
}

/// `GET /api/v1/rights`: every login with its roles.
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let items: Vec<Value> = rights::list(&visit.ctx).await?.iter().map(holder).collect();
    Ok(answer(json!({"items": items})))
}

/// `GET /api/v1/rights/{id}`: what a login holds; days run from `from` until before `to`.
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let found = rights::show(&visit.ctx, login(&id)?).await?;
    let mut shown = holder(&found.holder);
    let assignments: Vec<Value> = found
        .assignments
        .iter()
        .map(|one| {
            json!({"account": one.account.to_string(), "name": one.account_name,
                   "role": one.role, "from": one.from, "to": one.to})
        })
        .collect();
    if let Value::Object(shown) = &mut shown {
        shown.insert("assignments".to_owned(), assignments.into());
    }
    Ok(answer(shown))
}

/// `POST /api/v1/rights/{id}/roles`: `role`, `scope` or `country`, `from`, `to`.
pub(crate) async fn give(ApiVisit(visit): ApiVisit, Path(id): Path<String>, body: Bytes) -> Answer {
    let login = login(&id)?;
    rights::show(&visit.ctx, login).await?;
    let sent = Sent::read(&body)?;
    let new = NewRole {
        login,
        role: sent.word("role", Role::parse)?,
        scope: scope(sent.text("scope"), sent.text("country"))?,
        from: sent.day("from", visit.ctx.today())?,
        to: sent.day("to", OPEN)?,
    };
    rights::give(&visit.ctx, new).await?;
    Ok(done())
}

/// `POST /api/v1/rights/{id}/roles/end`: `held`, `to`.
pub(crate) async fn end(ApiVisit(visit): ApiVisit, Path(id): Path<String>, body: Bytes) -> Answer {
    let login = login(&id)?;
    rights::show(&visit.ctx, login).await?;
    let sent = Sent::read(&body)?;
    let day = sent.day("to", visit.ctx.today())?;
    rights::end(&visit.ctx, login, held(sent.text("held"))?, day).await?;
    Ok(done())
}

/// `POST /api/v1/accounts/{id}/assignments`: `person`, `role`, `from`, `to`; `end` ends it today.
pub(crate) async fn assign(
    ApiVisit(visit): ApiVisit,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let account = AccountId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    assignments::may_set(&visit.ctx, account).await?;
    let sent = Sent::read(&body)?;
    let (person, role) = (sent.word("person", PersonId::parse)?, sent.word("role", Role::parse)?);
    let assigned = Assigned { person, account, role, fte_ppm: None };
    if sent.0.get("end").and_then(Value::as_bool) == Some(true) {
        assignments::end(&visit.ctx, assigned).await?;
    } else {
        let days = (sent.day("from", visit.ctx.today())?, sent.day("to", OPEN)?);
        assignments::set_between(&visit.ctx, assigned, days).await?;
    }
    Ok(done())
}

/// `GET /api/v1/units`: units of ours and the accounts for which they answer.
pub(crate) async fn units(ApiVisit(visit): ApiVisit) -> Answer {
    let units = units::list(&visit.ctx).await?;
    let items: Vec<Value> = units
        .iter()
        .map(|unit| {
            let accounts: Vec<String> = unit.accounts.iter().map(ToString::to_string).collect();
            json!({"id": unit.id.to_string(), "name": unit.name, "accounts": accounts})
        })
        .collect();
    Ok(answer(json!({"items": items})))
}

/// `POST /api/v1/units`: `name`.
pub(crate) async fn unit(ApiVisit(visit): ApiVisit, body: Bytes) -> Answer {
    units::may_change(&visit.ctx)?;
    Ok(created(&units::create(&visit.ctx, Sent::read(&body)?.text("name")).await?))
}

/// `POST /api/v1/units/{id}/accounts`: `account`; `remove` takes it away.
pub(crate) async fn unit_account(
    ApiVisit(visit): ApiVisit,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    units::may_change(&visit.ctx)?;
    let unit = UnitId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let sent = Sent::read(&body)?;
    let account = sent.word("account", AccountId::parse)?;
    if sent.0.get("remove").and_then(Value::as_bool) == Some(true) {
        units::remove(&visit.ctx, unit, account).await?;
    } else {
        units::add(&visit.ctx, unit, account).await?;
    }
    Ok(done())
}

/// `GET /api/v1/walls`: the walls, who serves each side, who serves both.
pub(crate) async fn walls(ApiVisit(visit): ApiVisit) -> Answer {
    let shown = walls::list(&visit.ctx).await?;
    let items: Vec<Value> = shown
        .iter()
        .map(|one| {
            let sides: Vec<Value> = one
                .wall
                .sides
                .iter()
                .zip(&one.people)
                .map(|((account, name), people)| {
                    let people: Vec<Value> = people
                        .iter()
                        .map(|it| json!({"id": it.person.to_string(), "name": it.name, "role": it.role}))
                        .collect();
                    json!({"account": account.to_string(), "name": name, "people": people})
                })
                .collect();
            let conflicts: Vec<Value> = one
                .conflicts
                .iter()
                .map(|(id, name)| json!({"id": id.to_string(), "name": name}))
                .collect();
            json!({"id": one.wall.id.to_string(), "from": one.wall.from, "to": one.wall.to,
                   "sides": sides, "conflicts": conflicts})
        })
        .collect();
    Ok(answer(json!({"items": items})))
}

/// `POST /api/v1/walls`: `one`, `other`, `from`, `to`.
pub(crate) async fn put_up(ApiVisit(visit): ApiVisit, body: Bytes) -> Answer {
    walls::may_change(&visit.ctx)?;
    let sent = Sent::read(&body)?;
    let pair = (sent.word("one", AccountId::parse)?, sent.word("other", AccountId::parse)?);
    let days = (sent.day("from", visit.ctx.today())?, sent.day("to", OPEN)?);
    Ok(created(&walls::put_up(&visit.ctx, pair, days).await?))
}

/// `POST /api/v1/walls/{id}/end`: `to`.
pub(crate) async fn take_down(
    ApiVisit(visit): ApiVisit,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    walls::may_change(&visit.ctx)?;
    let id = WallId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let day = Sent::read(&body)?.day("to", visit.ctx.today())?;
    walls::end(&visit.ctx, id, day).await?;
    Ok(done())
}

/// `GET /api/v1/delegations`: one's own, or all for those who oversee them.
pub(crate) async fn delegations(ApiVisit(visit): ApiVisit) -> Answer {
    let shown = delegations::list(&visit.ctx).await?;
    let person = |(id, name): &(LoginId, String)| json!({"id": id.to_string(), "name": name});
    let items: Vec<Value> = shown
        .loans
        .iter()
        .map(|loan| {
            let accounts = loan
                .accounts
                .as_ref()
                .map(|accounts| accounts.iter().map(ToString::to_string).collect::<Vec<String>>());
            json!({"id": loan.id.to_string(), "lender": person(&loan.from),
                   "colleague": person(&loan.to), "accounts": accounts,
                   "from": loan.begins, "to": loan.ends})
        })
        .collect();
    Ok(answer(json!({"items": items})))
}

/// `POST /api/v1/delegations`: `colleague`, `accounts` (none for all own), `from`, `to`.
pub(crate) async fn lend(ApiVisit(visit): ApiVisit, body: Bytes) -> Answer {
    let sent = Sent::read(&body)?;
    let invalid = |field| AppError::Field { code: Code::FieldInvalid, field };
    let accounts = match sent.0.get("accounts") {
        None | Some(Value::Null) => None,
        Some(Value::Array(ids)) => {
            let ids = ids.iter().map(|id| AccountId::parse(id.as_str().unwrap_or_default()));
            Some(ids.collect::<Option<BTreeSet<_>>>().ok_or_else(|| invalid("accounts"))?)
        }
        Some(_) => return Err(invalid("accounts").into()),
    };
    let new = NewDelegation {
        to: sent.word("colleague", LoginId::parse)?,
        accounts,
        begins: sent.day("from", visit.ctx.today())?,
        ends: sent.word("to", |day| day.parse::<Date>().ok())?,
    };
    Ok(created(&delegations::lend(&visit.ctx, new).await?))
}

/// `POST /api/v1/delegations/{id}/end`.
pub(crate) async fn end_loan(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let id = DelegationId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    delegations::end(&visit.ctx, id).await?;
    Ok(done())
}

/// `POST /api/v1/view-as`: `login`.
pub(crate) async fn view_as(ApiVisit(visit): ApiVisit, headers: HeaderMap, body: Bytes) -> Answer {
    watch::may_begin(&visit.ctx)?;
    let token = session_token(&headers).ok_or(AppError::Code(Code::SignInNeeded))?;
    let watched = Sent::read(&body)?.word("login", LoginId::parse)?;
    watch::begin(&visit.ctx, token, watched).await?;
    Ok(done())
}

/// `POST /api/v1/view-as/leave`.
pub(crate) async fn leave(ApiVisit(visit): ApiVisit, headers: HeaderMap) -> Answer {
    let token = session_token(&headers).ok_or(AppError::Code(Code::SignInNeeded))?;
    watch::end(&visit.ctx, token).await?;
    Ok(done())
}

fn basis(basis: Basis) -> Value {
    let source = match basis {
        Basis::Granted(_, Source::Country(country)) => Some(country.to_string()),
        Basis::Granted(_, Source::Unit(unit)) => Some(unit.to_string()),
        Basis::Granted(_, Source::Delegation { id, .. }) => Some(id.to_string()),
        Basis::Granted(_, Source::Account) | Basis::Whole(_) | Basis::Assigned(_) => None,
    };
    let lender = basis.lender().map(|login| login.to_string());
    json!({"why": basis.as_str(), "role": basis.role().as_str(), "source": source, "lender": lender})
}

/// `GET /api/v1/access?object=&field=`: who can see it, and why; `?login=`: what somebody can see.
pub(crate) async fn access(ApiVisit(visit): ApiVisit) -> Answer {
    match asked(&visit)? {
        Asked::Who(target, section) => {
            let found = access::who(&visit.ctx, target, section).await?;
            let seers: Vec<Value> = found
                .seers
                .iter()
                .map(|seer| {
                    let bases: Vec<Value> = seer.bases.iter().copied().map(basis).collect();
                    json!({"login": seer.login.to_string(), "name": seer.name, "because": bases})
                })
                .collect();
            let refused = found.refused.map(|refused| {
                let one = |(id, name, why): &(LoginId, String, _)| -> Value {
                    let why: &orchestre_domain::permission::Refusal = why;
                    json!({"login": id.to_string(), "name": name, "because": why.as_str()})
                };
                refused.iter().map(one).collect::<Vec<Value>>()
            });
            Ok(answer(json!({"name": found.name, "section": found.section.as_str(),
                             "everybody": found.is_everybodys, "seers": seers, "refused": refused})))
        }
        Asked::What(login) => {
            let seen = access::what(&visit.ctx, login).await?;
            let items: Vec<Value> = seen
                .accounts
                .iter()
                .map(|one| {
                    let sections: Vec<&str> = one.sections.iter().map(|one| one.as_str()).collect();
                    json!({"id": one.account.to_string(), "name": one.name,
                           "because": basis(one.basis), "sections": sections})
                })
                .collect();
            Ok(answer(json!({"login": seen.login.to_string(), "name": seen.name, "items": items})))
        }
    }
}
