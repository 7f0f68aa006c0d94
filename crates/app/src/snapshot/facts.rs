//! From sums by account, currency and month to the windows and years of each account.

use std::collections::BTreeMap;

use orchestre_analytics::contribution::{Cost, spread};
use orchestre_domain::figure::Warning;
use orchestre_domain::float;
use orchestre_domain::id::AccountId;
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;
use orchestre_domain::rate::RateRule;
use orchestre_store::{CostBasis, Sums};

use super::exchange::{Exchange, Pair};
use super::line::{Facts, MONTHS};
use super::sum::{Sum, Warnings, Window, growth};

/// How amounts become the asked currency, and for which window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) exchange: &'a Exchange,
    pub(crate) rule: RateRule,
    pub(crate) to: Currency,
    /// `None` without any facts.
    pub(crate) window: Option<Window>,
    /// The latest facts are too old to say anything of the day.
    pub(crate) is_too_old: bool,
}

/// The facts of every account, and of what belongs to none.
pub(crate) type Tallied = BTreeMap<Option<AccountId>, (Facts, Warnings)>;

/// Gives the facts of every account that has any.
pub(crate) fn tally(rows: &[(Option<AccountId>, Sums)], terms: Terms<'_>) -> Tallied {
    let mut all = Tallied::new();
    let mut rates: BTreeMap<(Currency, Ym), Option<Pair>> = BTreeMap::new();
    for (account, sums) in rows {
        let pair = *rates.entry((sums.currency, sums.ym)).or_insert_with(|| {
            Pair::of(terms.exchange, terms.rule, (sums.currency, terms.to), sums.ym)
        });
        let (facts, warnings) = all.entry(*account).or_default();
        add(facts, warnings, sums, (pair, terms.window));
    }
    for (facts, warnings) in all.values_mut() {
        finish(facts, warnings, terms);
    }
    all
}

fn add(
    facts: &mut Facts,
    warnings: &mut Warnings,
    sums: &Sums,
    (pair, window): (Option<Pair>, Option<Window>),
) {
    let sum = Sum::of(sums, pair);
    facts.first = Some(facts.first.map_or(sums.ym, |first| first.min(sums.ym)));
    let year = sums.ym.year();
    match facts.years.iter_mut().find(|(known, _, _)| *known == year) {
        Some((_, total, _)) => total.add(&sum),
        None => facts.years.push((year, sum, 0)),
    }
    let Some(window) = window else { return };
    if facts.months.is_empty() {
        facts.months = vec![Some(0); MONTHS];
    }
    let place = usize::try_from(sums.ym.since(window.previous().from)).ok();
    if let Some(month) = place.and_then(|place| facts.months.get_mut(place)) {
        *month = match (*month, sum.is_unconverted()) {
            (Some(0) | None, true) => None,
            (known, _) => Some(known.unwrap_or_default().saturating_add(sum.amount)),
        };
        warnings.add_if(sum.is_unconverted(), Warning::RateMissing);
        warnings.add_if(pair.is_some_and(|pair| pair.is_carried), Warning::RateCarried);
    }
    if window.has(sums.ym) {
        facts.now.add(&sum);
        let is_converted = sum.converted_lines > 0;
        let known = facts
            .currencies
            .iter_mut()
            .find(|(currency, _, was)| *currency == sums.currency && *was == is_converted);
        match known {
            Some((_, amount, _)) => *amount = amount.saturating_add(sums.amount_minor),
            None => facts.currencies.push((sums.currency, sums.amount_minor, is_converted)),
        }
    } else if window.previous().has(sums.ym) {
        facts.before.add(&sum);
    }
}

