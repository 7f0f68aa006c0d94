//! T12: the gross margin of the twelve months.

use orchestre_domain::figure::{Figure, Unit, Warning};
use orchestre_domain::float::{from_minor, ratio};

use crate::window::{Asked, Series, count};

/// Computes the gross margin, `(turnover − cost) / turnover`, over the lines that have a cost.
///
/// A line without cost is in neither sum: it would otherwise be all margin. It lowers the coverage.
///
/// # Shape
///
/// As [`turnover`](crate::window::turnover).
///
/// # Units
///
/// In: minor units of one currency. Out: a fraction, 0.25 = 25 %. The coverage is the share of the
/// lines that have a cost, the evidence their number.
///
/// # Edges
///
/// No line with a cost, or costed turnover of zero or less: no value. Some without: `CostMissing`.
/// A margin below zero is a value.
///
/// # Source
///
/// \[D\], design meaning 1; `docs/methods/en/T12.md`.
///
/// ```
/// use jiff::civil::date;
/// use orchestre_analytics::margin::margin;
/// use orchestre_analytics::window::{Asked, Month, Series};
/// use orchestre_domain::figure::Warning;
/// use orchestre_domain::month::Ym;
/// let end = Ym::new(202_610).unwrap();
/// // Five lines of 1,000 in all; four of them, 800 together, have a cost of 520.
/// let month =
///     Month { amount_minor: 1_000, cost_minor: 520, costed_minor: 800, lines: 5, costed_lines: 4 };
/// let asked = Asked { as_of: date(2026, 11, 16), facts_until: Some(end) };
/// let figure = margin(&Series::from([(end, month)]), asked);
/// assert_eq!((figure.value, figure.coverage), (Some(0.35), 0.8));
/// assert_eq!(figure.warnings, [Warning::CostMissing]);
/// ```
pub fn margin(series: &Series, asked: Asked) -> Figure {
    let method = "T12.margin";
    let sums = match asked.sums(method, Unit::Fraction, series) {
        Ok((_, sums)) => sums,
        Err(missing) => return missing,
    };
    if sums.costed_lines <= 0 || sums.costed_minor <= 0 {
        let why = if sums.lines > 0 { Warning::CostMissing } else { Warning::NoFacts };
        return Figure::missing(method, Unit::Fraction, asked.as_of, why);
    }
    let kept = sums.costed_minor.saturating_sub(sums.cost_minor);
    Figure {
        method,
        value: Some(from_minor(kept) / from_minor(sums.costed_minor)),
        unit: Unit::Fraction,
        coverage: ratio(sums.costed_lines, sums.lines).unwrap_or_default().clamp(0.0, 1.0),
        evidence: count(sums.costed_lines),
        as_of: asked.as_of,
        warnings: if sums.costed_lines < sums.lines {
            vec![Warning::CostMissing]
        } else {
            Vec::new()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Month;
    use jiff::civil::date;
    use orchestre_domain::month::Ym;

    fn of(month: Month) -> Figure {
        let end = Ym::new(202_610).unwrap();
        let asked = Asked { as_of: date(2026, 11, 16), facts_until: Some(end) };
        margin(&Series::from([(end, month)]), asked)
    }

    #[test]
    fn no_cost_is_not_a_margin_of_all() {
        let figure = of(Month { amount_minor: 900, lines: 3, ..Month::default() });
        assert_eq!((figure.value, figure.warnings), (None, vec![Warning::CostMissing]));
    }

    #[test]
    fn selling_below_cost_is_known() {
        let sold = Month {
            amount_minor: 100,
            cost_minor: 150,
            costed_minor: 100,
            lines: 1,
            costed_lines: 1,
        };
        let figure = of(sold);
        assert_eq!((figure.value, figure.coverage), (Some(-0.5), 1.0));
        assert!(figure.warnings.is_empty());
    }
}
