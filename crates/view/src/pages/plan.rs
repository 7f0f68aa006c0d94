//! The plan on a page: read, written and printed.

use askama::Template;
use orchestre_domain::lang::Lang;

use super::account::Head;
use crate::component::field::Field;
use crate::component::figure::{Figure, Figures};
use crate::html::Html;
use crate::page::Page;
use crate::view::View;

/// A form inside of the plan: what it changes and its fields.
#[derive(Debug, Clone)]
pub struct PlanForm {
    /// Where it goes.
    pub action: String,
    /// The summary that opens it.
    pub label: String,
    /// What the button says.
    pub button: String,
    /// The version it was read at.
    pub version: i64,
    /// The fields.
    pub fields: Vec<Field>,
}

/// An objective.
#[derive(Debug, Clone)]
pub struct ObjectiveLine {
    /// The text.
    pub text: String,
    /// Metric: baseline → target, now.
    pub metric: String,
    /// Who owns it on our side and on theirs.
    pub owners: String,
    /// The day.
    pub due: String,
    /// The state's mark.
    pub state: Html,
    /// The form that changes it.
    pub form: Option<PlanForm>,
}

/// An action or a risk: text, detail, who, when, state.
#[derive(Debug, Clone)]
pub struct ItemLine {
    /// The text.
    pub text: String,
    /// What stands below.
    pub detail: String,
    /// The owner.
    pub owner: String,
    /// The day; for a risk what it would cost.
    pub due: String,
    /// The state's mark; for a risk its probability.
    pub state: Html,
    /// The form that changes it.
    pub form: Option<PlanForm>,
}

/// What `pages/plan/show.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/plan/show.html")]
pub struct ShowView {
    /// The frame.
    pub page: Page,
    /// The account's head.
    pub head: Head,
    /// Version, state, updated on.
    pub lead: String,
    /// The account's figures.
    pub figures: Figures,
    /// Situation, in paragraphs.
    pub situation: Vec<String>,
    /// The customer's goals.
    pub goals: Vec<String>,
    /// What executives are asked to decide.
    pub decision: String,
    /// The form for situation, goals and decision.
    pub text_form: Option<PlanForm>,
    /// Our objectives.
    pub objectives: Vec<ObjectiveLine>,
    /// The form for a new one.
    pub objective_form: Option<PlanForm>,
    /// Next actions.
    pub actions: Vec<ItemLine>,
    /// The form for a new one.
    pub action_form: Option<PlanForm>,
    /// Risks.
    pub risks: Vec<ItemLine>,
    /// The form for a new one.
    pub risk_form: Option<PlanForm>,
    /// The next steps of the plan's state: value, words.
    pub steps: Vec<(String, String)>,
    /// Where a step goes, and the plan's version.
    pub step_action: (String, i64),
    /// Other versions: label, address.
    pub versions: Vec<(String, String)>,
    /// What is missing before it can go on.
    pub missing: Vec<String>,
}

/// What `pages/plan/new.html` is given: an account without a plan.
#[derive(Debug, Template)]
#[template(path = "pages/plan/new.html")]
pub struct NewView {
    /// The frame.
    pub page: Page,
    /// The account's head.
    pub head: Head,
    /// The form that begins a plan, when the viewer may.
    pub form: Option<PlanForm>,
}

impl View for ShowView {
    fn samples(lang: Lang) -> Vec<Self> {
        let form = |id: &str| {
            Some(PlanForm {
                action: "/plans/1".to_owned(),
                label: "1".to_owned(),
                button: "2".to_owned(),
                version: 1,
                fields: vec![Field::area("situation", "1").id(id).value("<b>")],
            })
        };
        let item = ItemLine {
            text: "<script>".to_owned(),
            detail: "d".to_owned(),
            owner: "S29".to_owned(),
            due: "20 Nov".to_owned(),
            state: Html("–".to_owned()),
            form: form("a"),
        };
        let objective = ObjectiveLine {
            text: "OTIF".to_owned(),
            metric: "94.1 → 98.5 %".to_owned(),
            owners: "Hugo Brizard / Dr. Ingrid Sollinger".to_owned(),
            due: "14 Jun 2027".to_owned(),
            state: Html("–".to_owned()),
            form: None,
        };
        let view = |items: Vec<ItemLine>, risks: Vec<ItemLine>| Self {
            page: Page::sample(lang),
            head: Head::sample(lang),
            lead: "v2.3".to_owned(),
            figures: Figures(vec![Figure::known(lang, "1", "€17.9m")]),
            situation: vec!["1".to_owned()],
            goals: vec!["<goal>".to_owned()],
            decision: String::new(),
            text_form: form("b"),
            objectives: vec![objective.clone()],
            objective_form: form("c"),
            actions: items,
            action_form: None,
            risks,
            risk_form: None,
            steps: vec![("team_review".to_owned(), "1".to_owned())],
            step_action: ("/plans/1/state".to_owned(), 1),
            versions: vec![("v1".to_owned(), "/plans/1".to_owned())],
            missing: vec!["1".to_owned()],
        };
        vec![view(vec![item], Vec::new()), view(Vec::new(), Vec::new())]
    }
}

impl View for NewView {
    fn samples(lang: Lang) -> Vec<Self> {
        vec![Self { page: Page::sample(lang), head: Head::sample(lang), form: None }]
    }
}
