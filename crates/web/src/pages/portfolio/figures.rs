//! The portfolio's sentence and its row of figures.

use orchestre_app::portfolio::PortfolioFigures;
use orchestre_domain::float;
use orchestre_domain::lang::Lang;
use orchestre_view::component::figure::{Figure, Figures};
use orchestre_view::{format, text, text_with};

/// Gives the sentence that could be read aloud.
pub(super) fn lead(lang: Lang, figures: &PortfolioFigures) -> String {
    let (Some(turnover), Some(three)) = (figures.turnover_minor, figures.cr3.value) else {
        return text(lang, "page-portfolio-lead-empty");
    };
    let change = figures.growth.value.map_or_else(String::new, |growth| {
        text_with(
            lang,
            "page-portfolio-lead-change",
            &[("growth", format::change(lang, growth).into())],
        )
    });
    let values = [
        ("accounts", figures.accounts.into()),
        ("turnover", format::money_short(lang, turnover, figures.asked.currency).into()),
        ("change", change.into()),
        ("three", format::percent_whole(lang, three).into()),
    ];
    text_with(lang, "page-portfolio-lead", &values)
}

/// Gives the row of figures; those that the viewer may not read are not there.
pub(super) fn row(lang: Lang, figures: &PortfolioFigures) -> Figures {
    let currency = figures.asked.currency;
    let money = |value: Option<f64>| {
        value.map_or_else(String::new, |minor| {
            format::money_short(lang, float::round(minor), currency)
        })
    };
    let share = |value: Option<f64>| {
        value.map_or_else(String::new, |share| format::percent_whole(lang, share))
    };
    let fine =
        |value: Option<f64>| value.map_or_else(String::new, |share| format::percent(lang, share));
    let change =
        |value: Option<f64>| value.map_or_else(String::new, |share| format::change(lang, share));
    let of = |key: &str, figure, value: String, formula: &str| {
        Figure::of(lang, text(lang, &format!("figure-{key}")), figure, value)
            .explain_formula(text(lang, &format!("figure-formula-{formula}")))
    };
    let mut row = vec![
        Figure::of(
            lang,
            text(lang, "figure-turnover"),
            &figures.turnover,
            money(figures.turnover.value),
        )
        .explain_formula(window(lang, figures)),
        of("growth", &figures.growth, change(figures.growth.value), "growth"),
    ];
    if let Some(contribution) = figures.contribution.shown() {
        row.push(of("contribution", contribution, fine(contribution.value), "contribution"));
    }
    let largest_five = share(figures.cr5.value);
    row.push(
        of("cr3", &figures.cr3, share(figures.cr3.value), "cr")
            .compare(format!("{} {largest_five}", text(lang, "figure-cr5"))),
    );
    let equal =
        figures.n_eff.value.map_or_else(String::new, |number| format::decimal(lang, number, 1));
    let points =
        figures.hhi.value.map_or_else(String::new, |hhi| format::decimal(lang, hhi * 10_000.0, 0));
    row.push(
        of("n_eff", &figures.n_eff, equal, "n_eff")
            .unit(text(lang, "figure-n_eff-unit"))
            .compare(format!("HHI {points} {}", text(lang, "figure-points"))),
    );
    let gini = figures.gini.value.map_or_else(String::new, |gini| format::decimal(lang, gini, 2));
    row.push(
        of("gini", &figures.gini, gini, "gini")
            .compare(format!("CR1 {}", share(figures.cr1.value))),
    );
    Figures(row)
}

fn window(lang: Lang, figures: &PortfolioFigures) -> String {
    let Some(window) = &figures.window else { return String::new() };
    let (from, to) = (format::month(lang, window.from), format::month(lang, window.to));
    text_with(lang, "figure-formula-turnover", &[("from", from.into()), ("to", to.into())])
}
