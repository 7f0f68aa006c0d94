//! Dated links between parties of one view: ancestors, roots, cycles and overlaps. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::id::PartyId;
use crate::party::WHOLE_PPM;

/// From a day on (included) to a day (excluded).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub to: Date,
}

impl Period {
    /// Since ever and for ever.
    pub const ALWAYS: Self =
        Self { from: Date::constant(1, 1, 1), to: Date::constant(9999, 12, 31) };

    /// Gives the days that both have; `None` when there are none.
    pub fn meet(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from < both.to).then_some(both)
    }

    /// Gives the days of this period that the other has not.
    pub fn without(self, other: Self) -> Vec<Self> {
        let Some(both) = self.meet(other) else { return vec![self] };
        let parts = [Self { to: both.from, ..self }, Self { from: both.to, ..self }];
        parts.into_iter().filter(|part| part.from < part.to).collect()
    }
}

/// A dated link of one view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Above.
    pub parent: PartyId,
    /// Below.
    pub child: PartyId,
    /// The part of the child that the parent holds, in parts per million.
    pub share_ppm: i64,
    /// When it holds.
    pub period: Period,
}

/// How a party lies below an ancestor in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// When.
    pub period: Period,
    /// The links of the shortest way; 0 for the party itself.
    pub depth: i64,
    /// The product of the shares on a way, summed over the ways, at most the whole.
    pub share_ppm: i64,
}

/// No hierarchy is deeper; a guard against links that were not checked.
const DEEPEST: i64 = 64;

/// The links of one view.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    above: BTreeMap<PartyId, Vec<Link>>,
    below: BTreeMap<PartyId, Vec<PartyId>>,
}

impl Graph {
    /// Gives the graph of links.
    pub fn new(links: impl IntoIterator<Item = Link>) -> Self {
        let mut graph = Self::default();
        links.into_iter().for_each(|link| graph.add(link));
        graph
    }

    /// Adds a link that was checked before.
    pub fn add(&mut self, link: Link) {
        let above = self.above.entry(link.child).or_default();
        above.push(link);
        above.sort_by_key(|link| link.period);
        self.below.entry(link.parent).or_default().push(link.child);
    }

    /// Takes a link away.
    pub fn remove(&mut self, link: Link) {
        if let Some(above) = self.above.get_mut(&link.child) {
            above.retain(|known| *known != link);
        }
        if let Some(below) = self.below.get_mut(&link.parent)
            && let Some(place) = below.iter().position(|child| *child == link.child)
        {
            below.swap_remove(place);
        }
    }

    /// Gives the links to parents, by time.
    pub fn parents(&self, party: PartyId) -> &[Link] {
        self.above.get(&party).map_or(&[], Vec::as_slice)
    }

    /// Gives the way from the child up to itself that the link would close.
    pub fn cycle(&self, link: Link) -> Option<Vec<PartyId>> {
        let mut way = vec![link.child];
        self.climb(link.parent, link.period, &mut way).then_some(way)
    }

    fn climb(&self, party: PartyId, period: Period, way: &mut Vec<PartyId>) -> bool {
        let is_closed = way.first() == Some(&party);
        way.push(party);
        if is_closed {
            return true;
        }
        let is_too_deep = i64::try_from(way.len()).is_ok_and(|steps| steps > DEEPEST);
        for link in self.parents(party).iter().filter(|_| !is_too_deep) {
            if let Some(both) = link.period.meet(period)
                && self.climb(link.parent, both, way)
            {
                return true;
            }
        }
        way.pop();
        false
    }

    /// Gives a link of the child to another parent that holds at the same time.
    pub fn overlap(&self, link: Link) -> Option<Link> {
        let others = self.parents(link.child).iter().filter(|known| known.parent != link.parent);
        others.copied().find(|known| known.period.meet(link.period).is_some())
    }

    /// Gives all parties that hang together with these, whatever the direction and the time.
    pub fn component(&self, seeds: impl IntoIterator<Item = PartyId>) -> BTreeSet<PartyId> {
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<PartyId> = seeds.into_iter().collect();
        while let Some(party) = waiting.pop() {
            if seen.insert(party) {
                waiting.extend(self.parents(party).iter().map(|link| link.parent));
                waiting.extend(self.below.get(&party).into_iter().flatten());
            }
        }
        seen
    }

