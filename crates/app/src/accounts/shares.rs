//! Which parties and products an account's turnover comes from.

use std::collections::BTreeMap;

use orchestre_domain::float;
use orchestre_domain::id::{PartyId, ProductId};
use orchestre_store::{PartyCard, ProductCard, Sums};

use crate::portfolio::Margin;
use crate::section::Section;
use crate::snapshot::Sum;
use crate::snapshot::exchange::Pair;
use crate::snapshot::facts::Terms;
use crate::snapshot::sum::growth;

/// A party and its turnover.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityRow {
    /// The party.
    pub party: PartyId,
    /// Its name on the day.
    pub name: String,
    /// Its country.
    pub country: Option<String>,
    /// Turnover of twelve months.
    pub turnover_12m_minor: Option<i64>,
    /// That of the twelve months before.
    pub previous_12m_minor: Option<i64>,
    /// The growth.
    pub growth: Option<f64>,
    /// The share of the account's turnover.
    pub share: Option<f64>,
    /// The gross margin.
    pub margin: Section<Margin>,
}

/// A product and what the account bought of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductRow {
    /// The product; `None` for lines that name no known product.
    pub product: Option<ProductId>,
    /// Its name.
    pub name: Option<String>,
    /// Its French name.
    pub name_fr: Option<String>,
    /// Its family.
    pub family: Option<String>,
    /// Turnover of twelve months.
    pub turnover_12m_minor: Option<i64>,
    /// That of the twelve months before.
    pub previous_12m_minor: Option<i64>,
    /// The growth.
    pub growth: Option<f64>,
    /// The share of the account's turnover.
    pub share: Option<f64>,
    /// The gross margin.
    pub margin: Section<Margin>,
}

/// This window and the one before of one thing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Windows {
    pub(crate) now: Sum,
    pub(crate) before: Sum,
}

impl Windows {
    /// Turnover; `None` without lines in either window or without a rate.
    pub(crate) fn turnover(&self) -> Option<i64> {
        let has_lines = self.now.lines > 0 || self.before.lines > 0;
        (has_lines && !self.now.is_unconverted()).then_some(self.now.amount)
    }

    /// Turnover before; `None` without lines or without a rate.
    pub(crate) fn previous(&self) -> Option<i64> {
        (self.before.lines > 0 && !self.before.is_unconverted()).then_some(self.before.amount)
    }

    pub(crate) fn growth(&self) -> Option<f64> {
        growth(self.turnover(), self.previous())
    }
}

/// Converts sums of months and gathers them by thing and window.
pub(crate) fn windows<K: Ord + Copy>(rows: &[(K, Sums)], terms: Terms<'_>) -> BTreeMap<K, Windows> {
    let mut found: BTreeMap<K, Windows> = BTreeMap::new();
    let Some(window) = terms.window else { return found };
    for (key, sums) in rows {
        let pair = Pair::of(terms.exchange, terms.rule, (sums.currency, terms.to), sums.ym);
        let sum = Sum::of(sums, pair);
        let own = found.entry(*key).or_default();
        if window.has(sums.ym) {
            own.now.add(&sum);
        } else if window.previous().has(sums.ym) {
            own.before.add(&sum);
        }
    }
    found
}

/// Whether and over what shares and margins are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) whole: Option<i64>,
    pub(crate) sees_margin: bool,
    pub(crate) count: usize,
}

impl Shape {
    fn share(self, own: Option<i64>) -> Option<f64> {
        let whole = self.whole.filter(|whole| *whole > 0)?;
        float::ratio(own?, whole)
    }

    fn margin(self, own: &Windows) -> Section<Margin> {
        Section::when(self.sees_margin, || Margin::of(&own.now))
    }
}

/// Gives the parties with the largest turnover.
pub(crate) fn entities(
    found: &BTreeMap<PartyId, Windows>,
    cards: &BTreeMap<PartyId, PartyCard>,
    shape: Shape,
) -> Vec<EntityRow> {
    let mut rows: Vec<EntityRow> = found
        .iter()
        .filter_map(|(party, own)| {
            let card = cards.get(party)?;
            Some(EntityRow {
                party: *party,
                name: card.name.clone(),
                country: card.country.clone(),
                turnover_12m_minor: own.turnover(),
                previous_12m_minor: own.previous(),
                growth: own.growth(),
                share: shape.share(own.turnover()),
                margin: shape.margin(own),
            })
        })
        .collect();
    rows.sort_by(|a, b| {
        b.turnover_12m_minor.cmp(&a.turnover_12m_minor).then_with(|| a.name.cmp(&b.name))
    });
    rows.truncate(shape.count);
    rows
}

/// Gives the products with the largest turnover.
pub(crate) fn products(
    found: &BTreeMap<Option<ProductId>, Windows>,
    cards: &BTreeMap<ProductId, ProductCard>,
    shape: Shape,
) -> Vec<ProductRow> {
    let mut rows: Vec<ProductRow> = found
        .iter()
        .map(|(product, own)| {
            let card = product.and_then(|product| cards.get(&product));
            ProductRow {
                product: *product,
                name: card.map(|card| card.name.clone()),
                name_fr: card.and_then(|card| card.name_fr.clone()),
                family: card.and_then(|card| card.family.clone()),
                turnover_12m_minor: own.turnover(),
                previous_12m_minor: own.previous(),
                growth: own.growth(),
                share: shape.share(own.turnover()),
                margin: shape.margin(own),
            }
        })
        .collect();
    rows.sort_by(|a, b| {
        b.turnover_12m_minor.cmp(&a.turnover_12m_minor).then_with(|| a.name.cmp(&b.name))
    });
    rows.truncate(shape.count);
    rows
}
