//! Comparing rows with what is known, field by field, and doing exactly what the comparison says.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::import::{IssueCode, Outcome};
use orchestre_store::imports::{Fields, Records};
use orchestre_store::{StoreError, Value, Work};

use super::journal::{Journal, Source, is_derived};
use super::keys::{Found, KeyMap};
use super::run::Run;
use super::shown;
use super::tally::{Done, Doubt};

/// Where a row goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// It makes something new with this id.
    New(i64),
    /// It speaks of something that is known, or that an earlier row makes.
    Known(i64),
    /// An earlier row has the same key and says the same.
    Same,
    /// An earlier row has the same key and says something else.
    Twice,
    /// Several things have its name.
    Several,
    /// It cannot go in; an issue of the reader or a doubt says why.
    Out,
}

impl Target {
    pub(super) const fn id(self) -> Option<i64> {
        match self {
            Self::New(id) | Self::Known(id) => Some(id),
            _ => None,
        }
    }
}

/// A row on its way in.
#[derive(Debug, Clone)]
pub(super) struct Incoming {
    /// The line of the file.
    pub(super) line: i64,
    /// The external id under which it is known from now on.
    pub(super) key: Option<String>,
    pub(super) target: Target,
    /// What it says; empty cells say nothing.
    pub(super) fields: Fields,
    /// What only a new row gets.
    pub(super) defaults: Fields,
    pub(super) doubts: Vec<Doubt>,
}

/// Decides where rows go, by their keys; the ids of new things are made here.
pub(super) struct Targets<'a> {
    run: &'a Run<'a>,
    known: &'a KeyMap,
    seen: BTreeMap<String, (i64, i64)>,
}

impl<'a> Targets<'a> {
    pub(super) const fn new(run: &'a Run<'a>, known: &'a KeyMap) -> Self {
        Self { run, known, seen: BTreeMap::new() }
    }

    /// Gives the target of a row with this key; `name` where the key is only a name.
    pub(super) fn of(&mut self, key: &str, name: Option<&str>, digest: i64) -> Target {
        if let Some((_, before)) = self.seen.get(key) {
            return if *before == digest { Target::Same } else { Target::Twice };
        }
        let target = match (self.known.own(self.run.origin, key), name) {
            (Some(id), _) => Target::Known(id),
            (None, Some(name)) => match self.known.named(name) {
                Found::One(id) => Target::Known(id),
                Found::Several => Target::Several,
                Found::Nothing | Found::Alike(_) => Target::New(self.run.ctx.id()),
            },
            (None, None) => Target::New(self.run.ctx.id()),
        };
        if let Some(id) = target.id() {
            self.seen.insert(key.to_owned(), (id, digest));
        }
        target
    }

    /// Gives the id that an earlier row with this key speaks of.
    pub(super) fn before(&self, key: &str) -> Option<i64> {
        self.seen.get(key).map(|(id, _)| *id)
    }
}

/// What merging gives besides the outcomes: the ids of all that is new or changed.
pub(super) type Touched = BTreeSet<i64>;

/// Merges rows; `first` is the place of the first in the file.
pub(super) async fn merge(
    work: &mut Work<'_>,
    run: &Run<'_>,
    records: Records,
    (first, rows): (usize, &[Incoming]),
) -> Result<(Done, Touched), StoreError> {
    let known: Vec<i64> = rows.iter().filter_map(|row| known_id(row.target)).collect();
    let stored = work.system_records(records, &known).await?;
    let differing: Vec<i64> = rows
        .iter()
        .filter(|row| differs(row, &stored))
        .filter_map(|row| known_id(row.target))
        .collect();
    let written = work.system_last_written(records.object(), &differing).await?;
    let mut step = Step {
        run,
        records,
        stored,
        written,
        done: Done::default(),
        journal: Journal::new(run),
        touched: Touched::new(),
    };
    let mut created: Vec<(i64, Fields)> = Vec::new();
    for (place, row) in (first..).zip(rows) {
        step.done.doubts.extend(row.doubts.iter().cloned());
        match row.target {
            Target::New(id) => created.push((id, step.create(place, row, id))),
            Target::Known(id) => {
                let sets = step.update(place, row, id);
                if !sets.is_empty() {
                    work.system_change(records, id, &sets).await?;
                }
            }
            other => step.leave(place, row, other),
        }
    }
    let rows_of: Vec<(i64, &Fields)> = created.iter().map(|(id, fields)| (*id, fields)).collect();
    work.system_create(records, &rows_of).await?;
    let keys = rows.iter().filter_map(|row| {
        let (id, key) = (row.target.id()?, row.key.clone()?);
        Some((run.origin.to_owned(), key, id))
    });
    work.system_add_external_ids((records.object(), run.import), keys.collect()).await?;
    step.journal.keep(work).await?;
    Ok((step.done, step.touched))
}