    /// Gives the ancestors of a party, itself included; periods of one ancestor never overlap.
    ///
    /// ```
    /// use orchestre_domain::hierarchy::{Graph, Link, Period};
    /// use orchestre_domain::id::PartyId;
    /// let link = |parent, child, share_ppm| {
    ///     Link { parent: PartyId(parent), child: PartyId(child), share_ppm, period: Period::ALWAYS }
    /// };
    /// // Two halves of halves: 1 holds half of 4 in two ways.
    /// let graph = Graph::new([
    ///     link(1, 2, 500_000), link(1, 3, 500_000), link(2, 4, 500_000), link(3, 4, 500_000),
    /// ]);
    /// let ancestors = graph.ancestors(PartyId(4));
    /// let reach = ancestors[&PartyId(1)][0];
    /// assert_eq!((reach.depth, reach.share_ppm), (2, 500_000));
    /// assert_eq!(ancestors.len(), 4);
    /// ```
    pub fn ancestors(&self, party: PartyId) -> BTreeMap<PartyId, Vec<Reach>> {
        let own = Reach { period: Period::ALWAYS, depth: 0, share_ppm: WHOLE_PPM };
        let mut all = BTreeMap::from([(party, vec![own])]);
        let mut level = all.clone();
        for depth in 1..=DEEPEST {
            let mut next: BTreeMap<PartyId, Vec<Reach>> = BTreeMap::new();
            for (node, reaches) in &level {
                for link in self.parents(*node) {
                    let steps = reaches.iter().filter_map(|reach| step(*reach, *link, depth));
                    next.entry(link.parent).or_default().extend(steps);
                }
            }
            next.retain(|_, reaches| !reaches.is_empty());
            if next.is_empty() {
                break;
            }
            level = next.into_iter().map(|(node, reaches)| (node, flatten(reaches))).collect();
            for (node, reaches) in &level {
                all.entry(*node).or_default().extend(reaches);
            }
        }
        all.into_iter().map(|(node, reaches)| (node, flatten(reaches))).collect()
    }

    /// Gives the roots under which a party lies, by time; never two at once.
    ///
    /// `rules` override the links: a party (with what lies below it) belongs to another account
    /// for a time, or to none.
    pub fn roots(&self, party: PartyId, rules: &Rules) -> Vec<(PartyId, Period)> {
        let mut found = Vec::new();
        self.seek(party, Period::ALWAYS, rules, &mut found);
        found.sort_by_key(|(_, period)| *period);
        let mut joined: Vec<(PartyId, Period)> = Vec::new();
        for (root, period) in found {
            match joined.last_mut() {
                Some((last, before)) if *last == root && before.to == period.from => {
                    before.to = period.to;
                }
                _ => joined.push((root, period)),
            }
        }
        joined
    }

    fn seek(
        &self,
        party: PartyId,
        period: Period,
        rules: &Rules,
        found: &mut Vec<(PartyId, Period)>,
    ) {
        let mut rest = vec![period];
        for (root, ruled) in rules.0.get(&party).into_iter().flatten() {
            if let Some(root) = root {
                found.extend(
                    rest.iter().filter_map(|part| part.meet(*ruled)).map(|part| (*root, part)),
                );
            }
            rest = rest.into_iter().flat_map(|part| part.without(*ruled)).collect();
        }
        for link in self.parents(party) {
            for part in rest.iter().filter_map(|part| part.meet(link.period)) {
                self.seek(link.parent, part, rules, found);
            }
            rest = rest.into_iter().flat_map(|part| part.without(link.period)).collect();
        }
        found.extend(rest.into_iter().map(|part| (party, part)));
    }
}

/// To which root a party is said to belong whatever the links say; `None` for no root at all.
#[derive(Debug, Clone, Default)]
pub struct Rules(pub BTreeMap<PartyId, Vec<(Option<PartyId>, Period)>>);

fn step(reach: Reach, link: Link, depth: i64) -> Option<Reach> {
    let period = reach.period.meet(link.period)?;
    Some(Reach {
        period,
        depth,
        share_ppm: (reach.share_ppm * link.share_ppm).div_euclid(WHOLE_PPM),
    })
}

