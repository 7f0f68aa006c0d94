//! B1: the place of a measure among those of all candidates, as a score.

use orchestre_domain::float::from_count;

/// Gives the percentile rank `(rank − 1)/(n − 1)` of each known value, ties sharing their mean rank.
///
/// # Shape
///
/// One value a candidate; the answer has the same places. What is not known stays not known and
/// does not count in `n`.
///
/// # Units
///
/// In: any unit, the higher the better. Out: 0 (lowest) to 1 (highest).
///
/// # Edges
///
/// A single known value is in the middle, 0.5. Values that are all equal are at 0.5 too.
///
/// # Source
///
/// \[D\], design meaning 7; `docs/methods/en/B1.md`.
///
/// ```
/// use orchestre_analytics::percentile::{percentile_ranks, score_of};
/// let ranks = percentile_ranks(&[Some(30.0), Some(10.0), None, Some(10.0), Some(20.0)]);
/// let sixth = 0.5 / 3.0;
/// assert_eq!(ranks, [Some(1.0), Some(sixth), None, Some(sixth), Some(2.0 / 3.0)]);
/// assert_eq!(percentile_ranks(&[Some(7.0)]), [Some(0.5)]);
/// assert_eq!(score_of(0.5), 3.0);
/// ```
pub fn percentile_ranks(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut known: Vec<f64> = values.iter().copied().flatten().filter(|v| v.is_finite()).collect();
    known.sort_by(f64::total_cmp);
    let rank = |value: f64| {
        let below = known.partition_point(|other| *other < value);
        let up_to = known.partition_point(|other| *other <= value);
        match known.len() {
            0 => None,
            1 => Some(0.5),
            // The mean of the places `below` to `up_to - 1`, counted from zero.
            n => Some(from_count(below + up_to - 1) / 2.0 / from_count(n - 1)),
        }
    };
    values.iter().map(|value| value.filter(|v| v.is_finite()).and_then(rank)).collect()
}

/// Gives the score of 1 to 5 of a percentile rank, `1 + 4 · p`.
pub fn score_of(percentile: f64) -> f64 {
    4.0_f64.mul_add(percentile.clamp(0.0, 1.0), 1.0)
}