const fn known_id(target: Target) -> Option<i64> {
    match target {
        Target::Known(id) => Some(id),
        _ => None,
    }
}

fn differs(row: &Incoming, stored: &BTreeMap<i64, Fields>) -> bool {
    let Some(fields) = known_id(row.target).and_then(|id| stored.get(&id)) else { return false };
    row.fields.iter().any(|(name, value)| fields.get(name) != Some(value))
}

struct Step<'a> {
    run: &'a Run<'a>,
    records: Records,
    stored: BTreeMap<i64, Fields>,
    written: BTreeMap<(i64, String), Option<String>>,
    done: Done,
    journal: Journal<'a>,
    touched: Touched,
}

impl Step<'_> {
    fn create(&mut self, place: usize, row: &Incoming, id: i64) -> Fields {
        let mut fields = row.defaults.clone();
        fields.extend(row.fields.iter().map(|(name, value)| (*name, value.clone())));
        let source = self.source(row.line);
        self.journal.create(source, (self.records, id), (row.key.clone(), &fields));
        self.touched.insert(id);
        if self.run.is_compared {
            self.done.diffs.push(shown::created(row.line, &fields));
        }
        self.done.row(place, Outcome::Create);
        fields
    }

    /// Gives the fields to set; what was changed by hand since the last import stays.
    fn update(&mut self, place: usize, row: &Incoming, id: i64) -> Vec<(&'static str, Value)> {
        let Some(stored) = self.stored.get(&id).cloned() else {
            self.done.row(place, Outcome::Unchanged);
            return Vec::new();
        };
        let (mut sets, mut is_conflict) = (Vec::new(), false);
        for (name, value) in &row.fields {
            let before = stored.get(name);
            if before == Some(value) {
                continue;
            }
            let before = before.and_then(Value::as_text);
            let last = self.written.get(&(id, (*name).to_owned())).cloned().flatten();
            let is_settled = is_derived(name) || is_reference(name) || before == last;
            if !is_settled && !self.run.takes(row.line, name) {
                is_conflict = true;
                self.differ(row.line, (&stored, Outcome::Conflict), (name, value));
                let doubt =
                    Doubt::new(IssueCode::ChangedByHand, row.line).at(name, value.as_text());
                self.done.doubts.push(doubt.with("kept", before));
                continue;
            }
            self.differ(row.line, (&stored, Outcome::Update), (name, value));
            if !is_derived(name) {
                let (source, object) = (self.source(row.line), (self.records.object(), id));
                self.journal.note(source, object, *name, (before, value.as_text()));
            }
            sets.push((*name, value.clone()));
        }
        sets.retain(|(name, _)| !is_derived(name) || !is_conflict);
        if !sets.is_empty() {
            self.touched.insert(id);
        }
        self.done.row(
            place,
            match (is_conflict, sets.is_empty()) {
                (true, _) => Outcome::Conflict,
                (false, true) => Outcome::Unchanged,
                (false, false) => Outcome::Update,
            },
        );
        sets
    }

    /// Notes a difference for the comparison.
    fn differ(
        &mut self,
        line: i64,
        (stored, outcome): (&Fields, Outcome),
        (name, value): (&'static str, &Value),
    ) {
        if self.run.is_compared && !is_derived(name) {
            let diff = shown::changed(self.run, line, (stored, outcome), (name, value));
            self.done.diffs.push(diff);
        }
    }

    fn leave(&mut self, place: usize, row: &Incoming, target: Target) {
        let code = match target {
            Target::Same => return self.done.row(place, Outcome::Unchanged),
            Target::Twice => Some(IssueCode::KeyTwice),
            Target::Several => Some(IssueCode::NameAmbiguous),
            _ => None,
        };
        if let Some(code) = code {
            self.done.doubts.push(Doubt::new(code, row.line).at("id", row.key.clone()));
        }
        self.done.row(place, Outcome::Skip);
    }

    const fn source(&self, line: i64) -> Source {
        Source { import: self.run.import, line }
    }
}

/// A column that changes when a reference arrives, without an import having written it.
pub(super) fn is_reference(name: &str) -> bool {
    name.ends_with("_id") || name.ends_with("_ref")
}
