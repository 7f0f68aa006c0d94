//! The portfolio: the ranked list, its pictures, and the list as CSV and XLSX.

mod export;
mod figures;
mod pictures;

use axum::extract::State as Shared;
pub(crate) use export::{csv, file, xlsx};
use orchestre_app::asked::Asked;
use orchestre_app::portfolio::{
    self, AccountRow, Filter, Listing, Order, Slice, Sort, SortKey, Totals,
};
use orchestre_app::{AppError, Perimeter};
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::lang::Lang;
use orchestre_domain::rate::RateRule;
use orchestre_view::component::pager::Pager;
use orchestre_view::component::sort::Sort as Heads;
use orchestre_view::component::table::Column;
use orchestre_view::format;
use orchestre_view::html::Html;
use orchestre_view::mark;
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::portfolio::{
    Filter as FilterView, Heads as HeadsView, IndexView, Row, Total,
};
use orchestre_view::{chart, text, text_with};

use super::{Answer, show};
use crate::door::Visit;
use crate::frame::account_path;
use crate::state::State;

/// Rows of one page of the list.
const ROWS: usize = 60;

/// `GET /portfolio`.
pub(crate) async fn index(visit: Visit, Shared(_state): Shared<State>) -> Answer {
    let asked = visit.asked().await?;
    let (filter, sort) = (filter(&visit), sort(&visit));
    let page =
        visit.parameter("page").and_then(|text| text.parse::<usize>().ok()).unwrap_or(1).max(1);
    let slice = Slice { from: (page - 1) * ROWS, count: ROWS, after: None };
    let listing = portfolio::list(&visit.ctx, &asked, &filter, sort, slice).await?;
    let figures = portfolio::figures(&visit.ctx, &asked).await?;
    let matrix = portfolio::matrix(&visit.ctx, &asked, &filter).await?;
    let frame = visit.page(Place::Portfolio, text(visit.lang(), "page-portfolio-title")).await?;
    let frame = frame.with_as_of().with_currency();
    let frame = frame
        .export("CSV", text(visit.lang(), "page-portfolio-table"), visit.same("/portfolio.csv"))
        .export("Excel", text(visit.lang(), "page-portfolio-table"), visit.same("/portfolio.xlsx"));
    let view = IndexView {
        lead: figures::lead(visit.lang(), &figures),
        figures: figures::row(visit.lang(), &figures),
        filters: filters(visit.lang(), &filter, &listing),
        query: filter.text.clone(),
        count: count(visit.lang(), &listing, asked),
        heads: heads(&frame),
        has_margin: listing.totals.margin.shown().is_some(),
        rows: listing.rows.iter().map(|row| row_view(&visit, &frame, row)).collect(),
        totals: totals(visit.lang(), &listing),
        notes: notes(visit.lang(), &listing),
        matrix: pictures::matrix(&frame, &matrix, asked),
        not_placed: pictures::not_placed(visit.lang(), &matrix),
        lorenz: pictures::lorenz(visit.lang(), &figures),
        losses: pictures::losses(visit.lang(), &listing),
        pager: pager(&frame, &listing, page),
        clear: (filter != Filter::default()).then(|| frame.href("/portfolio")),
        page: frame,
    };
    show(&view)
}

/// Reads the filter from the address; what cannot be read filters nothing.
pub(crate) fn filter(visit: &Visit) -> Filter {
    let all = |name: &'static str| {
        let chosen =
            visit.query.iter().filter(move |(key, value)| key == name && !value.is_empty());
        chosen.map(|(_, value)| value.clone())
    };
    Filter {
        text: visit.parameter("q").unwrap_or_default().to_owned(),
        tiers: all("tier").filter_map(|word| Tier::parse(&word)).collect(),
        statuses: all("status").filter_map(|word| AccountStatus::parse(&word)).collect(),
        countries: all("country").collect(),
        sectors: all("sector").collect(),
        ..Filter::default()
    }
}

