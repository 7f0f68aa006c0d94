//! B4: where an account stands between its attractiveness and our strength in its eyes.

use jiff::civil::Date;

use crate::score::{ScoreError, Scored, Weighted, score_as};

/// From this value on an axis is high \[D\].
pub const THRESHOLD: f64 = 50.0;

/// A cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Attractive, and we are strong.
    InvestForGrowth,
    /// Attractive, and we are weak.
    InvestSelectively,
    /// Not attractive, and we are strong.
    Maintain,
    /// Not attractive, and we are weak.
    Withdraw,
}

impl Cell {
    /// Every cell, the most attractive row first.
    pub const ALL: [Self; 4] =
        [Self::InvestForGrowth, Self::InvestSelectively, Self::Maintain, Self::Withdraw];

    /// Gives the stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvestForGrowth => "invest_for_growth",
            Self::InvestSelectively => "invest_selectively",
            Self::Maintain => "maintain",
            Self::Withdraw => "withdraw",
        }
    }
}

/// Computes the attractiveness of an account, with the formula of [`score`](crate::score::score()).
///
/// # Units
///
/// In: scores of 1 to 5. Out: 0 to 100.
///
/// # Errors
///
/// As [`score`](crate::score::score()).
///
/// # Source
///
/// \[F:mw95-fig\] for the axes, \[D\] for the criteria; `docs/methods/en/B4.md`. Vector TV-4 \[V\]:
///
/// ```
/// use jiff::civil::date;
/// use orchestre_analytics::matrix::{Cell, THRESHOLD, attractiveness, cell, strength};
/// use orchestre_analytics::score::Weighted;
/// let of = |pairs: &[(i64, f64)]| -> Vec<Weighted> {
///     pairs.iter().map(|&(weight_ppm, x)| Weighted { weight_ppm, score: Some(x) }).collect()
/// };
/// let day = date(2026, 11, 16);
/// let what = of(&[(300_000, 4.0), (250_000, 5.0), (200_000, 3.0), (150_000, 4.0), (100_000, 2.0)]);
/// let us = of(&[(300_000, 3.0), (250_000, 2.0), (250_000, 4.0), (200_000, 3.0)]);
/// let what = attractiveness(&what, day).unwrap().figure.value;
/// let us = strength(&us, day).unwrap().figure.value;
/// assert!((what.unwrap() - 71.25).abs() < 1e-9);
/// assert!((us.unwrap() - 50.0).abs() < 1e-9);
/// // On the boundary: 50.0 counts as high.
/// assert_eq!(cell(what, us, THRESHOLD), Some(Cell::InvestForGrowth));
/// ```
pub fn attractiveness(criteria: &[Weighted], as_of: Date) -> Result<Scored, ScoreError> {
    score_as("B4.attractiveness", criteria, as_of)
}

/// Computes our strength as the customer sees it, with the formula of
/// [`score`](crate::score::score()).
///
/// # Units
///
/// In: scores of 1 to 5. Out: 0 to 100.
///
/// # Errors
///
/// As [`score`](crate::score::score()).
///
/// # Source
///
/// \[F:mw95-fig\], \[D\]; `docs/methods/en/B4.md`, vector with [`attractiveness`].
pub fn strength(criteria: &[Weighted], as_of: Date) -> Result<Scored, ScoreError> {
    score_as("B4.strength", criteria, as_of)
}

/// Gives the cell of an account; `None` when one of the two is not known: it stands beside the
/// matrix as "not placed".
///
/// # Units
///
/// In: 0 to 100; `threshold` likewise, [`THRESHOLD`] unless a company has its own.
///
/// # Edges
///
/// A value on the threshold is high; one billionth below is noise of the last bits, and high too.
///
/// # Source
///
/// \[F:mw95-fig\] for the cells, \[D\] for the threshold; `docs/methods/en/B4.md`.
pub fn cell(attractiveness: Option<f64>, strength: Option<f64>, threshold: f64) -> Option<Cell> {
    let is_high = |value: f64| value >= threshold - 1e-9;
    Some(match (is_high(attractiveness?), is_high(strength?)) {
        (true, true) => Cell::InvestForGrowth,
        (true, false) => Cell::InvestSelectively,
        (false, true) => Cell::Maintain,
        (false, false) => Cell::Withdraw,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_corner_has_its_word_and_half_a_score_has_none() {
        let word = |a, s| cell(a, s, THRESHOLD).map(Cell::as_str);
        assert_eq!(word(Some(90.0), Some(68.75)), Some("invest_for_growth"));
        assert_eq!(word(Some(70.0), Some(43.75)), Some("invest_selectively"));
        assert_eq!(word(Some(40.0), Some(91.67)), Some("maintain"));
        assert_eq!(word(Some(35.0), Some(18.75)), Some("withdraw"));
        assert_eq!(word(None, Some(90.0)), None);
        assert_eq!(word(Some(90.0), None), None);
    }
}
