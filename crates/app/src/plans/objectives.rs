//! Objectives of a plan: added, changed, taken away.

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{ObjectiveId, PersonId, PlanId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object};
use orchestre_domain::plan::{Horizon, ObjectiveState, ObjectiveType};
use orchestre_store::{Objective, Owner, Text, Work};

use super::{PlanCard, find};
use crate::sight::ask;
use crate::{AppError, Code, Ctx};

/// An objective as it is written, in the language of whoever writes.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectiveEdit {
    /// What will be different.
    pub text: String,
    /// What is measured.
    pub metric: String,
    /// In which unit.
    pub unit: Option<String>,
    /// Where it began.
    pub baseline: Option<f64>,
    /// Where it is to end.
    pub target: Option<f64>,
    /// Where it is.
    pub current: Option<f64>,
    /// By when.
    pub due_on: Option<Date>,
    /// Within twelve months or beyond; `None` follows from the day.
    pub horizon: Option<Horizon>,
    /// What it is about.
    pub kind: Option<ObjectiveType>,
    /// Who answers for it on our side.
    pub owner: Option<PersonId>,
    /// Who answers for it on theirs.
    pub customer_owner: Option<PersonId>,
    /// How it stands.
    pub state: ObjectiveState,
}

impl ObjectiveEdit {
    /// Gives the objective after this was written over `before`.
    fn over(self, before: &Objective, lang: Lang, today: Date) -> Result<Objective, AppError> {
        let text = before.text.edited(lang, &self.text);
        if text.is_empty() {
            return Err(AppError::Field { code: Code::FieldMissing, field: "text" });
        }
        let numbers = [self.baseline, self.target, self.current];
        if numbers.into_iter().flatten().any(|number| !number.is_finite()) {
            return Err(AppError::Field { code: Code::FieldInvalid, field: "target" });
        }
        let person = |person: Option<PersonId>| {
            person.map(|person| Owner { person: Some(person), name: String::new() })
        };
        Ok(Objective {
            id: before.id,
            plan: before.plan,
            text,
            metric: before.metric.edited(lang, &self.metric),
            unit: self.unit.filter(|unit| !unit.trim().is_empty()),
            baseline: self.baseline,
            target: self.target,
            current: self.current,
            due_on: self.due_on,
            horizon: self.horizon.or_else(|| self.due_on.map(|due| horizon(today, due))),
            kind: self.kind,
            owner: person(self.owner),
            customer_owner: person(self.customer_owner),
            state: self.state,
            version: before.version,
        })
    }
}

fn horizon(today: Date, due: Date) -> Horizon {
    let year = today.checked_add(jiff::Span::new().years(1)).unwrap_or(Date::MAX);
    if due > year { Horizon::Long } else { Horizon::Short }
}

/// Gives an objective.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`].
pub async fn objective(ctx: &Ctx, id: ObjectiveId) -> Result<Objective, AppError> {
    let found = ctx.db().read(async |work| work.objective(&ctx.viewer, id).await).await?;
    found.ok_or(AppError::NOT_FOUND)
}

/// Adds an objective to a plan.
///
/// # Errors
///
/// [`Code::FieldMissing`] on `text`, [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn add_objective(
    ctx: &Ctx,
    plan: PlanId,
    edit: ObjectiveEdit,
) -> Result<ObjectiveId, AppError> {
    let id = ObjectiveId(ctx.id());
    let new = Objective {
        id,
        plan,
        text: Text::default(),
        metric: Text::default(),
        unit: None,
        baseline: None,
        target: None,
        current: None,
        due_on: None,
        horizon: None,
        kind: None,
        owner: None,
        customer_owner: None,
        state: ObjectiveState::Proposed,
        version: 1,
    };
    let new = edit.over(&new, ctx.viewer.lang, ctx.today())?;
    ctx.db()
        .write(async |work| {
            let plan = find(work, &ctx.viewer, plan).await?;
            ask(&ctx.viewer, Capability::Update, Object::Plan, plan.account)?;
            work.add_objective(&new).await?;
            record(work, ctx, &plan, (EventName::ObjectiveCreated, &new)).await?;
            Ok(id)
        })
        .await
}

/// Changes an objective.
///
/// # Errors
///
/// [`Code::ChangedSince`], [`Code::FieldMissing`] on `text`, [`AppError::NOT_FOUND`],
/// [`AppError::FORBIDDEN`].
pub async fn put_objective(
    ctx: &Ctx,
    id: ObjectiveId,
    version: i64,
    edit: ObjectiveEdit,
) -> Result<(), AppError> {
    ctx.db()
        .write(async |work| {
            let before = work.objective(&ctx.viewer, id).await?.ok_or(AppError::NOT_FOUND)?;
            let plan = find(work, &ctx.viewer, before.plan).await?;
            ask(&ctx.viewer, Capability::Update, Object::Plan, plan.account)?;
            let after = edit.clone().over(&before, ctx.viewer.lang, ctx.today())?;
            if !work.put_objective(&Objective { version, ..after.clone() }).await? {
                return Err(Code::ChangedSince.into());
            }
            record(work, ctx, &plan, (EventName::ObjectiveUpdated, &after)).await
        })
        .await
}

/// Takes an objective away; its actions stay.
///
/// # Errors
///
/// [`Code::ChangedSince`], [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn remove_objective(ctx: &Ctx, id: ObjectiveId, version: i64) -> Result<(), AppError> {
    ctx.db()
        .write(async |work| {
            let before = work.objective(&ctx.viewer, id).await?.ok_or(AppError::NOT_FOUND)?;
            let plan = find(work, &ctx.viewer, before.plan).await?;
            ask(&ctx.viewer, Capability::Update, Object::Plan, plan.account)?;
            if !work.drop_objective(id, version).await? {
                return Err(Code::ChangedSince.into());
            }
            let gone = Objective { state: ObjectiveState::Dropped, ..before };
            record(work, ctx, &plan, (EventName::ObjectiveUpdated, &gone)).await
        })
        .await
}

async fn record(
    work: &mut Work<'_>,
    ctx: &Ctx,
    plan: &PlanCard,
    (name, objective): (EventName, &Objective),
) -> Result<(), AppError> {
    work.touch_plan(plan.id, ctx.today()).await?;
    let mut event = ctx.account_event(name, plan.account, "objective", objective.id.as_i64());
    event.payload =
        vec![("plan", plan.id.to_string()), ("state", objective.state.as_str().to_owned())];
    work.record(&event).await?;
    Ok(())
}
