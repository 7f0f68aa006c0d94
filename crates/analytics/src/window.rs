//! T12: the twelve months of a day, their turnover and its growth.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_domain::figure::{Figure, Unit, Warning};
use orchestre_domain::float::from_minor;
use orchestre_domain::month::{Ym, window_end};

/// Facts this many months before the month of the day are still good; older ones are not.
pub const FRESH_MONTHS: i64 = 3;

/// The sums of one month in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Month {
    /// Turnover.
    pub amount_minor: i64,
    /// Cost of the lines that have one.
    pub cost_minor: i64,
    /// Turnover of the lines that have a cost.
    pub costed_minor: i64,
    /// Lines.
    pub lines: i64,
    /// Lines that have a cost.
    pub costed_lines: i64,
}

impl Month {
    /// Gives the sums of both.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            amount_minor: self.amount_minor.saturating_add(other.amount_minor),
            cost_minor: self.cost_minor.saturating_add(other.cost_minor),
            costed_minor: self.costed_minor.saturating_add(other.costed_minor),
            lines: self.lines.saturating_add(other.lines),
            costed_lines: self.costed_lines.saturating_add(other.costed_lines),
        }
    }
}

/// The sums of an account by month, in one currency; a month without lines is absent.
pub type Series = BTreeMap<Ym, Month>;

/// Twelve complete months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first month.
    pub from: Ym,
    /// The last month.
    pub until: Ym,
}

impl Window {
    /// Gives the twelve months that end with one.
    pub const fn ending(until: Ym) -> Self {
        Self { from: until.plus(-11), until }
    }

    /// Gives the twelve months before.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self::ending(self.from.plus(-1))
    }

    /// Gives the sums of a series inside the window.
    pub fn sums(self, series: &Series) -> Month {
        let months = series.range(self.from..=self.until);
        months.fold(Month::default(), |sum, (_, month)| sum.plus(*month))
    }
}

/// The day of a figure and how far the facts reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The day for which the figure holds.
    pub as_of: Date,
    /// The last month with closed facts; `None` when there are no facts.
    pub facts_until: Option<Ym>,
}

impl Asked {
    /// Gives the window of the day.
    ///
    /// # Errors
    ///
    /// The warning that says why there is none: no facts, or none of the last
    /// [`FRESH_MONTHS`] months.
    pub fn window(self) -> Result<Window, Warning> {
        let until = window_end(self.as_of, self.facts_until).ok_or(Warning::NoFacts)?;
        if Ym::of(self.as_of).since(until) > FRESH_MONTHS {
            return Err(Warning::FactsTooOld);
        }
        Ok(Window::ending(until))
    }

    /// Gives the window and its sums, or the figure that says why there are none.
    pub(crate) fn sums(
        self,
        method: &'static str,
        unit: Unit,
        series: &Series,
    ) -> Result<(Window, Month), Figure> {
        let window = self.window().and_then(|window| {
            let is_known = series.keys().any(|month| *month <= window.until);
            if is_known { Ok(window) } else { Err(Warning::NoFacts) }
        });
        match window {
            Ok(window) => Ok((window, window.sums(series))),
            Err(why) => Err(Figure::missing(method, unit, self.as_of, why)),
        }
    }
}

/// Computes the turnover of the twelve months: complete months that end at or before the day.
///
/// # Shape
///
/// One entry a month with lines; a month between that has none counts as zero.
///
/// # Units
///
/// In and out: minor units of one currency. The evidence counts lines.
///
/// # Edges
///
/// An account that never had a line: no value (`NoFacts`), not zero. One that had lines before the
/// window and none in it: zero. Facts that end more than three months before the day: no value
/// (`FactsTooOld`). Credit notes are netted, so a value below zero is possible.
///
/// # Source
///
/// \[D\], design meaning 1; `docs/methods/en/T12.md`.
///
/// ```
/// use jiff::civil::date;
/// use orchestre_analytics::window::{Asked, Month, Series, growth, turnover};
/// use orchestre_domain::month::Ym;
/// let end = Ym::new(202_610).unwrap();
/// // 15,600 thousand in the twelve months before, 17,890 thousand in the twelve to October.
/// let series: Series = (0..24)
///     .map(|back| {
///         let year = if back < 12 { 1_789_000_000 } else { 1_560_000_000 };
///         (end.plus(-back), Month { amount_minor: year / 12, lines: 3, ..Month::default() })
///     })
///     .collect();
/// let asked = Asked { as_of: date(2026, 11, 16), facts_until: Some(end) };
/// let sum = turnover(&series, asked);
/// assert!((sum.value.unwrap() / 1_789_000_000.0 - 1.0).abs() < 1e-6);
/// assert_eq!(sum.evidence, 36);
/// assert!((growth(&series, asked).value.unwrap() - 0.1468).abs() < 1e-4); // 17,890/15,600 − 1
/// ```
pub fn turnover(series: &Series, asked: Asked) -> Figure {
    let method = "T12.turnover";
    let sums = match asked.sums(method, Unit::Money, series) {
        Ok((_, sums)) => sums,
        Err(missing) => return missing,
    };
    Figure {
        method,
        value: Some(from_minor(sums.amount_minor)),
        unit: Unit::Money,
        coverage: 1.0,
        evidence: count(sums.lines),
        as_of: asked.as_of,
        warnings: Vec::new(),
    }
}

