//! What stands at the head of each of an account's pages.

use orchestre_app::accounts::Header;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_view::component::tabs::Tabs;
use orchestre_view::page::Page;
use orchestre_view::pages::account::Head;
use orchestre_view::{format, mark};
use orchestre_view::{text, text_with};

use super::Found;
use crate::door::Visit;
use crate::frame::account_path;

/// A tab of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// The synthesis.
    Show,
    /// The group.
    Group,
    /// The people.
    People,
    /// Why this score.
    Score,
    /// The plan.
    Plan,
    /// What happened.
    History,
}

impl Tab {
    const ALL: [Self; 6] =
        [Self::Show, Self::Group, Self::People, Self::Score, Self::Plan, Self::History];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Group => "group",
            Self::People => "people",
            Self::Score => "score",
            Self::Plan => "plan",
            Self::History => "history",
        }
    }

    const fn object(self) -> Object {
        match self {
            Self::Show | Self::Group => Object::Account,
            Self::People => Object::Person,
            Self::Score => Object::Score,
            Self::Plan => Object::Plan,
            Self::History => Object::Event,
        }
    }
}

/// Gives the head with its tabs: only those that the viewer may read.
pub(crate) fn head(visit: &Visit, page: &Page, found: &Found, tab: Tab) -> Head {
    let lang = visit.lang();
    let account = &found.account;
    let row = &account.row;
    let base = account_path(found.id);
    let mut marks = Vec::new();
    marks.extend(row.tier.map(|tier| mark::tier(lang, tier)));
    marks.extend(row.status.map(|status| mark::status(lang, status)));
    let address = |one: Tab| {
        page.href(&if one == Tab::Show { base.clone() } else { format!("{base}/{}", one.as_str()) })
    };
    let mut tabs = Tabs::new(&row.name, address(tab));
    for one in Tab::ALL.iter().filter(|one| {
        may(&visit.ctx.viewer, Capability::Read, one.object(), Scope::Account(found.id))
    }) {
        let label = text(lang, &format!("page-account-tab-{}", one.as_str()));
        tabs = match one {
            Tab::Group => {
                tabs.counted(label, address(*one), format::count_of(lang, account.header.parties))
            }
            _ => tabs.tab(label, address(*one)),
        };
    }
    let mut actions = match tab {
        Tab::Plan => {
            vec![(text(lang, "button-print"), format!("{base}/plan.pdf?lang={lang}"), true)]
        }
        _ => Vec::new(),
    };
    if may(&visit.ctx.viewer, Capability::Read, Object::Access, Scope::Account(found.id)) {
        let asked = format!("/access?object={}&field={}", found.id, tab.object());
        actions.push((text(lang, "page-access-link"), asked, false));
    }
    Head { name: row.name.clone(), marks, facts: facts(lang, page, found), tabs, actions }
}

fn facts(lang: Lang, page: &Page, found: &Found) -> Vec<(String, String, Option<String>)> {
    let account = &found.account;
    let (row, header) = (&account.row, &account.header);
    let mut facts = Vec::new();
    for (label, person) in [("word-kam", &row.kam), ("word-sponsor", &row.sponsor)] {
        let (name, href) = match person {
            Some((id, name)) => (name.clone(), Some(page.href(&format!("/people/{id}")))),
            None => (text(lang, "word-nobody"), None),
        };
        facts.push((text(lang, label), name, href));
    }
    let counts =
        [("companies", header.parties.into()), ("countries", header.countries.len().into())];
    let what = header.profile.sector.clone().or_else(|| row.country.clone()).unwrap_or_default();
    facts.push((what, text_with(lang, "page-account-companies", &counts), None));
    if let Some(since) = header.profile.since {
        let year = since.year().to_string();
        facts.push((
            String::new(),
            text_with(lang, "page-account-since", &[("year", year.into())]),
            None,
        ));
    }
    facts.extend(former(lang, header, &row.name));
    facts
}

fn former(lang: Lang, header: &Header, name: &str) -> Option<(String, String, Option<String>)> {
    let names: Vec<&str> = header
        .names
        .iter()
        .map(|dated| dated.name.as_str())
        .filter(|former| *former != name)
        .collect();
    (!names.is_empty()).then(|| {
        (
            String::new(),
            text_with(lang, "page-account-names", &[("names", names.join(", ").into())]),
            None,
        )
    })
}
