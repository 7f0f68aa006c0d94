//! An account as lists show it.

use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::criterion::Criterion;
use orchestre_domain::figure::{SUFFICIENT, Warning};
use orchestre_domain::id::{AccountId, PartyId, PersonId};
use orchestre_domain::money::Currency;

use crate::ranking::Place;
use crate::section::Section;
use crate::sight::Sight;
use crate::snapshot::line::Line;
use crate::snapshot::scoring::SetScore;
use crate::snapshot::{Sum, Warnings};

/// The party above an account in the legal view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// The party.
    pub party: PartyId,
    /// Its name.
    pub name: String,
    /// The account to which it belongs.
    pub account: Option<AccountId>,
}

/// A gross margin: of what has a cost, and how much has one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// As a fraction; `None` without any cost.
    pub fraction: Option<f64>,
    /// The share of lines that have a cost.
    pub coverage: f64,
}

impl Margin {
    pub(crate) fn of(sum: &Sum) -> Self {
        Self { fraction: sum.gross_margin(), coverage: sum.costed_share() }
    }
}

/// A score as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreShown {
    /// 0–100; `None` when nothing is known.
    pub value: Option<f64>,
    /// The share of the weights that is known.
    pub coverage: f64,
    /// Whether the coverage is enough for the value to be shown.
    pub is_sufficient: bool,
    /// The criteria without a value.
    pub missing: Vec<String>,
    /// Whether a small move of a weight changes the rank.
    pub is_fragile: bool,
}

/// An account in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountRow {
    /// The account.
    pub id: AccountId,
    /// Its root party.
    pub party_id: PartyId,
    /// The ids under which other systems know it.
    pub external_ids: Vec<String>,
    /// The name on the day.
    pub name: String,
    /// The country.
    pub country: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The sector.
    pub sector: Option<String>,
    /// The tier on the day.
    pub tier: Option<Tier>,
    /// The status on the day.
    pub status: Option<AccountStatus>,
    /// The party above it in the legal view.
    pub parent: Option<Parent>,
    /// Who manages it.
    pub kam: Option<(PersonId, String)>,
    /// Its executive sponsor.
    pub sponsor: Option<(PersonId, String)>,
    /// The currency of all money in the row.
    pub currency: Currency,
    /// Turnover of twelve months; `None` when not known.
    pub turnover_12m_minor: Option<i64>,
    /// Turnover of the twelve months before.
    pub previous_12m_minor: Option<i64>,
    /// This window / the one before − 1.
    pub growth: Option<f64>,
    /// Gross margin of twelve months.
    pub margin: Section<Margin>,
    /// Turnover of 24 months, the oldest first; `None` before the first facts.
    pub spark: Vec<Option<i64>>,
    /// The selection score.
    pub score: Section<ScoreShown>,
    /// The attractiveness, 0–100.
    pub attractiveness: Section<Option<f64>>,
    /// Our strength, 0–100.
    pub strength: Section<Option<f64>>,
    /// Open opportunities on the day.
    pub opportunities_open: Section<usize>,
    /// All that was won up to the day.
    pub opportunities_won_minor: Section<Option<i64>>,
    /// The rank by selection score among the accounts that the viewer sees.
    pub rank: Option<usize>,
    /// What is worth knowing of the figures in the row.
    pub warnings: Vec<Warning>,
}

/// Gives the row of an account for this viewer.
pub(crate) fn row(sight: &Sight, line: &Line, place: Option<&Place>) -> AccountRow {
    let id = line.id();
    let (sees_margin, sees_score) = (sight.sees_margin(id), sight.sees_score(id));
    let place = place.filter(|_| sees_score);
    let [selection, attractiveness, strength] = &line.scores;
    let [criteria, _, _] = &sight.snapshot.criteria;
    let basis = &line.basis;
    AccountRow {
        id,
        party_id: basis.party,
        external_ids: line.external_ids.clone(),
        name: basis.name.clone(),
        country: basis.country.clone(),
        city: basis.city.clone(),
        sector: basis.sector.clone(),
        tier: line.tier,
        status: line.status,
        parent: parent(sight, line),
        kam: line.kam.clone(),
        sponsor: line.sponsor.clone(),
        currency: sight.snapshot.key.asked.currency,
        turnover_12m_minor: line.facts.turnover,
        previous_12m_minor: line.facts.previous,
        growth: line.facts.growth,
        margin: Section::when(sees_margin, || margin(line)),
        spark: spark(sight, line),
        score: Section::when(sees_score, || ScoreShown {
            missing: missing(criteria, selection),
            is_fragile: place.is_some_and(|place| place.reversal.is_some()),
            ..score_shown(selection)
        }),
        attractiveness: Section::when(sees_score, || sufficient(attractiveness)),
        strength: Section::when(sees_score, || sufficient(strength)),
        opportunities_open: Section::when(sight.sees_opportunity(id), || line.pipeline.open),
        opportunities_won_minor: Section::when(sight.sees_opportunity(id), || {
            line.pipeline.won_amount
        }),
        rank: place.map(|place| place.rank),
        warnings: warnings(sight, line).list(),
    }
}

/// The margin of an account; nothing is said of a day for which the facts are too old.
pub(crate) fn margin(line: &Line) -> Margin {
    match line.facts.turnover {
        Some(_) => Margin::of(&line.facts.now),
        None => Margin { fraction: None, coverage: 0.0 },
    }
}

/// Leaves out what speaks of costs when the viewer may not read margins.
pub(crate) fn warnings(sight: &Sight, line: &Line) -> Warnings {
    if sight.sees_margin(line.id()) {
        line.warnings
    } else {
        line.warnings.without(Warning::CostMissing)
    }
}

fn parent(sight: &Sight, line: &Line) -> Option<Parent> {
    let parent = line.parent.as_ref()?;
    // A parent of another account is shown to those who see that account; one of no account
    // belongs to the tree of this one.
    let is_seen = parent.parent_account.is_none_or(|account| sight.sees(account));
    is_seen.then(|| Parent {
        party: parent.party,
        name: parent.name.clone(),
        account: parent.parent_account,
    })
}

fn spark(sight: &Sight, line: &Line) -> Vec<Option<i64>> {
    let Some(window) = sight.snapshot.window else { return Vec::new() };
    let first = line.facts.first;
    (0..)
        .zip(&line.facts.months)
        .map(|(place, minor)| {
            let ym = window.previous().from.plus(place);
            minor.filter(|_| first.is_some_and(|first| first <= ym))
        })
        .collect()
}

/// Gives the score of a set as lists show it, without what only the selection has.
pub(crate) fn score_shown(score: &SetScore) -> ScoreShown {
    ScoreShown {
        value: score.value,
        coverage: score.coverage,
        is_sufficient: is_sufficient(score),
        missing: Vec::new(),
        is_fragile: false,
    }
}

pub(crate) fn is_sufficient(score: &SetScore) -> bool {
    score.value.is_some() && score.coverage >= SUFFICIENT - 1e-9
}

/// Gives the criteria without a value.
pub(crate) fn missing(criteria: &[Criterion], score: &SetScore) -> Vec<String> {
    let pairs = criteria.iter().zip(&score.values);
    pairs.filter(|(_, value)| value.is_none()).map(|(criterion, _)| criterion.key.clone()).collect()
}

/// The value of a set when its coverage is enough.
pub(crate) fn sufficient(score: &SetScore) -> Option<f64> {
    score.value.filter(|_| is_sufficient(score))
}

/// The selection score of a line, whatever its coverage.
pub(crate) fn score_value(line: &Line) -> Option<f64> {
    let [selection, _, _] = &line.scores;
    selection.value
}
