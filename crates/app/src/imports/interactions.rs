//! Interactions from files, with the people who took part.

use std::collections::BTreeMap;
use std::ops::Range;

use orchestre_domain::import::IssueCode;
use orchestre_domain::person::Side;
use orchestre_ingest::{InteractionRow, Row};
use orchestre_store::imports::{Fields, Records, Wanted};
use orchestre_store::{StoreError, Work};

use super::fields::{Reference, Say, doubt, refer};
use super::merge::{Incoming, Targets, merge};
use super::run::Run;
use super::tally::{Done, Doubt};

/// The interactions of a file.
pub(super) struct Batch {
    rows: Vec<Incoming>,
    /// For each row: reference, person, side.
    people: Vec<Vec<(String, Option<i64>, Side)>>,
}

const ACCOUNT: Reference =
    Reference { number: "party_id", text: "party_ref", field: "account", wanted: Wanted::Party };

impl Batch {
    pub(super) fn new(rows: &[Row<InteractionRow>], run: &Run<'_>) -> Self {
        let mut targets = Targets::new(run, run.keys.other(Records::Interactions));
        let mut seen: BTreeMap<i64, u32> = BTreeMap::new();
        let mut batch =
            Self { rows: Vec::with_capacity(rows.len()), people: Vec::with_capacity(rows.len()) };
        for row in rows {
            let key = row.value.id.clone().unwrap_or_else(|| {
                // Without a number of its own: its values, and how many rows before have the same.
                let count = seen.entry(row.digest).or_default();
                *count += 1;
                format!("={:016x}\u{1f}{count}", row.digest)
            });
            let mut incoming = incoming(run, &mut targets, (row, key));
            batch.people.push(people(run, row, &mut incoming.doubts));
            batch.rows.push(incoming);
        }
        batch
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
        let people = self.people.get(range.clone()).unwrap_or_default();
        let (done, _) = merge(work, run, Records::Interactions, (range.start, rows)).await?;
        let people = rows.iter().zip(people).flat_map(|(row, people)| {
            let id = row.target.id();
            people.iter().filter_map(move |(reference, person, side)| {
                Some((id?, reference.clone(), *person, side.as_str()))
            })
        });
        work.system_add_participants(run.import, people.collect()).await?;
        Ok(done)
    }
}

fn incoming(
    run: &Run<'_>,
    targets: &mut Targets<'_>,
    (row, key): (&Row<InteractionRow>, String),
) -> Incoming {
    let (line, value) = (i64::from(row.line), &row.value);
    let (mut fields, mut doubts) = (Fields::new(), Vec::new());
    fields.say("type", Some(value.kind.as_str()));
    fields.day("day", Some(value.date));
    fields.say("time", value.time.map(|time| time.strftime("%H:%M").to_string()));
    fields.text("subject", value.subject.as_deref());
    fields.say("minutes", value.minutes);
    fields.text("source", value.source.as_deref());
    refer(run, ACCOUNT, value.account.as_ref(), (line, &mut fields, &mut doubts));
    if value.account.is_none() {
        doubts.push(Doubt::new(IssueCode::PartyEmpty, line).at("account", None));
    }
    let target = targets.of(&key, None, row.digest);
    Incoming { line, key: Some(key), target, fields, defaults: Fields::new(), doubts }
}

fn people(
    run: &Run<'_>,
    row: &Row<InteractionRow>,
    doubts: &mut Vec<Doubt>,
) -> Vec<(String, Option<i64>, Side)> {
    let value = &row.value;
    let sides = [
        ("supplier_people", &value.supplier_people, Side::Supplier),
        ("customer_people", &value.customer_people, Side::Customer),
    ];
    let mut people: Vec<(String, Option<i64>, Side)> = Vec::new();
    for (field, references, side) in sides {
        for reference in references {
            if people.iter().any(|(known, ..)| known == reference) {
                continue;
            }
            let found = run.keys.people.find(run.origin, reference);
            doubts.extend(doubt(Wanted::Person, &found, (i64::from(row.line), field, reference)));
            people.push((reference.clone(), found.id(), side));
        }
    }
    people
}
