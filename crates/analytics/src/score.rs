//! B1: the score of an account, the weighted mean of what is known about it.

use jiff::civil::Date;
use orchestre_domain::figure::{Figure, Unit, Warning};
use orchestre_domain::float::from_minor;

/// A criterion's weight and the account's score on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// The weight in parts per million; only the proportions count.
    pub weight_ppm: i64,
    /// The score of 1 to 5; `None` when nobody has given one.
    pub score: Option<f64>,
}

/// Weights or scores that no method can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// A weight is below zero.
    #[error("the weight of criterion {index} is negative")]
    NegativeWeight {
        /// The place of the criterion.
        index: usize,
    },
    /// Every weight is zero, or there is no criterion.
    #[error("all weights are zero")]
    NoWeight,
    /// A score is not between 1 and 5.
    #[error("the score of criterion {index} is not between 1 and 5")]
    ScoreOutside {
        /// The place of the criterion.
        index: usize,
    },
}

/// A score and the criteria it lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The score of 0 to 100.
    pub figure: Figure,
    /// The places of the criteria with a weight and without a score.
    pub missing: Vec<usize>,
}

/// Computes the score `100 · Σ w·(x − 1)/4 / Σ w` over the criteria that have one.
///
/// What is not known is left out of both sums: it lowers the coverage, `Σ w known / Σ w all`, and
/// never the value.
///
/// # Shape
///
/// One [`Weighted`] for each criterion of the set; the places in [`Scored::missing`] are theirs.
///
/// # Units
///
/// In: parts per million, scores of 1 to 5. Out: a score of 0 to 100, coverage 0 to 1; the evidence
/// counts the scores.
///
/// # Edges
///
/// No known score: no value. A weight above one half of all warns, a missing criterion warns.
///
/// # Errors
///
/// [`ScoreError`] for a negative weight, weights that are all zero, a score outside 1 to 5.
///
/// # Source
///
/// \[S2\] for the axes, \[D\] for the formula; `docs/methods/en/B1.md`. Vector TV-1 \[V\]:
///
/// ```
/// use jiff::civil::date;
/// use orchestre_analytics::score::{Weighted, score};
/// use orchestre_domain::criterion::{CriteriaSet, defaults};
///
/// let weights: Vec<i64> =
///     defaults(CriteriaSet::Selection).iter().map(|criterion| criterion.weight_ppm).collect();
/// let of = |scores: [i32; 7]| {
///     let criteria: Vec<Weighted> = weights
///         .iter()
///         .zip(scores)
///         .map(|(&weight_ppm, x)| Weighted { weight_ppm, score: (x > 0).then(|| f64::from(x)) })
///         .collect();
///     score(&criteria, date(2026, 11, 16)).unwrap()
/// };
/// let near = |value: Option<f64>, expected: f64| (value.unwrap() - expected).abs() < 1e-4;
/// assert!(near(of([5, 2, 1, 3, 2, 4, 3]).figure.value, 46.75));
/// assert!(near(of([2, 4, 5, 5, 4, 3, 4]).figure.value, 70.75));
/// let gamma = of([4, 3, 3, 2, 0, 5, 2]);
/// assert!(near(gamma.figure.value, 55.8333));
/// assert!((gamma.figure.coverage - 0.90).abs() < 1e-9);
/// assert_eq!(gamma.missing, [4]);
/// ```
pub fn score(criteria: &[Weighted], as_of: Date) -> Result<Scored, ScoreError> {
    score_as("B1.score", criteria, as_of)
}

