//! Account plans: read, begun, written, and taken from state to state.

mod objectives;
mod print;
mod risks;

use jiff::civil::Date;
use orchestre_domain::account::AccountStatus;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, PersonId, PlanId};
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::plan::{Horizon, PlanState, days_between};
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Actions, StoreError, Work};

use crate::sight::{ask, ask_at};
use crate::{AppError, Code, Ctx};

pub use objectives::{ObjectiveEdit, add_objective, objective, put_objective, remove_objective};
pub use orchestre_store::{Action, Objective, Owner, PlanCard, PlanLine, Risk, Text};
pub use print::{Printed, print};
pub use risks::{RiskEdit, add_risk, put_risk, remove_risk, risk};

/// The plans that a viewer reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plans {
    /// Those that are not archived, in order of account.
    pub plans: Vec<PlanLine>,
    /// Key accounts without a plan.
    pub without: Vec<(AccountId, String)>,
}

/// A plan with everything that hangs on it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanShown {
    /// The plan; its state is the one of the day.
    pub plan: PlanCard,
    /// What the customer wants.
    pub goals: Vec<Text>,
    /// Our objectives.
    pub objectives: Vec<Objective>,
    /// The actions of the plan and those of its account outside of any plan, the open ones first.
    pub actions: Vec<Action>,
    /// True when actions are not for this viewer.
    pub hides_actions: bool,
    /// The risks.
    pub risks: Vec<Risk>,
    /// The other plans of the account: id and version, the newest first.
    pub versions: Vec<(PlanId, String)>,
    /// Days since its last change.
    pub days_since_update: i64,
    /// The states to which this viewer may take it.
    pub steps: Vec<PlanState>,
    /// Whether this viewer may write it.
    pub may_update: bool,
    /// Whether this viewer may add actions.
    pub may_act: bool,
    /// What is not written yet: `situation`, `goals`, `objectives`, `long`, `customer_owner`,
    /// `actions`, `risks`.
    pub missing: Vec<&'static str>,
    /// Our people on the account.
    pub team: Vec<(PersonId, String)>,
    /// The customer's people.
    pub contacts: Vec<(PersonId, String)>,
}

/// The texts of a plan in the language of whoever writes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// Where we stand.
    pub situation: String,
    /// What the customer wants, one entry a goal.
    pub goals: Vec<String>,
    /// What executives are asked to decide.
    pub decision: String,
}

/// Gives the plans that the viewer reads, and the key accounts without one.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] for those who read no plan at all.
pub async fn list(ctx: &Ctx) -> Result<Plans, AppError> {
    if !may(&ctx.viewer, Capability::Read, Object::Plan, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let today = ctx.today();
    ctx.db()
        .read(async |work| {
            let (settings, _) = work.settings().await?;
            let mut plans = work.plans(&ctx.viewer, today).await?;
            for line in &mut plans {
                let plan = &mut line.plan;
                plan.state = plan.state.on(today, plan.updated_on, settings.plan_stale_days);
            }
            let reads =
                |account| may(&ctx.viewer, Capability::Read, Object::Plan, Scope::Account(account));
            let has_plan = |account| plans.iter().any(|line| line.plan.account == account);
            let watched = work.watched(&ctx.viewer, today).await?.into_iter();
            let without = watched
                .filter(|one| one.status.is_some_and(AccountStatus::is_key))
                .filter(|one| reads(one.account) && !has_plan(one.account))
                .map(|one| (one.account, one.name))
                .collect();
            Ok(Plans { plans, without })
        })
        .await
}

/// Gives the plan of an account on a day: the newest that is not archived, of those that were there;
/// `None` when there is none.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn of_account(
    ctx: &Ctx,
    account: AccountId,
    as_of: Date,
) -> Result<Option<PlanShown>, AppError> {
    ask_at(ctx, Capability::Read, Object::Plan, account).await?;
    ctx.db()
        .read(async |work| {
            let plans = work.plans_of(&ctx.viewer, account).await?;
            let Some(plan) = current(&plans, as_of, ctx.today()) else { return Ok(None) };
            shown(work, ctx, (plan.clone(), plans.clone()), as_of).await.map(Some)
        })
        .await
}

/// Gives a plan by its id, whatever its state.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`].
pub async fn show(ctx: &Ctx, id: PlanId) -> Result<PlanShown, AppError> {
    ctx.db()
        .read(async |work| {
            let plan = find(work, &ctx.viewer, id).await?;
            let plans = work.plans_of(&ctx.viewer, plan.account).await?;
            shown(work, ctx, (plan, plans), ctx.today()).await
        })
        .await
}