fn finish(facts: &mut Facts, warnings: &mut Warnings, terms: Terms<'_>) {
    facts.years.sort_by_key(|(year, _, _)| *year);
    let Some(window) = terms.window else { return };
    if terms.is_too_old {
        warnings.add(Warning::FactsTooOld);
        return;
    }
    let known = |sum: &Sum, window: Window| {
        let has_begun = facts.first.is_some_and(|first| first <= window.to);
        (has_begun && !sum.is_unconverted()).then_some(sum.amount)
    };
    facts.turnover = known(&facts.now, window);
    facts.previous = known(&facts.before, window.previous());
    facts.growth = growth(facts.turnover, facts.previous);
    warnings.add_if(facts.growth.is_none(), Warning::NoPreviousWindow);
    warnings.add_if(facts.now.costed_lines < facts.now.lines, Warning::CostMissing);
    set_contribution(facts);
}

/// Counts the months with facts of each year; rows of one month come in one per currency.
pub(crate) fn count_months(rows: &[(Option<AccountId>, Sums)], all: &mut Tallied) {
    let mut seen: BTreeMap<(Option<AccountId>, i64), u16> = BTreeMap::new();
    for (account, sums) in rows {
        let month = u32::try_from(sums.ym.month()).unwrap_or_default();
        *seen.entry((*account, sums.ym.year())).or_default() |= 1_u16 << (month & 15);
    }
    for ((account, year), months) in seen {
        let years = all.get_mut(&account).map(|(facts, _)| &mut facts.years);
        if let Some(found) = years.and_then(|years| years.iter_mut().find(|line| line.0 == year)) {
            found.2 = usize::try_from(months.count_ones()).unwrap_or_default();
        }
    }
}

fn set_contribution(facts: &mut Facts) {
    facts.contribution = facts.turnover.and_then(|turnover| {
        let gross = facts.now.gross_margin()?;
        match facts.cost_to_serve {
            Some(cost) if turnover > 0 => float::ratio(cost, turnover).map(|share| gross - share),
            Some(_) => None,
            None => Some(gross),
        }
    });
}

/// Adds the cost-to-serve that falls into the window, in equal parts over each period's months.
pub(crate) fn add_costs(all: &mut Tallied, costs: &[CostBasis], terms: Terms<'_>) {
    let Some(window) = terms.window else { return };
    let mut months: BTreeMap<(AccountId, Currency, Ym), i64> = BTreeMap::new();
    for cost in costs {
        let amount_minor = cost.amount.minor;
        for (ym, minor) in spread(&Cost { from: cost.from, to: cost.to, amount_minor }) {
            if window.has(ym) {
                let key = (cost.account, cost.amount.currency, ym);
                let month = months.entry(key).or_default();
                *month = month.saturating_add(minor);
            }
        }
    }
    for ((account, currency, ym), minor) in months {
        let Some((facts, warnings)) = all.get_mut(&Some(account)) else { continue };
        match terms.exchange.convert(terms.rule, (minor, currency), terms.to, ym) {
            Some(converted) => {
                let known = facts.cost_to_serve.unwrap_or_default();
                facts.cost_to_serve = Some(known.saturating_add(converted));
                let place = u32::try_from(ym.since(window.from)).unwrap_or_default();
                facts.cost_months |= 1_u16 << (place & 15);
            }
            None => warnings.add(Warning::RateMissing),
        }
    }
    for (facts, _) in all.values_mut() {
        set_contribution(facts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_that_began_late_has_no_window_before() {
        let sums = Sums {
            ym: Ym::new(202_603).unwrap(),
            currency: Currency::EUR,
            amount_minor: 900,
            cost_minor: 0,
            costed_minor: 0,
            lines: 1,
            costed_lines: 0,
        };
        let exchange = Exchange::default();
        let terms = Terms {
            exchange: &exchange,
            rule: RateRule::Month,
            to: Currency::EUR,
            window: Some(Window::ending(Ym::new(202_610).unwrap())),
            is_too_old: false,
        };
        let all = tally(&[(Some(AccountId(1)), sums)], terms);
        let (facts, warnings) = all.get(&Some(AccountId(1))).unwrap();
        assert_eq!((facts.turnover, facts.previous, facts.growth), (Some(900), None, None));
        assert_eq!(facts.now.gross_margin(), None, "missing is not zero");
        assert!(warnings.list().contains(&Warning::CostMissing));
    }
}
