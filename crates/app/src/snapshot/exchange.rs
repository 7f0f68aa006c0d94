//! Conversion of sums of months with rates that were loaded once.

use std::collections::BTreeMap;

use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;
use orchestre_domain::rate::{RateRule, SCALE, convert};

/// The rates that one vector needs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exchange {
    months: BTreeMap<Currency, Vec<(Ym, i64)>>,
    budget: BTreeMap<Currency, Vec<(i64, i64)>>,
    fiscal_start: i64,
}

/// A rate, and whether it is that of an earlier month because none was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    rate_e8: i64,
    pub(crate) is_carried: bool,
}

impl Exchange {
    /// Gives the rates: months and budget years of each currency, ascending.
    pub(crate) fn new(
        months: Vec<(Currency, Ym, i64)>,
        budget: Vec<(i64, Currency, i64)>,
        fiscal_start: i64,
    ) -> Self {
        let mut exchange = Self { fiscal_start, ..Self::default() };
        for (currency, ym, rate) in months {
            exchange.months.entry(currency).or_default().push((ym, rate));
        }
        for (year, currency, rate) in budget {
            exchange.budget.entry(currency).or_default().push((year, rate));
        }
        exchange
    }

    /// Gives the rate of a currency for a month; `None` when none was published until then.
    pub(crate) fn rate(&self, rule: RateRule, currency: Currency, ym: Ym) -> Option<Rate> {
        if currency == Currency::EUR {
            return Some(Rate { rate_e8: SCALE, is_carried: false });
        }
        match rule {
            RateRule::Budget => last(self.budget.get(&currency)?, self.fiscal_year(ym)),
            RateRule::Month | RateRule::Day => last(self.months.get(&currency)?, ym),
        }
    }

    /// Converts an amount of a month; `None` without rates.
    pub(crate) fn convert(
        &self,
        rule: RateRule,
        (minor, from): (i64, Currency),
        to: Currency,
        ym: Ym,
    ) -> Option<i64> {
        if from == to {
            return Some(minor);
        }
        let (down, up) = (self.rate(rule, from, ym)?, self.rate(rule, to, ym)?);
        convert(minor, (from, down.rate_e8), (to, up.rate_e8))
    }

    /// The fiscal year in which a month lies, named after the calendar year in which it ends.
    const fn fiscal_year(&self, ym: Ym) -> i64 {
        if self.fiscal_start > 1 && ym.month() >= self.fiscal_start {
            ym.year() + 1
        } else {
            ym.year()
        }
    }
}

/// Gives the rate of a place in an ascending list, or of the last place before it.
fn last<K: Ord + Copy>(rates: &[(K, i64)], at: K) -> Option<Rate> {
    let passed = rates.partition_point(|(place, _)| *place <= at);
    let (place, rate_e8) = rates.get(passed.checked_sub(1)?)?;
    Some(Rate { rate_e8: *rate_e8, is_carried: *place != at })
}

/// Gives both rates of a conversion once, for several amounts of the same month.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    from: (Currency, i64),
    to: (Currency, i64),
    pub(crate) is_carried: bool,
}

impl Pair {
    /// Gives the pair of rates; `None` when one is missing.
    pub(crate) fn of(
        exchange: &Exchange,
        rule: RateRule,
        (from, to): (Currency, Currency),
        ym: Ym,
    ) -> Option<Self> {
        if from == to {
            return Some(Self { from: (from, SCALE), to: (to, SCALE), is_carried: false });
        }
        let (down, up) = (exchange.rate(rule, from, ym)?, exchange.rate(rule, to, ym)?);
        let is_carried = down.is_carried || up.is_carried;
        Some(Self { from: (from, down.rate_e8), to: (to, up.rate_e8), is_carried })
    }

    /// Converts an amount, rounded half-even once.
    pub(crate) fn convert(self, minor: i64) -> Option<i64> {
        convert(minor, self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn ym(number: i64) -> Ym {
        Ym::new(number).unwrap()
    }

    fn exchange() -> Exchange {
        let usd = currency("USD");
        let months = vec![(usd, ym(202_601), 2 * SCALE), (usd, ym(202_602), 4 * SCALE)];
        Exchange::new(months, vec![(2026, usd, 5 * SCALE)], 1)
    }

    #[test]
    fn a_month_without_a_rate_takes_the_last_one_and_says_so() {
        let (exchange, usd) = (exchange(), currency("USD"));
        let pair = |month| Pair::of(&exchange, RateRule::Month, (usd, Currency::EUR), ym(month));
        assert_eq!(pair(202_601).unwrap().convert(1_000), Some(500));
        assert!(!pair(202_601).unwrap().is_carried);
        assert_eq!(pair(202_607).unwrap().convert(1_000), Some(250));
        assert!(pair(202_607).unwrap().is_carried);
        assert!(pair(202_512).is_none(), "a rate never reaches back");
    }

    #[test]
    fn budget_rates_hold_for_their_fiscal_year() {
        let (exchange, usd) = (exchange(), currency("USD"));
        let to = Currency::EUR;
        let found = exchange.convert(RateRule::Budget, (1_000, usd), to, ym(202_612));
        assert_eq!(found, Some(200));
        assert_eq!(exchange.convert(RateRule::Budget, (1_000, usd), to, ym(202_512)), None);
        let late = Exchange { fiscal_start: 7, ..exchange };
        assert_eq!(late.convert(RateRule::Budget, (1_000, usd), to, ym(202_507)), Some(200));
    }
}