/// Reads the order from the address.
pub(crate) fn sort(visit: &Visit) -> Sort {
    let Some(wanted) = visit.parameter("sort") else { return Sort::default() };
    let (word, order) = match wanted.strip_prefix('-') {
        Some(word) => (word, Order::Descending),
        None => (wanted, Order::Ascending),
    };
    SortKey::parse(word).map_or_else(Sort::default, |key| Sort { key, order })
}

fn row_view(visit: &Visit, frame: &Page, row: &AccountRow) -> Row {
    let lang = visit.lang();
    let spark: Vec<Option<f64>> =
        row.spark.iter().map(|minor| minor.map(orchestre_domain::float::from_minor)).collect();
    Row {
        rank: row.rank.map_or_else(String::new, |rank| format::count_of(lang, rank)),
        name: row.name.clone(),
        href: frame.href(&account_path(row.id)),
        country: row.country.clone().unwrap_or_default(),
        tier: row.tier.map_or_else(|| Html(String::new()), |tier| mark::tier(lang, tier)),
        status: status(lang, row.status),
        trend: chart::sparkline(&spark, 12, &text(lang, "page-portfolio-trend")),
        turnover: row.turnover_12m_minor.map_or_else(
            || format::MISSING.to_owned(),
            |minor| format::thousands(lang, minor, row.currency),
        ),
        growth: growth(lang, row),
        is_falling: row.growth.is_some_and(is_falling),
        margin: row.margin.shown().map(|margin| {
            margin
                .fraction
                .map_or_else(|| format::MISSING.to_owned(), |share| format::percent(lang, share))
        }),
        score: score(lang, row),
        kam: row.kam.as_ref().map_or_else(|| text(lang, "word-nobody"), |(_, name)| name.clone()),
    }
}

/// A status is shown where it says more than the tier does.
fn status(lang: Lang, status: Option<AccountStatus>) -> Html {
    match status {
        None | Some(AccountStatus::Key | AccountStatus::Standard | AccountStatus::Prospect) => {
            Html(String::new())
        }
        Some(status) => mark::status(lang, status),
    }
}

/// Says whether a change still is one below zero when it is written with one decimal.
pub(crate) fn is_falling(change: f64) -> bool {
    change < -0.000_5
}

fn growth(lang: Lang, row: &AccountRow) -> String {
    match (row.growth, row.turnover_12m_minor) {
        (Some(growth), _) => format::change(lang, growth),
        (None, Some(_)) => text(lang, "word-new"),
        (None, None) => format::MISSING.to_owned(),
    }
}

fn score(lang: Lang, row: &AccountRow) -> Html {
    let Some(score) = row.score.shown() else { return Html(String::new()) };
    let coverage = mark::coverage(lang, score.coverage);
    match score.value.filter(|_| score.is_sufficient) {
        Some(value) => Html(format!(
            "{} {} {}",
            mark::meter(value / 100.0).0,
            format::decimal(lang, value, 0),
            coverage.0
        )),
        None => Html(format!(
            "<span class=\"none\">{}</span> {}",
            text(lang, "state-figure-insufficient"),
            coverage.0
        )),
    }
}

fn filters(lang: Lang, filter: &Filter, listing: &Listing) -> Vec<FilterView> {
    let tiers = Tier::ALL.iter().map(|tier| {
        (
            tier.as_str().to_owned(),
            text(lang, &format!("state-tier-{tier}")),
            filter.tiers.contains(tier),
        )
    });
    let statuses = AccountStatus::ALL.iter().map(|status| {
        (
            status.as_str().to_owned(),
            text(lang, &format!("state-status-{status}")),
            filter.statuses.contains(status),
        )
    });
    let countries = listing
        .choices
        .countries
        .iter()
        .map(|code| (code.clone(), code.clone(), filter.countries.contains(code)));
    vec![
        FilterView { name: "tier", label: text(lang, "field-tier"), choices: tiers.collect() },
        FilterView {
            name: "status",
            label: text(lang, "field-status"),
            choices: statuses.collect(),
        },
        FilterView {
            name: "country",
            label: text(lang, "field-country"),
            choices: countries.collect(),
        },
    ]
}

