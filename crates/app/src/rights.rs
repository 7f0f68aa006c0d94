//! Who holds which role where: given and ended with dates by the director and the administrator.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, GrantId, LoginId};
use orchestre_domain::permission::{Capability, Object, Role, Scope, may};
pub use orchestre_store::{AssignmentLine, LoginCard, NewScope, RoleLine};
use orchestre_store::{StoreError, Ways};

use crate::sight::ask_at;
use crate::{AppError, Code, Ctx};

/// The day on which what has no end ends.
pub const OPEN: Date = date(9999, 12, 31);

/// A login with its roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The login.
    pub login: LoginCard,
    /// What it holds today or will hold.
    pub roles: Vec<RoleLine>,
}

/// What somebody holds, and what the viewer may do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    /// The login with its roles.
    pub holder: Holder,
    /// What the person is at accounts that the viewer sees.
    pub assignments: Vec<AssignmentLine>,
    /// Names of the accounts that the viewer sees.
    pub accounts: Vec<(AccountId, String)>,
    /// Whether the viewer gives and ends the roles of this login.
    pub may_change: bool,
}

/// A role to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRole {
    /// To whom.
    pub login: LoginId,
    /// The role.
    pub role: Role,
    /// How far it reaches.
    pub scope: NewScope,
    /// The first day.
    pub from: Date,
    /// The day after the last; [`OPEN`] has no end.
    pub to: Date,
}

/// A role that somebody holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// One that reaches as far as the matrix says.
    Role(Role),
    /// One that reaches certain accounts.
    Grant(GrantId),
}

/// Gives every login with its roles, by name.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub async fn list(ctx: &Ctx) -> Result<Vec<Holder>, AppError> {
    allow(ctx, Capability::Read)?;
    let today = ctx.today();
    let (logins, roles) = ctx
        .db()
        .read(async |work| {
            let logins = work.system_logins().await?;
            Ok::<_, StoreError>((logins, work.system_roles(Ways::All, today).await?))
        })
        .await?;
    let mut of: BTreeMap<LoginId, Vec<RoleLine>> = BTreeMap::new();
    for line in roles {
        of.entry(line.login).or_default().push(line);
    }
    let holder = |login: LoginCard| {
        let roles = of.remove(&login.id).unwrap_or_default();
        Holder { login, roles }
    };
    Ok(logins.into_iter().map(holder).collect())
}

/// Gives what a login holds.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn show(ctx: &Ctx, login: LoginId) -> Result<Rights, AppError> {
    allow(ctx, Capability::Read)?;
    let today = ctx.today();
    let found = ctx.db().read(async |work| {
        let logins = work.system_logins().await?;
        let Some(card) = logins.into_iter().find(|known| known.id == login) else {
            return Ok(None);
        };
        let roles = work.system_roles(Ways::Of(login), today).await?;
        let assignments = match card.person {
            Some(person) => work.assignments_of(&ctx.viewer, person, today).await?,
            None => Vec::new(),
        };
        let accounts = work.seen_accounts(&ctx.viewer).await?;
        let may_change = may(&ctx.viewer, Capability::Update, Object::Right, Scope::Company)
            && ctx.viewer.login != Some(login);
        let holder = Holder { login: card, roles };
        Ok::<_, StoreError>(Some(Rights { holder, assignments, accounts, may_change }))
    });
    found.await?.ok_or(AppError::NOT_FOUND)
}

/// Gives the names of the accounts that the viewer sees, by name.
///
/// # Errors
///
/// What the store says.
pub async fn accounts(ctx: &Ctx) -> Result<Vec<(AccountId, String)>, AppError> {
    Ok(ctx.db().read(async |work| work.seen_accounts(&ctx.viewer).await).await?)
}

/// Gives a role. Nobody gives one to oneself.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`], [`Code::OwnRight`]; [`AppError::NOT_FOUND`] for an unknown login or
/// unit and for an account that is not seen; [`Code::FieldInvalid`] on `role` for the shell's and
/// on `to` when it is not later than the first day.
pub async fn give(ctx: &Ctx, new: NewRole) -> Result<(), AppError> {
    allow(ctx, Capability::Create)?;
    own(ctx, new.login)?;
    for (field, is_wrong) in [("role", new.role == Role::Shell), ("to", new.to <= new.from)] {
        if is_wrong {
            return Err(AppError::Field { code: Code::FieldInvalid, field });
        }
    }
    if let NewScope::Account(account) = new.scope {
        ask_at(ctx, Capability::Read, Object::Account, account).await?;
    }
    let id = GrantId(ctx.id());
    let mut event = ctx.event(EventName::RoleGiven, "right", Some(new.login.as_i64()));
    event.payload = vec![("role", new.role.as_str().to_owned()), ("scope", scope_word(new.scope))];
    event.payload.extend([("from", new.from.to_string()), ("to", new.to.to_string())]);
    let done = ctx.db().write(async |work| {
        work.add_role(id, (new.login, new.role), new.scope, (new.from, new.to)).await?;
        work.record(&event).await
    });
    match done.await {
        Err(StoreError::Dangling(_)) => Err(AppError::NOT_FOUND),
        other => Ok(other?),
    }
}

/// Lets a role end today, or on a later day.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`], [`Code::OwnRight`]; [`AppError::NOT_FOUND`] when the login does not
/// hold it longer; [`Code::FieldInvalid`] on `to` for a day that has passed.
pub async fn end(ctx: &Ctx, login: LoginId, held: Held, day: Date) -> Result<(), AppError> {
    allow(ctx, Capability::Update)?;
    own(ctx, login)?;
    if day < ctx.today() {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "to" });
    }
    let mut event = ctx.event(EventName::RoleEnded, "right", Some(login.as_i64()));
    event.payload = match held {
        Held::Role(role) => vec![("role", role.as_str().to_owned())],
        Held::Grant(id) => vec![("grant", id.to_string())],
    };
    event.payload.push(("to", day.to_string()));
    ctx.db()
        .write(async |work| {
            let was_held = match held {
                Held::Role(role) => work.end_role(login, role, day).await?,
                Held::Grant(id) => work.end_scoped_role(login, id, day).await?,
            };
            if !was_held {
                return Err(AppError::NOT_FOUND);
            }
            Ok(work.record(&event).await?)
        })
        .await
}

/// Gives how far a role reaches, as events and answers write it.
pub fn scope_word(scope: NewScope) -> String {
    match scope {
        NewScope::Company => "company".to_owned(),
        NewScope::Account(id) => id.to_string(),
        NewScope::Unit(id) => id.to_string(),
        NewScope::Country(country) => country.to_string(),
    }
}

fn own(ctx: &Ctx, login: LoginId) -> Result<(), AppError> {
    if ctx.viewer.login == Some(login) { Err(Code::OwnRight.into()) } else { Ok(()) }
}

fn allow(ctx: &Ctx, capability: Capability) -> Result<(), AppError> {
    let may = may(&ctx.viewer, capability, Object::Right, Scope::Company);
    if may { Ok(()) } else { Err(AppError::FORBIDDEN) }
}
