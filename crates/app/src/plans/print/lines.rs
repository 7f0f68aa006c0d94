//! The objectives, actions and risks of a plan in words.

use jiff::civil::Date;
use orchestre_documents::plan::{ActionLine, ObjectiveLine, RiskLine, State, Tone};
use orchestre_domain::lang::Lang;
use orchestre_domain::month::Ym;
use orchestre_domain::plan::{ActionState, ObjectiveState, days_between};
use orchestre_store::{Action, Objective, Owner, Risk};
use orchestre_view::format;
use orchestre_view::text::{text, text_with};

use super::PlanShown;

/// Decimals that are written at most.
const DIGITS: u8 = 4;

/// Gives an objective.
pub(super) fn objective(lang: Lang, objective: &Objective) -> ObjectiveLine {
    let unit = objective.unit.as_deref().unwrap_or_default().trim();
    let values = [objective.baseline, objective.target, objective.current];
    let digits = values.into_iter().flatten().map(decimals).max().unwrap_or(0);
    let value = |value: Option<f64>| {
        value.map_or_else(String::new, |value| number(lang, value, (unit, digits)))
    };
    let tone = match objective.state {
        ObjectiveState::OnTrack | ObjectiveState::Achieved => Tone::Good,
        ObjectiveState::AtRisk => Tone::Warn,
        ObjectiveState::Late | ObjectiveState::Missed => Tone::Bad,
        ObjectiveState::Proposed | ObjectiveState::Agreed | ObjectiveState::Dropped => Tone::Plain,
    };
    ObjectiveLine {
        text: objective.text.in_lang(lang).to_owned(),
        metric: metric(objective.metric.in_lang(lang), unit),
        baseline: value(objective.baseline),
        target: value(objective.target),
        current: value(objective.current),
        due: objective.due_on.map_or_else(String::new, |due| format::month(lang, Ym::of(due))),
        owner: name(objective.owner.as_ref()),
        customer_owner: name(objective.customer_owner.as_ref()),
        state: State { word: text(lang, &format!("state-objective-{}", objective.state)), tone },
    }
}

/// Gives the name of a measure, with its unit where values do not carry it.
fn metric(metric: &str, unit: &str) -> String {
    if unit.is_empty() || unit == "%" || metric.contains(unit) {
        return metric.to_owned();
    }
    if metric.is_empty() { unit.to_owned() } else { format!("{metric}, {unit}") }
}

/// Gives how many decimals a number has.
fn decimals(value: f64) -> u8 {
    let plain = format!("{value}");
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    u8::try_from(decimals).unwrap_or(DIGITS).min(DIGITS)
}

/// Writes a number; the sign of a share stands with it, other units stand with the measure.
fn number(lang: Lang, value: f64, (unit, digits): (&str, u8)) -> String {
    let number = format::decimal(lang, value, digits);
    match (unit, lang) {
        ("%", Lang::Fr) => format!("{number}\u{202f}%"),
        ("%", Lang::En) => format!("{number}%"),
        _ => number,
    }
}

fn name(owner: Option<&Owner>) -> String {
    owner.map_or_else(String::new, |owner| owner.name.clone())
}

/// Gives the actions that are not over, the late ones first because they are the oldest.
pub(super) fn actions(lang: Lang, shown: &PlanShown, as_of: Date) -> Vec<ActionLine> {
    let open = shown.actions.iter().filter(|action| action.state.is_open());
    open.map(|one| ActionLine {
        text: one.text.in_lang(lang).to_owned(),
        objective: place(shown, one).map_or_else(String::new, |place| place.to_string()),
        owner: name(one.owner.as_ref()),
        due: one.due_on.map_or_else(String::new, |due| day(lang, due, as_of)),
        state: action_state(lang, one, as_of),
    })
    .collect()
}

/// Gives the number of the objective that an action serves, as the page counts.
fn place(shown: &PlanShown, action: &Action) -> Option<usize> {
    let wanted = action.objective?;
    shown.objectives.iter().position(|objective| objective.id == wanted).map(|at| at + 1)
}

fn day(lang: Lang, day: Date, as_of: Date) -> String {
    if day.year() == as_of.year() { format::day_short(lang, day) } else { format::day(lang, day) }
}

fn action_state(lang: Lang, action: &Action, as_of: Date) -> State {
    if let Some(due) = action.due_on.filter(|_| action.is_late(as_of)) {
        let days = days_between(due, as_of);
        let word = text_with(lang, "page-print-late", &[("days", days.into())]);
        return State { word, tone: Tone::Bad };
    }
    let tone = match action.state {
        ActionState::Blocked => Tone::Warn,
        _ => Tone::Plain,
    };
    State { word: text(lang, &format!("state-action-{}", action.state)), tone }
}

/// Gives a risk.
pub(super) fn risk(lang: Lang, risk: &Risk) -> RiskLine {
    let words = |probability: i64| {
        text_with(lang, "page-print-probability", &[("probability", probability.into())])
    };
    RiskLine {
        text: risk.text.in_lang(lang).to_owned(),
        probability: risk.probability.and_then(|probability| u8::try_from(probability).ok()),
        probability_words: risk.probability.map_or_else(String::new, words),
        impact: risk.impact.map_or_else(String::new, |impact| {
            format::money_short(lang, impact.minor, impact.currency)
        }),
        sign: risk.sign.in_lang(lang).to_owned(),
        prevention: risk.prevention.in_lang(lang).to_owned(),
        reaction: risk.reaction.in_lang(lang).to_owned(),
        owner: name(risk.owner.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_the_decimals_it_has() {
        let alone = |lang, value, unit| number(lang, value, (unit, decimals(value)));
        assert_eq!(alone(Lang::En, 0.62, "%"), "0.62%");
        assert_eq!(alone(Lang::Fr, 94.1, "%"), "94,1\u{202f}%");
        assert_eq!(alone(Lang::En, 2_600.0, "k€"), "2,600");
        assert_eq!(alone(Lang::En, 0.0, ""), "0");
        assert_eq!(decimals(1.0 / 3.0), DIGITS);
    }

    #[test]
    fn a_unit_stands_with_the_measure_unless_it_stands_with_the_values() {
        assert_eq!(metric("OTIF", "%"), "OTIF");
        assert_eq!(metric("weight", "kg"), "weight, kg");
        assert_eq!(metric("kg CO₂e per shipment", "kg CO₂e"), "kg CO₂e per shipment");
        assert_eq!(metric("", "lanes"), "lanes");
    }
}