/// Makes reaches disjoint in time: where several hold, the shortest depth and the sum of shares.
fn flatten(mut reaches: Vec<Reach>) -> Vec<Reach> {
    reaches.sort_by_key(|reach| reach.period);
    let is_disjoint =
        reaches.iter().zip(reaches.iter().skip(1)).all(|(a, b)| a.period.to <= b.period.from);
    if is_disjoint {
        return join(reaches);
    }
    let days: BTreeSet<Date> = reaches.iter().flat_map(|r| [r.period.from, r.period.to]).collect();
    let pieces = days.iter().zip(days.iter().skip(1)).filter_map(|(from, to)| {
        let period = Period { from: *from, to: *to };
        let holding: Vec<&Reach> =
            reaches.iter().filter(|r| r.period.meet(period).is_some()).collect();
        let depth = holding.iter().map(|reach| reach.depth).min()?;
        let share_ppm = holding.iter().map(|reach| reach.share_ppm).sum::<i64>().min(WHOLE_PPM);
        Some(Reach { period, depth, share_ppm })
    });
    join(pieces.collect())
}

fn join(reaches: Vec<Reach>) -> Vec<Reach> {
    let mut joined: Vec<Reach> = Vec::with_capacity(reaches.len());
    for reach in reaches {
        match joined.last_mut() {
            Some(last)
                if last.period.to == reach.period.from
                    && (last.depth, last.share_ppm) == (reach.depth, reach.share_ppm) =>
            {
                last.period.to = reach.period.to;
            }
            _ => joined.push(reach),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn link(parent: i64, child: i64, from: i16, to: i16) -> Link {
        let period = Period { from: date(from, 1, 1), to: date(to, 1, 1) };
        Link { parent: PartyId(parent), child: PartyId(child), share_ppm: WHOLE_PPM, period }
    }

    #[test]
    fn a_sold_party_belongs_to_each_owner_at_its_time() {
        let graph =
            Graph::new([link(1, 3, 2010, 2020), link(2, 3, 2020, 9999), link(3, 4, 1, 9999)]);
        let roots = graph.roots(PartyId(4), &Rules::default());
        let roots: Vec<(i64, i16, i16)> =
            roots.iter().map(|(root, p)| (root.0, p.from.year(), p.to.year())).collect();
        // Before 2010 the party 3 was its own root; the last year of the calendar has no owner.
        assert_eq!(roots, [(3, 1, 2010), (1, 2010, 2020), (2, 2020, 9999), (4, 9999, 9999)]);
        let reach = graph.ancestors(PartyId(4))[&PartyId(1)][0];
        assert_eq!(
            (reach.depth, reach.period.from.year(), reach.period.to.year()),
            (2, 2010, 2020)
        );
    }

    #[test]
    fn parents_that_change_places_over_time_are_no_cycle() {
        let graph = Graph::new([link(1, 2, 2010, 2020)]);
        assert_eq!(graph.cycle(link(2, 1, 2020, 2030)), None);
        assert_eq!(
            graph.cycle(link(2, 1, 2019, 2030)),
            Some(vec![PartyId(1), PartyId(2), PartyId(1)])
        );
        assert_eq!(graph.cycle(link(7, 7, 2019, 2030)), Some(vec![PartyId(7), PartyId(7)]));
    }

    #[test]
    fn two_parents_overlap_only_when_both_hold() {
        let graph = Graph::new([link(1, 3, 2010, 2020)]);
        assert!(graph.overlap(link(2, 3, 2020, 2030)).is_none());
        assert!(graph.overlap(link(1, 3, 2015, 2030)).is_none(), "the same parent");
        assert_eq!(graph.overlap(link(2, 3, 2019, 2030)).map(|l| l.parent), Some(PartyId(1)));
    }

    #[test]
    fn a_rule_moves_a_branch_for_a_time() {
        let graph = Graph::new([link(1, 2, 1, 9999), link(2, 3, 1, 9999)]);
        let until = Period { from: date(2024, 1, 1), to: date(2025, 1, 1) };
        let rules = Rules(BTreeMap::from([(PartyId(2), vec![(Some(PartyId(9)), until)])]));
        let roots = graph.roots(PartyId(3), &rules);
        let roots: Vec<i64> = roots.iter().map(|(root, _)| root.0).collect();
        assert_eq!(roots, [1, 9, 1, 3]);
        let none = Rules(BTreeMap::from([(PartyId(3), vec![(None, Period::ALWAYS)])]));
        assert!(graph.roots(PartyId(3), &none).is_empty());
    }

    #[test]
    fn a_component_reaches_up_and_down() {
        let graph = Graph::new([link(1, 2, 1, 9999), link(1, 3, 1, 9999), link(8, 9, 1, 9999)]);
        let component = graph.component([PartyId(2)]);
        assert_eq!(component.iter().map(|party| party.0).collect::<Vec<_>>(), [1, 2, 3]);
    }
}
