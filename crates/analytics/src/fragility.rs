//! B1: whether an account owes its rank to the exact value of one weight.

use std::collections::BTreeMap;

use orchestre_domain::float::from_minor;

use crate::ranking::{Candidate, ranking};
use crate::score::known;

/// A candidate with its scores on each criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Contender {
    /// The account.
    pub id: i64,
    /// The scores of 1 to 5 in the order of the weights.
    pub scores: Vec<Option<f64>>,
    /// Cost-to-serve in the report currency, if known; it breaks ties.
    pub cost_to_serve_minor: Option<i64>,
}

/// Which way a weight moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The weight became smaller.
    Down,
    /// The weight became larger.
    Up,
}

/// The move of one weight that changes the rank of an account most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fragile {
    /// The place of the criterion.
    pub criterion: usize,
    /// Which way its weight moved.
    pub direction: Direction,
    /// The rank with the weights as they are.
    pub before: usize,
    /// The rank with the moved weight.
    pub after: usize,
}

impl Fragile {
    /// The method of the figure.
    pub const METHOD: &'static str = "B1.fragility";

    const fn size(&self) -> usize {
        self.before.abs_diff(self.after)
    }
}

/// Gives, for each account, the move of one weight that changes its rank most; `None` when none does.
///
/// Each weight in turn is multiplied by `1 − move` and `1 + move`, the others stay, all scores and
/// the whole ranking are made anew. Ranks are those of [`ranking`], bands and ties included.
///
/// # Shape
///
/// `weights_ppm` has one entry a criterion; each contender has as many scores. The answer has the
/// places of `contenders`.
///
/// # Units
///
/// `move_ppm` in parts per million, 200,000 = ±20 % (a setting). Ranks count from 1.
///
/// # Edges
///
/// Among equal changes the first criterion counts, down before up. Weights that are all zero: no
/// score, so nothing is fragile.
///
/// # Source
///
/// \[D\], handbook B1 "rank reversal"; `docs/methods/en/B1.md`.
///
/// ```
/// use orchestre_analytics::fragility::{Contender, Direction, Fragile, fragility};
/// let of = |id, a, b| {
///     Contender { id, scores: vec![Some(a), Some(b)], cost_to_serve_minor: None }
/// };
/// // 50 and 47.5: moving either weight by 20 % turns them round; the third stays last.
/// let found = fragility(&[500_000, 500_000], &[of(1, 5.0, 1.0), of(2, 1.0, 4.8), of(3, 1.0, 1.0)], 200_000);
/// let first = Fragile { criterion: 0, direction: Direction::Down, before: 1, after: 2 };
/// assert_eq!(found, [Some(first), Some(Fragile { before: 2, after: 1, ..first }), None]);
/// ```
pub fn fragility(
    weights_ppm: &[i64],
    contenders: &[Contender],
    move_ppm: i64,
) -> Vec<Option<Fragile>> {
    let weights: Vec<f64> = weights_ppm.iter().map(|weight| from_minor(*weight)).collect();
    let places: BTreeMap<i64, usize> =
        contenders.iter().enumerate().map(|(place, one)| (one.id, place)).collect();
    let before = ranks(&weights, contenders, &places);
    let share = from_minor(move_ppm) / 1e6;
    let mut found: Vec<Option<Fragile>> = vec![None; contenders.len()];
    for criterion in 0..weights.len() {
        for (direction, factor) in [(Direction::Down, 1.0 - share), (Direction::Up, 1.0 + share)] {
            let mut moved = weights.clone();
            if let Some(weight) = moved.get_mut(criterion) {
                *weight *= factor;
            }
            let after = ranks(&moved, contenders, &places);
            for ((kept, &before), after) in found.iter_mut().zip(&before).zip(after) {
                let change = Fragile { criterion, direction, before, after };
                if change.size() > kept.map_or(0, |kept| kept.size()) {
                    *kept = Some(change);
                }
            }
        }
    }
    found
}

/// Gives the rank of each contender under these weights.
fn ranks(weights: &[f64], contenders: &[Contender], places: &BTreeMap<i64, usize>) -> Vec<usize> {
    let total: f64 = weights.iter().sum();
    let candidates: Vec<Candidate> = contenders
        .iter()
        .map(|one| {
            let known = known(weights.iter().copied().zip(one.scores.iter().copied()));
            let coverage = if total > 0.0 { known.weight / total } else { 0.0 };
            let cost_to_serve_minor = one.cost_to_serve_minor;
            Candidate { id: one.id, score: known.value(), coverage, cost_to_serve_minor }
        })
        .collect();
    let mut ranks = vec![0; contenders.len()];
    for place in ranking(&candidates) {
        if let Some(rank) = places.get(&place.id).and_then(|at| ranks.get_mut(*at)) {
            *rank = place.rank;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contenders(count: u32) -> Vec<Contender> {
        let mut state = 42_u32;
        let mut draw = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 16) / 65_535.0
        };
        (0..count)
            .map(|id| Contender {
                id: i64::from(id),
                scores: (0..7).map(|_| Some(4.0_f64.mul_add(draw(), 1.0))).collect(),
                cost_to_serve_minor: None,
            })
            .collect()
    }

    #[test]
    fn a_move_of_nothing_makes_nothing_fragile() {
        let found = fragility(&[1, 2, 3, 4, 5, 6, 7], &contenders(50), 0);
        assert!(found.iter().all(Option::is_none));
    }

    #[test]
    fn what_dominates_everywhere_is_not_fragile() {
        let of = |id, x| Contender { id, scores: vec![Some(x); 7], cost_to_serve_minor: None };
        let found =
            fragility(&[1, 2, 3, 4, 5, 6, 7], &[of(1, 2.0), of(2, 4.0), of(3, 5.0)], 200_000);
        assert_eq!(found, [None, None, None]);
    }

    #[test]
    fn weights_that_are_all_zero_make_nothing_fragile() {
        assert!(fragility(&[0; 7], &contenders(9), 200_000).iter().all(Option::is_none));
    }

    #[test]
    fn ten_thousand_accounts_are_no_burden() {
        let contenders = contenders(10_000);
        let weights = [200_000, 150_000, 200_000, 150_000, 100_000, 120_000, 80_000];
        let found = fragility(&weights, &contenders, 200_000);
        assert_eq!(found.len(), 10_000);
        assert!(found.iter().flatten().all(|change| change.before != change.after));
    }
}
