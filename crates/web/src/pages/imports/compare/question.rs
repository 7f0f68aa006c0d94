//! What is asked about a compared file, in words.

use jiff::civil::Date;
use orchestre_app::imports::{Question, QuestionKind};
use orchestre_domain::float::ratio;
use orchestre_domain::import::ImportKind;
use orchestre_domain::lang::Lang;
use orchestre_view::pages::import::{Asked, Reading};
use orchestre_view::{format, text, text_with};

/// Gives a question with the readings that can be chosen.
pub(super) fn asked(lang: Lang, asked: &Question) -> Asked {
    let value = asked.value.as_deref().unwrap_or_default();
    let column = asked.column.as_deref().unwrap_or_default();
    let why = text_with(lang, "page-compare-q-column", &[("column", column.into())]);
    let of_value = |key: &str| text_with(lang, key, &[("value", value.into())]);
    let (title, readings) = match &asked.kind {
        QuestionKind::Kind => (text(lang, "page-compare-q-kind"), kinds(lang)),
        QuestionKind::Currency => (text(lang, "page-compare-q-currency"), Vec::new()),
        QuestionKind::Dates { day_first, month_first } => {
            (of_value("page-compare-q-date"), dates(lang, (*day_first, *month_first), &why))
        }
        QuestionKind::Numbers { point, comma } => {
            (of_value("page-compare-q-number"), numbers(lang, (*point, *comma), &why))
        }
        QuestionKind::Alike { candidate } => {
            let words = [("value", value.into()), ("candidate", candidate.as_str().into())];
            (text_with(lang, "page-compare-q-alike", &words), alike(lang, candidate))
        }
        QuestionKind::RowsSeen => (text(lang, "page-compare-q-seen"), seen(lang)),
    };
    Asked {
        name: asked.key.clone(),
        title,
        note: text_with(lang, "page-compare-q-rows", &[("count", asked.rows.into())]),
        readings,
        label: text(lang, "page-compare-q-currency-label"),
    }
}

fn reading(value: &str, label: String, why: impl Into<String>) -> Reading {
    Reading { value: value.to_owned(), label, why: why.into() }
}

fn kinds(lang: Lang) -> Vec<Reading> {
    let kind = |kind: &ImportKind| {
        let label = text(lang, &format!("state-kind-{kind}"));
        reading(kind.as_str(), label, String::new())
    };
    ImportKind::ALL.iter().map(kind).collect()
}

fn dates(lang: Lang, (day_first, month_first): (Date, Date), why: &str) -> Vec<Reading> {
    let read = |word: &str, key: &str, day: Date| {
        let day = format::day_long(lang, day);
        reading(word, text_with(lang, key, &[("day", day.into())]), why)
    };
    vec![
        read("dmy", "page-compare-q-date-dmy", day_first),
        read("mdy", "page-compare-q-date-mdy", month_first),
    ]
}

fn numbers(lang: Lang, (point, comma): (i64, i64), why: &str) -> Vec<Reading> {
    let read = |word: &str, key: &str, number: i64| {
        let digits = if number % 10_000 == 0 { 0 } else { 3 };
        let number = format::decimal(lang, ratio(number, 10_000).unwrap_or(0.0), digits);
        reading(word, text_with(lang, key, &[("number", number.into())]), why)
    };
    vec![
        read("comma", "page-compare-q-number-comma", comma),
        read("point", "page-compare-q-number-point", point),
    ]
}

fn alike(lang: Lang, candidate: &str) -> Vec<Reading> {
    let words = [("candidate", candidate.into())];
    vec![
        reading(
            candidate,
            text_with(lang, "page-compare-q-alike-yes", &words),
            text(lang, "page-compare-q-alike-yes-why"),
        ),
        reading(
            "",
            text(lang, "page-compare-q-alike-no"),
            text(lang, "page-compare-q-alike-no-why"),
        ),
    ]
}

fn seen(lang: Lang) -> Vec<Reading> {
    vec![
        reading(
            "again",
            text(lang, "page-compare-q-seen-again"),
            text(lang, "page-compare-q-seen-again-why"),
        ),
        reading(
            "more",
            text(lang, "page-compare-q-seen-more"),
            text(lang, "page-compare-q-seen-more-why"),
        ),
    ]
}
