//! In which order a list stands, and which part of it is given.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::id::AccountId;

use super::row::score_value;
use crate::ranking::Place;
use crate::sight::Sight;
use crate::snapshot::line::Line;

/// By what a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKey {
    /// By rank.
    Rank,
    /// By name.
    Name,
    /// By tier, the highest first.
    Tier,
    /// By status.
    Status,
    /// By country.
    Country,
    /// By the manager's name.
    Kam,
    /// By turnover.
    Turnover,
    /// By growth.
    Growth,
    /// By margin.
    Margin,
    /// By score.
    Score,
    /// By the number of open opportunities.
    Opportunities,
    /// By what was won.
    Won,
}

impl SortKey {
    /// Every key with its stable word.
    pub const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Rank, "rank"),
        (Self::Name, "name"),
        (Self::Tier, "tier"),
        (Self::Status, "status"),
        (Self::Country, "country"),
        (Self::Kam, "kam"),
        (Self::Turnover, "turnover"),
        (Self::Growth, "growth"),
        (Self::Margin, "margin"),
        (Self::Score, "score"),
        (Self::Opportunities, "opportunities"),
        (Self::Won, "won"),
    ];

    /// Gives the stable word.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(key, _)| *key == self).map_or("turnover", |(_, word)| word)
    }

    /// Reads a stable word; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, word)| *word == text).map(|(key, _)| *key)
    }
}

/// Upwards or downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

impl Order {
    /// Gives the stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }

    /// Reads a stable word; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "asc" => Some(Self::Ascending),
            "desc" => Some(Self::Descending),
            _ => None,
        }
    }
}

/// The order of a list; the default is by turnover, the largest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Which way.
    pub order: Order,
}

impl Default for Sort {
    fn default() -> Self {
        Self { key: SortKey::Turnover, order: Order::Descending }
    }
}

/// Which part of a list is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// How many come before.
    pub from: usize,
    /// At most how many.
    pub count: usize,
    /// It begins after this account, wherever that now stands; `from` counts when it is gone.
    pub after: Option<AccountId>,
}

impl Slice {
    /// The whole list.
    pub const ALL: Self = Self { from: 0, count: usize::MAX, after: None };

    /// Gives the first `count` of a list.
    pub const fn first(count: usize) -> Self {
        Self { from: 0, count, after: None }
    }

    /// Gives how many lines come before the part.
    pub(crate) fn begins(&self, lines: &[&Line]) -> usize {
        let last = self.after.and_then(|last| lines.iter().position(|line| line.id() == last));
        last.map_or(self.from, |at| at + 1).min(lines.len())
    }
}

/// What a line is ordered by.
enum Weight {
    Whole(i64),
    Part(f64),
    Text(String),
}

/// Orders the lines of a list for this viewer; a missing value comes last, equal ones by name.
pub(crate) fn sort(sight: &Sight, lines: &mut Vec<&Line>, sort: Sort) {
    let places = sight.places();
    let mut weighed: Vec<(Option<Weight>, &Line)> =
        lines.iter().map(|line| (weight(sight, &places, line, sort.key), *line)).collect();
    weighed.sort_by(|(a, one), (b, other)| {
        let order = match (a, b) {
            (Some(a), Some(b)) if sort.order == Order::Ascending => compare(a, b),
            (Some(a), Some(b)) => compare(b, a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        order.then_with(|| one.folded.cmp(&other.folded)).then(one.id().cmp(&other.id()))
    });
    *lines = weighed.into_iter().map(|(_, line)| line).collect();
}

fn compare(a: &Weight, b: &Weight) -> Ordering {
    match (a, b) {
        (Weight::Whole(a), Weight::Whole(b)) => a.cmp(b),
        (Weight::Part(a), Weight::Part(b)) => a.total_cmp(b),
        (Weight::Text(a), Weight::Text(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}

fn weight(
    sight: &Sight,
    places: &BTreeMap<AccountId, Place>,
    line: &Line,
    key: SortKey,
) -> Option<Weight> {
    let id = line.id();
    let count = |count: usize| i64::try_from(count).ok().map(Weight::Whole);
    let rank = || places.get(&id).and_then(|place| count(place.rank));
    match key {
        SortKey::Rank => rank(),
        // Who may not read margins gets the order of ranks, which tells nothing of them.
        SortKey::Margin if !sight.has_margin() => rank(),
        SortKey::Margin => {
            let margin = sight.sees_margin(id).then(|| line.facts.now.gross_margin()).flatten();
            margin.map(Weight::Part)
        }
        SortKey::Name => Some(Weight::Text(line.folded.clone())),
        SortKey::Tier => {
            let place = Tier::ALL.iter().position(|tier| Some(*tier) == line.tier)?;
            count(place)
        }
        SortKey::Status => {
            let place = AccountStatus::ALL.iter().position(|word| Some(*word) == line.status)?;
            count(place)
        }
        SortKey::Country => line.basis.country.clone().map(Weight::Text),
        SortKey::Kam => line.kam.as_ref().map(|(_, name)| Weight::Text(name.clone())),
        SortKey::Turnover => line.facts.turnover.map(Weight::Whole),
        SortKey::Growth => line.facts.growth.map(Weight::Part),
        SortKey::Score => {
            sight.sees_score(id).then(|| score_value(line)).flatten().map(Weight::Part)
        }
        SortKey::Opportunities => {
            sight.sees_opportunity(id).then_some(line.pipeline.open).and_then(count)
        }
        SortKey::Won => {
            let won = sight.sees_opportunity(id).then_some(line.pipeline.won_amount);
            won.flatten().map(Weight::Whole)
        }
    }
}
