//! The group around an account in a view: any depth, both ways, with rolled-up turnover.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PartyId};
use orchestre_domain::money::divide_half_even;
use orchestre_domain::party::{BuiltInView, PartyKind, WHOLE_PPM};
use orchestre_domain::permission::{Object, rows};
use orchestre_store::{Link, PartyCard};

use super::shares::{Windows, windows};
use crate::asked::Asked;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::section::Section;
use crate::sight::{Perimeter, Sight};
use crate::snapshot::Sum;

/// A party of the group.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeRow {
    /// The party.
    pub party: PartyId,
    /// Its name on the day.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Its city.
    pub city: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// 0 is the account's root party; negative above it.
    pub depth: i64,
    /// The party over it in this tree.
    pub parent: Option<PartyId>,
    /// The share that the parent holds.
    pub share_ppm: i64,
    /// Since when; `None` since ever.
    pub since: Option<Date>,
    /// Turnover of twelve months, with all below it; shares of one half and less count in part.
    pub turnover_12m_minor: Option<i64>,
    /// Its growth.
    pub growth: Option<f64>,
    /// People known there.
    pub people: Section<i64>,
    /// The account to which it belongs, when that is another one.
    pub account: Option<(AccountId, String)>,
    /// Whether it is the account's root party.
    pub is_subject: bool,
}

/// A share above which a party counts in full in the totals of its parent.
const CONTROL_PPM: i64 = 500_000;

/// Gives the group of an account in a view, from the top down.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`] when the viewer does not see the account.
pub async fn tree(
    ctx: &Ctx,
    account: AccountId,
    view: BuiltInView,
    asked: &Asked,
) -> Result<Vec<TreeRow>, AppError> {
    let sight = Sight::of(ctx, *asked).await?;
    let root = sight.line(account)?.basis.party;
    let grown = read(ctx, &sight, (view, root), &[]).await?;
    Ok(grown.rows(&sight, account))
}

/// What was read of a group.
pub(crate) struct Group {
    root: PartyId,
    above: Vec<Link>,
    below: Vec<Link>,
    pub(crate) cards: BTreeMap<PartyId, PartyCard>,
    people: Option<BTreeMap<PartyId, i64>>,
    pub(crate) own: BTreeMap<PartyId, Windows>,
}

/// Reads the group of a party; `members` are further parties of the account.
pub(crate) async fn read(
    ctx: &Ctx,
    sight: &Sight,
    (view, root): (BuiltInView, PartyId),
    members: &[PartyId],
) -> Result<Group, AppError> {
    let (viewer, as_of) = (&ctx.viewer, sight.snapshot.key.asked.as_of);
    let (above, below, cards, people) = ctx
        .db()
        .read(async |work| {
            let (above, below) = work.system_links_around(view, root, as_of).await?;
            let ends = |link: &Link| [link.parent, link.child];
            let links = above.iter().chain(&below).flat_map(ends).chain([root]);
            let parties: BTreeSet<PartyId> = links.chain(members.iter().copied()).collect();
            let parties: Vec<PartyId> = parties.into_iter().collect();
            let cards = work.party_cards(viewer, &parties, as_of).await?;
            let people = work.people_counts(viewer, &parties, as_of).await?;
            Ok::<_, AppError>((above, below, cards, people))
        })
        .await?;
    // What belongs to no account is shown with its sums only to those who see every account.
    let has_sums = |card: &&PartyCard| match &card.account {
        Some((account, _)) => sight.sees_sales(*account),
        None => sight.perimeter == Perimeter::Whole,
    };
    let parties = cards.iter().filter(has_sums).map(|card| card.party);
    let own = windows(&sight.snapshot.sums_of(parties), sight.snapshot.terms());
    let sees_people = sight
        .snapshot
        .lines
        .iter()
        .any(|line| line.basis.party == root && rows(viewer, Object::Person).has(line.id()));
    Ok(Group {
        root,
        above,
        below,
        cards: cards.into_iter().map(|card| (card.party, card)).collect(),
        people: sees_people.then(|| people.into_iter().collect()),
        own,
    })
}

impl Group {
    /// Gives the rows of the tree: the farthest parent first, then the account, then what is below.
    pub(crate) fn rows(&self, sight: &Sight, account: AccountId) -> Vec<TreeRow> {
        let mut rows = Vec::new();
        self.climb(&mut rows, account);
        let mut below: BTreeMap<PartyId, Vec<&Link>> = BTreeMap::new();
        for link in &self.below {
            below.entry(link.parent).or_default().push(link);
        }
        let mut down = Down { group: self, below, rolled: BTreeMap::new(), account };
        down.roll(self.root, &mut BTreeSet::new());
        let step = Step { party: self.root, parent: None, depth: 0 };
        down.descend(&mut rows, step, &mut Vec::new());
        if sight.snapshot.is_too_old {
            return rows;
        }
        for row in rows.iter_mut().filter(|row| row.depth >= 0) {
            let own = down.rolled.get(&row.party).copied().unwrap_or_default();
            row.turnover_12m_minor = own.turnover();
            row.growth = own.growth();
        }
        rows
    }

