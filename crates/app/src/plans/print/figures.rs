//! The figures and the pictures of the page, from what the account's page gives this viewer.

use orchestre_documents::plan::{FigureBox, Picture, Tone};
use orchestre_domain::figure::Unit;
use orchestre_domain::float;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_view::chart::{BarRow, Bars, Breadth, Column, Columns, Drawing, Heading, Palette};
use orchestre_view::format;
use orchestre_view::text::{text, text_with};

use crate::accounts::{AccountPage, Shown};

/// The figures of the page in their order: key of the account's page, end of its text key.
const ROW: &[(&str, &str)] = &[
    ("T12.turnover", "turnover"),
    ("T12.growth", "growth"),
    ("T12.margin", "margin"),
    ("T12.contribution", "contribution"),
    ("B1.score", "score"),
    ("B4.attractiveness", "attractiveness"),
    ("B4.strength", "strength"),
    ("O.amount", "open"),
];

/// Years of the picture at most.
const YEARS: usize = 5;
/// Companies of the picture at most.
const COMPANIES: usize = 5;

/// Gives the figures that the viewer reads.
pub(super) fn row(lang: Lang, account: &AccountPage) -> Vec<FigureBox> {
    ROW.iter()
        .filter_map(|(key, name)| {
            let shown = account.figures.iter().find(|shown| shown.key == *key)?;
            Some(one(lang, account, shown, name))
        })
        .collect()
}

fn one(lang: Lang, account: &AccountPage, shown: &Shown, name: &str) -> FigureBox {
    let currency = shown.currency.unwrap_or(account.asked.currency);
    let label = text(lang, &format!("figure-{name}"));
    let figure = &shown.figure;
    let share = float::round((figure.coverage * 5.0).clamp(0.0, 5.0));
    let bars = u8::try_from(share).ok().filter(|_| figure.coverage < 1.0 - 1e-9);
    if !figure.is_sufficient() {
        let key = match figure.value {
            Some(_) => "state-figure-insufficient",
            None => "state-figure-missing",
        };
        let detail = format::percent_whole(lang, figure.coverage);
        let (value, tone) = (text(lang, key), Tone::Warn);
        return FigureBox { label, value, detail, coverage_bars: bars, tone };
    }
    FigureBox {
        label,
        value: value(lang, shown, currency, name),
        detail: detail(lang, account, shown, currency),
        coverage_bars: bars,
        tone: Tone::Plain,
    }
}

fn value(lang: Lang, shown: &Shown, currency: Currency, name: &str) -> String {
    let value = shown.figure.value.unwrap_or_default();
    match shown.figure.unit {
        Unit::Money => format::money_short(lang, float::round(value), currency),
        Unit::Fraction if name == "growth" => format::change(lang, value),
        Unit::Fraction => format::percent(lang, value),
        Unit::Score => format::decimal(lang, value, 0),
        Unit::Count => format::count(lang, float::round(value)),
        Unit::Number => format::decimal(lang, value, 2),
    }
}

fn detail(lang: Lang, account: &AccountPage, shown: &Shown, currency: Currency) -> String {
    let count = account.figures.iter().find(|other| other.key == "O.open");
    match shown.key {
        "T12.turnover" => account.row.previous_12m_minor.map_or_else(String::new, |minor| {
            let amount = format::money_short(lang, minor, currency);
            text_with(lang, "figure-before", &[("amount", amount.into())])
        }),
        "O.amount" => {
            count.and_then(|count| count.figure.value).map_or_else(String::new, |count| {
                text_with(lang, "figure-open-count", &[("count", float::round(count).into())])
            })
        }
        "B1.score" | "B4.attractiveness" | "B4.strength" => text(lang, "figure-score-unit"),
        "T12.growth" => shown
            .minor
            .map_or_else(String::new, |minor| format::money_change(lang, minor, currency)),
        _ => {
            shown.minor.map_or_else(String::new, |minor| format::money_short(lang, minor, currency))
        }
    }
}

/// Gives the pictures for which there are facts.
pub(super) fn pictures(lang: Lang, account: &AccountPage) -> Vec<Picture> {
    [years(lang, account), companies(lang, account)].into_iter().flatten().collect()
}

fn years(lang: Lang, account: &AccountPage) -> Option<Picture> {
    // A year that is over and of which months are missing would look like a bad one.
    let whole = account.years.iter().filter(|year| year.months >= 12 || !year.is_complete);
    let years: Vec<_> = whole.collect();
    let from = years.len().saturating_sub(YEARS);
    let years = years.get(from..).unwrap_or_default();
    let millions = |minor: i64| float::from_minor(minor) / unit(account.asked.currency);
    let columns: Vec<Column> = years
        .iter()
        .map(|year| Column {
            label: year.year.to_string(),
            value: year.turnover_minor.map(millions),
            is_open: !year.is_complete,
            ..Column::default()
        })
        .collect();
    if columns.iter().filter(|column| column.value.is_some()).count() < 2 {
        return None;
    }
    let measure = format::thousands_unit(lang, account.asked.currency);
    let title = text(lang, "page-account-years");
    let picture = Columns {
        heading: heading(&title, &measure),
        unit: measure.clone(),
        label: text(lang, "word-year"),
        measure: text(lang, "word-turnover"),
        columns,
        ..Columns::default()
    };
    // The unit stands at the axis already.
    Some(framed(title, String::new(), picture.draw(lang, Palette::Paper)))
}

fn companies(lang: Lang, account: &AccountPage) -> Option<Picture> {
    let bars: Vec<BarRow> = account
        .entities
        .iter()
        .filter(|entity| entity.turnover_12m_minor.is_some_and(|minor| minor > 0))
        .take(COMPANIES)
        .map(|entity| BarRow {
            name: entity.name.clone(),
            value: entity.turnover_12m_minor.map(float::from_minor),
            words: entity.turnover_12m_minor.map_or_else(String::new, |minor| {
                format::money_short(lang, minor, account.asked.currency)
            }),
            href: None,
        })
        .collect();
    if bars.len() < 2 {
        return None;
    }
    let title = text(lang, "page-print-companies");
    let measure = text(lang, "figure-turnover");
    let picture = Bars {
        heading: heading(&title, &measure),
        label: text(lang, "word-object-party"),
        measure: measure.clone(),
        bars,
    };
    Some(framed(title, measure, picture.draw(lang, Palette::Paper)))
}

/// Gives the minor units of a thousand of a currency.
fn unit(currency: Currency) -> f64 {
    float::from_minor(1_000 * 10_i64.pow(currency.exponent()))
}

fn heading(title: &str, measure: &str) -> Heading {
    Heading {
        title: title.to_owned(),
        measure: measure.to_owned(),
        describe: format!("{title}, {measure}"),
        breadth: Breadth::Plan,
        ..Heading::default()
    }
}

fn framed(title: String, measure: String, drawing: Drawing) -> Picture {
    let rows = drawing.table.rows.iter().map(|row| row.join(" "));
    let alt = format!("{title}: {}", rows.collect::<Vec<_>>().join("; "));
    Picture { title, measure, svg: drawing.svg, alt, note: String::new() }
}
