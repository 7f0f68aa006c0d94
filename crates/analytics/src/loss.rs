//! B5: what would be gone if a customer were.

use orchestre_domain::float::ratio;

/// What a customer brings in twelve months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer {
    /// Turnover.
    pub turnover_minor: i64,
    /// Contribution (margin less cost-to-serve); `None` when no cost is known.
    pub contribution_minor: Option<i64>,
}

/// A line of the simulation: this customer alone is lost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// The place of the customer in the input.
    pub index: usize,
    /// The turnover that goes.
    pub turnover_minor: i64,
    /// Its share of all turnover.
    pub turnover_share: Option<f64>,
    /// The contribution that goes, which is the change of the result; `None` when not known.
    pub contribution_minor: Option<i64>,
    /// Its share of all known contribution.
    pub contribution_share: Option<f64>,
    /// The fixed cost that the others no longer cover; `None` when a contribution or the fixed cost
    /// is not known.
    pub uncovered_minor: Option<i64>,
}

/// Simulates the loss of each customer alone, the largest turnover first.
///
/// # Shape
///
/// One [`Customer`] a group; one line each.
///
/// # Units
///
/// In and out: minor units of one currency; shares are fractions. `fixed_cost_minor` is that of the
/// same twelve months, if known.
///
/// # Edges
///
/// An unknown contribution stays unknown, and so does the uncovered fixed cost of every line. A
/// total of zero gives no share. Equal turnovers keep the order of the input.
///
/// # Source
///
/// \[D\], handbook B5; `docs/methods/en/B5.md`.
///
/// ```
/// use orchestre_analytics::loss::{Customer, losses};
/// let of = |turnover_minor, contribution| {
///     Customer { turnover_minor, contribution_minor: Some(contribution) }
/// };
/// let lines = losses(&[of(400, 20), of(600, 60)], Some(70));
/// assert_eq!((lines[0].index, lines[0].turnover_share), (1, Some(0.6)));
/// // 60 of 80 go; the 20 that stay leave 50 of the fixed cost uncovered.
/// assert_eq!(lines[0].contribution_share, Some(0.75));
/// assert_eq!(lines[0].uncovered_minor, Some(50));
/// ```
pub fn losses(customers: &[Customer], fixed_cost_minor: Option<i64>) -> Vec<Loss> {
    let turnover = customers.iter().fold(0_i64, |sum, one| sum.saturating_add(one.turnover_minor));
    let known = customers.iter().filter_map(|one| one.contribution_minor);
    let contribution = known.fold(0_i64, i64::saturating_add);
    let is_complete = customers.iter().all(|one| one.contribution_minor.is_some());
    let uncovered = |lost: i64| {
        let fixed = fixed_cost_minor.filter(|_| is_complete)?;
        Some(fixed.saturating_sub(contribution.saturating_sub(lost)).max(0))
    };
    let line = |(index, one): (usize, &Customer)| Loss {
        index,
        turnover_minor: one.turnover_minor,
        turnover_share: ratio(one.turnover_minor, turnover),
        contribution_minor: one.contribution_minor,
        contribution_share: one.contribution_minor.and_then(|lost| ratio(lost, contribution)),
        uncovered_minor: one.contribution_minor.and_then(uncovered),
    };
    let mut lines: Vec<Loss> = customers.iter().enumerate().map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.turnover_minor));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_contribution_is_not_zero() {
        let known = Customer { turnover_minor: 10, contribution_minor: Some(4) };
        let unknown = Customer { turnover_minor: 30, contribution_minor: None };
        let lines = losses(&[known, unknown], Some(3));
        assert_eq!(lines[0].contribution_minor, None);
        assert!(lines.iter().all(|line| line.uncovered_minor.is_none()));
        assert_eq!(losses(&[], None), []);
    }
}