fn heads(frame: &Page) -> HeadsView {
    let heads = Heads::new("/portfolio", &frame.frame.query, "-turnover");
    let lang = frame.lang;
    let words = |key: &str, label: &str| heads.head(key, &Column::text(text(lang, label)));
    let number = |key: &str, label: &str| heads.head(key, &Column::number(text(lang, label)));
    HeadsView {
        rank: number("rank", "page-portfolio-rank"),
        name: words("name", "word-account"),
        tier: words("tier", "word-tier"),
        turnover: number("turnover", "figure-turnover"),
        growth: number("growth", "word-growth"),
        margin: number("margin", "word-margin"),
        score: number("score", "word-score"),
        kam: words("kam", "word-kam"),
    }
}

fn count(lang: Lang, listing: &Listing, asked: Asked) -> String {
    let unit = format::thousands_unit(lang, asked.currency);
    let values = [
        ("found", listing.found.into()),
        ("all", listing.all.accounts.into()),
        ("unit", unit.into()),
    ];
    text_with(lang, "page-portfolio-count", &values)
}

fn totals(lang: Lang, listing: &Listing) -> Vec<Total> {
    let currency = listing.asked.currency;
    let line = |key: &str, totals: &Totals, is_main: bool| Total {
        name: text_with(lang, key, &[("count", totals.accounts.into())]),
        turnover: totals.turnover_minor.map_or_else(
            || format::MISSING.to_owned(),
            |minor| format::thousands(lang, minor, currency),
        ),
        growth: totals.growth.map_or_else(String::new, |growth| format::change(lang, growth)),
        margin: totals.margin.shown().map(|margin| {
            margin.fraction.map_or_else(String::new, |share| format::percent(lang, share))
        }),
        is_main,
    };
    let mut lines = vec![line("page-portfolio-total", &listing.totals, true)];
    if listing.others.accounts > 0 {
        lines.push(line("page-portfolio-others", &listing.others, false));
        lines.push(line("page-portfolio-all", &listing.all, false));
    }
    if let Some(minor) =
        listing.unattributed_minor.shown().copied().flatten().filter(|minor| *minor != 0)
    {
        lines.push(Total {
            name: text(lang, "page-portfolio-unattributed"),
            turnover: format::thousands(lang, minor, currency),
            growth: String::new(),
            margin: listing.totals.margin.shown().map(|_| String::new()),
            is_main: false,
        });
    }
    lines
}

fn notes(lang: Lang, listing: &Listing) -> Vec<String> {
    let mut notes = vec![match &listing.window {
        Some(window) => {
            let (from, to) = (format::month(lang, window.from), format::month(lang, window.to));
            text_with(lang, "page-portfolio-window", &[("from", from.into()), ("to", to.into())])
        }
        None => text(lang, "page-portfolio-window-none"),
    }];
    notes.push(match listing.asked.rates {
        RateRule::Month => text(lang, "page-portfolio-rates-month"),
        RateRule::Budget => text(lang, "page-portfolio-rates-budget"),
        RateRule::Day => text(lang, "page-portfolio-rates-day"),
    });
    if listing.perimeter == Perimeter::Seen {
        notes.push(text(lang, "page-portfolio-perimeter-seen"));
    }
    notes.extend(listing.warnings.iter().map(|warning| text(lang, &format!("warning-{warning}"))));
    notes
}

fn pager(frame: &Page, listing: &Listing, page: usize) -> Option<Pager> {
    (listing.found > ROWS).then(|| {
        let from = (page - 1) * ROWS;
        let to = (from + ROWS).min(listing.found);
        let at = |number: usize| frame.href_with("page", &number.to_string());
        Pager {
            lang: frame.lang,
            from: from + 1,
            to,
            total: listing.found,
            previous: (page > 1).then(|| at(page - 1)),
            next: (to < listing.found).then(|| at(page + 1)),
        }
    })
}

/// Gives everything that an export of the list needs.
pub(crate) async fn whole(visit: &Visit) -> Result<Listing, AppError> {
    let asked = visit.asked().await?;
    portfolio::list(&visit.ctx, &asked, &filter(visit), sort(visit), Slice::ALL).await
}
