//! Interactions from files, with the people who took part.

use std::collections::BTreeMap;
use std::ops::Range;

use orchestre_domain::import::IssueCode;
use orchestre_domain::person::Side;
use orchestre_ingest::{InteractionRow, Row};
use orchestre_store::imports::{Fields, NewParticipant, Records, Wanted};
use orchestre_store::{StoreError, Work};

use super::fields::{Reference, Say, doubt, refer};
use super::merge::{Incoming, Targets, merge};
use super::participants::Participant;
use super::run::Run;
use super::tally::{Done, Doubt};

/// Somebody who took part.
struct TookPart {
    reference: String,
    name: Option<String>,
    person: Option<i64>,
    side: Side,
}

/// The interactions of a file.
pub(super) struct Batch {
    rows: Vec<Incoming>,
    /// For each row.
    people: Vec<Vec<TookPart>>,
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
            let key = match &row.value.exchange.occurrence {
                // The occurrences of a series share its id.
                Some(start) if row.value.id.is_some() => format!("{key}/{start}"),
                _ => key,
            };
            let mut incoming = incoming(run, &mut targets, (row, key));
            let mut people = people(run, row, &mut incoming.doubts);
            took_part(run, row, (&mut incoming, &mut people));
            batch.people.push(people);
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
            people.iter().filter_map(move |one| {
                Some(NewParticipant {
                    interaction: id?,
                    reference: one.reference.clone(),
                    name: one.name.clone(),
                    person: one.person,
                    side: one.side.as_str(),
                })
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
    let target = targets.of(&key, None, row.digest);
    Incoming { line, key: Some(key), target, fields, defaults: Fields::new(), doubts }
}

fn people(run: &Run<'_>, row: &Row<InteractionRow>, doubts: &mut Vec<Doubt>) -> Vec<TookPart> {
    let value = &row.value;
    let sides = [
        ("supplier_people", &value.supplier_people, Side::Supplier),
        ("customer_people", &value.customer_people, Side::Customer),
    ];
    let mut people: Vec<TookPart> = Vec::new();
    for (field, references, side) in sides {
        for reference in references {
            if people.iter().any(|known| known.reference == *reference) {
                continue;
            }
            let found = run.keys.people.find(run.origin, reference);
            doubts.extend(doubt(Wanted::Person, &found, (i64::from(row.line), field, reference)));
            let (reference, person) = (reference.clone(), found.id());
            people.push(TookPart { reference, name: None, person, side });
        }
    }
    people
}

/// Adds the people of mail and calendars, and the party that they speak for.
fn took_part(
    run: &Run<'_>,
    row: &Row<InteractionRow>,
    (incoming, people): (&mut Incoming, &mut Vec<TookPart>),
) {
    let (line, value) = (incoming.line, &row.value);
    let addresses = &run.keys.addresses;
    let written = value.exchange.participants.iter();
    for Participant { address, name, found, side } in
        written.map(|text| addresses.participant(text))
    {
        let person = found.id();
        let is_there = |known: &TookPart| {
            known.reference == address || person.is_some() && known.person == person
        };
        if people.iter().any(is_there) {
            continue;
        }
        if side == Side::Customer && !addresses.is_left_out(&address) {
            let at = (line, "participants", address.as_str());
            incoming.doubts.extend(doubt(Wanted::Person, &found, at));
        }
        people.push(TookPart { reference: address, name, person, side });
    }
    if value.account.is_some() {
        return;
    }
    let sides = people.iter().map(|one| (one.person, one.side));
    match addresses.party(sides, value.date) {
        Some(party) => incoming.fields.say("party_id", Some(party)),
        None => incoming.doubts.push(Doubt::new(IssueCode::PartyEmpty, line).at("account", None)),
    }
}