/// Begins a plan.
///
/// # Errors
///
/// [`Code::StepRefused`] while the account has a plan that is not archived;
/// [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn create(ctx: &Ctx, account: AccountId) -> Result<PlanId, AppError> {
    ask_at(ctx, Capability::Create, Object::Plan, account).await?;
    let id = PlanId(ctx.id());
    let event = ctx.account_event(EventName::PlanCreated, account, "plan", id.as_i64());
    ctx.db()
        .write(async |work| {
            let before = work.plans_of(&ctx.viewer, account).await?;
            if before.iter().any(|plan| plan.state != PlanState::Archived) {
                return Err(Code::StepRefused.into());
            }
            let plan = PlanCard {
                id,
                account,
                account_name: String::new(),
                label: (before.len() + 1).to_string(),
                state: PlanState::Draft,
                situation: Text::default(),
                decision: Text::default(),
                updated_on: ctx.today(),
                version: 1,
            };
            work.add_plan(&plan).await?;
            work.system_index_plan(id).await?;
            work.record(&event).await?;
            Ok(id)
        })
        .await
}

/// Writes situation, goals and decision in the viewer's language; what was shown in the other
/// language and comes back unchanged stays as it is.
///
/// # Errors
///
/// [`Code::ChangedSince`], [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn put_texts(ctx: &Ctx, id: PlanId, version: i64, texts: Texts) -> Result<(), AppError> {
    let lang = ctx.viewer.lang;
    ctx.db()
        .write(async |work| {
            let stored = find(work, &ctx.viewer, id).await?;
            ask(&ctx.viewer, Capability::Update, Object::Plan, stored.account)?;
            let mut plan = stored.clone();
            plan.situation = plan.situation.edited(lang, &texts.situation);
            plan.decision = plan.decision.edited(lang, &texts.decision);
            let before = work.plan_goals(&ctx.viewer, id).await?;
            let lines = texts.goals.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
            let goals: Vec<(i64, Text)> = lines
                .map(|line| {
                    let same = before.iter().find(|goal| goal.in_lang(lang) == line);
                    (ctx.id(), same.cloned().unwrap_or_else(|| Text::of(lang, line)))
                })
                .collect();
            let is_same = goals.iter().map(|(_, goal)| goal).eq(&before);
            if is_same && plan == stored {
                return if version == plan.version {
                    Ok(())
                } else {
                    Err(Code::ChangedSince.into())
                };
            }
            work.put_plan_goals(id, &goals).await?;
            keep(work, ctx, PlanCard { version, ..plan }, EventName::PlanUpdated).await
        })
        .await
}

/// Takes a plan to another state.
///
/// # Errors
///
/// [`Code::StepRefused`] when the step does not exist or something is missing before it,
/// [`Code::ChangedSince`], [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn step(ctx: &Ctx, id: PlanId, version: i64, to: PlanState) -> Result<(), AppError> {
    ctx.db()
        .write(async |work| {
            let plan = find(work, &ctx.viewer, id).await?;
            if !takes(&ctx.viewer, &plan, to) {
                return Err(AppError::FORBIDDEN);
            }
            let parts = Parts::of(work, &ctx.viewer, &plan).await?;
            if plan.state.step(to).is_none() || is_early(to, &parts.missing(&plan)) {
                return Err(Code::StepRefused.into());
            }
            keep(work, ctx, PlanCard { version, state: to, ..plan }, EventName::PlanStepped).await
        })
        .await
}

/// Gives a plan that the viewer reads.
pub(crate) async fn find(
    work: &mut Work<'_>,
    viewer: &Viewer,
    id: PlanId,
) -> Result<PlanCard, AppError> {
    work.plan(viewer, id).await?.ok_or(AppError::NOT_FOUND)
}

/// Gives the plan that counts on a day.
pub(crate) fn current(plans: &[PlanCard], as_of: Date, today: Date) -> Option<&PlanCard> {
    if as_of >= today {
        return plans.iter().find(|plan| plan.state != PlanState::Archived);
    }
    plans.iter().find(|plan| plan.updated_on <= as_of)
}

/// Keeps a plan that was changed, finds it by its new words, and records the change.
async fn keep(
    work: &mut Work<'_>,
    ctx: &Ctx,
    plan: PlanCard,
    name: EventName,
) -> Result<(), AppError> {
    let plan = PlanCard { updated_on: ctx.today(), ..plan };
    if !work.put_plan(&plan).await? {
        return Err(Code::ChangedSince.into());
    }
    work.system_index_plan(plan.id).await?;
    let mut event = ctx.account_event(name, plan.account, "plan", plan.id.as_i64());
    event.payload = vec![("state", plan.state.as_str().to_owned())];
    work.record(&event).await?;
    Ok(())
}

