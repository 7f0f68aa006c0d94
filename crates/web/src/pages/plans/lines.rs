//! Objectives, actions and risks as lines, each with the form that changes it.

use jiff::civil::Date;
use orchestre_app::plans::{Action, Objective, Owner, PlanShown, Risk};
use orchestre_domain::lang::Lang;
use orchestre_domain::plan::{ActionState, ObjectiveState};
use orchestre_view::html::Html;
use orchestre_view::mark::{self, Tone};
use orchestre_view::pages::plan::{ItemLine, ObjectiveLine};
use orchestre_view::{format, text, text_with};

use super::forms;

pub(super) fn objective(lang: Lang, plan: &PlanShown, one: &Objective) -> ObjectiveLine {
    let owners = [one.owner.as_ref(), one.customer_owner.as_ref()];
    let owners = owners
        .iter()
        .map(|owner| owner.map_or_else(|| format::MISSING.to_owned(), |owner| owner.name.clone()));
    ObjectiveLine {
        text: one.text.in_lang(lang).to_owned(),
        metric: metric(lang, one),
        owners: owners.collect::<Vec<_>>().join(" / "),
        due: one.due_on.map_or_else(String::new, |day| format::day(lang, day)),
        state: objective_state(lang, one.state),
        form: plan.may_update.then(|| forms::objective(lang, plan, Some(one))),
    }
}

fn metric(lang: Lang, one: &Objective) -> String {
    let unit = one.unit.clone().unwrap_or_default();
    let number = |value: f64| {
        let digits = if value.fract().abs() < 1e-9 { 0 } else { 2 };
        format!("{} {unit}", format::decimal(lang, value, digits)).trim().to_owned()
    };
    let name = one.metric.in_lang(lang);
    let mut words = match (one.baseline, one.target) {
        (Some(baseline), Some(target)) => text_with(
            lang,
            "page-plan-metric",
            &[
                ("metric", name.to_owned().into()),
                ("baseline", number(baseline).into()),
                ("target", number(target).into()),
            ],
        ),
        _ => name.to_owned(),
    };
    if let Some(current) = one.current {
        words.push_str(&text_with(
            lang,
            "page-plan-metric-now",
            &[("current", number(current).into())],
        ));
    }
    words
}

fn objective_state(lang: Lang, state: ObjectiveState) -> Html {
    let (tone, icon) = match state {
        ObjectiveState::OnTrack | ObjectiveState::Achieved => (Tone::Good, "check"),
        ObjectiveState::AtRisk => (Tone::Warn, "alert"),
        ObjectiveState::Late | ObjectiveState::Missed => (Tone::Bad, "alert"),
        ObjectiveState::Proposed | ObjectiveState::Agreed | ObjectiveState::Dropped => {
            (Tone::Plain, "info")
        }
    };
    mark::state(tone, icon, &text(lang, &format!("state-objective-{state}")))
}

pub(super) fn action(lang: Lang, plan: &PlanShown, one: &Action, today: Date) -> ItemLine {
    let is_late = one.is_late(today);
    let (tone, icon) = match one.state {
        _ if is_late => (Tone::Bad, "alert"),
        ActionState::Done => (Tone::Good, "check"),
        ActionState::Blocked => (Tone::Warn, "alert"),
        ActionState::Todo | ActionState::Doing | ActionState::Dropped => (Tone::Plain, "clock"),
    };
    let detail = [one.objective_text.in_lang(lang), one.note.in_lang(lang)];
    ItemLine {
        text: one.text.in_lang(lang).to_owned(),
        detail: detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        owner: owner(lang, one.owner.as_ref()),
        due: one.due_on.map_or_else(String::new, |day| format::day(lang, day)),
        state: mark::state(tone, icon, &text(lang, &format!("state-action-{}", one.state))),
        form: plan.may_act.then(|| forms::action(lang, plan, Some(one))),
    }
}

pub(super) fn risk(lang: Lang, plan: &PlanShown, one: &Risk) -> ItemLine {
    let part = |key: &str, name: &'static str, words: &str| {
        (!words.is_empty()).then(|| text_with(lang, key, &[(name, words.to_owned().into())]))
    };
    let details = [
        part("page-plan-risk-sign", "sign", one.sign.in_lang(lang)),
        part("page-plan-risk-prevention", "prevention", one.prevention.in_lang(lang)),
        part("page-plan-risk-reaction", "reaction", one.reaction.in_lang(lang)),
    ];
    let probability = one.probability.map_or_else(
        || text(lang, "word-unknown"),
        |value| text_with(lang, "page-plan-risk-probability", &[("probability", value.into())]),
    );
    let tone =
        if one.probability.is_some_and(|value| value >= 4) { Tone::Bad } else { Tone::Plain };
    ItemLine {
        text: one.text.in_lang(lang).to_owned(),
        detail: details.into_iter().flatten().collect::<Vec<_>>().join("; "),
        owner: owner(lang, one.owner.as_ref()),
        due: one.impact.map_or_else(String::new, |money| {
            format::money_short(lang, money.minor, money.currency)
        }),
        state: mark::state(tone, "flag", &probability),
        form: plan.may_update.then(|| forms::risk(lang, plan, Some(one))),
    }
}

fn owner(lang: Lang, owner: Option<&Owner>) -> String {
    owner.map_or_else(|| text(lang, "word-nobody"), |owner| owner.name.clone())
}
