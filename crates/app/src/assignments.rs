//! Who of ours serves an account: set and ended by the director, the steward and the local shell.

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::permission::{Capability, Object, Role};
use orchestre_store::{Assignment, StoreError, Work};

use crate::rights::OPEN;
use crate::sight::ask_at;
use crate::{AppError, Code, Ctx};

/// A role of a person at an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assigned {
    /// Who.
    pub person: PersonId,
    /// At which account.
    pub account: AccountId,
    /// As what.
    pub role: Role,
    /// The share of a full time, in parts per million.
    pub fte_ppm: Option<i64>,
}

/// Refuses whoever assigns nobody to the account.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn may_set(ctx: &Ctx, account: AccountId) -> Result<(), AppError> {
    ask_at(ctx, Capability::Update, Object::Account, account).await
}

/// Assigns a person from today on, without an end.
///
/// # Errors
///
/// As [`set_between`].
pub async fn set(ctx: &Ctx, assigned: Assigned) -> Result<(), AppError> {
    set_between(ctx, assigned, (ctx.today(), OPEN)).await
}

/// Assigns a person from the first day until before the last.
///
/// # Errors
///
/// [`Code::FieldInvalid`] on `person` when there is none and on `to` when it is not later than the
/// first day, [`Code::WallBetween`] when the person serves a rival behind a wall,
/// [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn set_between(
    ctx: &Ctx,
    assigned: Assigned,
    (from, to): (Date, Date),
) -> Result<(), AppError> {
    ask_at(ctx, Capability::Update, Object::Account, assigned.account).await?;
    if to <= from {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "to" });
    }
    let id = ctx.id();
    let mut event = ctx.account_event(EventName::AssignmentSet, assigned.account, "person", id);
    event.object_id = Some(assigned.person.as_i64());
    event.payload =
        vec![("role", assigned.role.as_str().to_owned()), ("state", "begun".to_owned())];
    let new = Assignment {
        id,
        person: assigned.person,
        account: assigned.account,
        role: assigned.role,
        fte_ppm: assigned.fte_ppm,
        from,
        to,
    };
    let done = ctx.db().write(async |work| {
        if serves_rival(work, &new).await? {
            return Err(Code::WallBetween.into());
        }
        work.add_assignment(&new).await?;
        Ok::<_, AppError>(work.record(&event).await?)
    });
    match done.await {
        Err(AppError::Store(StoreError::Dangling(_))) => {
            Err(AppError::Field { code: Code::FieldInvalid, field: "person" })
        }
        other => other,
    }
}

/// Says whether the person serves, on the first day, an account behind a wall from this one: then
/// both would be lost to them at once.
async fn serves_rival(work: &mut Work<'_>, new: &Assignment) -> Result<bool, StoreError> {
    let walls = work.system_walls(new.from).await?;
    let rivals: Vec<AccountId> = walls
        .iter()
        .filter_map(|wall| match &wall.sides {
            [(one, _), (other, _)] if *one == new.account => Some(*other),
            [(one, _), (other, _)] if *other == new.account => Some(*one),
            _ => None,
        })
        .collect();
    if rivals.is_empty() {
        return Ok(false);
    }
    let people = work.system_wall_people(new.from).await?;
    Ok(people.iter().any(|one| one.person == new.person && rivals.contains(&one.account)))
}

/// Ends what a person is at an account, today.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`] when there is nothing to end, [`AppError::FORBIDDEN`].
pub async fn end(ctx: &Ctx, assigned: Assigned) -> Result<(), AppError> {
    ask_at(ctx, Capability::Update, Object::Account, assigned.account).await?;
    let person = assigned.person.as_i64();
    let mut event = ctx.account_event(EventName::AssignmentSet, assigned.account, "person", person);
    event.payload =
        vec![("role", assigned.role.as_str().to_owned()), ("state", "ended".to_owned())];
    let today = ctx.today();
    ctx.db()
        .write(async |work| {
            let place = (assigned.person, assigned.account);
            if !work.end_assignment(place, assigned.role, today).await? {
                return Err(AppError::NOT_FOUND);
            }
            work.record(&event).await?;
            Ok(())
        })
        .await
}
