//! `orchestre accounts show`.

use orchestre_app::accounts::{self, AccountPage, Shown};
use orchestre_app::{asked, wire};
use orchestre_domain::figure::Unit;
use orchestre_domain::lang::Lang;
use orchestre_view::{format, text, text_with};

use crate::args::Asking;
use crate::open::Call;
use crate::table::Table;
use crate::{Exit, output};

/// Shows one account with its explained figures.
pub(super) async fn run(call: &Call, name: &str, asking: Asking) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    let asked = asked::of(&ctx, asking.as_of, asking.currency, asking.rates).await?;
    let id = super::find(&ctx, name).await?;
    let page = accounts::show(&ctx, id, &asked).await?;
    if call.is_json {
        output::json(&wire::account_page(&page))?;
        return Ok(Exit::Done);
    }
    for line in lines(&page, call.lang) {
        output::data(&line);
    }
    Ok(Exit::Done)
}

fn lines(page: &AccountPage, lang: Lang) -> Vec<String> {
    let row = &page.row;
    let mut lines = vec![format!("{}  {}", row.name, row.id)];
    let tier = row.tier.map(|tier| text(lang, &format!("state-tier-{tier}")));
    let status = row.status.map(|status| text(lang, &format!("state-status-{status}")));
    let place = [row.city.clone(), row.country.clone(), row.sector.clone()];
    let kam = row.kam.as_ref().map(|(_, name)| format!("{} {name}", text(lang, "word-kam")));
    let facts: Vec<String> = [tier, status, kam].into_iter().chain(place).flatten().collect();
    lines.push(facts.join(" · "));
    let mut day = format!("{} {}", text(lang, "figure-as_of"), format::day(lang, page.asked.as_of));
    if let Some(window) = page.window {
        let (from, to) = (format::month(lang, window.from), format::month(lang, window.to));
        day = format!("{day} · {from} – {to}");
    }
    lines.extend([day, String::new()]);
    let mut table = Table::default()
        .text("")
        .number(text(lang, "page-import-value"))
        .number(text(lang, "word-coverage"))
        .number(text(lang, "word-evidence"))
        .text(text(lang, "word-method"))
        .text(text(lang, "figure-worth_knowing"));
    for shown in &page.figures {
        table.row(cells(shown, lang));
    }
    lines.extend(table.lines());
    if !page.missing.is_empty() {
        lines.extend([String::new(), text(lang, "page-account-missing")]);
        lines.extend(page.missing.iter().map(|one| {
            let object = one.object.as_deref().unwrap_or_default();
            let object = match one.code {
                "no_judgement" => text(lang, &format!("word-criterion-{object}")),
                _ => object.to_owned(),
            };
            let key = format!("page-account-missing-{}", one.code);
            format!("  {}", text_with(lang, &key, &[("object", object.into())]))
        }));
    }
    lines
}

fn cells(shown: &Shown, lang: Lang) -> [String; 6] {
    let figure = &shown.figure;
    let value = match (figure.value, figure.unit, shown.currency, shown.minor) {
        (None, ..) => format::MISSING.to_owned(),
        (Some(_), Unit::Money, Some(currency), Some(minor)) => format::money(lang, minor, currency),
        (Some(value), Unit::Fraction, ..) => format::percent(lang, value),
        (Some(value), Unit::Score | Unit::Number, ..) => format::decimal(lang, value, 1),
        (Some(value), ..) => format::decimal(lang, value, 0),
    };
    let warnings: Vec<String> =
        figure.warnings.iter().map(|warning| text(lang, &format!("warning-{warning}"))).collect();
    [
        name(shown.key, lang),
        value,
        format::percent_whole(lang, figure.coverage),
        format::count_of(lang, figure.evidence),
        figure.method.to_owned(),
        warnings.join(" "),
    ]
}

/// Gives the name of a figure as pages write it.
fn name(key: &str, lang: Lang) -> String {
    let key = match key {
        "T12.turnover" => "figure-turnover",
        "T12.growth" => "figure-growth",
        "T12.margin" => "figure-margin",
        "T12.contribution" => "figure-contribution",
        "O.open" => "figure-open",
        "B1.score" => "figure-score",
        "B4.attractiveness" => "figure-attractiveness",
        "B4.strength" => "figure-strength",
        other => return other.to_owned(),
    };
    text(lang, key)
}
