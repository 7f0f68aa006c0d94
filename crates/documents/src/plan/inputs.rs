//! The page as the dictionary that the template reads: values only, never source text.

use typst::foundations::{Array, Bytes, Dict, IntoValue, Value, dict};

use super::{
    ActionLine, FigureBox, ObjectiveLine, Picture, PlanPage, PlanWords, RiskLine, Square, State,
    Tone,
};

/// A word longer than this may be broken, or it would run out of its column.
const LONGEST_WORD: usize = 18;
/// How many letters of such a word stay together.
const SYLLABLES: usize = 9;

/// Gives the whole page as a dictionary.
pub(super) fn inputs(page: &PlanPage) -> Dict {
    dict! {
        "lang" => page.lang.as_str(),
        "document-title" => one_line(&page.document_title),
        "title" => text(&page.title),
        "square" => square(page.square),
        "tier" => text(&page.tier),
        "facts" => list(&page.facts, |fact| dict! {
            "label" => text(&fact.label),
            "value" => text(&fact.value),
        }.into_value()),
        "confidentiality" => text(&page.confidentiality),
        "subtitle" => text(&page.subtitle),
        "figures" => list(&page.figures, figure),
        "situation" => paragraphs(&page.situation),
        "goals" => list(&page.goals, |goal| text(goal).into_value()),
        "objectives" => list(&page.objectives, objective),
        "actions" => list(&page.actions, action),
        "risks" => list(&page.risks, risk),
        "decision" => paragraphs(&page.decision),
        "pictures" => list(&page.pictures, picture),
        "footer" => list(&page.footer, |part| text(part).into_value()),
        "stamp" => text(&page.stamp),
        "words" => words(&page.words),
    }
}

fn figure(figure: &FigureBox) -> Value {
    dict! {
        "label" => text(&figure.label),
        "value" => text(&figure.value),
        "detail" => text(&figure.detail),
        "bars" => figure.coverage_bars.map(of_five),
        "tone" => tone(figure.tone),
    }
    .into_value()
}

fn objective(line: &ObjectiveLine) -> Value {
    dict! {
        "text" => text(&line.text),
        "metric" => text(&line.metric),
        "baseline" => text(&line.baseline),
        "target" => text(&line.target),
        "current" => text(&line.current),
        "due" => text(&line.due),
        "owner" => text(&line.owner),
        "customer-owner" => text(&line.customer_owner),
        "state" => state(&line.state),
    }
    .into_value()
}

fn action(line: &ActionLine) -> Value {
    dict! {
        "text" => text(&line.text),
        "objective" => text(&line.objective),
        "owner" => text(&line.owner),
        "due" => text(&line.due),
        "state" => state(&line.state),
    }
    .into_value()
}

fn risk(line: &RiskLine) -> Value {
    dict! {
        "text" => text(&line.text),
        "probability" => line.probability.map(of_five),
        "probability-words" => one_line(&line.probability_words),
        "impact" => text(&line.impact),
        "sign" => text(&line.sign),
        "prevention" => text(&line.prevention),
        "reaction" => text(&line.reaction),
        "owner" => text(&line.owner),
    }
    .into_value()
}

fn picture(picture: &Picture) -> Value {
    dict! {
        "title" => text(&picture.title),
        "measure" => text(&picture.measure),
        "svg" => Bytes::from_string(picture.svg.clone()),
        "alt" => one_line(&picture.alt),
        "note" => text(&picture.note),
    }
    .into_value()
}

fn words(words: &PlanWords) -> Value {
    dict! {
        "situation" => text(&words.situation),
        "goals" => text(&words.goals),
        "objectives" => text(&words.objectives),
        "objective" => text(&words.objective),
        "baseline" => text(&words.baseline),
        "current" => text(&words.current),
        "target" => text(&words.target),
        "due" => text(&words.due),
        "owners" => text(&words.owners),
        "state" => text(&words.state),
        "actions" => text(&words.actions),
        "action" => text(&words.action),
        "serves" => text(&words.serves),
        "owner" => text(&words.owner),
        "risks" => text(&words.risks),
        "sign" => text(&words.sign),
        "prevention" => text(&words.prevention),
        "reaction" => text(&words.reaction),
        "decision" => text(&words.decision),
        "nothing" => text(&words.nothing),
        "more" => text(&words.more),
    }
    .into_value()
}

fn state(state: &State) -> Value {
    dict! { "word" => text(&state.word), "tone" => tone(state.tone) }.into_value()
}

const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
    }
}

const fn square(square: Square) -> &'static str {
    match square {
        Square::Full => "full",
        Square::Half => "half",
        Square::Empty => "empty",
    }
}

fn of_five(count: u8) -> i64 {
    i64::from(count.min(5))
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    items.iter().map(value).collect::<Array>().into_value()
}

fn paragraphs(whole: &str) -> Value {
    whole
        .replace('\r', "")
        .split("\n\n")
        .map(text)
        .filter(|paragraph| !paragraph.is_empty())
        .map(IntoValue::into_value)
        .collect::<Array>()
        .into_value()
}

/// Gives a text on one line: control signs become spaces, spaces in a row become one, the no-break spaces stay.
fn one_line(whole: &str) -> String {
    whole
        .split(|sign: char| sign == ' ' || sign.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Gives a text on one line in which initials stay with their name and a word without end has soft hyphens.
fn text(whole: &str) -> String {
    tied(&one_line(whole))
        .split_inclusive(|sign: char| !sign.is_alphanumeric() && sign != '_')
        .map(breakable)
        .collect()
}

/// Gives a text in which the space after an initial does not break.
fn tied(line: &str) -> String {
    line.split_inclusive(' ')
        .map(|word| {
            let mut signs = word.chars();
            match (signs.next(), signs.as_str()) {
                (Some(initial), ". ") if initial.is_uppercase() => format!("{initial}.\u{a0}"),
                _ => word.to_owned(),
            }
        })
        .collect()
}

fn breakable(word: &str) -> String {
    if word.chars().count() <= LONGEST_WORD {
        return word.to_owned();
    }
    let mut broken = String::with_capacity(word.len().saturating_mul(2));
    for (index, sign) in word.chars().enumerate() {
        if index > 0 && index.checked_rem(SYLLABLES) == Some(0) {
            broken.push('\u{ad}');
        }
        broken.push(sign);
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::{one_line, text};

    #[test]
    fn a_text_is_one_line_and_keeps_its_no_break_spaces() {
        assert_eq!(one_line(" a\n\tb  14\u{202f}862\u{a0}€ "), "a b 14\u{202f}862\u{a0}€");
    }

    #[test]
    fn an_initial_stays_with_its_name() {
        assert_eq!(text("L. Peyrusse, Dr. B. Li"), "L.\u{a0}Peyrusse, Dr. B.\u{a0}Li");
    }

    #[test]
    fn only_a_word_without_end_may_be_broken() {
        assert_eq!(text("a responsabilisation"), "a responsabilisation");
        let long = "x".repeat(60);
        assert_eq!(text(&long).matches('\u{ad}').count(), 6);
        assert_eq!(text(&long).replace('\u{ad}', ""), long);
    }
}
