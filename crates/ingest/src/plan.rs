//! Account plans: JSON objects with objectives, actions and risks inside.

use jiff::civil::Date;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::plan::{ActionState, Horizon, ObjectiveState, ObjectiveType, PlanState};
use serde_json::{Map, Value};

use crate::day::iso;
use crate::issue::{Issue, IssueCode};
use crate::json::{self, Object, cell};
use crate::number::{Mark, read_number};

/// A text in the languages in which it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanText {
    /// English.
    pub en: Option<String>,
    /// French.
    pub fr: Option<String>,
}

/// A plan of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// The key of the account.
    pub account: String,
    /// The version, as the file writes it: `2.3`.
    pub version: String,
    /// How far it has come.
    pub state: Option<PlanState>,
    /// The language in which it is written.
    pub language: Option<Lang>,
    /// The day of its last change.
    pub updated_on: Option<Date>,
    /// The situation.
    pub situation: Option<PlanText>,
    /// The customer's goals.
    pub goals: Vec<PlanText>,
    /// The decision that is asked for.
    pub decision: Option<PlanText>,
    /// Our objectives.
    pub objectives: Vec<PlanObjective>,
    /// The next actions.
    pub actions: Vec<PlanAction>,
    /// The risks.
    pub risks: Vec<PlanRisk>,
}

/// An objective of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanObjective {
    /// The external id.
    pub id: Option<String>,
    /// The text.
    pub text: PlanText,
    /// What is measured.
    pub metric: Option<PlanText>,
    /// The unit of the measure.
    pub unit: Option<String>,
    /// Where it began × 10,000.
    pub baseline_e4: Option<i64>,
    /// Where it is to end × 10,000.
    pub target_e4: Option<i64>,
    /// Where it is × 10,000.
    pub current_e4: Option<i64>,
    /// The day by which it is to be reached.
    pub due_on: Option<Date>,
    /// Short or long term.
    pub horizon: Option<Horizon>,
    /// What it is about.
    pub kind: Option<ObjectiveType>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Who answers for it at the customer.
    pub customer_owner: Option<String>,
    /// How it stands.
    pub state: Option<ObjectiveState>,
}

/// An action of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanAction {
    /// The external id.
    pub id: Option<String>,
    /// The text.
    pub text: PlanText,
    /// The external id of the objective that it serves.
    pub objective: Option<String>,
    /// Who does it.
    pub owner: Option<String>,
    /// The day by which it is to be done.
    pub due_on: Option<Date>,
    /// The day on which it was done.
    pub done_on: Option<Date>,
    /// How it stands.
    pub state: Option<ActionState>,
    /// A note.
    pub note: Option<PlanText>,
}

/// A risk or a chance of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRisk {
    /// The external id.
    pub id: Option<String>,
    /// The text.
    pub text: PlanText,
    /// The probability in parts per million.
    pub probability_ppm: Option<i64>,
    /// The impact in minor units of the currency; whole units × 100 where none is named.
    pub impact_minor: Option<i64>,
    /// The currency of the impact.
    pub currency: Option<Currency>,
    /// The sign by which its coming is seen.
    pub sign: Option<PlanText>,
    /// What prevents it.
    pub prevention: Option<PlanText>,
    /// What follows when it comes.
    pub reaction: Option<PlanText>,
    /// Who watches it.
    pub owner: Option<String>,
}

/// The plans of a file.
pub(crate) struct Plans {
    pub(crate) rows: Vec<(u32, PlanRow)>,
    pub(crate) issues: Vec<Issue>,
    pub(crate) total: usize,
}

/// Says whether the objects of a JSON text are plans, from the first of them.
pub(crate) fn looks_like_plans(text: &str) -> bool {
    json::first(text).is_some_and(|object| {
        object.contains_key("account")
            && ["objectives", "situation"].iter().any(|name| object.contains_key(*name))
    })
}

/// Reads the plans of a JSON text.
pub(crate) fn read_plans(text: &str) -> Plans {
    let read = json::objects(text);
    let total = read.list.len() + read.issues.len();
    let mut plans = Plans { rows: Vec::new(), issues: read.issues, total };
    for object in &read.list {
        let mut part = Part { object: &object.object, line: object.line, issues: Vec::new() };
        let row = plan(&mut part, object);
        if let Some(row) = row
            && part.issues.is_empty()
        {
            plans.rows.push((object.line, row));
        }
        plans.issues.append(&mut part.issues);
    }
    plans
}

/// An object inside a plan; collects what cannot be read.
struct Part<'a> {
    object: &'a Map<String, Value>,
    line: u32,
    issues: Vec<Issue>,
}

