//! The portfolio: the ranked list with its pictures.

use askama::Template;
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::lang::Lang;

use crate::chart::{self, Drawing, Heading, Palette};
use crate::component::figure::{Figure, Figures};
use crate::component::pager::Pager;
use crate::html::Html;
use crate::mark;
use crate::page::Page;
use crate::view::View;

/// One account of the list, in words.
#[derive(Debug, Clone)]
pub struct Row {
    /// The rank, or empty.
    pub rank: String,
    /// The account's name.
    pub name: String,
    /// The address of its page.
    pub href: String,
    /// The country code.
    pub country: String,
    /// The tier's mark.
    pub tier: Html,
    /// The status' mark; empty when it says no more than the tier.
    pub status: Html,
    /// The sparkline of 24 months.
    pub trend: Html,
    /// Turnover of twelve months in thousands, or the mark of missing.
    pub turnover: String,
    /// Growth, signed.
    pub growth: String,
    /// True when the growth is negative.
    pub is_falling: bool,
    /// Margin; `None` when the viewer does not read margins.
    pub margin: Option<String>,
    /// The score with its bar and coverage, or "insufficient data".
    pub score: Html,
    /// The KAM's name.
    pub kam: String,
}

/// The columns that can be sorted: `<th>` cells.
#[derive(Debug, Clone)]
pub struct Heads {
    /// Rank by score.
    pub rank: Html,
    /// Account.
    pub name: Html,
    /// Tier.
    pub tier: Html,
    /// Turnover.
    pub turnover: Html,
    /// Growth.
    pub growth: Html,
    /// Margin.
    pub margin: Html,
    /// Score.
    pub score: Html,
    /// KAM.
    pub kam: Html,
}

/// A choice of a filter.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The form field.
    pub name: &'static str,
    /// The label.
    pub label: String,
    /// Value, words, chosen.
    pub choices: Vec<(String, String, bool)>,
}

/// A line under the list: name, turnover, growth, margin.
#[derive(Debug, Clone)]
pub struct Total {
    /// What is added up.
    pub name: String,
    /// Turnover.
    pub turnover: String,
    /// Growth.
    pub growth: String,
    /// Margin, when it may be read.
    pub margin: Option<String>,
    /// The total of the list itself.
    pub is_main: bool,
}

/// What `pages/portfolio/index.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/portfolio/index.html")]
pub struct IndexView {
    /// The frame.
    pub page: Page,
    /// The sentence that could be read aloud.
    pub lead: String,
    /// The row of figures.
    pub figures: Figures,
    /// The filters.
    pub filters: Vec<Filter>,
    /// The words that are searched for.
    pub query: String,
    /// How many accounts of how many, and the unit.
    pub count: String,
    /// The heads that sort.
    pub heads: Heads,
    /// Whether margins are shown.
    pub has_margin: bool,
    /// The accounts.
    pub rows: Vec<Row>,
    /// The lines under the list.
    pub totals: Vec<Total>,
    /// What the reader must know of window, perimeter and rates.
    pub notes: Vec<String>,
    /// Attractiveness and strength.
    pub matrix: Option<Drawing>,
    /// Accounts that cannot be placed there, with the reason.
    pub not_placed: Vec<(String, String)>,
    /// Concentration.
    pub lorenz: Option<Drawing>,
    /// What goes with each of the largest accounts: name, amount, share.
    pub losses: Vec<(String, String, String)>,
    /// The pages of the list.
    pub pager: Option<Pager>,
    /// The link that takes all filters off, when there are any.
    pub clear: Option<String>,
}

impl View for IndexView {
    fn samples(lang: Lang) -> Vec<Self> {
        let view = |rows: Vec<Row>, has_margin: bool| Self {
            page: Page::sample(lang),
            lead: "18 · €90.7m".to_owned(),
            figures: Figures(vec![
                Figure::known(lang, "CR1", "24%"),
                Figure::insufficient(lang, "HHI"),
            ]),
            filters: vec![Filter {
                name: "tier",
                label: crate::text(lang, "field-tier"),
                choices: vec![("key".to_owned(), crate::text(lang, "state-tier-key"), true)],
            }],
            query: "<script>".to_owned(),
            count: "18".to_owned(),
            heads: sample_heads(),
            has_margin,
            totals: vec![Total {
                name: "18".to_owned(),
                turnover: "90,697".to_owned(),
                growth: "+4.7%".to_owned(),
                margin: has_margin.then(|| "28.0%".to_owned()),
                is_main: true,
            }],
            notes: vec!["2025-11 – 2026-10".to_owned()],
            matrix: Some(sample_lorenz(lang)),
            not_placed: vec![("Kovarna <Lesk>".to_owned(), "0/2".to_owned())],
            lorenz: Some(sample_lorenz(lang)),
            losses: vec![("Kovarna".to_owned(), "−4,637".to_owned(), "36%".to_owned())],
            pager: None,
            clear: (!rows.is_empty()).then(|| "/portfolio".to_owned()),
            rows,
        };
        vec![
            view(
                vec![
                    sample_row(lang, 1, "Groupe <script>alert(1)</script> & Söhne", Some("31.2%")),
                    sample_row(lang, 2, &"Long ".repeat(30), Some("31.2%")),
                ],
                true,
            ),
            view(vec![sample_row(lang, 1, "Zandmeer", None)], false),
            view(Vec::new(), true),
        ]
    }
}

fn sample_row(lang: Lang, rank: usize, name: &str, margin: Option<&str>) -> Row {
    Row {
        rank: rank.to_string(),
        name: name.to_owned(),
        href: "/accounts/acc_0000000000001".to_owned(),
        country: "FR".to_owned(),
        tier: mark::tier(lang, Tier::Key),
        status: mark::status(lang, AccountStatus::Watch),
        trend: chart::sparkline(&[Some(1.0), None, Some(3.0), Some(2.0)], 2, "trend"),
        turnover: "14,862".to_owned(),
        growth: "−2.1%".to_owned(),
        is_falling: true,
        margin: margin.map(str::to_owned),
        score: Html("84".to_owned()),
        kam: "Claire Vasseur".to_owned(),
    }
}

fn sample_heads() -> Heads {
    let head = |label: &str| Html(format!("<th scope=\"col\">{label}</th>"));
    Heads {
        rank: head("0"),
        name: head("1"),
        tier: head("2"),
        turnover: head("3"),
        growth: head("4"),
        margin: head("5"),
        score: head("6"),
        kam: head("7"),
    }
}

fn sample_lorenz(lang: Lang) -> Drawing {
    chart::Lorenz {
        heading: Heading { title: "70%".to_owned(), ..Heading::default() },
        x_label: "x".to_owned(),
        y_label: "y".to_owned(),
        equal: "=".to_owned(),
        shares: vec![0.5, 0.3, 0.2],
        points: vec![(1, "1: 50%".to_owned())],
    }
    .draw(lang, Palette::Page)
}
