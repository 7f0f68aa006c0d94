//! A plan on a page, as JSON.

use orchestre_domain::plan::Horizon;
use orchestre_store::{Action, Objective, Owner, Risk, Text};
use serde_json::{Value, json};

use crate::plans::PlanShown;

/// Gives a plan with its objectives, actions and risks, each text in both languages.
pub fn plan(shown: &PlanShown) -> Value {
    let plan = &shown.plan;
    json!({
        "id": plan.id.to_string(),
        "account": plan.account.to_string(),
        "account_name": plan.account_name,
        "version": plan.label,
        "state": plan.state.as_str(),
        "updated_on": plan.updated_on.to_string(),
        "situation": text(&plan.situation),
        "decision": text(&plan.decision),
        "goals": shown.goals.iter().map(text).collect::<Value>(),
        "objectives": shown.objectives.iter().map(objective).collect::<Value>(),
        "actions": shown.actions.iter().map(action).collect::<Value>(),
        "risks": shown.risks.iter().map(risk).collect::<Value>(),
        "missing": shown.missing,
    })
}

fn text(text: &Text) -> Value {
    json!({"en": text.en, "fr": text.fr})
}

fn owner(owner: Option<&Owner>) -> Value {
    owner.map_or(
        Value::Null,
        |owner| json!({"id": owner.person.map(|id| id.to_string()), "name": owner.name}),
    )
}

fn objective(one: &Objective) -> Value {
    json!({
        "id": one.id.to_string(),
        "text": text(&one.text),
        "metric": text(&one.metric),
        "unit": one.unit,
        "baseline": one.baseline,
        "target": one.target,
        "current": one.current,
        "due_on": one.due_on.map(|day| day.to_string()),
        "horizon": one.horizon.map(Horizon::as_str),
        "owner": owner(one.owner.as_ref()),
        "customer_owner": owner(one.customer_owner.as_ref()),
        "state": one.state.as_str(),
    })
}

fn action(one: &Action) -> Value {
    json!({
        "id": one.id.to_string(),
        "objective": one.objective.map(|id| id.to_string()),
        "text": text(&one.text),
        "owner": owner(one.owner.as_ref()),
        "due_on": one.due_on.map(|day| day.to_string()),
        "done_on": one.done_on.map(|day| day.to_string()),
        "state": one.state.as_str(),
    })
}

fn risk(one: &Risk) -> Value {
    json!({
        "id": one.id.to_string(),
        "text": text(&one.text),
        "probability": one.probability,
        "impact_minor": one.impact.as_ref().map(|money| money.minor),
        "currency": one.impact.as_ref().map(|money| money.currency.as_str()),
        "sign": text(&one.sign),
        "prevention": text(&one.prevention),
        "reaction": text(&one.reaction),
        "owner": owner(one.owner.as_ref()),
    })
}