    /// The parties above, the farthest first; each once, where it is nearest.
    fn climb(&self, rows: &mut Vec<TreeRow>, account: AccountId) {
        let (mut level, mut depth) = (vec![self.root], 0);
        let mut seen = BTreeSet::from([self.root]);
        let mut found = Vec::new();
        while !level.is_empty() && depth > -40 {
            depth -= 1;
            let mut next = Vec::new();
            for link in self.above.iter().filter(|link| level.contains(&link.child)) {
                if seen.insert(link.parent) {
                    let over = self.above.iter().find(|upper| upper.child == link.parent);
                    found.extend(self.row(link.parent, account, (depth, over)));
                    next.push(link.parent);
                }
            }
            level = next;
        }
        rows.extend(found.into_iter().rev());
    }

    fn row(
        &self,
        party: PartyId,
        account: AccountId,
        (depth, link): (i64, Option<&Link>),
    ) -> Option<TreeRow> {
        let card = self.cards.get(&party)?;
        let since = link.map(|link| link.since).filter(|since| since.year() > 1);
        Some(TreeRow {
            party,
            name: card.name.clone(),
            kind: card.kind,
            city: card.city.clone(),
            country: card.country.clone(),
            depth,
            parent: link.map(|link| link.parent),
            share_ppm: link.map_or(WHOLE_PPM, |link| link.share_ppm),
            since,
            turnover_12m_minor: None,
            growth: None,
            people: match &self.people {
                Some(people) => Section::Shown(people.get(&party).copied().unwrap_or_default()),
                None => Section::Hidden,
            },
            account: card.account.clone().filter(|(other, _)| *other != account),
            is_subject: party == self.root,
        })
    }
}

/// The way down: links by parent, and the windows of each party with all below it.
struct Down<'a> {
    group: &'a Group,
    below: BTreeMap<PartyId, Vec<&'a Link>>,
    rolled: BTreeMap<PartyId, Windows>,
    account: AccountId,
}

impl Down<'_> {
    /// Gives the windows of a party with all below it, each computed once; `path` breaks circles.
    fn roll(&mut self, party: PartyId, path: &mut BTreeSet<PartyId>) -> Windows {
        if let Some(known) = self.rolled.get(&party) {
            return *known;
        }
        if !path.insert(party) {
            return Windows::default();
        }
        let mut own = self.group.own.get(&party).copied().unwrap_or_default();
        for link in self.below.get(&party).cloned().unwrap_or_default() {
            let below = self.roll(link.child, path);
            let share_ppm =
                if link.share_ppm > CONTROL_PPM { WHOLE_PPM } else { link.share_ppm.max(0) };
            own.now.add(&part(below.now, share_ppm));
            own.before.add(&part(below.before, share_ppm));
        }
        path.remove(&party);
        self.rolled.insert(party, own);
        own
    }

    /// A party and all below it, children by turnover.
    fn descend(&self, rows: &mut Vec<TreeRow>, step: Step<'_>, path: &mut Vec<PartyId>) {
        if path.contains(&step.party) || path.len() > 40 {
            return;
        }
        let row = self.group.row(step.party, self.account, (step.depth, step.parent));
        let depth = step.depth + i64::from(row.is_some());
        rows.extend(row);
        path.push(step.party);
        let mut children = self.below.get(&step.party).cloned().unwrap_or_default();
        children.sort_by_cached_key(|link| {
            let turnover = self.rolled.get(&link.child).and_then(Windows::turnover);
            let name = self.group.cards.get(&link.child).map(|card| card.name.clone());
            (std::cmp::Reverse(turnover), name)
        });
        for link in children {
            self.descend(rows, Step { party: link.child, parent: Some(link), depth }, path);
        }
        path.pop();
    }
}

/// A party on the way down.
#[derive(Clone, Copy)]
struct Step<'a> {
    party: PartyId,
    parent: Option<&'a Link>,
    depth: i64,
}

/// The part of a sum that a share gives; lines are counted in full.
fn part(sum: Sum, share_ppm: i64) -> Sum {
    if share_ppm == WHOLE_PPM {
        return sum;
    }
    let of = |minor: i64| {
        let whole = i128::from(minor) * i128::from(share_ppm);
        divide_half_even(whole, i128::from(WHOLE_PPM)).unwrap_or_default()
    };
    Sum { amount: of(sum.amount), cost: of(sum.cost), costed: of(sum.costed), ..sum }
}
