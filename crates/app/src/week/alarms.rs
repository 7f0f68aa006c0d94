//! Alarms that follow from what is known now, each with its evidence.

use std::collections::BTreeSet;

use jiff::civil::Date;
use orchestre_domain::account::AccountStatus;
use orchestre_domain::id::{AccountId, ActionId, PersonId, PlanId};
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::plan::{PlanState, days_between};
use orchestre_store::{Actions, StoreError, Text, Watched, Work};

use crate::Ctx;

/// Days without a contact after which a champion is silent.
const SILENT: i64 = 30;
/// Days without a meeting of executives after which a key account says so.
const NO_EXECUTIVE: i64 = 180;

/// What an alarm is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlarmCode {
    /// Somebody who decides was never met.
    DeciderNotMet,
    /// Somebody who is for us was not heard of for a month.
    ChampionSilent,
    /// Somebody who is for us was never met.
    ChampionNotMet,
    /// Somebody on whom we have an opinion no longer works there.
    AssessedLeft,
    /// Somebody else's action at one's account is late.
    ActionLate,
    /// No meeting of executives for half a year.
    NoExecutiveContact,
    /// No meeting of executives ever.
    NoExecutiveEver,
    /// The plan was not updated for too long.
    PlanStale,
    /// A key account has no plan.
    KeyWithoutPlan,
}

impl AlarmCode {
    /// Every code.
    pub const ALL: &'static [Self] = &[
        Self::DeciderNotMet,
        Self::ChampionSilent,
        Self::ChampionNotMet,
        Self::AssessedLeft,
        Self::ActionLate,
        Self::NoExecutiveContact,
        Self::NoExecutiveEver,
        Self::PlanStale,
        Self::KeyWithoutPlan,
    ];

    /// Gives the stable word, end of a text key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DeciderNotMet => "decider_not_met",
            Self::ChampionSilent => "champion_silent",
            Self::ChampionNotMet => "champion_not_met",
            Self::AssessedLeft => "assessed_left",
            Self::ActionLate => "action_late",
            Self::NoExecutiveContact => "no_executive_contact",
            Self::NoExecutiveEver => "no_executive_ever",
            Self::PlanStale => "plan_stale",
            Self::KeyWithoutPlan => "key_without_plan",
        }
    }
}

/// Something that needs the viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// What it is.
    pub code: AlarmCode,
    /// At which account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// Whom it is about.
    pub person: Option<(PersonId, String)>,
    /// Which plan it is about.
    pub plan: Option<PlanId>,
    /// Which action it is about; `person` then is its owner.
    pub action: Option<(ActionId, Text)>,
    /// Days since the evidence; `None` when there never was any.
    pub value: Option<i64>,
    /// The day of the evidence: last contact, end of the place, last update.
    pub evidence_day: Option<Date>,
}

impl Alarm {
    fn of(code: AlarmCode, watched: &Watched) -> Self {
        Self {
            code,
            account: watched.account,
            account_name: watched.name.clone(),
            person: None,
            plan: None,
            action: None,
            value: None,
            evidence_day: None,
        }
    }

    fn since(self, day: Option<Date>, as_of: Date) -> Self {
        Self { value: day.map(|day| days_between(day, as_of)), evidence_day: day, ..self }
    }
}

/// Gives the alarms at the accounts that the viewer watches, each kind only from what the viewer
/// reads: without contacts nobody is silent, without opinions nobody decides.
pub(super) async fn sound(
    work: &mut Work<'_>,
    ctx: &Ctx,
    watched: &[Watched],
    as_of: Date,
) -> Result<Vec<Alarm>, StoreError> {
    let focus: BTreeSet<AccountId> = watched.iter().map(|one| one.account).collect();
    let mut alarms = people(work, ctx, (watched, &focus), as_of).await?;
    alarms.extend(late(work, ctx, watched, as_of).await?);
    alarms.extend(executives(work, ctx, (watched, &focus), as_of).await?);
    alarms.extend(plans(work, ctx, watched, as_of).await?);
    alarms.sort_by(|a, b| {
        (a.code, std::cmp::Reverse(a.value), &a.account_name).cmp(&(
            b.code,
            std::cmp::Reverse(b.value),
            &b.account_name,
        ))
    });
    Ok(alarms)
}

