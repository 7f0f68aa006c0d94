//! The forms of a plan: its texts, and each objective, action and risk.

use orchestre_app::plans::{Action, Objective, Owner, PlanShown, Risk};
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::plan::{ActionState, Horizon, ObjectiveState, ObjectiveType};
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::pages::plan::PlanForm;
use orchestre_view::text;

use crate::door::Visit;
use crate::frame::account_path;

/// The form that begins a plan, for whoever may.
pub(super) fn begin(visit: &Visit, account: AccountId) -> Option<PlanForm> {
    let label = text(visit.lang(), "page-plan-begin");
    may(&visit.ctx.viewer, Capability::Create, Object::Plan, Scope::Account(account)).then(|| {
        PlanForm {
            action: format!("{}/plan", account_path(account)),
            button: label.clone(),
            label,
            version: 0,
            fields: Vec::new(),
        }
    })
}

/// The form of situation, goals and decision.
pub(super) fn texts(lang: Lang, plan: &PlanShown) -> PlanForm {
    let goals: Vec<&str> = plan.goals.iter().map(|goal| goal.in_lang(lang)).collect();
    PlanForm {
        action: format!("/plans/{}", plan.plan.id),
        label: text(lang, "page-plan-edit-text"),
        button: text(lang, "button-save"),
        version: plan.plan.version,
        fields: vec![
            Field::area("situation", text(lang, "field-situation"))
                .value(plan.plan.situation.in_lang(lang))
                .help(text(lang, "field-situation-help")),
            Field::area("goals", text(lang, "field-goals")).value(goals.join("\n")),
            Field::area("decision", text(lang, "field-decision"))
                .value(plan.plan.decision.in_lang(lang))
                .optional(lang),
        ],
    }
}

/// The types, horizons and states of an objective.
fn objective_choices(lang: Lang) -> [Vec<Choice>; 3] {
    let choice =
        |group: &str, word: &str| Choice::new(word, text(lang, &format!("state-{group}-{word}")));
    [
        ObjectiveType::ALL.iter().map(|kind| choice("objective_type", kind.as_str())).collect(),
        Horizon::ALL.iter().map(|horizon| choice("horizon", horizon.as_str())).collect(),
        ObjectiveState::ALL.iter().map(|state| choice("objective", state.as_str())).collect(),
    ]
}

/// The form of an objective; of a new one without.
pub(super) fn objective(lang: Lang, plan: &PlanShown, one: Option<&Objective>) -> PlanForm {
    let key = one.map_or_else(|| "new-objective".to_owned(), |one| one.id.to_string());
    let id = |name: &str| format!("{name}-{key}");
    let t = |name: &str| text(lang, name);
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let state = one.map_or(ObjectiveState::Proposed, |one| one.state);
    let kind = one.and_then(|one| one.kind).unwrap_or(ObjectiveType::Growth);
    let horizon = one.and_then(|one| one.horizon).unwrap_or(Horizon::Short);
    let [kinds, horizons, states] = objective_choices(lang);
    PlanForm {
        action: one.map_or_else(
            || format!("/plans/{}/objectives", plan.plan.id),
            |one| format!("/plans/{}/objectives?id={}", plan.plan.id, one.id),
        ),
        label: t(if one.is_some() { "button-edit" } else { "page-plan-add-objective" }),
        button: t("button-save"),
        version: one.map_or(0, |one| one.version),
        fields: vec![
            Field::text("text", t("field-text"))
                .id(id("text"))
                .value(one.map_or("", |one| one.text.in_lang(lang)))
                .required(),
            Field::text("metric", t("field-metric"))
                .id(id("metric"))
                .value(one.map_or("", |one| one.metric.in_lang(lang))),
            Field::text("unit", t("field-unit"))
                .id(id("unit"))
                .value(one.and_then(|one| one.unit.clone()).unwrap_or_default())
                .optional(lang),
            Field::text("baseline", t("field-baseline"))
                .id(id("baseline"))
                .value(number(one.and_then(|one| one.baseline)))
                .optional(lang),
            Field::text("target", t("field-target"))
                .id(id("target"))
                .value(number(one.and_then(|one| one.target)))
                .optional(lang),
            Field::text("current", t("field-current"))
                .id(id("current"))
                .value(number(one.and_then(|one| one.current)))
                .optional(lang),
            Field::date("due_on", t("field-due_on")).id(id("due_on")).value(
                one.and_then(|one| one.due_on).map_or_else(String::new, |day| day.to_string()),
            ),
            Field::select("horizon", t("field-horizon"), horizons)
                .id(id("horizon"))
                .value(horizon.as_str()),
            Field::select("type", t("field-type"), kinds).id(id("type")).value(kind.as_str()),
            owner("owner", t("field-owner"), &plan.team, one.and_then(|one| one.owner.as_ref()))
                .id(id("owner")),
            owner(
                "customer_owner",
                t("field-customer_owner"),
                &plan.contacts,
                one.and_then(|one| one.customer_owner.as_ref()),
            )
            .id(id("customer_owner")),
            Field::select("state", t("field-state"), states).id(id("state")).value(state.as_str()),
        ],
    }
}

