//! Account plans from files: the plan, its goals, objectives, actions and risks.

use std::ops::Range;

use orchestre_domain::float::ratio;
use orchestre_domain::id::AccountId;
use orchestre_domain::id::PlanId;
use orchestre_domain::import::Outcome;
use orchestre_domain::plan::{ActionState, Horizon, ObjectiveState, ObjectiveType, PlanState};
use orchestre_ingest::{PlanAction, PlanObjective, PlanRisk, PlanRow, PlanText, Row};
use orchestre_store::imports::{Fields, GOALS, Records, Texts, Wanted};
use orchestre_store::{StoreError, Work};

use super::fields::{Reference, Say, doubt, refer};
use super::journal::{Journal, Source};
use super::merge::{Incoming, Target, Targets, merge};
use super::run::Run;
use super::tally::{Done, Doubt};

/// The plans of a file.
pub(super) struct Batch {
    plans: Vec<Plan>,
}

/// A plan and its parts on their way in.
struct Plan {
    own: Incoming,
    goals: Vec<(Option<String>, Option<String>)>,
    parts: Vec<(Records, Vec<Incoming>)>,
}

const OWNER: Reference =
    Reference { number: "owner_id", text: "owner_ref", field: "owner", wanted: Wanted::Person };
const CUSTOMER_OWNER: Reference = Reference {
    number: "customer_owner_id",
    text: "customer_owner_ref",
    field: "customer_owner",
    wanted: Wanted::Person,
};

impl Batch {
    pub(super) fn new(rows: &[Row<PlanRow>], run: &Run<'_>) -> Self {
        let mut parts = Parts::new(run);
        Self { plans: rows.iter().map(|row| parts.plan(row)).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.plans.len()
    }

    pub(super) async fn apply(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
        range: Range<usize>,
    ) -> Result<Done, StoreError> {
        let mut done = Done::default();
        for (place, plan) in (range.start..).zip(self.plans.get(range.clone()).unwrap_or_default())
        {
            let own =
                merge(work, run, Records::Plans, (place, std::slice::from_ref(&plan.own))).await?.0;
            done.extend(own);
            let Some(id) = plan.own.target.id() else { continue };
            for (records, rows) in &plan.parts {
                let mut part = merge(work, run, *records, (0, rows)).await?.0;
                // A part that is new in a plan that was there changes the plan.
                for (at, outcome) in &mut part.outcomes {
                    *at = place;
                    if *outcome == Outcome::Create {
                        *outcome = Outcome::Update;
                    }
                }
                done.extend(part);
            }
            let before = work.system_goals(id).await?;
            if before != plan.goals {
                let source = Source { import: run.import, line: plan.own.line };
                let change = (Some(goals_text(&before)), Some(goals_text(&plan.goals)));
                let mut journal = Journal::new(run);
                journal.note(source, ("plan", id), GOALS, change);
                journal.keep(work).await?;
                let goals: Vec<_> =
                    plan.goals.iter().map(|goal| (run.ctx.id(), goal.clone())).collect();
                work.system_put_goals(id, &goals).await?;
                done.row(place, Outcome::Update);
            }
            work.system_index_plan(PlanId(id)).await?;
        }
        Ok(done)
    }
}

/// Gives goals as one text, for the journal.
fn goals_text(goals: &[Texts]) -> String {
    serde_json::json!(goals).to_string()
}

/// Where plans and their parts go.
struct Parts<'a> {
    run: &'a Run<'a>,
    plans: Targets<'a>,
    objectives: Targets<'a>,
    actions: Targets<'a>,
    risks: Targets<'a>,
}

impl<'a> Parts<'a> {
    fn new(run: &'a Run<'a>) -> Self {
        let targets = |records| Targets::new(run, run.keys.other(records));
        Self {
            run,
            plans: targets(Records::Plans),
            objectives: targets(Records::Objectives),
            actions: targets(Records::Actions),
            risks: targets(Records::Risks),
        }
    }

    fn plan(&mut self, row: &Row<PlanRow>) -> Plan {
        let (line, value) = (i64::from(row.line), &row.value);
        let found = self.run.keys.parties.find(self.run.origin, &value.account);
        let account =
            found.id().and_then(|party| self.run.keys.account_of(party)).map(AccountId::as_i64);
        let key = format!("{}\u{1f}{}", value.account, value.version);
        let mut doubts: Vec<Doubt> = Vec::new();
        doubts.extend(doubt(Wanted::Party, &found, (line, "account", &value.account)));
        let target = match account {
            Some(_) => self.plans.of(&key, None, row.digest),
            None => Target::Out,
        };
        let mut fields = Fields::new();
        fields.say("account_id", account);
        fields.say("label", Some(value.version.as_str()));
        fields.say("state", value.state.map(PlanState::as_str));
        texts(&mut fields, ["situation_en", "situation_fr"], value.situation.as_ref());
        texts(&mut fields, ["decision_en", "decision_fr"], value.decision.as_ref());
        fields.day("updated_on", value.updated_on);
        let defaults = Fields::from([
            ("state", PlanState::Draft.as_str().into()),
            ("updated_on", self.run.ctx.today().to_string().into()),
        ]);
        let goals = value.goals.iter().map(|goal| (goal.en.clone(), goal.fr.clone())).collect();
        let own = Incoming { line, key: Some(key.clone()), target, fields, defaults, doubts };
        let parts = match (target.id(), account) {
            (Some(plan), Some(account)) => self.parts((line, &key), value, (plan, account)),
            _ => Vec::new(),
        };
        Plan { own, goals, parts }
    }

