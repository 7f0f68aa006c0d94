//! The living style guide: every part in every state that it can show.

pub(crate) mod pictures;

use askama::Template;
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::money::Currency;

use crate::chart::{Drawing, Palette, sparkline};
use crate::empty::Empty;
use crate::field::{Choice, Field};
use crate::figure::{Figure, Figures, Why};
use crate::format;
use crate::html::{Html, Link};
use crate::lang::Lang;
use crate::mark::{self, Tone};
use crate::notice::Notice;
use crate::page::{Page, Place};
use crate::pager::Pager;
use crate::sort::Sort;
use crate::table::{Column, Table};
use crate::tabs::Tabs;
use crate::text::text;
use crate::tree::{self, Branch};
use crate::view::{LONG, NASTY, View};

/// A colour with its name in the tokens.
#[derive(Debug, Clone)]
pub struct Swatch {
    name: &'static str,
    class: &'static str,
}

/// A row of the table of states.
#[derive(Debug, Clone)]
pub struct Row {
    class: &'static str,
    tier: Html,
    name: String,
    detail: String,
    spark: Html,
    turnover: String,
    growth: String,
    is_falling: bool,
    meter: Html,
    coverage: Html,
}

/// A row of the tree.
#[derive(Debug, Clone)]
pub struct Limb {
    level: &'static str,
    toggle: Html,
    name: String,
    bar: Html,
    value: String,
}

