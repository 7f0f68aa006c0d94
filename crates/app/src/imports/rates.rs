//! Exchange rates from files: days, whole months, budgets.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use orchestre_domain::import::Outcome;
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;
use orchestre_domain::rate::RateRule;
use orchestre_ingest::{RateRow, Row};
use orchestre_store::imports::DayRate;
use orchestre_store::{StoreError, Work};

use super::tally::Done;

/// The rates of a file, line by line: a line of the wide form has one for each currency.
pub(super) struct Batch {
    lines: Vec<Vec<RateRow>>,
}

impl Batch {
    pub(super) fn new(rows: Vec<Row<RateRow>>) -> Self {
        let mut lines: Vec<Vec<RateRow>> = Vec::new();
        let mut last = None;
        for row in rows {
            match lines.last_mut() {
                Some(line) if last == Some(row.line) => line.push(row.value),
                _ => lines.push(vec![row.value]),
            }
            last = Some(row.line);
        }
        Self { lines }
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) async fn apply(
        &self,
        work: &mut Work<'_>,
        range: Range<usize>,
    ) -> Result<Done, StoreError> {
        let lines = self.lines.get(range.clone()).unwrap_or_default();
        let known = known(work, lines).await?;
        let mut done = Done::default();
        let mut new: BTreeMap<(Currency, Date), i64> = BTreeMap::new();
        let (mut months, mut budgets) = (BTreeMap::new(), BTreeMap::new());
        for (place, line) in (range.start..).zip(lines) {
            let mut outcome = Outcome::Unchanged;
            for rate in line {
                match what(rate) {
                    What::Day(day) => {
                        let key = (rate.currency, day);
                        let before = known.get(&key);
                        if before != Some(&rate.rate_e8) {
                            let is_new = before.is_none();
                            outcome = if is_new && outcome != Outcome::Update {
                                Outcome::Create
                            } else {
                                Outcome::Update
                            };
                            new.insert(key, rate.rate_e8);
                        }
                    }
                    What::Month(ym) => {
                        outcome = Outcome::Create;
                        months.insert((rate.currency, ym), rate.rate_e8);
                    }
                    What::Budget(year) => {
                        outcome = Outcome::Create;
                        budgets.insert((year, rate.currency), rate.rate_e8);
                    }
                }
            }
            done.row(place, outcome);
        }
        let new: Vec<DayRate> =
            new.into_iter().map(|((currency, day), rate)| (currency, day, rate)).collect();
        work.system_put_day_rates(&new).await?;
        let months: Vec<_> =
            months.into_iter().map(|((currency, ym), rate)| (currency, ym, rate)).collect();
        work.system_put_month_rates(&months).await?;
        let budgets: Vec<_> =
            budgets.into_iter().map(|((year, currency), rate)| (year, currency, rate)).collect();
        work.system_put_budget_rates(&budgets).await?;
        Ok(done)
    }

    /// Computes the means of the months that the file speaks of.
    pub(super) async fn finish(&self, work: &mut Work<'_>) -> Result<Done, StoreError> {
        if let Some((from, to)) = days(&self.lines) {
            work.system_mean_rates(from, to).await?;
        }
        Ok(Done::default())
    }
}

/// What a rate is for.
enum What {
    Day(Date),
    Month(i64),
    Budget(i64),
}

fn what(rate: &RateRow) -> What {
    let year = |day: Date| i64::from(day.year());
    match (rate.rule, rate.fiscal_year, rate.date) {
        (Some(RateRule::Budget), Some(year), _) | (_, Some(year), None) => What::Budget(year),
        (Some(RateRule::Budget), None, Some(day)) => What::Budget(year(day)),
        (_, _, Some(day)) if rate.month => What::Month(Ym::of(day).number()),
        (_, _, day) => What::Day(day.unwrap_or_default()),
    }
}

/// Gives the first and the last day with a published rate.
fn days(lines: &[Vec<RateRow>]) -> Option<(Date, Date)> {
    let days = lines.iter().flatten().filter_map(|rate| match what(rate) {
        What::Day(day) => Some(day),
        _ => None,
    });
    days.fold(None, |span, day| match span {
        None => Some((day, day)),
        Some((first, last)) => Some((day.min(first), day.max(last))),
    })
}

async fn known(
    work: &mut Work<'_>,
    lines: &[Vec<RateRow>],
) -> Result<BTreeMap<(Currency, Date), i64>, StoreError> {
    let Some((from, to)) = days(lines) else { return Ok(BTreeMap::new()) };
    let rates = work.system_day_rates(from, to).await?;
    Ok(rates.into_iter().map(|(currency, day, rate)| ((currency, day), rate)).collect())
}
