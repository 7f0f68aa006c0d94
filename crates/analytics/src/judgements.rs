//! B1: what several judges say about one criterion.

use orchestre_domain::figure::Warning;

/// From this spread on, judges must talk before the score is used (handbook B1).
pub const APART: f64 = 2.0;

/// The judges' common score and how far they are from each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// The median; the mean of the two in the middle when their number is even.
    pub median: f64,
    /// The highest score less the lowest.
    pub spread: f64,
    /// How many judges there are.
    pub judges: usize,
}

impl Judged {
    /// Gives the warning that the judges are apart, if they are.
    pub fn warning(&self) -> Option<Warning> {
        (self.spread >= APART).then_some(Warning::JudgesApart)
    }
}

/// Gives the median and the spread of the judges' scores.
///
/// The median, not the mean: one judge with a grudge moves nothing.
///
/// # Shape
///
/// One score for each judge who gave one, in any order.
///
/// # Units
///
/// In and out: scores of 1 to 5.
///
/// # Edges
///
/// No judge: `None`. What is not a number is left out.
///
/// # Source
///
/// \[D\]; `docs/methods/en/B1.md`. A case of the demo story (five judges, two points apart):
///
/// ```
/// use orchestre_analytics::judgements::judge;
/// use orchestre_domain::figure::Warning;
/// let judged = judge(&[3.0, 2.0, 3.0, 3.0, 4.0]).unwrap();
/// assert_eq!((judged.median, judged.spread, judged.judges), (3.0, 2.0, 5));
/// assert_eq!(judged.warning(), Some(Warning::JudgesApart));
/// assert_eq!(judge(&[4.0, 4.0, 4.0, 5.0]).unwrap().median, 4.0);
/// assert_eq!(judge(&[4.0, 5.0]).unwrap().median, 4.5);
/// assert_eq!(judge(&[]), None);
/// ```
pub fn judge(scores: &[f64]) -> Option<Judged> {
    let mut sorted: Vec<f64> = scores.iter().copied().filter(|score| score.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (first, last) = (sorted.first()?, sorted.last()?);
    let upper = sorted.get(sorted.len().div_euclid(2))?;
    let lower = sorted.get((sorted.len() - 1).div_euclid(2))?;
    Some(Judged {
        median: f64::midpoint(*lower, *upper),
        spread: last - first,
        judges: sorted.len(),
    })
}