/// The style guide.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/styleguide/index.html")]
pub struct IndexView {
    page: Page,
    swatches: Vec<Swatch>,
    numbers: Table,
    tiers: Vec<Html>,
    statuses: Vec<Html>,
    states: Vec<Html>,
    coverages: Vec<Html>,
    strengths: Vec<Html>,
    stances: Vec<Html>,
    icons: Vec<(Html, &'static str)>,
    figures: Figures,
    fields: Vec<Field>,
    heads: Vec<Html>,
    rows: Vec<Row>,
    limbs: Vec<Limb>,
    pager: Pager,
    tabs: Tabs,
    empty: Empty,
    notices: Vec<Notice>,
    pictures: Vec<Drawing>,
}

/// Every icon of the sprite.
const ICONS: [&str; 50] = [
    "week",
    "account",
    "people",
    "plan",
    "meeting",
    "portfolio",
    "select",
    "value",
    "steps",
    "import",
    "book",
    "search",
    "clock",
    "down",
    "right",
    "out",
    "plus",
    "check",
    "cross",
    "alert",
    "info",
    "mail",
    "doc",
    "lock",
    "flag",
    "arrow",
    "up",
    "fall",
    "more",
    "columns",
    "print",
    "left",
    "sign",
    "money",
    "link",
    "undo",
    "menu",
    "task",
    "pin",
    "tree",
    "drag",
    "filter",
    "gear",
    "help",
    "theme",
    "exit",
    "keys",
    "edit",
    "star",
    "phone",
];

const SWATCHES: [(&str, &str); 14] = [
    ("ink", "ci"),
    ("accent", "c1"),
    ("bad", "c-bad"),
    ("warn", "c-warn"),
    ("good", "c-good"),
    ("edge", "c-edge"),
    ("line", "c-line"),
    ("wash", "c-wash"),
    ("c2", "c2"),
    ("c3", "c3"),
    ("c4", "c4"),
    ("c5", "c5"),
    ("c6", "c6"),
    ("past", "cp"),
];

impl IndexView {
    /// Gives the style guide on a page.
    pub fn new(page: Page) -> Self {
        let lang = page.lang;
        let stance = |value: Option<i64>| mark::stance(lang, value);
        let query = &page.frame.query;
        let sort = Sort::new(&page.frame.path, query, "-turnover");
        Self {
            swatches: SWATCHES.map(|(name, class)| Swatch { name, class }).into(),
            numbers: numbers(lang),
            tiers: Tier::ALL.iter().map(|tier| mark::tier(lang, *tier)).collect(),
            statuses: AccountStatus::ALL.iter().map(|state| mark::status(lang, *state)).collect(),
            states: states(lang),
            coverages: [0.0, 0.2, 0.41, 0.6, 0.8, 1.0].map(|s| mark::coverage(lang, s)).into(),
            strengths: (0..=5).map(|points| mark::strength(lang, points)).collect(),
            stances: [Some(2), Some(1), Some(0), Some(-1), Some(-2), None].map(stance).into(),
            icons: ICONS.map(|name| (page.icon(name), name)).into(),
            figures: figures(lang),
            fields: fields(lang),
            heads: heads(lang, &sort),
            rows: rows(lang),
            limbs: limbs(lang),
            pager: pager(lang, &page),
            tabs: tabs(lang),
            empty: Empty::new(
                text(lang, "page-styleguide-empty"),
                text(lang, "page-styleguide-why"),
            )
            .action(text(lang, "page-styleguide-action"), "/imports")
            .example(text(lang, "page-styleguide-example"), "/help"),
            notices: notices(lang),
            pictures: pictures::all(lang, Palette::Page),
            page,
        }
    }
}

fn numbers(lang: Lang) -> Table {
    let eur = Currency::EUR;
    let gbp = Currency::parse("GBP").unwrap_or(eur);
    let day = jiff::civil::date(2026, 11, 23);
    let both = |key: &str, write: &dyn Fn(Lang) -> String| {
        vec![text(lang, key), write(Lang::En), write(Lang::Fr)]
    };
    let rows = vec![
        both("page-styleguide-money", &|l| format::money(l, 1_486_234_049, eur)),
        both("page-styleguide-money_exact", &|l| format::money_exact(l, 128_450, gbp)),
        both("page-styleguide-money_short", &|l| format::money_short(l, 1_486_234_049, eur)),
        both("page-styleguide-money_change", &|l| format::money_change(l, -34_200_000, eur)),
        both("page-styleguide-share", &|l| format::percent(l, 0.312)),
        both("page-styleguide-change", &|l| format::change(l, -0.021)),
        both("word-day", &|l| format::day(l, day)),
    ];
    let head = vec![
        Column::text(text(lang, "page-styleguide-what")),
        Column::number("en-GB"),
        Column::number("fr"),
    ];
    Table { caption: text(lang, "page-styleguide-numbers"), head, rows }
}

fn states(lang: Lang) -> Vec<Html> {
    let states = [
        (Tone::Good, "check", "on_track"),
        (Tone::Warn, "alert", "at_risk"),
        (Tone::Bad, "alert", "late"),
        (Tone::Mute, "clock", "waiting"),
        (Tone::Plain, "lock", "locked"),
    ];
    let state = |(tone, sign, word): (Tone, &str, &str)| {
        mark::state(tone, sign, &text(lang, &format!("page-styleguide-state_{word}")))
    };
    states.map(state).into()
}

fn figures(lang: Lang) -> Figures {
    let t = |key: &str| text(lang, key);
    let why = Why {
        formula: t("page-styleguide-formula"),
        parts: vec![
            (t("page-styleguide-part"), format::money_short(lang, 1_520_400_000, Currency::EUR)),
            (t("page-styleguide-part_off"), format::money_short(lang, -34_200_000, Currency::EUR)),
        ],
        coverage_of: t("page-styleguide-coverage_of"),
        evidence: crate::text::text_with(lang, "word-lines", &[("count", 6_318_i64.into())]),
        as_of: format::day(lang, jiff::civil::date(2026, 11, 23)),
        method: Some(Link::new("B3", "/methods/B3")),
        notes: vec![t("warning-rate_missing"), NASTY.to_owned()],
        links: vec![Link::new(t("page-styleguide-link"), "/events")],
    };
    Figures(vec![
        Figure::known(lang, t("page-styleguide-known"), "€14.9m")
            .unit("12 m")
            .compare(format::change(lang, 0.064))
            .coverage(0.99)
            .why(why)
            .open(),
        Figure::known(lang, t("page-styleguide-negative"), format::change(lang, -0.021))
            .tone(Tone::Bad)
            .coverage(1.0),
        Figure::insufficient(lang, t("page-styleguide-uncovered")).coverage(0.41),
        Figure::missing(lang, t("page-styleguide-missing"))
            .link(t("page-styleguide-ask"), "/people"),
        Figure::hidden(lang, t("page-styleguide-hidden")),
        Figure::waiting(lang, t("page-styleguide-waiting"), t("page-styleguide-progress")),
        Figure::failed(lang, t("page-styleguide-failed"), t("page-styleguide-reason")),
    ])
}

fn fields(lang: Lang) -> Vec<Field> {
    let t = |key: &str| text(lang, key);
    let name = || t("page-styleguide-field");
    let choices = vec![Choice::new("a", "Ana Kovač"), Choice::new("b", NASTY)];
    vec![
        Field::text("plain", name()).value("Lumière & Fils").required(),
        Field::number("wrong", name())
            .value("1 284,5O")
            .suffix("EUR")
            .error(t("page-styleguide-field_error")),
        Field::select("choice", name(), choices).value("b").help(t("page-styleguide-field_help")),
        Field::date("day", name()).value("2026-11-27").optional(lang),
        Field::text("closed", name()).value(NASTY).disabled(),
        Field::area("note", name()).value(LONG).optional(lang),
        Field::text("empty", name()).placeholder("Dvořák"),
        Field::file("file", name()).accept(".csv,.xlsx"),
        Field::check("tick", name()).checked(),
        Field::password("secret", name()),
    ]
}

fn heads(lang: Lang, sort: &Sort) -> Vec<Html> {
    let t = |key: &str| text(lang, key);
    vec![
        sort.head_with("name", &Column::text(t("page-nav-accounts")), "pin"),
        sort.head_with("tier", &Column::text(t("page-styleguide-tier")), "wide"),
        sort.head("turnover", &Column::number(t("page-styleguide-money"))),
        sort.head("growth", &Column::number(t("page-styleguide-change"))),
    ]
}

fn rows(lang: Lang) -> Vec<Row> {
    let months = [4.0, 5.0, 4.5, 6.0, 5.5, 7.0, 6.0, 8.0, 7.5, 8.5, 9.0, 8.0];
    let row = |name: &str, turnover: i64, growth: f64| Row {
        class: "",
        tier: mark::tier(lang, Tier::Key),
        name: name.to_owned(),
        detail: String::new(),
        spark: sparkline(&months.map(Some), 6, &text(lang, "page-styleguide-money")),
        turnover: format::count(lang, turnover),
        growth: format::change(lang, growth),
        is_falling: growth < 0.0,
        meter: mark::meter(0.7 + growth),
        coverage: mark::coverage(lang, 0.9 + growth),
    };
    vec![
        row("Lumière & Fils", 5430, 0.152),
        Row { class: "sel", ..row(NASTY, 3310, 0.0) },
        Row { detail: "Arcis-sur-Aube".to_owned(), ..row(LONG, 1234, -0.054) },
    ]
}

fn limbs(lang: Lang) -> Vec<Limb> {
    let limb = |depth: usize, branch: Branch, name: &str, share: f64| Limb {
        level: tree::level(depth),
        toggle: tree::toggle(lang, branch, "?open=1", name),
        name: name.to_owned(),
        bar: mark::bar(share, u8::from(depth < 3)),
        value: format::count(lang, orchestre_domain::float::round(share * 14_862.0)),
    };
    vec![
        limb(1, Branch::Leaf, "Groupe Lumière", 1.0),
        limb(2, Branch::Open, "Lumière Ingrédients SAS", 0.42),
        limb(3, Branch::Leaf, "Arras", 0.26),
        limb(3, Branch::Leaf, NASTY, 0.16),
        limb(2, Branch::Closed, LONG, 0.23),
    ]
}

fn pager(lang: Lang, page: &Page) -> Pager {
    let next = Some(page.href_with("page", "2"));
    Pager { lang, from: 1, to: 50, total: 1_848, previous: None, next }
}

fn tabs(lang: Lang) -> Tabs {
    let t = |key: &str| text(lang, key);
    Tabs::new(t("page-styleguide-tabs"), "/a")
        .tab(t("page-nav-portfolio"), "/a")
        .counted(t("page-nav-people"), "/b", "14")
        .tab(t("page-nav-plans"), "/c")
}

fn notices(lang: Lang) -> Vec<Notice> {
    let t = |key: &str| text(lang, key);
    vec![
        Notice::info(t("page-styleguide-told_info")).link(t("page-styleguide-link"), "/"),
        Notice::good(t("page-styleguide-told_good")),
        Notice::warn(t("page-styleguide-told_warn")),
        Notice::bad(t("page-styleguide-told_bad")).text(NASTY).code("rates.missing"),
    ]
}

impl View for IndexView {
    fn samples(lang: Lang) -> Vec<Self> {
        let page = |title: &str| {
            let title = text(lang, title);
            Page::new(Page::sample(lang).frame, Place::Methods, title)
                .crumb(text(lang, "page-nav-methods"), "/methods")
                .with_as_of()
                .with_currency()
                .export("CSV", "18", "/styleguide.csv")
        };
        let mut past = page("page-styleguide-title");
        past.frame.as_of = jiff::civil::date(2019, 12, 31);
        past.frame.notice = Some(Notice::good(NASTY));
        vec![Self::new(page("page-styleguide-title")), Self::new(past)]
    }
}
