//! Loans of rights, for a holiday: from a day to a day, ending by themselves, never across a wall.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, DelegationId, LoginId};
use orchestre_domain::permission::{Capability, Grant, Object, Rows, Scope, may, rows};
use orchestre_domain::viewer::Viewer;
pub use orchestre_store::Delegation;
use orchestre_store::{Delegations, StoreError};

use crate::{AppError, Code, Ctx};

/// A loan lasts at most so many days.
const LONGEST: i64 = 366;

/// A loan to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelegation {
    /// To whom.
    pub to: LoginId,
    /// For which accounts; `None` is for all own ones, whatever they are on the day.
    pub accounts: Option<BTreeSet<AccountId>>,
    /// The first day.
    pub begins: Date,
    /// The day after the last.
    pub ends: Date,
}

/// What a page of loans shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The loans: one's own, or all for those who oversee them.
    pub loans: Vec<Delegation>,
    /// The accounts that one can lend, by name.
    pub accounts: Vec<(AccountId, String)>,
    /// The colleagues to whom one can lend.
    pub colleagues: Vec<(LoginId, String)>,
    /// Whether all loans are shown.
    pub is_all: bool,
    /// Whether the viewer may end any of them.
    pub may_end: bool,
}

/// Gives the loans of rights: all of them for whoever oversees them, else one's own.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] for the local shell, which has no rights to lend.
pub async fn list(ctx: &Ctx) -> Result<Shown, AppError> {
    let own = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    let is_all = may(&ctx.viewer, Capability::Read, Object::Delegation, Scope::Company);
    let may_end = may(&ctx.viewer, Capability::Update, Object::Delegation, Scope::Company);
    let which = if is_all { Delegations::All } else { Delegations::Of(own) };
    let (mut loans, names, logins) = ctx
        .db()
        .read(async |work| {
            let loans = work.system_delegations(which, ctx.today()).await?;
            let names = work.seen_accounts(&ctx.viewer).await?;
            Ok::<_, StoreError>((loans, names, work.system_logins().await?))
        })
        .await?;
    let seen = rows(&ctx.viewer, Object::Account);
    for loan in loans.iter_mut().filter(|loan| loan.from.0 != own) {
        if let Some(accounts) = &mut loan.accounts {
            accounts.retain(|account| seen.has(*account));
        }
    }
    let lends = lendable(&ctx.viewer);
    let accounts = names.into_iter().filter(|(id, _)| lends.has(*id)).collect();
    let colleagues = logins
        .into_iter()
        .filter(|login| login.is_active && login.id != own)
        .map(|login| (login.id, login.name))
        .collect();
    Ok(Shown { loans, accounts, colleagues, is_all, may_end })
}

/// Gives the names of those whose rights the viewer holds today.
///
/// # Errors
///
/// What the store says.
pub async fn lenders(ctx: &Ctx) -> Result<Vec<String>, AppError> {
    let lenders: BTreeSet<LoginId> = ctx.viewer.grants.iter().filter_map(Grant::lender).collect();
    if lenders.is_empty() {
        return Ok(Vec::new());
    }
    let logins = ctx.db().read(async |work| work.system_logins().await).await?;
    let known = logins.into_iter().filter(|login| lenders.contains(&login.id));
    Ok(known.map(|login| login.name).collect())
}

/// Gives the accounts on which somebody has rights that are not lent by another.
fn lendable(viewer: &Viewer) -> Rows {
    let mut viewer = viewer.clone();
    viewer.grants.retain(|grant| grant.lender().is_none());
    rows(&viewer, Object::Account)
}

/// Lends one's own rights.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] for the local shell; [`AppError::NOT_FOUND`] for accounts on which one
/// has no rights of one's own; [`Code::FieldInvalid`] on `to` for oneself or nobody, on `ends` when
/// it is not later than the first day or more than a year, on `accounts` when there is none to
/// lend; [`Code::WallBetween`] when the colleague serves a rival.
pub async fn lend(ctx: &Ctx, new: NewDelegation) -> Result<DelegationId, AppError> {
    let viewer = ctx.viewer.clone();
    lend_of(ctx, &viewer, new).await
}

