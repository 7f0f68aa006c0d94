//! Sums of converted facts, and the ratios that pages show of them.

use orchestre_domain::figure::Warning;
use orchestre_domain::float;
use orchestre_domain::month::Ym;
use orchestre_store::Sums;

use super::exchange::Pair;

/// Converted facts of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sum {
    /// Turnover, minor units of the asked currency.
    pub(crate) amount: i64,
    /// Cost of the lines that have one.
    pub(crate) cost: i64,
    /// Turnover of the lines that have a cost.
    pub(crate) costed: i64,
    /// Lines, converted or not.
    pub(crate) lines: i64,
    /// Lines that have a cost.
    pub(crate) costed_lines: i64,
    /// Lines whose currency has a rate.
    pub(crate) converted_lines: i64,
}

impl Sum {
    /// Gives the converted sum; without rates only the lines are counted.
    pub(crate) fn of(sums: &Sums, rates: Option<Pair>) -> Self {
        let unconverted = Self { lines: sums.lines, ..Self::default() };
        let Some(rates) = rates else { return unconverted };
        let amounts = (
            rates.convert(sums.amount_minor),
            rates.convert(sums.cost_minor),
            rates.convert(sums.costed_minor),
        );
        let (Some(amount), Some(cost), Some(costed)) = amounts else { return unconverted };
        Self {
            amount,
            cost,
            costed,
            lines: sums.lines,
            costed_lines: sums.costed_lines,
            converted_lines: sums.lines,
        }
    }

    /// Adds another period.
    pub(crate) fn add(&mut self, other: &Self) {
        self.amount = self.amount.saturating_add(other.amount);
        self.cost = self.cost.saturating_add(other.cost);
        self.costed = self.costed.saturating_add(other.costed);
        self.lines += other.lines;
        self.costed_lines += other.costed_lines;
        self.converted_lines += other.converted_lines;
    }

    /// Says whether there are lines and none of them could be converted.
    pub(crate) const fn is_unconverted(&self) -> bool {
        self.lines > 0 && self.converted_lines == 0
    }

    /// Gives the gross margin as a fraction of what has a cost.
    pub(crate) fn gross_margin(&self) -> Option<f64> {
        (self.costed > 0).then(|| float::ratio(self.costed - self.cost, self.costed)).flatten()
    }

    /// Gives the gross margin in minor units.
    pub(crate) fn gross_margin_minor(&self) -> Option<i64> {
        (self.costed_lines > 0).then_some(self.costed - self.cost)
    }

    /// Gives the share of lines whose currency has a rate; 0 without lines.
    pub(crate) fn converted_share(&self) -> f64 {
        float::ratio(self.converted_lines, self.lines).unwrap_or(0.0)
    }

    /// Gives the share of lines that have a cost; 0 without lines.
    pub(crate) fn costed_share(&self) -> f64 {
        float::ratio(self.costed_lines, self.lines).unwrap_or(0.0)
    }
}

/// Gives this window / the window before − 1; `None` when one is missing or the earlier is not
/// positive.
pub(crate) fn growth(now: Option<i64>, before: Option<i64>) -> Option<f64> {
    let (now, before) = (now?, before?);
    (before > 0).then(|| float::ratio(now, before).map(|ratio| ratio - 1.0)).flatten()
}

/// The twelve months of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first month.
    pub from: Ym,
    /// The last month.
    pub to: Ym,
}

impl Window {
    /// Gives the twelve months that end with this one.
    pub const fn ending(to: Ym) -> Self {
        Self { from: to.plus(-11), to }
    }

    /// Gives the twelve months before.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self { from: self.from.plus(-12), to: self.to.plus(-12) }
    }

    /// Says whether the month is one of the twelve.
    pub fn has(self, ym: Ym) -> bool {
        self.from <= ym && ym <= self.to
    }
}

/// A set of warnings that says each once, in the order of the domain's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Warnings(u64);

impl Warnings {
    /// Adds a warning.
    pub(crate) fn add(&mut self, warning: Warning) {
        if let Some(place) = Warning::ALL.iter().position(|known| *known == warning) {
            self.0 |= 1_u64 << (place & 63);
        }
    }

    /// Adds a warning when the condition holds.
    #[expect(clippy::fn_params_excessive_bools, reason = "a condition, as in `bool::then`")]
    pub(crate) fn add_if(&mut self, condition: bool, warning: Warning) {
        if condition {
            self.add(warning);
        }
    }

    /// Says whether the warning is in the set.
    pub(crate) fn has(self, warning: Warning) -> bool {
        let place = Warning::ALL.iter().position(|known| *known == warning);
        place.is_some_and(|place| self.0 >> (place & 63) & 1 == 1)
    }

    /// Gives the set without a warning.
    #[must_use]
    pub(crate) fn without(self, warning: Warning) -> Self {
        let place = Warning::ALL.iter().position(|known| *known == warning);
        place.map_or(self, |place| Self(self.0 & !(1_u64 << (place & 63))))
    }

    /// Adds all warnings of another set.
    pub(crate) const fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Gives the warnings.
    pub(crate) fn list(self) -> Vec<Warning> {
        let places = Warning::ALL.iter().enumerate();
        places.filter(|(place, _)| self.0 >> (place & 63) & 1 == 1).map(|(_, w)| *w).collect()
    }
}
