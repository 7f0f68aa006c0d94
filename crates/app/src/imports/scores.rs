//! Judgements and measures for criteria from files.

use std::ops::Range;

use orchestre_domain::criterion::defaults;
use orchestre_domain::float::ratio;
use orchestre_domain::hierarchy::Period;
use orchestre_domain::import::IssueCode;
use orchestre_ingest::{Row, ScoreRow};
use orchestre_store::imports::{Fields, Records, Wanted};
use orchestre_store::{StoreError, Work};

use super::fields::{Reference, Say, refer};
use super::merge::{Incoming, Target, Targets, merge};
use super::run::Run;
use super::tally::{Done, Doubt};

/// The scores of a file.
pub(super) struct Batch {
    rows: Vec<Incoming>,
}

const ACCOUNT: Reference =
    Reference { number: "party_id", text: "party_ref", field: "account", wanted: Wanted::Party };
const JUDGE: Reference =
    Reference { number: "judge_id", text: "judge_ref", field: "judge", wanted: Wanted::Person };

impl Batch {
    pub(super) fn new(rows: &[Row<ScoreRow>], run: &Run<'_>) -> Self {
        let mut targets = Targets::new(run, run.keys.other(Records::Judgements));
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
        Ok(merge(work, run, Records::Judgements, (range.start, rows)).await?.0)
    }
}

fn incoming(run: &Run<'_>, targets: &mut Targets<'_>, row: &Row<ScoreRow>) -> Incoming {
    let (line, value) = (i64::from(row.line), &row.value);
    let on = value.on.unwrap_or(Period::ALWAYS.from).to_string();
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    let key = [
        value.set.as_str(),
        &value.criterion,
        &value.account,
        &part(&value.judge),
        &on,
        &part(&value.round),
    ];
    let key = key.join("\u{1f}");
    let (mut fields, mut doubts) = (Fields::new(), Vec::new());
    fields.say("set_name", Some(value.set.as_str()));
    fields.say("key", Some(value.criterion.as_str()));
    fields.say("value", value.value);
    fields.say("raw", value.raw_e4.and_then(|raw| ratio(raw, 10_000)));
    fields.say("on_day", Some(on));
    fields.text("evidence", value.evidence.as_deref());
    fields.text("round", value.round.as_deref());
    let is_known = defaults(value.set).iter().any(|criterion| criterion.key == value.criterion)
        || run.keys.has_criterion(value.set.as_str(), &value.criterion);
    let target = if is_known {
        refer(run, ACCOUNT, Some(&value.account), (line, &mut fields, &mut doubts));
        refer(run, JUDGE, value.judge.as_ref(), (line, &mut fields, &mut doubts));
        targets.of(&key, None, row.digest)
    } else {
        let doubt = Doubt::new(IssueCode::CriterionUnknown, line);
        doubts.push(doubt.at("criterion", value.criterion.clone()));
        Target::Out
    };
    Incoming { line, key: Some(key), target, fields, defaults: Fields::new(), doubts }
}
