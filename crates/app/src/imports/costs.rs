//! Costs of serving from files.

use std::ops::Range;

use jiff::ToSpan as _;
use orchestre_ingest::{CostRow, Row};
use orchestre_store::imports::{Fields, Records, Wanted};
use orchestre_store::{StoreError, Work};

use super::fields::{Reference, Say, refer};
use super::merge::{Incoming, Target, Targets, merge};
use super::run::Run;
use super::tally::Done;

/// The costs of a file.
pub(super) struct Batch {
    rows: Vec<Incoming>,
}

const ACCOUNT: Reference =
    Reference { number: "party_id", text: "party_ref", field: "account", wanted: Wanted::Party };

/// The kind of cost where the file names none.
const COST_TO_SERVE: &str = "cost_to_serve";

impl Batch {
    pub(super) fn new(rows: &[Row<CostRow>], run: &Run<'_>) -> Self {
        let mut targets = Targets::new(run, run.keys.other(Records::Costs));
        Self { rows: rows.iter().map(|row| incoming(run, &mut targets, row)).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) async fn apply(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
        range: Range<usize>,
    ) -> Result<Done, StoreError> {
        let rows = self.rows.get(range.clone()).unwrap_or_default();
        Ok(merge(work, run, Records::Costs, (range.start, rows)).await?.0)
    }
}

fn incoming(run: &Run<'_>, targets: &mut Targets<'_>, row: &Row<CostRow>) -> Incoming {
    let (line, value) = (i64::from(row.line), &row.value);
    let kind = value.kind.as_deref().unwrap_or(COST_TO_SERVE);
    let key = format!("{}\u{1f}{kind}\u{1f}{}", value.account, value.from);
    // The file names the day after the period; the table keeps its last day.
    let last =
        value.to.map_or_else(|| value.from.last_of_month(), |day| day.saturating_sub(1.day()));
    let (mut fields, mut doubts) = (Fields::new(), Vec::new());
    fields.say("type", Some(kind));
    fields.day("from_on", Some(value.from));
    fields.day("to_on", Some(last));
    fields.say("amount_minor", value.amount.map(|amount| amount.minor));
    fields.currency("currency", value.amount.map(|amount| amount.currency));
    let target =
        if value.amount.is_some() { targets.of(&key, None, row.digest) } else { Target::Out };
    refer(run, ACCOUNT, Some(&value.account), (line, &mut fields, &mut doubts));
    Incoming { line, key: Some(key), target, fields, defaults: Fields::new(), doubts }
}