    fn parts(
        &mut self,
        (line, key): (i64, &str),
        plan: &PlanRow,
        (plan_id, account): (i64, i64),
    ) -> Vec<(Records, Vec<Incoming>)> {
        let own = |id: &Option<String>, position: i64| {
            format!("{key}\u{1f}{}", id.clone().unwrap_or_else(|| format!("#{position}")))
        };
        let mut objectives = Vec::new();
        for (position, part) in (1..).zip(&plan.objectives) {
            let key = own(&part.id, position);
            let target = self.objectives.of(&key, None, position);
            objectives.push(objective(self.run, part, (line, key, target), (plan_id, position)));
        }
        let mut actions = Vec::new();
        for (position, part) in (1..).zip(&plan.actions) {
            let key = own(&part.id, position);
            let target = self.actions.of(&key, None, position);
            let serves = part.objective.as_ref().and_then(|id| {
                let place = plan
                    .objectives
                    .iter()
                    .position(|objective| objective.id.as_ref() == Some(id))?;
                objectives.get(place)?.target.id()
            });
            actions.push(action(self.run, part, (line, key, target), (plan_id, account, serves)));
        }
        let mut risks = Vec::new();
        for (position, part) in (1..).zip(&plan.risks) {
            let key = own(&part.id, position);
            let target = self.risks.of(&key, None, position);
            risks.push(risk(self.run, part, (line, key, target), (plan_id, position)));
        }
        vec![
            (Records::Objectives, objectives),
            (Records::Actions, actions),
            (Records::Risks, risks),
        ]
    }
}

fn texts(fields: &mut Fields, [en, fr]: [&'static str; 2], text: Option<&PlanText>) {
    if let Some(text) = text {
        fields.text(en, text.en.as_deref());
        fields.text(fr, text.fr.as_deref());
    }
}

fn objective(
    run: &Run<'_>,
    part: &PlanObjective,
    (line, key, target): (i64, String, Target),
    (plan, position): (i64, i64),
) -> Incoming {
    let (mut fields, mut doubts) = (Fields::new(), Vec::new());
    let number = |value: Option<i64>| value.and_then(|value| ratio(value, 10_000));
    fields.say("plan_id", Some(plan));
    fields.say("position", Some(position));
    fields.text("ref", part.id.as_deref());
    texts(&mut fields, ["text_en", "text_fr"], Some(&part.text));
    texts(&mut fields, ["metric_en", "metric_fr"], part.metric.as_ref());
    fields.text("unit", part.unit.as_deref());
    fields.say("baseline", number(part.baseline_e4));
    fields.say("target", number(part.target_e4));
    fields.say("current_value", number(part.current_e4));
    fields.day("due_on", part.due_on);
    fields.say("horizon", part.horizon.map(Horizon::as_str));
    fields.say("type", part.kind.map(ObjectiveType::as_str));
    fields.say("state", part.state.map(ObjectiveState::as_str));
    refer(run, OWNER, part.owner.as_ref(), (line, &mut fields, &mut doubts));
    refer(run, CUSTOMER_OWNER, part.customer_owner.as_ref(), (line, &mut fields, &mut doubts));
    let defaults = Fields::from([("state", ObjectiveState::Proposed.as_str().into())]);
    Incoming { line, key: Some(key), target, fields, defaults, doubts }
}

fn action(
    run: &Run<'_>,
    part: &PlanAction,
    (line, key, target): (i64, String, Target),
    (plan, account, objective): (i64, i64, Option<i64>),
) -> Incoming {
    let (mut fields, mut doubts) = (Fields::new(), Vec::new());
    fields.say("account_id", Some(account));
    fields.say("plan_id", Some(plan));
    fields.say("objective_id", objective);
    fields.text("ref", part.id.as_deref());
    texts(&mut fields, ["text_en", "text_fr"], Some(&part.text));
    fields.day("due_on", part.due_on);
    fields.day("done_on", part.done_on);
    fields.say("state", part.state.map(ActionState::as_str));
    texts(&mut fields, ["note_en", "note_fr"], part.note.as_ref());
    refer(run, OWNER, part.owner.as_ref(), (line, &mut fields, &mut doubts));
    let defaults = Fields::from([("state", ActionState::Todo.as_str().into())]);
    Incoming { line, key: Some(key), target, fields, defaults, doubts }
}

fn risk(
    run: &Run<'_>,
    part: &PlanRisk,
    (line, key, target): (i64, String, Target),
    (plan, position): (i64, i64),
) -> Incoming {
    let (mut fields, mut doubts) = (Fields::new(), Vec::new());
    fields.say("plan_id", Some(plan));
    fields.say("position", Some(position));
    fields.text("ref", part.id.as_deref());
    texts(&mut fields, ["text_en", "text_fr"], Some(&part.text));
    fields.say("probability", part.probability_ppm.map(level));
    fields.say("impact_minor", part.impact_minor);
    fields.currency("currency", part.currency);
    texts(&mut fields, ["sign_en", "sign_fr"], part.sign.as_ref());
    texts(&mut fields, ["prevention_en", "prevention_fr"], part.prevention.as_ref());
    texts(&mut fields, ["reaction_en", "reaction_fr"], part.reaction.as_ref());
    refer(run, OWNER, part.owner.as_ref(), (line, &mut fields, &mut doubts));
    Incoming { line, key: Some(key), target, fields, defaults: Fields::new(), doubts }
}

/// Gives the level of 1 to 5: as written, or the fifth of a probability below 1.
fn level(ppm: i64) -> i64 {
    let level =
        if ppm >= 1_000_000 { ppm.div_euclid(1_000_000) } else { ppm.div_euclid(200_000) + 1 };
    level.clamp(1, 5)
}
