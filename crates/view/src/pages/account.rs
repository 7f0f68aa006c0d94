//! An account: synthesis, group, people, score, history; every part a tab of its own.

pub mod group;
pub mod history;
pub mod score;

use askama::Template;
use orchestre_domain::account::Tier;
use orchestre_domain::lang::Lang;

use crate::chart::Drawing;
use crate::component::figure::{Figure, Figures};
use crate::component::table::{Column, Table};
use crate::component::tabs::Tabs;
use crate::html::Html;
use crate::html::Link;
use crate::mark;
use crate::page::Page;
use crate::view::View;

/// What stands at the head of each of an account's pages.
#[derive(Debug, Clone)]
pub struct Head {
    /// The account's name.
    pub name: String,
    /// Tier and status marks.
    pub marks: Vec<Html>,
    /// Facts: label, value, link.
    pub facts: Vec<(String, String, Option<String>)>,
    /// The tabs.
    pub tabs: Tabs,
    /// Main actions: label, address, whether it is the main one.
    pub actions: Vec<(String, String, bool)>,
}

impl Head {
    /// Gives a head for samples.
    pub fn sample(lang: Lang) -> Self {
        Self {
            name: "Laboratoires <script>Lysarel".to_owned(),
            marks: vec![mark::tier(lang, Tier::StrategicGlobal)],
            facts: vec![
                ("KAM".to_owned(), "Aminata Lefort".to_owned(), Some("/people/per_1".to_owned())),
                ("Sponsor".to_owned(), "–".to_owned(), None),
            ],
            tabs: Tabs::new("Lysarel", "/accounts/1").tab("1", "/accounts/1").counted(
                "2",
                "/accounts/1/group",
                "9",
            ),
            actions: vec![("PDF".to_owned(), "/plan.pdf".to_owned(), true)],
        }
    }
}

/// A person beside the account.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The stance' mark, when opinions may be read.
    pub stance: Option<Html>,
    /// Name.
    pub name: String,
    /// Address of the page.
    pub href: String,
    /// Title and unit.
    pub role: String,
    /// The strength' mark, when opinions may be read.
    pub strength: Option<Html>,
    /// The day of the last contact, or "never".
    pub last: String,
}

/// Something of the feed: icon, title, detail.
#[derive(Debug, Clone)]
pub struct FeedLine {
    /// The icon's name.
    pub icon: &'static str,
    /// What happened or is missing.
    pub text: String,
    /// When, or why it matters.
    pub detail: String,
    /// Where to go.
    pub link: Option<Link>,
}

/// A line of the group tree.
#[derive(Debug, Clone)]
pub struct TreeLine {
    /// 1 for the root, 2 for its children … at most 6 is drawn.
    pub level: usize,
    /// The party's name.
    pub name: String,
    /// Kind and place.
    pub detail: String,
    /// What is remarkable about the link: since when, by decision.
    pub note: String,
    /// The share, when it is not the whole.
    pub share: String,
    /// Turnover of twelve months in thousands.
    pub turnover: String,
    /// The bar of the turnover.
    pub bar: Html,
    /// Growth.
    pub growth: String,
    /// True when the growth is negative.
    pub is_falling: bool,
    /// People known there.
    pub people: String,
    /// The toggle, for a line with children.
    pub toggle: Option<Html>,
    /// True for a party above the account or outside of its scope.
    pub is_outside: bool,
}

/// What `pages/account/show.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/account/show.html")]
pub struct ShowView {
    /// The frame.
    pub page: Page,
    /// The head.
    pub head: Head,
    /// The sentence that could be read aloud.
    pub lead: String,
    /// The row of figures.
    pub figures: Figures,
    /// Turnover by month.
    pub months: Option<Drawing>,
    /// Turnover and margin by year.
    pub years: Table,
    /// The group.
    pub tree: Vec<TreeLine>,
    /// The unit of money in tables.
    pub unit: String,
    /// What the tree shows: view and day.
    pub tree_note: String,
    /// Top products.
    pub products: Table,
    /// Open opportunities.
    pub opportunities: Table,
    /// The latest interactions.
    pub interactions: Vec<FeedLine>,
    /// The people who matter most.
    pub people: Vec<PersonLine>,
    /// "Deciders covered: 1 of 3", when opinions may be read.
    pub people_note: String,
    /// What is missing, with the way to mend it.
    pub missing: Vec<FeedLine>,
    /// The address of the account, for links to its tabs.
    pub base: String,
}

impl ShowView {
    /// Gives the address of a tab, with day and currency kept.
    pub fn tab(&self, name: &str) -> String {
        self.page.href(&format!("{}/{name}", self.base))
    }
}

impl View for ShowView {
    fn samples(lang: Lang) -> Vec<Self> {
        let line = |text: &str| FeedLine {
            icon: "info",
            text: text.to_owned(),
            detail: "2026-11-12".to_owned(),
            link: Some(Link::new("?", "/imports")),
        };
        let table = || Table {
            caption: "<b>".to_owned(),
            head: vec![Column::text("1"), Column::number("2")],
            rows: vec![vec!["<i>".to_owned(), "1".to_owned()]],
        };
        let view = |is_full: bool| Self {
            page: Page::sample(lang),
            head: Head::sample(lang),
            lead: "€17.9m, +14.7%.".to_owned(),
            figures: Figures(vec![
                Figure::known(lang, "1", "€17.9m"),
                Figure::insufficient(lang, "2"),
            ]),
            months: None,
            years: table(),
            tree: if is_full { tree_sample() } else { Vec::new() },
            unit: "€k".to_owned(),
            tree_note: "2026-11-16".to_owned(),
            products: table(),
            opportunities: table(),
            interactions: vec![line("<script>")],
            people: vec![PersonLine {
                stance: is_full.then(|| mark::stance(lang, Some(-1))),
                name: "Dr. Béatrice Montaland".to_owned(),
                href: "/people/1".to_owned(),
                role: "VP quality".to_owned(),
                strength: is_full.then(|| mark::strength(lang, 4)),
                last: "13 Oct".to_owned(),
            }],
            people_note: "1/3".to_owned(),
            missing: if is_full { vec![line("cost")] } else { Vec::new() },
            base: "/accounts/acc_0000000000001".to_owned(),
        };
        vec![view(true), view(false)]
    }
}

/// Gives two lines of a tree for samples.
pub fn tree_sample() -> Vec<TreeLine> {
    let line = |level: usize, name: &str| TreeLine {
        level,
        name: name.to_owned(),
        detail: "Lyon".to_owned(),
        note: String::new(),
        share: "49%".to_owned(),
        turnover: "14,862".to_owned(),
        bar: mark::bar(0.4, 1),
        growth: "−1.0%".to_owned(),
        is_falling: true,
        people: "3".to_owned(),
        toggle: None,
        is_outside: level == 1,
    };
    vec![line(1, "Elvarion <N.V.>"), line(2, "Vestbrook")]
}
