//! What became of the rows, and what is doubtful: one issue a value, with the number of its rows.

use std::collections::BTreeMap;

use orchestre_domain::import::{IssueCode, Outcome};
use orchestre_store::imports::{ComparedRow, Counts, IssueRecord};
use sha2::{Digest, Sha256};

use super::file::hexadecimal;

/// Something doubtful about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubt {
    pub(super) line: i64,
    pub(super) column: Option<&'static str>,
    pub(super) value: Option<String>,
    pub(super) code: IssueCode,
    /// The key and value that the message also speaks of.
    pub(super) arg: Option<(&'static str, String)>,
}

impl Doubt {
    pub(super) const fn new(code: IssueCode, line: i64) -> Self {
        Self { line, column: None, value: None, code, arg: None }
    }

    pub(super) fn at(self, column: &'static str, value: impl Into<Option<String>>) -> Self {
        Self { column: Some(column), value: value.into(), ..self }
    }

    pub(super) fn with(self, key: &'static str, value: Option<String>) -> Self {
        Self { arg: value.map(|value| (key, value)), ..self }
    }
}

/// What a step did: outcomes by the place of the row in the file, doubts, and what differs.
#[derive(Debug, Clone, Default)]
pub(super) struct Done {
    pub(super) outcomes: Vec<(usize, Outcome)>,
    pub(super) doubts: Vec<Doubt>,
    /// What would change; gathered only while comparing.
    pub(super) diffs: Vec<ComparedRow>,
}

impl Done {
    pub(super) fn row(&mut self, place: usize, outcome: Outcome) {
        self.outcomes.push((place, outcome));
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.outcomes.extend(other.outcomes);
        self.doubts.extend(other.doubts);
        self.diffs.extend(other.diffs);
    }
}

/// The first line, the number of rows and what the message also speaks of.
type Said = (i64, i64, Option<(&'static str, String)>);

/// All steps together.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    outcomes: Vec<Option<Outcome>>,
    doubts: BTreeMap<(IssueCode, Option<&'static str>, Option<String>), Said>,
    diffs: Vec<ComparedRow>,
    /// How many new things are among the differences.
    created: usize,
}

/// New things that a comparison shows one by one.
const CREATED: usize = 200;

impl Tally {
    pub(super) fn add(&mut self, done: Done) {
        for (place, outcome) in done.outcomes {
            if self.outcomes.len() <= place {
                self.outcomes.resize(place + 1, None);
            }
            if let Some(known) = self.outcomes.get_mut(place) {
                *known = Some(known.map_or(outcome, |before| graver(before, outcome)));
            }
        }
        for doubt in done.doubts {
            let key = (doubt.code, doubt.column, doubt.value);
            let known = self.doubts.entry(key).or_insert((doubt.line, 0, doubt.arg));
            known.0 = known.0.min(doubt.line);
            known.1 += 1;
        }
        for diff in done.diffs {
            self.created += usize::from(diff.outcome == Outcome::Create);
            if diff.outcome != Outcome::Create || self.created <= CREATED {
                self.diffs.push(diff);
            }
        }
    }

    /// Gives what differs, in the order of the file.
    pub(super) fn diffs(&self) -> &[ComparedRow] {
        &self.diffs
    }

    /// Gives a digest of all that would happen: equal digests, equal deeds.
    pub(super) fn fingerprint(&self) -> String {
        let mut digest = Sha256::new();
        for outcome in self.outcomes.iter().flatten() {
            digest.update(outcome.as_str().as_bytes());
        }
        for issue in self.issues() {
            digest.update(format!("{issue:?}").as_bytes());
        }
        for diff in &self.diffs {
            digest.update(format!("{diff:?}").as_bytes());
        }
        hexadecimal(&digest.finalize())
    }

    /// Gives what a row does, by its place in the file.
    pub(super) fn outcome(&self, place: usize) -> Option<Outcome> {
        self.outcomes.get(place).copied().flatten()
    }

    /// Counts the rows from a place on.
    pub(super) fn counts(&self, from: usize) -> Counts {
        let mut counts = Counts::default();
        for outcome in self.outcomes.iter().skip(from).flatten() {
            counts.rows += 1;
            match outcome {
                Outcome::Create => counts.created += 1,
                Outcome::Update => counts.updated += 1,
                Outcome::Unchanged => counts.unchanged += 1,
                Outcome::Skip => counts.skipped += 1,
                Outcome::Conflict => counts.conflicts += 1,
            }
        }
        counts
    }

    /// Gives one issue a doubtful value, in the order of lines.
    pub(super) fn issues(&self) -> Vec<IssueRecord> {
        let mut issues: Vec<IssueRecord> = self
            .doubts
            .iter()
            .map(|((code, column, value), (line, rows, arg))| {
                let mut args: Vec<(String, String)> = Vec::new();
                args.extend(arg.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
                if *rows > 1 {
                    args.push(("rows".to_owned(), rows.to_string()));
                }
                let column = column.map(str::to_owned);
                IssueRecord { line: Some(*line), column, value: value.clone(), code: *code, args }
            })
            .collect();
        issues.sort_by_key(|issue| issue.line);
        issues
    }
}

/// A row that waits or contradicts stays so; a row that made or changed something is not unchanged.
const fn graver(before: Outcome, after: Outcome) -> Outcome {
    match (before, after) {
        (Outcome::Conflict, _) | (_, Outcome::Conflict) => Outcome::Conflict,
        (Outcome::Create, _) | (_, Outcome::Create) => Outcome::Create,
        (Outcome::Update, _) | (_, Outcome::Update) => Outcome::Update,
        (Outcome::Unchanged, _) | (_, Outcome::Unchanged) => Outcome::Unchanged,
        (Outcome::Skip, Outcome::Skip) => Outcome::Skip,
    }
}
