//! The group as lines: what stands above, the account, what stands below.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_app::accounts::TreeRow;
use orchestre_domain::float;
use orchestre_domain::id::PartyId;
use orchestre_domain::party::WHOLE_PPM;
use orchestre_view::component::tree::{self, Branch};
use orchestre_view::page::Page;
use orchestre_view::pages::account::TreeLine;
use orchestre_view::{format, mark, text, text_with};

use super::Found;
use crate::frame::account_path;

/// How deep the tree is drawn before anybody opened a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Two levels, for the synthesis.
    Near,
    /// Everything up to a few hundred lines.
    All,
}

/// Lines up to which the whole tree is open.
const OPEN_LINES: usize = 300;

/// Gives the lines; branches in `?open=` are open, the rest is closed when the tree is large.
pub(super) fn lines(page: &Page, found: &Found, rows: &[TreeRow], depth: Depth) -> Vec<TreeLine> {
    let mut children: BTreeMap<PartyId, usize> = BTreeMap::new();
    for parent in rows.iter().filter_map(|row| row.parent) {
        *children.entry(parent).or_default() += 1;
    }
    let open: BTreeSet<&str> = page
        .frame
        .query
        .iter()
        .filter(|(name, _)| name == "open")
        .flat_map(|(_, value)| value.split(','))
        .collect();
    let limit = match depth {
        Depth::All if rows.len() <= OPEN_LINES => i64::MAX,
        Depth::Near | Depth::All => 2,
    };
    let top = rows.iter().map(|row| row.turnover_12m_minor.unwrap_or(0)).max().unwrap_or(0);
    let mut shown: BTreeSet<PartyId> = BTreeSet::new();
    let mut lines = Vec::new();
    for row in rows {
        let is_open = row.depth < limit || open.contains(row.party.to_string().as_str());
        let parent_is_open =
            row.depth <= 0 || row.parent.is_none_or(|parent| shown.contains(&parent));
        if !parent_is_open {
            continue;
        }
        if is_open {
            shown.insert(row.party);
        }
        let has_children = row.depth >= 0 && children.contains_key(&row.party);
        let mut line = line(page, found, row, top);
        if has_children && depth == Depth::All {
            let branch = if is_open { Branch::Open } else { Branch::Closed };
            line.toggle = Some(toggle(page, row, branch, &open));
        }
        lines.push(line);
    }
    lines
}

fn toggle(
    page: &Page,
    row: &TreeRow,
    branch: Branch,
    open: &BTreeSet<&str>,
) -> orchestre_view::html::Html {
    let id = row.party.to_string();
    let mut next: Vec<&str> =
        open.iter().copied().filter(|known| *known != id && !known.is_empty()).collect();
    if branch == Branch::Closed {
        next.push(&id);
    }
    tree::toggle(page.lang, branch, &page.href_with("open", &next.join(",")), &row.name)
}

fn line(page: &Page, found: &Found, row: &TreeRow, top: i64) -> TreeLine {
    let lang = page.lang;
    let currency = found.asked.currency;
    let missing = || format::MISSING.to_owned();
    let place = [row.city.clone(), row.country.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let kind = text(lang, &format!("state-party-{}", row.kind));
    let mut notes = Vec::new();
    if row.depth < 0 {
        notes.push(text(lang, "page-account-group-above"));
    }
    if let Some((_, name)) = &row.account {
        notes.push(text_with(
            lang,
            "page-account-group-other",
            &[("account", name.clone().into())],
        ));
    }
    if let Some(since) = row.since {
        notes.push(text_with(
            lang,
            "page-account-group-since",
            &[("day", format::day(lang, since).into())],
        ));
    }
    let is_whole = row.share_ppm == WHOLE_PPM || row.is_subject;
    TreeLine {
        level: usize::try_from(row.depth.max(0)).unwrap_or(0).min(5) + 1,
        name: row.name.clone(),
        detail: if place.is_empty() { kind } else { format!("{place}, {kind}") },
        note: notes.join("; "),
        share: if is_whole {
            String::new()
        } else {
            format::percent_whole(lang, float::from_minor(row.share_ppm) / 1e6)
        },
        turnover: row
            .turnover_12m_minor
            .map_or_else(missing, |minor| format::thousands(lang, minor, currency)),
        bar: mark::bar(
            float::ratio(row.turnover_12m_minor.unwrap_or(0).max(0), top).unwrap_or(0.0),
            1,
        ),
        growth: row.growth.map_or_else(missing, |growth| format::change(lang, growth)),
        is_falling: row.growth.is_some_and(crate::pages::portfolio::is_falling),
        people: row
            .people
            .shown()
            .filter(|count| **count > 0)
            .map_or_else(String::new, |count| format::count(lang, *count)),
        toggle: None,
        is_outside: row.depth < 0
            || row
                .account
                .as_ref()
                .is_some_and(|(id, _)| account_path(*id) != account_path(found.id)),
    }
}