/// Computes a score under the name of another method that has the same formula.
pub(crate) fn score_as(
    method: &'static str,
    criteria: &[Weighted],
    as_of: Date,
) -> Result<Scored, ScoreError> {
    check(criteria)?;
    let total = criteria.iter().fold(0_i64, |sum, one| sum.saturating_add(one.weight_ppm));
    if total == 0 {
        return Err(ScoreError::NoWeight);
    }
    let missing: Vec<usize> = criteria
        .iter()
        .enumerate()
        .filter(|(_, one)| one.score.is_none() && one.weight_ppm > 0)
        .map(|(index, _)| index)
        .collect();
    let known = known(criteria.iter().map(|one| (from_minor(one.weight_ppm), one.score)));
    let mut warnings = Vec::new();
    if !missing.is_empty() {
        warnings.push(Warning::CriteriaMissing);
    }
    if criteria.iter().any(|one| one.weight_ppm > total.saturating_sub(one.weight_ppm)) {
        warnings.push(Warning::WeightAboveHalf);
    }
    let figure = Figure {
        method,
        value: known.value(),
        unit: Unit::Score,
        coverage: (known.weight / from_minor(total)).clamp(0.0, 1.0),
        evidence: known.scores,
        as_of,
        warnings,
    };
    Ok(Scored { figure, missing })
}

fn check(criteria: &[Weighted]) -> Result<(), ScoreError> {
    for (index, one) in criteria.iter().enumerate() {
        if one.weight_ppm < 0 {
            return Err(ScoreError::NegativeWeight { index });
        }
        if one.score.is_some_and(|score| !(1.0..=5.0).contains(&score)) {
            return Err(ScoreError::ScoreOutside { index });
        }
    }
    Ok(())
}

/// What the known criteria add up to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// The weight of the criteria with a score.
    pub(crate) weight: f64,
    /// The sum of weight × score.
    pub(crate) sum: f64,
    /// How many scores there are.
    pub(crate) scores: usize,
}

impl Known {
    /// Gives the score of 0 to 100.
    pub(crate) fn value(self) -> Option<f64> {
        let mean = (self.weight > 0.0).then(|| self.sum / self.weight)?;
        Some((25.0 * (mean - 1.0)).clamp(0.0, 100.0))
    }
}

/// Adds up pairs of weight and score.
pub(crate) fn known(pairs: impl Iterator<Item = (f64, Option<f64>)>) -> Known {
    let mut known = Known { weight: 0.0, sum: 0.0, scores: 0 };
    for (weight, score) in pairs {
        if let Some(score) = score {
            known.weight += weight;
            known.sum += weight * score;
            known.scores += 1;
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DAY: Date = date(2026, 11, 16);

    fn weighted(weight_ppm: i64, score: Option<f64>) -> Weighted {
        Weighted { weight_ppm, score }
    }

    #[test]
    fn missing_is_not_zero() {
        let scored = score(&[weighted(1, None), weighted(2, None)], DAY).unwrap();
        assert_eq!(scored.figure.value, None);
        assert!(scored.figure.coverage.abs() < 1e-12);
        assert_eq!(scored.missing, [0, 1]);
        assert_eq!(scored.figure.warnings, [Warning::CriteriaMissing, Warning::WeightAboveHalf]);
    }

    #[test]
    fn weights_that_mean_nothing_are_refused() {
        assert_eq!(score(&[], DAY), Err(ScoreError::NoWeight));
        assert_eq!(score(&[weighted(0, Some(3.0))], DAY), Err(ScoreError::NoWeight));
        let negative = [weighted(5, Some(3.0)), weighted(-1, None)];
        assert_eq!(score(&negative, DAY), Err(ScoreError::NegativeWeight { index: 1 }));
        for wrong in [0.9, 5.1, f64::NAN] {
            let outside = [weighted(5, Some(wrong))];
            assert_eq!(score(&outside, DAY), Err(ScoreError::ScoreOutside { index: 0 }));
        }
    }

    #[test]
    fn exactly_one_half_does_not_warn() {
        let even = [weighted(500_000, Some(1.0)), weighted(500_000, Some(5.0))];
        let scored = score(&even, DAY).unwrap();
        assert_eq!(scored.figure.value, Some(50.0));
        assert_eq!(scored.figure.warnings, []);
        let uneven = [weighted(500_001, Some(1.0)), weighted(499_999, Some(5.0))];
        assert_eq!(score(&uneven, DAY).unwrap().figure.warnings, [Warning::WeightAboveHalf]);
    }

    #[test]
    fn a_criterion_without_weight_is_not_asked_for() {
        let scored = score(&[weighted(0, None), weighted(7, Some(5.0))], DAY).unwrap();
        assert!(scored.missing.is_empty());
        assert_eq!(scored.figure.value, Some(100.0));
    }
}
