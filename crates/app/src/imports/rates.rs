//! Exchange rates from files: days, whole months, budgets.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use orchestre_domain::import::Outcome;
use orchestre_domain::month::Ym;
use orchestre_domain::rate::RateRule;
use orchestre_ingest::{RateRow, Row};
use orchestre_store::imports::{RateKey, RateKind};
use orchestre_store::{StoreError, Work};

use super::journal::{Journal, Source};
use super::run::Run;
use super::tally::Done;

/// The rates of a file, line by line: a line of the wide form has one for each currency.
pub(super) struct Batch {
    lines: Vec<(i64, Vec<RateRow>)>,
}

impl Batch {
    pub(super) fn new(rows: Vec<Row<RateRow>>) -> Self {
        let mut lines: Vec<(i64, Vec<RateRow>)> = Vec::new();
        for row in rows {
            let number = i64::from(row.line);
            match lines.last_mut() {
                Some((last, line)) if *last == number => line.push(row.value),
                _ => lines.push((number, vec![row.value])),
            }
        }
        Self { lines }
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) async fn apply(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
        range: Range<usize>,
    ) -> Result<Done, StoreError> {
        let lines = self.lines.get(range.clone()).unwrap_or_default();
        let mut known = known(work, lines).await?;
        let (mut done, mut journal) = (Done::default(), Journal::new(run));
        let mut new: BTreeMap<RateKey, i64> = BTreeMap::new();
        for (place, (line, rates)) in (range.start..).zip(lines) {
            let (mut outcome, source) =
                (Outcome::Unchanged, Source { import: run.import, line: *line });
            for rate in rates {
                let key = key(rate);
                let before = known.insert(key, rate.rate_e8);
                if before == Some(rate.rate_e8) {
                    continue;
                }
                outcome = if before.is_none() && outcome != Outcome::Update {
                    Outcome::Create
                } else {
                    Outcome::Update
                };
                // A new day knows its import by itself: forty a line would be written twice.
                if before.is_some() || key.kind != RateKind::Day {
                    let change = (before.map(|rate| rate.to_string()), rate.rate_e8.to_string());
                    let object = (key.kind.object(), key.number);
                    let field = key.currency.as_str().to_owned();
                    journal.note(source, object, field, (change.0, Some(change.1)));
                }
                new.insert(key, rate.rate_e8);
            }
            done.row(place, outcome);
        }
        work.system_put_rates(run.import, &new).await?;
        journal.keep(work).await?;
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

/// Gives what a rate is for.
fn key(rate: &RateRow) -> RateKey {
    let year = |day: Date| i64::from(day.year());
    let (kind, number) = match (rate.rule, rate.fiscal_year, rate.date) {
        (Some(RateRule::Budget), Some(year), _) | (_, Some(year), None) => (RateKind::Budget, year),
        (Some(RateRule::Budget), None, Some(day)) => (RateKind::Budget, year(day)),
        (_, _, Some(day)) if rate.month => (RateKind::Month, Ym::of(day).number()),
        (_, _, day) => (RateKind::Day, RateKey::day_number(day.unwrap_or_default())),
    };
    RateKey { kind, number, currency: rate.currency }
}

/// Gives the first and the last day with a published rate, as numbers.
fn days(lines: &[(i64, Vec<RateRow>)]) -> Option<(i64, i64)> {
    let keys = lines.iter().flat_map(|(_, rates)| rates).map(key);
    let days = keys.filter(|key| key.kind == RateKind::Day).map(|key| key.number);
    days.fold(None, |span, day| match span {
        None => Some((day, day)),
        Some((first, last)) => Some((day.min(first), day.max(last))),
    })
}

async fn known(
    work: &mut Work<'_>,
    lines: &[(i64, Vec<RateRow>)],
) -> Result<BTreeMap<RateKey, i64>, StoreError> {
    let mut spans: BTreeMap<RateKind, (i64, i64)> = BTreeMap::new();
    for key in lines.iter().flat_map(|(_, rates)| rates).map(key) {
        let span = spans.entry(key.kind).or_insert((key.number, key.number));
        *span = (span.0.min(key.number), span.1.max(key.number));
    }
    let mut known = BTreeMap::new();
    for (kind, span) in spans {
        known.extend(work.system_rates(kind, span).await?);
    }
    Ok(known)
}
