//! A plan on a page, as JSON.

use orchestre_domain::plan::{Horizon, ObjectiveType};
use orchestre_store as kept;
use serde::Serialize;
use utoipa::ToSchema;

use crate::plans::PlanShown;

/// A text in both languages; null where nobody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Text {
    /// In English.
    pub en: Option<String>,
    /// In French.
    pub fr: Option<String>,
}

/// Who answers for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Owner {
    /// The person, when known by id.
    pub id: Option<String>,
    /// The name.
    pub name: String,
}

/// A plan with its objectives, actions and risks.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Plan {
    /// The id.
    pub id: String,
    /// The account.
    pub account: String,
    /// The account's name.
    #[schema(examples("Lysarel"))]
    pub account_name: String,
    /// The version's label.
    pub version: String,
    /// How it stands on the day.
    #[schema(examples("live"))]
    pub state: String,
    /// The day of its last change.
    #[schema(format = Date)]
    pub updated_on: String,
    /// Where we stand.
    pub situation: Text,
    /// What executives are asked to decide.
    pub decision: Text,
    /// What the customer wants.
    pub goals: Vec<Text>,
    /// Our objectives.
    pub objectives: Vec<Objective>,
    /// The actions of the plan and those of its account outside of any plan.
    pub actions: Vec<Action>,
    /// The risks.
    pub risks: Vec<Risk>,
    /// What is not written yet.
    pub missing: Vec<String>,
    /// The states to which the viewer may take it.
    pub steps: Vec<String>,
}

/// Gives a plan with its objectives, actions and risks, each text in both languages.
pub fn plan(shown: &PlanShown) -> Plan {
    let plan = &shown.plan;
    Plan {
        id: plan.id.to_string(),
        account: plan.account.to_string(),
        account_name: plan.account_name.clone(),
        version: plan.label.clone(),
        state: plan.state.as_str().to_owned(),
        updated_on: plan.updated_on.to_string(),
        situation: text(&plan.situation),
        decision: text(&plan.decision),
        goals: shown.goals.iter().map(text).collect(),
        objectives: shown.objectives.iter().map(objective).collect(),
        actions: shown.actions.iter().map(action).collect(),
        risks: shown.risks.iter().map(risk).collect(),
        missing: shown.missing.iter().map(ToString::to_string).collect(),
        steps: shown.steps.iter().map(ToString::to_string).collect(),
    }
}

fn text(text: &kept::Text) -> Text {
    Text { en: text.en.clone(), fr: text.fr.clone() }
}

fn owner(owner: Option<&kept::Owner>) -> Option<Owner> {
    owner.map(|owner| Owner { id: owner.person.map(|id| id.to_string()), name: owner.name.clone() })
}

/// What will be different, and by how much.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Objective {
    /// The id.
    pub id: String,
    /// What will be different.
    pub text: Text,
    /// What is measured.
    pub metric: Text,
    /// In which unit.
    pub unit: Option<String>,
    /// Where it began.
    pub baseline: Option<f64>,
    /// Where it is to end.
    pub target: Option<f64>,
    /// Where it is.
    pub current: Option<f64>,
    /// By when.
    #[schema(format = Date)]
    pub due_on: Option<String>,
    /// `short` or `long`.
    pub horizon: Option<String>,
    /// What it is about.
    pub r#type: Option<String>,
    /// Who answers for it on our side.
    pub owner: Option<Owner>,
    /// Who answers for it on the customer's side.
    pub customer_owner: Option<Owner>,
    /// How it stands.
    #[schema(examples("on_track"))]
    pub state: String,
}

/// Gives an objective.
pub fn objective(one: &kept::Objective) -> Objective {
    Objective {
        id: one.id.to_string(),
        text: text(&one.text),
        metric: text(&one.metric),
        unit: one.unit.clone(),
        baseline: one.baseline,
        target: one.target,
        current: one.current,
        due_on: one.due_on.map(|day| day.to_string()),
        horizon: one.horizon.map(Horizon::as_str).map(str::to_owned),
        r#type: one.kind.map(ObjectiveType::as_str).map(str::to_owned),
        owner: owner(one.owner.as_ref()),
        customer_owner: owner(one.customer_owner.as_ref()),
        state: one.state.as_str().to_owned(),
    }
}

/// What somebody does for an account by a day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Action {
    /// The id.
    pub id: String,
    /// The account.
    pub account: String,
    /// The account's name.
    pub account_name: String,
    /// The plan in which it stands.
    pub plan: Option<String>,
    /// The objective that it serves.
    pub objective: Option<String>,
    /// What is to be done.
    pub text: Text,
    /// A note.
    pub note: Text,
    /// Who does it.
    pub owner: Option<Owner>,
    /// By when.
    #[schema(format = Date)]
    pub due_on: Option<String>,
    /// When it was done.
    #[schema(format = Date)]
    pub done_on: Option<String>,
    /// How it stands.
    #[schema(examples("todo"))]
    pub state: String,
}

/// Gives an action.
pub fn action(one: &kept::Action) -> Action {
    Action {
        id: one.id.to_string(),
        account: one.account.to_string(),
        account_name: one.account_name.clone(),
        plan: one.plan.map(|id| id.to_string()),
        objective: one.objective.map(|id| id.to_string()),
        text: text(&one.text),
        note: text(&one.note),
        owner: owner(one.owner.as_ref()),
        due_on: one.due_on.map(|day| day.to_string()),
        done_on: one.done_on.map(|day| day.to_string()),
        state: one.state.as_str().to_owned(),
    }
}

/// What may happen, and what is done about it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Risk {
    /// The id.
    pub id: String,
    /// What may happen.
    pub text: Text,
    /// How probable, 1 to 5.
    pub probability: Option<i64>,
    /// What it would cost, minor units of `currency`.
    pub impact_minor: Option<i64>,
    /// The currency of the impact.
    pub currency: Option<String>,
    /// The early sign.
    pub sign: Text,
    /// What is done before.
    pub prevention: Text,
    /// What is done if it happens.
    pub reaction: Text,
    /// Who answers for it.
    pub owner: Option<Owner>,
}

/// Gives a risk.
pub fn risk(one: &kept::Risk) -> Risk {
    Risk {
        id: one.id.to_string(),
        text: text(&one.text),
        probability: one.probability,
        impact_minor: one.impact.as_ref().map(|money| money.minor),
        currency: one.impact.as_ref().map(|money| money.currency.to_string()),
        sign: text(&one.sign),
        prevention: text(&one.prevention),
        reaction: text(&one.reaction),
        owner: owner(one.owner.as_ref()),
    }
}