/// Computes the growth of the twelve months, `window / window before − 1`.
///
/// # Shape
///
/// As [`turnover`]. Both windows carry today's perimeter: hand in the series of the account as it is.
///
/// # Units
///
/// Out: a fraction, 0.05 = 5 %. The evidence counts the lines of both windows.
///
/// # Edges
///
/// A window before with zero or less: no value (`NoPreviousWindow`). As [`turnover`] for missing
/// and old facts.
///
/// # Source
///
/// \[D\], design meaning 1; `docs/methods/en/T12.md`, example with [`turnover`].
pub fn growth(series: &Series, asked: Asked) -> Figure {
    let method = "T12.growth";
    let (window, sums) = match asked.sums(method, Unit::Fraction, series) {
        Ok(found) => found,
        Err(missing) => return missing,
    };
    let before = window.previous().sums(series);
    if before.amount_minor <= 0 {
        let why = Warning::NoPreviousWindow;
        return Figure::missing(method, Unit::Fraction, asked.as_of, why);
    }
    Figure {
        method,
        value: Some(from_minor(sums.amount_minor) / from_minor(before.amount_minor) - 1.0),
        unit: Unit::Fraction,
        coverage: 1.0,
        evidence: count(sums.lines.saturating_add(before.lines)),
        as_of: asked.as_of,
        warnings: Vec::new(),
    }
}

/// Gives a number of lines as a count.
pub(crate) fn count(lines: i64) -> usize {
    usize::try_from(lines).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn ym(number: i64) -> Ym {
        Ym::new(number).unwrap()
    }

    fn series(months: &[(i64, i64)]) -> Series {
        let month = |amount_minor| Month { amount_minor, lines: 1, ..Month::default() };
        months.iter().map(|&(number, amount)| (ym(number), month(amount))).collect()
    }

    fn asked(as_of: Date, until: i64) -> Asked {
        Asked { as_of, facts_until: Ym::new(until) }
    }

    #[test]
    fn the_window_is_twelve_complete_months() {
        let sums = series(&[(202_510, 1), (202_511, 2), (202_610, 4), (202_611, 8)]);
        assert_eq!(turnover(&sums, asked(date(2026, 11, 16), 202_611)).value, Some(6.0));
        assert_eq!(turnover(&sums, asked(date(2026, 11, 30), 202_611)).value, Some(12.0));
    }

    #[test]
    fn missing_is_not_zero_and_nothing_sold_lately_is() {
        let day = date(2026, 11, 16);
        let never = turnover(&Series::new(), asked(day, 202_610));
        assert_eq!((never.value, never.warnings), (None, vec![Warning::NoFacts]));
        let once = series(&[(202_401, 5)]);
        let sleeping = turnover(&once, asked(day, 202_610));
        assert_eq!((sleeping.value, sleeping.evidence), (Some(0.0), 0));
        let no_facts = Asked { as_of: day, facts_until: None };
        assert_eq!(turnover(&once, no_facts).warnings, [Warning::NoFacts]);
        let later = series(&[(202_701, 5)]);
        assert_eq!(turnover(&later, asked(day, 202_701)).value, None, "not yet known that day");
    }

    #[test]
    fn facts_may_be_three_months_old_and_not_four() {
        let sums = series(&[(202_607, 5), (202_608, 5)]);
        let day = date(2026, 11, 16);
        assert_eq!(turnover(&sums, asked(day, 202_608)).value, Some(10.0));
        let old = turnover(&sums, asked(day, 202_607));
        assert_eq!((old.value, old.warnings), (None, vec![Warning::FactsTooOld]));
        assert_eq!(growth(&sums, asked(day, 202_607)).warnings, [Warning::FactsTooOld]);
    }

    #[test]
    fn growth_from_nothing_or_less_is_not_known() {
        let day = date(2026, 11, 16);
        for before in [vec![], vec![(202_501, 0)], vec![(202_501, -3)]] {
            let mut sums = series(&before);
            sums.append(&mut series(&[(202_601, 9)]));
            let figure = growth(&sums, asked(day, 202_610));
            assert_eq!((figure.value, figure.warnings), (None, vec![Warning::NoPreviousWindow]));
        }
        let fell = growth(&series(&[(202_501, 4), (202_601, 1)]), asked(day, 202_610));
        assert_eq!((fell.value, fell.evidence), (Some(-0.75), 2));
    }
}
