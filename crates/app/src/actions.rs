//! Actions: what somebody does for an account by a day.

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, ActionId, ObjectiveId, PersonId, PlanId};
use orchestre_domain::permission::{Capability, Object};
use orchestre_domain::plan::{ActionState, PlanState};
use orchestre_store::{Actions, Owner, Text, Work};

use crate::sight::{ask, ask_at};
use crate::{AppError, Code, Ctx};

pub use orchestre_store::Action;

/// An action to be added, in the language of whoever writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// For which account.
    pub account: AccountId,
    /// In which plan; `None` takes the account's plan that is not archived, if there is one.
    pub plan: Option<PlanId>,
    /// The objective that it serves.
    pub objective: Option<ObjectiveId>,
    /// What is to be done.
    pub text: String,
    /// By when.
    pub due_on: Option<Date>,
    /// Who does it; `None` is the one who adds it.
    pub owner: Option<PersonId>,
}

/// An action as it is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionEdit {
    /// What is to be done.
    pub text: String,
    /// The objective that it serves.
    pub objective: Option<ObjectiveId>,
    /// By when.
    pub due_on: Option<Date>,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// How it stands.
    pub state: ActionState,
    /// A note.
    pub note: String,
}

/// Gives the open actions of the viewer's person, by day; those without a day last.
///
/// # Errors
///
/// What the store says.
pub async fn mine(ctx: &Ctx) -> Result<Vec<Action>, AppError> {
    let Some(person) = ctx.viewer.person else { return Ok(Vec::new()) };
    let asked = Actions::Open(person);
    Ok(ctx.db().read(async |work| work.actions(&ctx.viewer, asked).await).await?)
}

/// Gives the actions of an account, the open ones first.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn of_account(ctx: &Ctx, account: AccountId) -> Result<Vec<Action>, AppError> {
    ask_at(ctx, Capability::Read, Object::Action, account).await?;
    let asked = Actions::Account(account);
    Ok(ctx.db().read(async |work| work.actions(&ctx.viewer, asked).await).await?)
}

/// Gives an action.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`].
pub async fn show(ctx: &Ctx, id: ActionId) -> Result<Action, AppError> {
    ctx.db().read(async |work| find(work, ctx, id).await).await
}

/// Adds an action.
///
/// # Errors
///
/// [`Code::FieldMissing`] on `text`; [`Code::FieldInvalid`] on `plan` or `objective` that are not
/// of the account; [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn add(ctx: &Ctx, new: NewAction) -> Result<ActionId, AppError> {
    ask_at(ctx, Capability::Create, Object::Action, new.account).await?;
    let text = Text::of(ctx.viewer.lang, &new.text);
    if text.is_empty() {
        return Err(AppError::Field { code: Code::FieldMissing, field: "text" });
    }
    let id = ActionId(ctx.id());
    let owner = new.owner.or(ctx.viewer.person);
    ctx.db()
        .write(async |work| {
            let plans = work.plans_of(&ctx.viewer, new.account).await?;
            let plan = match new.plan {
                Some(wanted) => plans.iter().find(|plan| plan.id == wanted),
                None => plans.iter().find(|plan| plan.state != PlanState::Archived),
            };
            if new.plan.is_some() && plan.is_none() {
                return Err(AppError::Field { code: Code::FieldInvalid, field: "plan" });
            }
            let action = Action {
                id,
                account: new.account,
                account_name: String::new(),
                plan: plan.map(|plan| plan.id),
                objective: new.objective,
                objective_text: Text::default(),
                text: text.clone(),
                owner: owner.map(|person| Owner { person: Some(person), name: String::new() }),
                due_on: new.due_on,
                done_on: None,
                state: ActionState::Todo,
                note: Text::default(),
                version: 1,
            };
            check_objective(work, ctx, &action).await?;
            work.add_action(&action).await?;
            record(work, ctx, (EventName::ActionCreated, &action)).await?;
            Ok(id)
        })
        .await
}