/// What hangs on a plan.
struct Parts {
    goals: Vec<Text>,
    objectives: Vec<Objective>,
    actions: Vec<Action>,
    risks: Vec<Risk>,
}

impl Parts {
    async fn of(work: &mut Work<'_>, viewer: &Viewer, plan: &PlanCard) -> Result<Self, StoreError> {
        Ok(Self {
            goals: work.plan_goals(viewer, plan.id).await?,
            objectives: work.objectives(viewer, plan.id).await?,
            actions: work.actions(viewer, Actions::Plan(plan.id)).await?,
            risks: work.risks(viewer, plan.id).await?,
        })
    }

    /// Gives what the rules of handbook C.1 ask for and is not there.
    fn missing(&self, plan: &PlanCard) -> Vec<&'static str> {
        let has_long = self.objectives.iter().any(|one| one.horizon == Some(Horizon::Long));
        let has_customer = self.objectives.iter().any(|one| one.customer_owner.is_some());
        let planned = |action: &Action| {
            action.state.is_open() && action.owner.is_some() && action.due_on.is_some()
        };
        [
            ("situation", !plan.situation.is_empty()),
            ("goals", !self.goals.is_empty()),
            ("objectives", !self.objectives.is_empty()),
            ("long", has_long),
            ("customer_owner", has_customer),
            ("actions", self.actions.iter().any(planned)),
            ("risks", !self.risks.is_empty()),
        ]
        .into_iter()
        .filter_map(|(name, is_there)| (!is_there).then_some(name))
        .collect()
    }
}

/// Says whether something is missing before a plan may come to this state.
fn is_early(to: PlanState, missing: &[&'static str]) -> bool {
    matches!(to, PlanState::SponsorReview | PlanState::Committee | PlanState::Live)
        && !missing.is_empty()
}

/// Says whether the viewer may take a plan to a state: what follows the sponsor's review is for
/// those who approve.
fn takes(viewer: &Viewer, plan: &PlanCard, to: PlanState) -> bool {
    let scope = Scope::Account(plan.account);
    let approves = may(viewer, Capability::Approve, Object::Plan, scope);
    let updates = may(viewer, Capability::Update, Object::Plan, scope);
    match to {
        PlanState::Committee | PlanState::Live => approves,
        _ => approves || updates,
    }
}

async fn shown(
    work: &mut Work<'_>,
    ctx: &Ctx,
    (mut plan, plans): (PlanCard, Vec<PlanCard>),
    as_of: Date,
) -> Result<PlanShown, AppError> {
    let (settings, _) = work.settings().await?;
    let parts = Parts::of(work, &ctx.viewer, &plan).await?;
    let (viewer, scope) = (&ctx.viewer, Scope::Account(plan.account));
    let team = work.account_team(viewer, plan.account, as_of).await?;
    let contacts = work.contacts(viewer, plan.account, as_of).await?;
    plan.state = plan.state.on(as_of, plan.updated_on, settings.plan_stale_days);
    let missing = parts.missing(&plan);
    let steps = plan.state.next().iter().copied();
    let mut our_side: Vec<_> = team.into_iter().map(|one| (one.person, one.name)).collect();
    our_side.sort_by(|a, b| a.1.cmp(&b.1));
    our_side.dedup();
    let mut their_side: Vec<_> = contacts.into_iter().map(|one| (one.person, one.name)).collect();
    their_side.dedup();
    Ok(PlanShown {
        steps: steps.filter(|to| takes(viewer, &plan, *to) && !is_early(*to, &missing)).collect(),
        versions: plans
            .into_iter()
            .filter(|other| other.id != plan.id)
            .map(|other| (other.id, other.label))
            .collect(),
        days_since_update: days_between(plan.updated_on, as_of),
        may_update: may(viewer, Capability::Update, Object::Plan, scope)
            && plan.state != PlanState::Archived,
        may_act: may(viewer, Capability::Create, Object::Action, scope),
        hides_actions: !may(viewer, Capability::Read, Object::Action, scope),
        goals: parts.goals,
        objectives: parts.objectives,
        actions: parts.actions,
        risks: parts.risks,
        missing,
        team: our_side,
        contacts: their_side,
        plan,
    })
}
