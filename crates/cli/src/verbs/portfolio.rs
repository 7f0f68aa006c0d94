//! `orchestre portfolio`.

use orchestre_app::portfolio::{self, PortfolioFigures};
use orchestre_app::{Perimeter, asked, wire};
use orchestre_domain::lang::Lang;
use orchestre_view::{format, text};

use crate::args::Asking;
use crate::open::Call;
use crate::table::Table;
use crate::{Exit, output};

/// Shows the figures of the portfolio.
pub(crate) async fn run(call: &Call, asking: Asking) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    let asked = asked::of(&ctx, asking.as_of, asking.currency, asking.rates).await?;
    let figures = portfolio::figures(&ctx, &asked).await?;
    if call.is_json {
        output::json(&wire::portfolio(&figures))?;
        return Ok(Exit::Done);
    }
    for line in lines(&figures, call.lang) {
        output::data(&line);
    }
    Ok(Exit::Done)
}

fn lines(figures: &PortfolioFigures, lang: Lang) -> Vec<String> {
    let currency = figures.asked.currency;
    let money = |minor: Option<i64>| {
        minor.map_or_else(
            || format::MISSING.to_owned(),
            |minor| format::money(lang, minor, currency),
        )
    };
    let percent =
        |value: Option<f64>| value.map_or_else(missing, |value| format::percent(lang, value));
    let number = |value: Option<f64>, digits: u8| {
        value.map_or_else(missing, |value| format::decimal(lang, value, digits))
    };
    let mut table =
        Table::default().text(text(lang, "page-portfolio-title")).number(currency.to_string());
    let mut row = |key: &str, value: String| table.row([text(lang, key), value]);
    row("figure-turnover", money(figures.turnover_minor));
    row(
        "figure-growth",
        figures.growth.value.map_or_else(missing, |value| format::change(lang, value)),
    );
    if let Some(margin) = figures.margin.shown() {
        row("figure-margin", percent(margin.value));
    }
    row("figure-cr1", percent(figures.cr1.value));
    row("figure-cr3", percent(figures.cr3.value));
    row("figure-cr5", percent(figures.cr5.value));
    row("figure-hhi", number(figures.hhi.value, 4));
    row("figure-n_eff", number(figures.n_eff.value, 1));
    row("figure-gini", number(figures.gini.value, 3));
    if let Some(Some(minor)) = figures.unattributed_minor.shown() {
        row("page-portfolio-unattributed", money(Some(*minor)));
    }
    let mut lines = vec![head(figures, lang)];
    lines.extend(table.lines());
    let mut years = Table::default()
        .text(text(lang, "word-year"))
        .number(text(lang, "word-turnover"))
        .number(text(lang, "word-margin"));
    for year in &figures.by_year {
        let margin = year.margin_minor.shown().map_or_else(missing, |minor| money(*minor));
        years.row([year.year.to_string(), money(year.turnover_minor), margin]);
    }
    lines.push(String::new());
    lines.extend(years.lines());
    lines.extend(notes(figures, lang));
    lines
}

/// Says for which day, which window and over what the figures stand.
fn head(figures: &PortfolioFigures, lang: Lang) -> String {
    let mut head = vec![
        format!("{} {}", text(lang, "figure-as_of"), format::day(lang, figures.asked.as_of)),
        format!("{} {}", format::count_of(lang, figures.accounts), text(lang, "page-nav-accounts")),
    ];
    if let Some(window) = figures.window {
        let (from, to) = (format::month(lang, window.from), format::month(lang, window.to));
        head.push(format!("{from} – {to}"));
    }
    if figures.perimeter == Perimeter::Seen {
        head.push(text(lang, "page-portfolio-perimeter-seen"));
    }
    head.join(" · ")
}

fn notes(figures: &PortfolioFigures, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    for (currency, minor) in &figures.unconverted {
        let amount = format::money(lang, *minor, *currency);
        notes.push(orchestre_view::text_with(
            lang,
            "page-portfolio-unconverted",
            &[("amounts", amount.into())],
        ));
    }
    let warnings = figures.warnings.iter().map(|warning| text(lang, &format!("warning-{warning}")));
    notes.extend(warnings);
    if !notes.is_empty() {
        notes.insert(0, String::new());
    }
    notes
}

fn missing() -> String {
    format::MISSING.to_owned()
}
