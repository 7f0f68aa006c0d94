//! Walls between rival accounts: who serves one never sees the other.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, PersonId, WallId};
use orchestre_domain::permission::{Capability, Object, Scope, may};
pub use orchestre_store::{Wall, WallPerson};

use crate::rights::OPEN;
use crate::sight::ask_at;
use crate::{AppError, Code, Ctx};

/// A wall with those whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WallShown {
    /// The wall.
    pub wall: Wall,
    /// Who serves the account on each side.
    pub people: [Vec<WallPerson>; 2],
    /// Who serves both: they see neither until one assignment ends.
    pub conflicts: Vec<(PersonId, String)>,
}

/// Gives the walls that stand or will stand, with those whom they concern today.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub async fn list(ctx: &Ctx) -> Result<Vec<WallShown>, AppError> {
    allow(ctx, Capability::Read)?;
    let today = ctx.today();
    let (walls, people) = ctx
        .db()
        .read(async |work| {
            let walls = work.system_walls(today).await?;
            Ok::<_, AppError>((walls, work.system_wall_people(today).await?))
        })
        .await?;
    let mut at: BTreeMap<AccountId, Vec<WallPerson>> = BTreeMap::new();
    for one in people {
        at.entry(one.account).or_default().push(one);
    }
    let of = |account: AccountId| at.get(&account).cloned().unwrap_or_default();
    let shown = walls.into_iter().map(|wall| {
        let people = [of(wall.sides[0].0), of(wall.sides[1].0)];
        let [one, other] = &people;
        let both = one.iter().filter(|it| other.iter().any(|there| there.person == it.person));
        let mut conflicts: Vec<(PersonId, String)> =
            both.map(|it| (it.person, it.name.clone())).collect();
        conflicts.dedup();
        WallShown { wall, people, conflicts }
    });
    Ok(shown.collect())
}

/// Puts up a wall between two accounts from today on, without an end.
///
/// # Errors
///
/// As [`put_up`].
pub async fn add(ctx: &Ctx, one: AccountId, other: AccountId) -> Result<WallId, AppError> {
    put_up(ctx, (one, other), (ctx.today(), OPEN)).await
}

/// Puts up a wall between two accounts from the first day until before the last.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`]; [`AppError::NOT_FOUND`] for accounts that are not seen;
/// [`Code::FieldInvalid`] on `other` when both are the same and on `to` when it is not later than
/// the first day; [`Code::WallStands`] when there is one at that time.
pub async fn put_up(
    ctx: &Ctx,
    (one, other): (AccountId, AccountId),
    (from, to): (Date, Date),
) -> Result<WallId, AppError> {
    allow(ctx, Capability::Create)?;
    for account in [one, other] {
        ask_at(ctx, Capability::Read, Object::Account, account).await?;
    }
    for (field, is_wrong) in [("other", one == other), ("to", to <= from)] {
        if is_wrong {
            return Err(AppError::Field { code: Code::FieldInvalid, field });
        }
    }
    let id = WallId(ctx.id());
    // The event names neither account: it is read by whoever serves one of them.
    let event = ctx.event(EventName::WallCreated, "wall", Some(id.as_i64()));
    let done = ctx.db().write(async |work| {
        // What stands on that day or will: a second wall would outlive the end of the first.
        let walls = work.system_walls(from).await?;
        let until = to.to_string();
        let is_between = |wall: &Wall| wall.from < until && sides(wall) == both(one, other);
        if walls.iter().any(is_between) {
            return Err(Code::WallStands.into());
        }
        work.add_wall(id, (one, other), (from, to)).await?;
        Ok::<_, AppError>(work.record(&event).await?)
    });
    match done.await {
        Err(AppError::Store(orchestre_store::StoreError::Dangling(_))) => Err(AppError::NOT_FOUND),
        other => other.map(|()| id),
    }
}

fn sides(wall: &Wall) -> (AccountId, AccountId) {
    let [(one, _), (other, _)] = &wall.sides;
    both(*one, *other)
}

/// Gives two accounts in the same order whichever comes first.
fn both(one: AccountId, other: AccountId) -> (AccountId, AccountId) {
    (one.min(other), one.max(other))
}

/// Lets a wall end today, or on a later day.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`]; [`AppError::NOT_FOUND`] when there is none that stands longer;
/// [`Code::FieldInvalid`] on `to` for a day that has passed.
pub async fn end(ctx: &Ctx, id: WallId, day: Date) -> Result<(), AppError> {
    allow(ctx, Capability::Update)?;
    let known = ctx.db().read(async |work| work.system_walls(ctx.today()).await).await?;
    if !known.iter().any(|wall| wall.id == id) {
        return Err(AppError::NOT_FOUND);
    }
    if day < ctx.today() {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "to" });
    }
    let event = ctx.event(EventName::WallEnded, "wall", Some(id.as_i64()));
    ctx.db()
        .write(async |work| {
            if !work.end_wall(id, day).await? {
                return Err(AppError::NOT_FOUND);
            }
            Ok(work.record(&event).await?)
        })
        .await
}

/// Refuses whoever changes no walls.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub fn may_change(ctx: &Ctx) -> Result<(), AppError> {
    allow(ctx, Capability::Update)
}

fn allow(ctx: &Ctx, capability: Capability) -> Result<(), AppError> {
    let may = may(&ctx.viewer, capability, Object::Wall, Scope::Company);
    if may { Ok(()) } else { Err(AppError::FORBIDDEN) }
}