impl Part<'_> {
    fn raw(&self, name: &str) -> Option<String> {
        self.object.get(name).map(cell).filter(|text| !text.trim().is_empty())
    }

    fn wrong(&mut self, code: IssueCode, name: &str) {
        let issue = Issue::row(code, self.line).in_column(name);
        let value = self.raw(name);
        self.issues.push(value.map_or(issue.clone(), |value| issue.with_value(&value)));
    }

    fn read<T>(&mut self, name: &str, code: IssueCode, read: fn(&str) -> Option<T>) -> Option<T> {
        let value = read(self.raw(name)?.trim());
        if value.is_none() {
            self.wrong(code, name);
        }
        value
    }

    fn day(&mut self, name: &str) -> Option<Date> {
        self.read(name, IssueCode::DateUnreadable, iso)
    }

    fn e4(&mut self, name: &str) -> Option<i64> {
        self.read(name, IssueCode::NumberUnreadable, |text| scaled(text, 4))
    }

    fn word<T>(&mut self, name: &str, parse: fn(&str) -> Option<T>) -> Option<T> {
        self.read(name, IssueCode::UnknownWord, parse)
    }

    fn text(&self, name: &str) -> Option<PlanText> {
        self.object.get(name).and_then(plan_text)
    }

    fn needed_text(&mut self) -> PlanText {
        let text = self.text("text");
        if text.is_none() {
            self.wrong(IssueCode::RequiredMissing, "text");
        }
        text.unwrap_or_default()
    }

    fn parts<T>(&mut self, name: &str, read: fn(&mut Part<'_>) -> T) -> Vec<T> {
        let list = self.object.get(name).and_then(Value::as_array);
        let objects: Vec<&Map<String, Value>> =
            list.into_iter().flatten().filter_map(Value::as_object).collect();
        let mut parts = Vec::new();
        for object in objects {
            let mut part = Part { object, line: self.line, issues: Vec::new() };
            parts.push(read(&mut part));
            self.issues.append(&mut part.issues);
        }
        parts
    }
}

fn scaled(text: &str, decimals: u32) -> Option<i64> {
    read_number(text)?.0.settle(Mark::Point)?.scaled(decimals)
}

/// Gives a text in its languages; a plain string counts for both.
fn plan_text(value: &Value) -> Option<PlanText> {
    let text = match value {
        Value::Object(object) => {
            let language = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
            PlanText { en: language("en"), fr: language("fr") }
        }
        Value::String(text) => PlanText { en: Some(text.clone()), fr: Some(text.clone()) },
        _ => return None,
    };
    (text != PlanText::default()).then_some(text)
}

fn plan(part: &mut Part<'_>, object: &Object) -> Option<PlanRow> {
    let account = part.raw("account");
    if account.is_none() {
        part.wrong(IssueCode::RequiredMissing, "account");
    }
    let goals = object.object.get("goals").and_then(Value::as_array);
    Some(PlanRow {
        version: part.raw("version").unwrap_or_else(|| "1".to_owned()),
        state: part.word("state", PlanState::parse),
        language: part.word("language", Lang::parse),
        updated_on: part.day("updated_on"),
        situation: part.text("situation"),
        goals: goals.into_iter().flatten().filter_map(plan_text).collect(),
        decision: part.text("decision"),
        objectives: part.parts("objectives", objective),
        actions: part.parts("actions", action),
        risks: part.parts("risks", risk),
        account: account?,
    })
}

fn objective(part: &mut Part<'_>) -> PlanObjective {
    PlanObjective {
        id: part.raw("id"),
        text: part.needed_text(),
        metric: part.text("metric"),
        unit: part.raw("unit"),
        baseline_e4: part.e4("baseline"),
        target_e4: part.e4("target"),
        current_e4: part.e4("current"),
        due_on: part.day("due_on"),
        horizon: part.word("horizon", Horizon::parse),
        kind: part.word("type", ObjectiveType::parse),
        owner: part.raw("owner"),
        customer_owner: part.raw("customer_owner"),
        state: part.word("state", ObjectiveState::parse),
    }
}

fn action(part: &mut Part<'_>) -> PlanAction {
    PlanAction {
        id: part.raw("id"),
        text: part.needed_text(),
        objective: part.raw("objective"),
        owner: part.raw("owner"),
        due_on: part.day("due_on"),
        done_on: part.day("done_on"),
        state: part.word("state", ActionState::parse),
        note: part.text("note"),
    }
}

fn risk(part: &mut Part<'_>) -> PlanRisk {
    let currency = part.read("currency", IssueCode::CurrencyUnknown, Currency::parse);
    let probability = part.read("probability", IssueCode::NumberUnreadable, |text| {
        let (number, unit) = read_number(text)?;
        number.settle(Mark::Point)?.scaled(if unit.percent { 4 } else { 6 })
    });
    let impact = part.read("impact", IssueCode::NumberUnreadable, |text| scaled(text, 4));
    let exponent = currency.map_or(2, Currency::exponent);
    let down = 4_u32.saturating_sub(exponent);
    let divisor = 10_i128.checked_pow(down).unwrap_or(1);
    let minor = |e4| orchestre_domain::money::divide_half_even(i128::from(e4), divisor);
    PlanRisk {
        id: part.raw("id"),
        text: part.needed_text(),
        probability_ppm: probability,
        impact_minor: impact.and_then(minor),
        currency,
        sign: part.text("sign"),
        prevention: part.text("prevention"),
        reaction: part.text("reaction"),
        owner: part.raw("owner"),
    }
}