async fn people(
    work: &mut Work<'_>,
    ctx: &Ctx,
    (watched, focus): (&[Watched], &BTreeSet<AccountId>),
    as_of: Date,
) -> Result<Vec<Alarm>, StoreError> {
    let viewer = &ctx.viewer;
    let assessed = work.assessed(viewer, focus, as_of).await?;
    let met = work.last_met(viewer, focus, as_of).await?;
    let gone = work.gone(viewer, focus, as_of).await?;
    let mut alarms = Vec::new();
    for one in assessed {
        let Some(account) = watched.iter().find(|watched| watched.account == one.account) else {
            continue;
        };
        let scope = Scope::Account(one.account);
        let reads_contacts = may(viewer, Capability::Read, Object::Interaction, scope);
        let last = met.get(&(one.account, one.person)).copied();
        let left = gone.get(&(one.account, one.person)).copied();
        let silent = last.is_none_or(|day| days_between(day, as_of) >= SILENT);
        let found = match left {
            Some(_) => Some((AlarmCode::AssessedLeft, left)),
            None if !reads_contacts => None,
            None if one.is_decider && last.is_none() => Some((AlarmCode::DeciderNotMet, None)),
            None if one.stance.is_some_and(|stance| stance >= 2) && silent => {
                let code = match last {
                    Some(_) => AlarmCode::ChampionSilent,
                    None => AlarmCode::ChampionNotMet,
                };
                Some((code, last))
            }
            None => None,
        };
        if let Some((code, day)) = found {
            let alarm = Alarm { person: Some((one.person, one.name)), ..Alarm::of(code, account) };
            alarms.push(alarm.since(day, as_of));
        }
    }
    Ok(alarms)
}

/// What others should have done by now, for those who write or approve the account's plan.
async fn late(
    work: &mut Work<'_>,
    ctx: &Ctx,
    watched: &[Watched],
    as_of: Date,
) -> Result<Vec<Alarm>, StoreError> {
    let late = work.actions(&ctx.viewer, Actions::Late(as_of)).await?;
    let may =
        |capability, account| may(&ctx.viewer, capability, Object::Plan, Scope::Account(account));
    let mut alarms = Vec::new();
    for action in late {
        let owner = action.owner.and_then(|owner| Some((owner.person?, owner.name)));
        let is_own = owner.as_ref().is_some_and(|(person, _)| Some(*person) == ctx.viewer.person);
        let leads =
            may(Capability::Update, action.account) || may(Capability::Approve, action.account);
        let one = watched.iter().find(|one| one.account == action.account);
        if let Some(one) = one.filter(|_| leads && !is_own) {
            let about = Some((action.id, action.text));
            let alarm = Alarm::of(AlarmCode::ActionLate, one);
            let alarm = Alarm { person: owner, plan: action.plan, action: about, ..alarm };
            alarms.push(alarm.since(action.due_on, as_of));
        }
    }
    Ok(alarms)
}

async fn executives(
    work: &mut Work<'_>,
    ctx: &Ctx,
    (watched, focus): (&[Watched], &BTreeSet<AccountId>),
    as_of: Date,
) -> Result<Vec<Alarm>, StoreError> {
    let last = work.last_executive(&ctx.viewer, focus, as_of).await?;
    let reads =
        |account| may(&ctx.viewer, Capability::Read, Object::Interaction, Scope::Account(account));
    Ok(watched
        .iter()
        .filter(|one| one.status.is_some_and(AccountStatus::is_key) && reads(one.account))
        .filter_map(|one| {
            let day = last.get(&one.account).copied();
            let is_long = day.is_none_or(|day| days_between(day, as_of) > NO_EXECUTIVE);
            let code = match day {
                Some(_) => AlarmCode::NoExecutiveContact,
                None => AlarmCode::NoExecutiveEver,
            };
            let alarm = Alarm::of(code, one);
            is_long.then(|| alarm.since(day, as_of))
        })
        .collect())
}

async fn plans(
    work: &mut Work<'_>,
    ctx: &Ctx,
    watched: &[Watched],
    as_of: Date,
) -> Result<Vec<Alarm>, StoreError> {
    let (settings, _) = work.settings().await?;
    let plans = work.plans(&ctx.viewer, as_of).await?;
    let reads = |account| may(&ctx.viewer, Capability::Read, Object::Plan, Scope::Account(account));
    let mut alarms = Vec::new();
    for one in watched.iter().filter(|one| reads(one.account)) {
        let own = plans.iter().find(|line| line.plan.account == one.account);
        let Some(plan) = own.map(|line| &line.plan) else {
            if one.status.is_some_and(AccountStatus::is_key) {
                alarms.push(Alarm::of(AlarmCode::KeyWithoutPlan, one));
            }
            continue;
        };
        if plan.state.on(as_of, plan.updated_on, settings.plan_stale_days) == PlanState::Stale {
            let alarm = Alarm { plan: Some(plan.id), ..Alarm::of(AlarmCode::PlanStale, one) };
            alarms.push(alarm.since(Some(plan.updated_on), as_of));
        }
    }
    Ok(alarms)
}
