//! An account's sentence and its row of figures.

use orchestre_app::accounts::{AccountPage, Shown};
use orchestre_domain::figure::Unit;
use orchestre_domain::float;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_view::component::figure::{Figure, Figures};
use orchestre_view::{format, text, text_with};

/// Gives the sentence that could be read aloud.
pub(super) fn lead(lang: Lang, account: &AccountPage) -> String {
    let Some(turnover) = account.row.turnover_12m_minor else {
        return text(lang, "page-account-lead-none");
    };
    let change = account.row.growth.map_or_else(String::new, |growth| {
        text_with(
            lang,
            "page-portfolio-lead-change",
            &[("growth", format::change(lang, growth).into())],
        )
    });
    let turnover = format::money_short(lang, turnover, account.asked.currency);
    text_with(
        lang,
        "page-account-lead",
        &[("turnover", turnover.into()), ("change", change.into())],
    )
}

/// Gives the row of figures; those that may not be read did not come from the app.
pub(crate) fn row(lang: Lang, account: &AccountPage) -> Figures {
    let find = |key: &str| account.figures.iter().find(|shown| shown.key == key);
    let mut row = Vec::new();
    for (key, name) in [
        ("T12.turnover", "turnover"),
        ("T12.growth", "growth"),
        ("T12.margin", "margin"),
        ("T12.contribution", "contribution"),
        ("B1.score", "score"),
    ] {
        if let Some(shown) = find(key) {
            row.push(one(lang, account, shown, name));
        }
    }
    if let Some(amount) = find("O.amount") {
        row.push(open(lang, account, amount, find("O.open"), find("O.weighted")));
    }
    Figures(row)
}

fn one(lang: Lang, account: &AccountPage, shown: &Shown, name: &str) -> Figure {
    let currency = shown.currency.unwrap_or(account.asked.currency);
    let value = words(lang, shown, currency, name);
    let formula = match (name, &account.window) {
        ("turnover", Some(window)) => {
            let (from, to) = (format::month(lang, window.from), format::month(lang, window.to));
            text_with(lang, "figure-formula-turnover", &[("from", from.into()), ("to", to.into())])
        }
        ("turnover", None) => String::new(),
        _ => text(lang, &format!("figure-formula-{name}")),
    };
    let mut figure = Figure::of(lang, text(lang, &format!("figure-{name}")), &shown.figure, value)
        .explain_formula(formula);
    if name == "score" {
        figure = figure.unit(text(lang, "figure-score-unit"));
    }
    match shown.minor {
        _ if name == "growth" => match account.row.previous_12m_minor {
            Some(before) => figure.compare(text_with(
                lang,
                "figure-before",
                &[("amount", format::money_short(lang, before, currency).into())],
            )),
            None => figure,
        },
        _ if name == "turnover" => figure,
        Some(minor) => figure.compare(format::money_short(lang, minor, currency)),
        None => figure,
    }
}

fn words(lang: Lang, shown: &Shown, currency: Currency, name: &str) -> String {
    let Some(value) = shown.figure.value else { return String::new() };
    match shown.figure.unit {
        Unit::Money => format::money_short(lang, float::round(value), currency),
        Unit::Fraction if name == "growth" => format::change(lang, value),
        Unit::Fraction => format::percent(lang, value),
        Unit::Score => format::decimal(lang, value, 0),
        Unit::Count => format::count(lang, float::round(value)),
        Unit::Number => format::decimal(lang, value, 2),
    }
}

fn open(
    lang: Lang,
    account: &AccountPage,
    amount: &Shown,
    count: Option<&Shown>,
    weighted: Option<&Shown>,
) -> Figure {
    let currency = amount.currency.unwrap_or(account.asked.currency);
    let money = |shown: &Shown| {
        format::money_short(lang, float::round(shown.figure.value.unwrap_or(0.0)), currency)
    };
    let number = count.and_then(|shown| shown.figure.value).map_or(0, float::round);
    let mut figure = Figure::of(lang, text(lang, "figure-open"), &amount.figure, money(amount))
        .unit(text_with(lang, "figure-open-count", &[("count", number.into())]))
        .explain_formula(text(lang, "figure-formula-open"));
    if let Some(weighted) = weighted {
        figure = figure.compare(text_with(
            lang,
            "figure-weighted",
            &[("amount", money(weighted).into())],
        ));
    }
    figure
}
