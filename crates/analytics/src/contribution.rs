//! T12: what an account leaves after its cost-to-serve.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_domain::figure::{Figure, Unit, Warning};
use orchestre_domain::float::{from_count, from_minor};
use orchestre_domain::month::Ym;

use crate::margin::margin;
use crate::window::{Asked, Series, Window};

/// A cost of serving an account over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// The first day.
    pub from: Date,
    /// The last day, included.
    pub to: Date,
    /// The amount in minor units.
    pub amount_minor: i64,
}

/// Gives the part of each month, by the days of the period that lie in it; the parts add up.
///
/// # Edges
///
/// A period that ends before it begins has no month.
///
/// ```
/// use jiff::civil::date;
/// use orchestre_analytics::contribution::{Cost, spread};
/// let cost = Cost { from: date(2026, 1, 1), to: date(2026, 3, 10), amount_minor: 690 };
/// let parts: Vec<(i64, i64)> = spread(&cost).iter().map(|(ym, part)| (ym.number(), *part)).collect();
/// assert_eq!(parts, [(202_601, 310), (202_602, 280), (202_603, 100)]);
/// ```
pub fn spread(cost: &Cost) -> BTreeMap<Ym, i64> {
    let days = |to: Date| cost.from.until(to).map_or(0, |span| i128::from(span.get_days())) + 1;
    let (whole, amount) = (days(cost.to), i128::from(cost.amount_minor));
    let (mut parts, mut given) = (BTreeMap::new(), 0_i128);
    let mut month = Ym::of(cost.from);
    while cost.from <= cost.to && month <= Ym::of(cost.to) {
        // What has been given up to a day is rounded, never a part alone: nothing is lost.
        let until = (amount * days(month.last_day().min(cost.to))).div_euclid(whole);
        parts.insert(month, i64::try_from(until - given).unwrap_or_default());
        given = until;
        month = month.plus(1);
    }
    parts
}

/// Gives the cost-to-serve inside a window and for how many of its months it is known.
///
/// `None` when no period touches the window: not known is not zero.
pub fn cost_to_serve(costs: &[Cost], window: Window) -> Option<(i64, usize)> {
    let mut months: BTreeMap<Ym, i64> = BTreeMap::new();
    for (month, part) in costs.iter().flat_map(spread) {
        if (window.from..=window.until).contains(&month) {
            let sum = months.entry(month).or_default();
            *sum = sum.saturating_add(part);
        }
    }
    let sum = months.values().fold(0_i64, |sum, part| sum.saturating_add(*part));
    (!months.is_empty()).then_some((sum, months.len()))
}

/// Computes the contribution, `gross margin − cost-to-serve / turnover`, of the twelve months.
///
/// # Shape
///
/// The series as in [`turnover`](crate::window::turnover); one [`Cost`] a period, in any order and
/// in the same currency.
///
/// # Units
///
/// In: minor units. Out: a fraction of the turnover. The coverage is that of the margin × the share
/// of the twelve months whose cost-to-serve is known.
///
/// # Edges
///
/// No cost-to-serve in the window: the gross margin stands in, with its coverage, and says so
/// (`GrossMarginUsed`). No margin: no value. A turnover of zero or less: no value.
///
/// # Source
///
/// \[D\], design meanings 1, 6 and 7; `docs/methods/en/T12.md`.
///
/// ```
/// use jiff::civil::date;
/// use orchestre_analytics::contribution::{Cost, contribution};
/// use orchestre_analytics::window::{Asked, Month, Series};
/// use orchestre_domain::figure::Warning;
/// use orchestre_domain::month::Ym;
/// let end = Ym::new(202_610).unwrap();
/// // 17,890,000.00 with a gross margin of 35 % and a cost-to-serve of 16 %.
/// let month = Month {
///     amount_minor: 1_789_000_000,
///     cost_minor: 1_162_850_000,
///     costed_minor: 1_789_000_000,
///     lines: 1,
///     costed_lines: 1,
/// };
/// let series = Series::from([(end, month)]);
/// let cost = Cost { from: date(2025, 11, 1), to: date(2026, 10, 31), amount_minor: 286_240_000 };
/// let asked = Asked { as_of: date(2026, 11, 16), facts_until: Some(end) };
/// assert!((contribution(&series, &[cost], asked).value.unwrap() - 0.19).abs() < 1e-12);
/// let gross = contribution(&series, &[], asked);
/// assert_eq!((gross.value, gross.warnings), (Some(0.35), vec![Warning::GrossMarginUsed]));
/// ```
pub fn contribution(series: &Series, costs: &[Cost], asked: Asked) -> Figure {
    let mut figure = margin(series, asked);
    figure.method = "T12.contribution";
    let (Some(gross), Ok(window)) = (figure.value, asked.window()) else { return figure };
    let Some((cost, months)) = cost_to_serve(costs, window) else {
        figure.warnings.push(Warning::GrossMarginUsed);
        return figure;
    };
    let turnover = window.sums(series).amount_minor;
    if turnover <= 0 {
        return Figure::missing(figure.method, Unit::Fraction, asked.as_of, Warning::NoFacts);
    }
    figure.value = Some(gross - from_minor(cost) / from_minor(turnover));
    figure.coverage *= from_count(months) / 12.0;
    figure.evidence += costs.len();
    figure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Month;
    use jiff::civil::date;

    fn series() -> Series {
        let month = Month {
            amount_minor: 1_000,
            cost_minor: 600,
            costed_minor: 1_000,
            lines: 10,
            costed_lines: 10,
        };
        Series::from([(Ym::new(202_610).unwrap(), month)])
    }

    fn asked() -> Asked {
        Asked { as_of: date(2026, 11, 16), facts_until: Ym::new(202_610) }
    }

    #[test]
    fn a_period_that_reaches_into_the_window_counts_by_its_days() {
        // 365 days from May 2025: 181 of them, November to April, are in the window.
        let cost = Cost { from: date(2025, 5, 1), to: date(2026, 4, 30), amount_minor: 365 };
        let figure = contribution(&series(), &[cost], asked());
        assert!((figure.value.unwrap() - (0.4 - 0.181)).abs() < 1e-12);
        assert!((figure.coverage - 0.5).abs() < 1e-12);
        assert!(!figure.is_sufficient());
    }

    #[test]
    fn a_cost_of_another_year_is_no_cost_of_this_one() {
        let cost = Cost { from: date(2023, 1, 1), to: date(2023, 12, 31), amount_minor: 240 };
        let figure = contribution(&series(), &[cost], asked());
        assert_eq!((figure.value, figure.warnings), (Some(0.4), vec![Warning::GrossMarginUsed]));
    }

    #[test]
    fn a_period_turned_round_has_no_month_and_credits_spread_to_the_last_unit() {
        let wrong = Cost { from: date(2026, 5, 1), to: date(2026, 4, 30), amount_minor: 240 };
        assert!(spread(&wrong).is_empty());
        let credit = Cost { from: date(2026, 1, 15), to: date(2026, 3, 2), amount_minor: -100 };
        assert_eq!(spread(&credit).values().sum::<i64>(), -100);
        assert_eq!(spread(&credit).len(), 3);
    }
}
