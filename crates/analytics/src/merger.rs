//! B6: what a merger of customers does to the concentration of the portfolio.

use jiff::civil::Date;
use orchestre_domain::figure::{Figure, Unit, Warning};

use crate::concentration::concentration;

/// The concentration before and after a merger.
#[derive(Debug, Clone, PartialEq)]
pub struct Merger {
    /// What the index gains, ΔHHI.
    pub figure: Figure,
    /// The index before.
    pub before: Option<f64>,
    /// The index after.
    pub after: Option<f64>,
}

/// Computes ΔHHI = `2·s_a·s_b`; for more than two, the sum over all pairs.
///
/// # Shape
///
/// `turnovers` has one entry a customer group as in [`concentration`]; `merging` are the places of
/// those that become one. Order does not matter, a place named twice counts once.
///
/// # Units
///
/// In: minor units of one currency. Out: fractions; points are fractions × 10,000.
///
/// # Edges
///
/// A negative total that merges brings nothing and warns; a place that does not exist likewise
/// brings nothing. A sum of zero gives no value.
///
/// # Source
///
/// Arithmetic; `docs/methods/en/B6.md`. Vector TV-6 \[V\] on the portfolio of TV-5:
///
/// ```
/// use jiff::civil::date;
/// use orchestre_analytics::merger::merger;
/// let found = merger(&[40, 25, 15, 10, 5, 3, 1, 1], &[1, 2], date(2026, 11, 16));
/// let points = |value: Option<f64>| (value.unwrap() * 10_000.0 * 1e6).round() / 1e6;
/// assert_eq!(points(found.figure.value), 750.0);
/// assert_eq!(points(found.before), 2_586.0);
/// assert_eq!(points(found.after), 3_336.0);
/// ```
pub fn merger(turnovers: &[i64], merging: &[usize], as_of: Date) -> Merger {
    let all = concentration(turnovers);
    let mut places = merging.to_vec();
    places.sort_unstable();
    places.dedup();
    let shares: Vec<f64> =
        places.iter().filter_map(|place| all.shares.get(*place).copied().flatten()).collect();
    let together: f64 = shares.iter().sum();
    let apart: f64 = shares.iter().map(|share| share * share).sum();
    let before = all.hhi();
    let delta = before.map(|_| (together * together - apart).max(0.0));
    let mut warnings = Vec::new();
    if all.left_out > 0 {
        warnings.push(Warning::NegativeLeftOut);
    }
    if before.is_none() {
        warnings.push(Warning::NoFacts);
    }
    let known = orchestre_domain::float::from_count(shares.len());
    let asked = orchestre_domain::float::from_count(places.len().max(1));
    let figure = Figure {
        method: "B6.delta_hhi",
        value: delta,
        unit: Unit::Number,
        coverage: if delta.is_some() { known / asked } else { 0.0 },
        evidence: shares.len(),
        as_of,
        warnings,
    };
    let after = before.zip(delta).map(|(before, delta)| before + delta);
    Merger { figure, before, after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn three_that_merge_gain_what_their_pairs_gain() {
        let found = merger(&[2, 3, 5], &[2, 0, 1, 1], date(2026, 11, 16));
        let pairs = 2.0 * (0.2 * 0.3 + 0.2 * 0.5 + 0.3 * 0.5);
        assert!((found.figure.value.unwrap() - pairs).abs() < 1e-12);
        assert!((found.after.unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_sold_has_no_merger() {
        let found = merger(&[0, 0], &[0, 1], date(2026, 11, 16));
        assert_eq!((found.figure.value, found.after), (None, None));
        assert_eq!(found.figure.warnings, [Warning::NoFacts]);
    }
}
