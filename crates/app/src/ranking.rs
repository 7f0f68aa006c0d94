//! Who comes before whom, and whether a small change of a weight would change that.

use std::collections::BTreeMap;

use orchestre_analytics::fragility::{Contender, Direction, fragility};
use orchestre_analytics::ranking::{Band, Candidate, ranking};
use orchestre_domain::criterion::Criterion;
use orchestre_domain::id::AccountId;

use crate::snapshot::line::Line;

/// Where an account stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) rank: usize,
    /// Whether enough is known.
    pub(crate) band: Band,
    /// The move of one weight that changes the rank most.
    pub(crate) reversal: Option<Reversal>,
}

/// A weight whose move changes the rank of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// The criterion.
    pub key: String,
    /// Whether the weight grows.
    pub is_up: bool,
    /// The rank that the account then has.
    pub rank: usize,
}

/// Ranks the accounts by selection score and marks those whose rank moves with a weight.
pub(crate) fn places(
    lines: &[&Line],
    criteria: &[Criterion],
    fragility_ppm: i64,
) -> BTreeMap<AccountId, Place> {
    let weights: Vec<i64> = criteria.iter().map(|criterion| criterion.weight_ppm).collect();
    let contenders: Vec<Contender> = lines.iter().map(|line| contender(line)).collect();
    let moves = fragility(&weights, &contenders, fragility_ppm);
    let candidates: Vec<Candidate> = lines.iter().map(|line| candidate(line)).collect();
    let mut places: BTreeMap<AccountId, Place> = ranking(&candidates)
        .into_iter()
        .map(|place| {
            let (rank, band) = (place.rank, place.band);
            (AccountId(place.id), Place { rank, band, reversal: None })
        })
        .collect();
    for (line, found) in lines.iter().zip(moves) {
        let reversal = found.and_then(|found| {
            Some(Reversal {
                key: criteria.get(found.criterion)?.key.clone(),
                is_up: found.direction == Direction::Up,
                rank: found.after,
            })
        });
        if let Some(place) = places.get_mut(&line.id()) {
            // What has no score owes its place to the others.
            place.reversal = reversal.filter(|_| place.band != Band::WithoutScore);
        }
    }
    places
}

fn contender(line: &Line) -> Contender {
    let [selection, _, _] = &line.scores;
    Contender {
        id: line.id().as_i64(),
        scores: selection.values.clone(),
        cost_to_serve_minor: line.facts.cost_to_serve,
    }
}

fn candidate(line: &Line) -> Candidate {
    let [selection, _, _] = &line.scores;
    Candidate {
        id: line.id().as_i64(),
        score: selection.value,
        coverage: selection.coverage,
        cost_to_serve_minor: line.facts.cost_to_serve,
    }
}