/// The form of an action; of a new one without.
pub(super) fn action(lang: Lang, plan: &PlanShown, one: Option<&Action>) -> PlanForm {
    let key = one.map_or_else(|| "new-action".to_owned(), |one| one.id.to_string());
    let id = |name: &str| format!("{name}-{key}");
    let t = |name: &str| text(lang, name);
    let mut objectives = vec![Choice::new("", "–")];
    objectives.extend(
        plan.objectives.iter().map(|one| Choice::new(one.id.to_string(), one.text.in_lang(lang))),
    );
    let chosen = one
        .and_then(|one| one.objective)
        .map_or_else(String::new, |objective| objective.to_string());
    let due = one.and_then(|one| one.due_on).map_or_else(String::new, |day| day.to_string());
    let mut fields = vec![
        Field::text("text", t("field-action_text"))
            .id(id("text"))
            .value(one.map_or("", |one| one.text.in_lang(lang)))
            .required(),
        Field::select("objective", t("field-objective"), objectives)
            .id(id("objective"))
            .value(chosen),
        owner("owner", t("field-owner"), &plan.team, one.and_then(|one| one.owner.as_ref()))
            .id(id("owner")),
        Field::date("due_on", t("field-due_on")).id(id("due_on")).value(due),
    ];
    if let Some(one) = one {
        let states = ActionState::ALL
            .iter()
            .map(|state| Choice::new(state.as_str(), text(lang, &format!("state-action-{state}"))));
        fields.push(
            Field::select("state", t("field-state"), states.collect())
                .id(id("state"))
                .value(one.state.as_str()),
        );
        fields.push(
            Field::text("note", t("field-note"))
                .id(id("note"))
                .value(one.note.in_lang(lang))
                .optional(lang),
        );
    }
    PlanForm {
        action: one.map_or_else(
            || format!("/actions?plan={}&account={}", plan.plan.id, plan.plan.account),
            |one| format!("/actions/{}", one.id),
        ),
        label: t(if one.is_some() { "button-edit" } else { "page-plan-add-action" }),
        button: t("button-save"),
        version: one.map_or(0, |one| one.version),
        fields,
    }
}

/// The form of a risk; of a new one without.
pub(super) fn risk(lang: Lang, plan: &PlanShown, one: Option<&Risk>) -> PlanForm {
    let key = one.map_or_else(|| "new-risk".to_owned(), |one| one.id.to_string());
    let id = |name: &str| format!("{name}-{key}");
    let t = |name: &str| text(lang, name);
    let points = (1..=5).map(|point: i64| Choice::new(point.to_string(), point.to_string()));
    let impact = one.and_then(|one| one.impact);
    let major = impact.map_or_else(String::new, |money| {
        money.minor.div_euclid(10_i64.pow(money.currency.exponent())).to_string()
    });
    let currency = impact.map_or_else(|| "EUR".to_owned(), |money| money.currency.to_string());
    PlanForm {
        action: one.map_or_else(
            || format!("/plans/{}/risks", plan.plan.id),
            |one| format!("/plans/{}/risks?id={}", plan.plan.id, one.id),
        ),
        label: t(if one.is_some() { "button-edit" } else { "page-plan-add-risk" }),
        button: t("button-save"),
        version: one.map_or(0, |one| one.version),
        fields: vec![
            Field::text("text", t("field-risk_text"))
                .id(id("text"))
                .value(one.map_or("", |one| one.text.in_lang(lang)))
                .required(),
            Field::select("probability", t("field-probability"), points.collect())
                .id(id("probability"))
                .value(one.and_then(|one| one.probability).unwrap_or(3).to_string()),
            Field::text("impact", t("field-impact")).id(id("impact")).value(major).optional(lang),
            Field::text("currency", t("field-currency")).id(id("currency")).value(currency),
            Field::text("sign", t("field-sign"))
                .id(id("sign"))
                .value(one.map_or("", |one| one.sign.in_lang(lang)))
                .optional(lang),
            Field::text("prevention", t("field-prevention"))
                .id(id("prevention"))
                .value(one.map_or("", |one| one.prevention.in_lang(lang)))
                .optional(lang),
            Field::text("reaction", t("field-reaction"))
                .id(id("reaction"))
                .value(one.map_or("", |one| one.reaction.in_lang(lang)))
                .optional(lang),
            owner("owner", t("field-owner"), &plan.team, one.and_then(|one| one.owner.as_ref()))
                .id(id("owner")),
        ],
    }
}

fn owner(
    name: &str,
    label: String,
    people: &[(PersonId, String)],
    present: Option<&Owner>,
) -> Field {
    let mut choices = vec![Choice::new("", "–")];
    choices.extend(people.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())));
    let chosen = present.and_then(|owner| owner.person);
    if let Some(owner) = present
        && let Some(id) = owner.person
        && !people.iter().any(|(known, _)| *known == id)
    {
        choices.push(Choice::new(id.to_string(), owner.name.clone()));
    }
    Field::select(name, label, choices).value(chosen.map_or_else(String::new, |id| id.to_string()))
}