/// Lends somebody's rights, which the local shell alone does: it has none of its own.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] for whoever is signed in, [`AppError::NOT_FOUND`] for an unknown lender;
/// else as [`lend`].
pub async fn lend_for(
    ctx: &Ctx,
    lender: LoginId,
    new: NewDelegation,
) -> Result<DelegationId, AppError> {
    if ctx.viewer.login.is_some() {
        return Err(AppError::FORBIDDEN);
    }
    let viewers = ctx.db().read(async |work| work.system_viewers(ctx.today()).await).await?;
    let lender = viewers.iter().find(|viewer| viewer.login == Some(lender));
    lend_of(ctx, lender.ok_or(AppError::NOT_FOUND)?, new).await
}

/// Gives the accounts that are lent; refuses what cannot be.
fn lent_accounts(
    ctx: &Ctx,
    lender: &Viewer,
    new: &NewDelegation,
) -> Result<BTreeSet<AccountId>, AppError> {
    let invalid = |field| AppError::Field { code: Code::FieldInvalid, field };
    let latest = new.begins.saturating_add(LONGEST.days());
    if new.ends <= new.begins || new.ends > latest || new.ends <= ctx.today() {
        return Err(invalid("ends"));
    }
    let lendable = lendable(lender);
    let accounts = match &new.accounts {
        Some(chosen) if chosen.iter().any(|account| !lendable.has(*account)) => {
            return Err(AppError::NOT_FOUND);
        }
        Some(chosen) => chosen.clone(),
        None => lender.own.iter().copied().filter(|account| lendable.has(*account)).collect(),
    };
    let has_grants = lender.grants.iter().any(|grant| grant.lender().is_none());
    if accounts.is_empty() && (new.accounts.is_some() || !has_grants) {
        return Err(invalid("accounts"));
    }
    Ok(accounts)
}

async fn lend_of(ctx: &Ctx, lender: &Viewer, new: NewDelegation) -> Result<DelegationId, AppError> {
    let own = lender.login.ok_or(AppError::FORBIDDEN)?;
    let accounts = lent_accounts(ctx, lender, &new)?;
    let invalid = || AppError::Field { code: Code::FieldInvalid, field: "to" };
    let id = DelegationId(ctx.id());
    let mut event = ctx.event(EventName::DelegationGiven, "delegation", Some(id.as_i64()));
    event.payload = vec![("to", new.to.to_string()), ("from", new.begins.to_string())];
    event.payload.push(("until", new.ends.to_string()));
    ctx.db()
        .write(async |work| {
            let viewers = work.system_viewers(ctx.today()).await?;
            let to = viewers.iter().find(|viewer| viewer.login == Some(new.to) && new.to != own);
            let to = to.ok_or_else(invalid)?;
            if accounts.iter().any(|account| to.walled.contains(account)) {
                return Err(Code::WallBetween.into());
            }
            let days = (new.begins, new.ends);
            work.add_delegation(id, (own, new.to), new.accounts.as_ref(), days).await?;
            work.record(&event).await?;
            Ok::<_, AppError>(id)
        })
        .await
}

/// Lets a loan end today: one's own, or any for whoever oversees them.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`] for a loan that one does not see or that has ended;
/// [`AppError::FORBIDDEN`] for one that was given to oneself.
pub async fn end(ctx: &Ctx, id: DelegationId) -> Result<(), AppError> {
    let shown = list(ctx).await?;
    let loan = shown.loans.iter().find(|loan| loan.id == id).ok_or(AppError::NOT_FOUND)?;
    if !shown.may_end && ctx.viewer.login != Some(loan.from.0) {
        return Err(AppError::FORBIDDEN);
    }
    let event = ctx.event(EventName::DelegationEnded, "delegation", Some(id.as_i64()));
    let today = ctx.today();
    ctx.db()
        .write(async |work| {
            if !work.end_delegation(id, today).await? {
                return Err(AppError::NOT_FOUND);
            }
            Ok(work.record(&event).await?)
        })
        .await
}
