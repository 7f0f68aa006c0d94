//! Units of ours and the accounts for which they answer: a role may be given for a unit.

use orchestre_domain::event::EventName;
use orchestre_domain::fold::fold;
use orchestre_domain::id::{AccountId, UnitId};
use orchestre_domain::permission::{Capability, Object, Scope, may, rows};
pub use orchestre_store::Unit;

use crate::sight::ask_at;
use crate::{AppError, Code, Ctx};

/// Letters of a name at most.
const LONGEST: usize = 200;

/// Gives the units by name, with the accounts that the viewer sees.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub async fn list(ctx: &Ctx) -> Result<Vec<Unit>, AppError> {
    allow(ctx, Capability::Read)?;
    let mut units = ctx.db().read(async |work| work.system_units().await).await?;
    let seen = rows(&ctx.viewer, Object::Account);
    for unit in &mut units {
        unit.accounts.retain(|account| seen.has(*account));
    }
    Ok(units)
}

/// Makes a unit.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`]; [`Code::FieldMissing`], [`Code::FieldInvalid`] or [`Code::NameTaken`] on
/// `name`.
pub async fn create(ctx: &Ctx, name: &str) -> Result<UnitId, AppError> {
    allow(ctx, Capability::Create)?;
    let name = name.trim();
    let code = if name.is_empty() { Code::FieldMissing } else { Code::FieldInvalid };
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(AppError::Field { code, field: "name" });
    }
    let id = UnitId(ctx.id());
    let event = ctx.event(EventName::UnitUpdated, "unit", Some(id.as_i64()));
    ctx.db()
        .write(async |work| {
            let folded = fold(name);
            if work.system_units().await?.iter().any(|unit| fold(&unit.name) == folded) {
                return Err(AppError::Field { code: Code::NameTaken, field: "name" });
            }
            work.add_unit(id, name).await?;
            Ok(work.record(&event).await?)
        })
        .await?;
    Ok(id)
}

/// Lets a unit answer for an account.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`]; [`AppError::NOT_FOUND`] for an unknown unit or an account that is not
/// seen.
pub async fn add(ctx: &Ctx, unit: UnitId, account: AccountId) -> Result<(), AppError> {
    change(ctx, unit, account).await?;
    let event = ctx.event(EventName::UnitUpdated, "unit", Some(unit.as_i64()));
    let done = ctx.db().write(async |work| {
        work.add_unit_account(unit, account).await?;
        work.record(&event).await
    });
    match done.await {
        Err(orchestre_store::StoreError::Dangling(_)) => Err(AppError::NOT_FOUND),
        other => Ok(other?),
    }
}

/// Takes an account from a unit.
///
/// # Errors
///
/// As [`add`]; [`AppError::NOT_FOUND`] when the unit does not have it.
pub async fn remove(ctx: &Ctx, unit: UnitId, account: AccountId) -> Result<(), AppError> {
    change(ctx, unit, account).await?;
    let event = ctx.event(EventName::UnitUpdated, "unit", Some(unit.as_i64()));
    ctx.db()
        .write(async |work| {
            if !work.drop_unit_account(unit, account).await? {
                return Err(AppError::NOT_FOUND);
            }
            Ok(work.record(&event).await?)
        })
        .await
}

/// Refuses whoever changes no units.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub fn may_change(ctx: &Ctx) -> Result<(), AppError> {
    allow(ctx, Capability::Update)
}

async fn change(ctx: &Ctx, unit: UnitId, account: AccountId) -> Result<(), AppError> {
    allow(ctx, Capability::Update)?;
    ask_at(ctx, Capability::Read, Object::Account, account).await?;
    let known = ctx.db().read(async |work| work.system_units().await).await?;
    if known.iter().any(|one| one.id == unit) { Ok(()) } else { Err(AppError::NOT_FOUND) }
}

fn allow(ctx: &Ctx, capability: Capability) -> Result<(), AppError> {
    let may = may(&ctx.viewer, capability, Object::Right, Scope::Company);
    if may { Ok(()) } else { Err(AppError::FORBIDDEN) }
}
