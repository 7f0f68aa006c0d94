//! B1: the order of the candidates; a ranking always ranks.

use orchestre_domain::figure::SUFFICIENT;
use orchestre_domain::float::round;

/// Scores closer than this many to one are the same: noise of the last bits decides no rank.
const STEPS: f64 = 1e6;

/// Where an account stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Enough is known: ranked by the score.
    Ranked,
    /// Something is known but too little: to be judged, in the order of what is known.
    ToBeJudged,
    /// No criterion has a score.
    WithoutScore,
}

impl Band {
    /// Gives the stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ranked => "ranked",
            Self::ToBeJudged => "to_be_judged",
            Self::WithoutScore => "without_score",
        }
    }

    /// Gives the band of a score with its coverage.
    pub fn of(score: Option<f64>, coverage: f64) -> Self {
        match score {
            None => Self::WithoutScore,
            Some(_) if coverage >= SUFFICIENT - 1e-9 => Self::Ranked,
            Some(_) => Self::ToBeJudged,
        }
    }
}

/// What the order of one account needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The account; the last word between equals.
    pub id: i64,
    /// The score of 0 to 100.
    pub score: Option<f64>,
    /// The share of the weight that is known.
    pub coverage: f64,
    /// Cost-to-serve of the twelve months in the report currency, if known.
    pub cost_to_serve_minor: Option<i64>,
}

/// The place of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The account.
    pub id: i64,
    /// The rank, from 1.
    pub rank: usize,
    /// The band.
    pub band: Band,
}

/// The order: band, score from high to low, cost-to-serve from low to high with the unknown last.
type Key = (Band, i64, bool, i64, i64);

/// Ranks accounts: enough known first, by score; then those to be judged; then those without score.
///
/// # Shape
///
/// One candidate an account, in any order; ids are distinct. The answer is in the order of the rank.
///
/// # Units
///
/// Scores of 0 to 100, coverage 0 to 1, minor units of one currency. Ranks count from 1.
///
/// # Edges
///
/// Ties go to the smaller cost-to-serve; who has none known comes after who has; then the smaller
/// id. The order of the input plays no part.
///
/// # Source
///
/// \[D\], design meaning 7; `docs/methods/en/B1.md`.
///
/// ```
/// use orchestre_analytics::ranking::{Band, Candidate, ranking};
/// let of = |id, score, coverage| Candidate { id, score, coverage, cost_to_serve_minor: None };
/// let places = ranking(&[
///     of(1, None, 0.0),
///     of(2, Some(90.0), 0.55),
///     of(3, Some(61.75), 1.0),
///     of(4, Some(75.29), 0.85),
/// ]);
/// let order: Vec<(i64, Band)> = places.iter().map(|place| (place.id, place.band)).collect();
/// let expected =
///     [(4, Band::Ranked), (3, Band::Ranked), (2, Band::ToBeJudged), (1, Band::WithoutScore)];
/// assert_eq!(order, expected);
/// ```
pub fn ranking(candidates: &[Candidate]) -> Vec<Place> {
    let mut keys: Vec<Key> = candidates.iter().map(key).collect();
    keys.sort_unstable();
    let places = (1..).zip(keys);
    places.map(|(rank, (band, _, _, _, id))| Place { id, rank, band }).collect()
}

fn key(candidate: &Candidate) -> Key {
    let score = candidate.score.filter(|score| score.is_finite());
    let steps = round(score.unwrap_or_default() * STEPS);
    let cost = candidate.cost_to_serve_minor;
    let band = Band::of(score, candidate.coverage);
    (band, -steps, cost.is_none(), cost.unwrap_or_default(), candidate.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_are_told_apart_by_cost_to_serve_then_by_id() {
        let of = |id, cost_to_serve_minor| Candidate {
            id,
            score: Some(50.0 + 1e-9 / f64::from(u8::try_from(id).unwrap())),
            coverage: 0.6,
            cost_to_serve_minor,
        };
        let places = ranking(&[of(3, None), of(2, None), of(9, Some(10)), of(8, Some(20))]);
        assert_eq!(places.iter().map(|place| place.id).collect::<Vec<_>>(), [9, 8, 2, 3]);
        assert_eq!(places.iter().map(|place| place.rank).collect::<Vec<_>>(), [1, 2, 3, 4]);
    }
}