/// Changes an action.
///
/// # Errors
///
/// [`Code::ChangedSince`], [`Code::StepRefused`] for a state that does not follow, and as [`add`].
pub async fn put(ctx: &Ctx, id: ActionId, version: i64, edit: ActionEdit) -> Result<(), AppError> {
    let lang = ctx.viewer.lang;
    change(ctx, id, version, |before| {
        let text = before.text.edited(lang, &edit.text);
        if text.is_empty() {
            return Err(AppError::Field { code: Code::FieldMissing, field: "text" });
        }
        let owner = edit.owner.map(|person| Owner { person: Some(person), name: String::new() });
        let note = before.note.edited(lang, &edit.note);
        let (objective, due_on) = (edit.objective, edit.due_on);
        let after = Action { text, owner, note, objective, due_on, ..before };
        if after.state == edit.state { Ok(after) } else { stepped(after, edit.state, ctx.today()) }
    })
    .await
}

/// Ticks an action off, today.
///
/// # Errors
///
/// [`Code::ChangedSince`], [`Code::StepRefused`] when it is over already, [`AppError::NOT_FOUND`],
/// [`AppError::FORBIDDEN`].
pub async fn complete(ctx: &Ctx, id: ActionId, version: i64) -> Result<(), AppError> {
    step(ctx, id, version, ActionState::Done).await
}

/// Begins an action that was over again.
///
/// # Errors
///
/// As [`complete`].
pub async fn reopen(ctx: &Ctx, id: ActionId, version: i64) -> Result<(), AppError> {
    step(ctx, id, version, ActionState::Todo).await
}

/// Takes an action to another state.
///
/// # Errors
///
/// As [`complete`].
pub async fn step(ctx: &Ctx, id: ActionId, version: i64, to: ActionState) -> Result<(), AppError> {
    change(ctx, id, version, |before| stepped(before, to, ctx.today())).await
}

/// Gives the action in its new state, with the day on which it was done.
fn stepped(before: Action, to: ActionState, today: Date) -> Result<Action, AppError> {
    let state = before.state.step(to).ok_or(Code::StepRefused)?;
    let done_on = (state == ActionState::Done).then_some(today);
    Ok(Action { state, done_on, ..before })
}

async fn change(
    ctx: &Ctx,
    id: ActionId,
    version: i64,
    make: impl Fn(Action) -> Result<Action, AppError>,
) -> Result<(), AppError> {
    let make = &make;
    ctx.db()
        .write(async |work| {
            let before = find(work, ctx, id).await?;
            ask(&ctx.viewer, Capability::Update, Object::Action, before.account)?;
            let after = Action { version, ..make(before.clone())? };
            if after.objective != before.objective {
                check_objective(work, ctx, &after).await?;
            }
            if !work.put_action(&after).await? {
                return Err(Code::ChangedSince.into());
            }
            record(work, ctx, (EventName::ActionUpdated, &after)).await
        })
        .await
}

async fn find(work: &mut Work<'_>, ctx: &Ctx, id: ActionId) -> Result<Action, AppError> {
    let found = work.actions(&ctx.viewer, Actions::One(id)).await?;
    found.into_iter().next().ok_or(AppError::NOT_FOUND)
}

/// Refuses an objective that is not one of the action's plan.
async fn check_objective(work: &mut Work<'_>, ctx: &Ctx, action: &Action) -> Result<(), AppError> {
    let Some(id) = action.objective else { return Ok(()) };
    let found = work.objective(&ctx.viewer, id).await?;
    if found.is_some_and(|objective| Some(objective.plan) == action.plan) {
        return Ok(());
    }
    Err(AppError::Field { code: Code::FieldInvalid, field: "objective" })
}

async fn record(
    work: &mut Work<'_>,
    ctx: &Ctx,
    (name, action): (EventName, &Action),
) -> Result<(), AppError> {
    let mut event = ctx.account_event(name, action.account, "action", action.id.as_i64());
    event.payload = vec![("state", action.state.as_str().to_owned())];
    if let Some(due) = action.due_on {
        event.payload.push(("due", due.to_string()));
    }
    work.record(&event).await?;
    Ok(())
}
