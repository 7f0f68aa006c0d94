//! People from files; several lines may speak of the same person.

use std::collections::BTreeMap;
use std::ops::Range;

use orchestre_domain::fold::fold;
use orchestre_domain::import::Outcome;
use orchestre_domain::person::Side;
use orchestre_ingest::{PersonRow, Row};
use orchestre_store::imports::{Fields, Records};
use orchestre_store::{SearchEntry, StoreError, Value, Work};

use super::fields::{Say, custom};
use super::merge::{Incoming, Target, Targets, Touched, merge};
use super::places::{self, Place};
use super::run::Run;
use super::tally::Done;

/// The people of a file, and what each line tells of places, roles and opinions.
pub(super) struct Batch {
    rows: Vec<Incoming>,
    places: Vec<Option<Place>>,
}

impl Batch {
    pub(super) fn new(rows: &[Row<PersonRow>], run: &Run<'_>) -> Self {
        let mut whole: BTreeMap<&str, Fields> = BTreeMap::new();
        for row in rows {
            let known = whole.entry(&row.value.id).or_default();
            for (name, value) in fields(&row.value) {
                known.entry(name).or_insert(value);
            }
        }
        let mut targets = Targets::new(run, &run.keys.people);
        let (mut incoming, mut places) = (Vec::new(), Vec::new());
        for row in rows {
            let value = &row.value;
            let before = targets.before(&value.id);
            let name = value.name.as_deref().filter(|name| *name == value.id);
            // A later line adds to the person of the first: it is nothing new by itself.
            let target = before.map_or_else(|| targets.of(&value.id, name, 0), |_| Target::Same);
            places.push(before.or(target.id()).and_then(|id| Place::of(run, id, row)));
            incoming.push(Incoming {
                line: i64::from(row.line),
                key: Some(value.id.clone()),
                target,
                fields: whole.get(value.id.as_str()).cloned().unwrap_or_default(),
                defaults: defaults(value),
                doubts: Vec::new(),
            });
        }
        Self { rows: incoming, places }
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
        let (mut done, touched) = merge(work, run, Records::Persons, (range.start, rows)).await?;
        let places = self.places.get(range.clone()).unwrap_or_default();
        let places: Vec<(usize, Place)> = (range.start..)
            .zip(places)
            .filter_map(|(at, place)| Some((at, place.clone()?)))
            .collect();
        let mut told = places::settle(work, run, &run.keys, places).await?;
        // What a new person's own line tells is part of what is new.
        told.outcomes.retain(|(_, outcome)| *outcome != Outcome::Skip);
        done.extend(told);
        index(work, &touched).await?;
        Ok(done)
    }
}

fn fields(row: &PersonRow) -> Fields {
    let mut fields = Fields::new();
    fields.say("side", row.side.map(Side::as_str));
    fields.text("name", row.name.as_deref());
    fields.say("folded", row.name.as_deref().map(fold));
    fields.text("first_name", row.first_name.as_deref());
    fields.text("last_name", row.last_name.as_deref());
    fields.text("title", row.title.as_deref());
    fields.text("function_code", row.function.as_deref());
    fields.text("email", row.email.as_deref());
    fields.text("phone", row.phone.as_deref());
    fields.text("lang", row.language.as_deref());
    fields.say("custom", custom(&row.custom));
    fields
}

/// Who has a role at an account is ours, everybody else the customer's, unless the file says so.
fn defaults(row: &PersonRow) -> Fields {
    let side = if row.role.is_some() { Side::Supplier } else { Side::Customer };
    Fields::from([
        ("side", side.as_str().into()),
        ("name", row.id.as_str().into()),
        ("folded", fold(&row.id).into()),
    ])
}

/// Brings what search finds of people to what they are now.
pub(crate) async fn index(work: &mut Work<'_>, touched: &Touched) -> Result<(), StoreError> {
    let ids: Vec<i64> = touched.iter().copied().collect();
    let records = work.system_records(Records::Persons, &ids).await?;
    let parties: BTreeMap<i64, i64> = work
        .system_affiliations(&ids)
        .await?
        .into_iter()
        .map(|place| (place.person, place.party))
        .collect();
    let entry = |(id, fields): (&i64, &Fields)| {
        let text = |name: &str| fields.get(name).and_then(Value::as_text).unwrap_or_default();
        SearchEntry {
            object: "person",
            object_id: *id,
            party_id: parties.get(id).copied(),
            title: text("name"),
            detail: [text("title"), text("email")].join(" ").trim().to_owned(),
            weight: 40,
        }
    };
    work.system_index(&records.iter().map(entry).collect::<Vec<_>>()).await
}
