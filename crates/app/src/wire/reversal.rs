//! Taking imports back, as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::imports::reversal::{self, Choice, Choices};

/// What taking an import back does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reversal {
    /// The import.
    pub id: String,
    /// The name of the file.
    pub file: String,
    /// How far it is.
    pub state: String,
    /// The fields that return to what they were.
    pub fields: i64,
    /// The records that go, by kind of object.
    pub removed: BTreeMap<String, i64>,
    /// The sales lines that go.
    pub lines_removed: i64,
    /// The sales lines that return to what they were.
    pub lines_restored: i64,
    /// What was touched since, each with what is done with it.
    pub conflicts: Vec<ReversalConflict>,
    /// What stays because something else needs it.
    pub kept: Vec<ReversalKept>,
}

/// Something that was touched since the import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReversalConflict {
    /// What a choice is given under.
    pub key: String,
    /// The kind of object.
    pub object: String,
    /// What it is called.
    pub label: String,
    /// The field.
    pub field: String,
    /// The line of the file.
    pub line: i64,
    /// What was there before the import.
    pub before: Option<String>,
    /// What the import set.
    pub after: Option<String>,
    /// What is there now.
    pub now: Option<String>,
    /// What is done with it.
    pub choice: ReversalChoice,
}

/// Something that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReversalKept {
    /// The kind of object.
    pub object: String,
    /// What it is called.
    pub label: String,
    /// The line of the file.
    pub line: i64,
    /// What needs it: `import`, `link`, `people`, `plan`, `right`, `business`, `merge`.
    pub by: String,
}

/// What to do with something that was touched since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReversalChoice {
    /// It stays as it is now.
    #[default]
    Keep,
    /// It returns to what it was before the import.
    PutBack,
}

/// How an import is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReversalAsked {
    /// The choices, by the keys of the conflicts.
    #[serde(default)]
    pub choices: BTreeMap<String, ReversalChoice>,
    /// The choice for every other conflict.
    #[serde(default)]
    pub rest: ReversalChoice,
}

impl ReversalAsked {
    /// Gives the choices as imports take them.
    pub fn choices(self) -> Choices {
        let choices = self.choices.into_iter();
        Choices {
            by_key: choices.map(|(key, choice)| (key, choice.into())).collect(),
            rest: self.rest.into(),
        }
    }
}

impl From<ReversalChoice> for Choice {
    fn from(choice: ReversalChoice) -> Self {
        match choice {
            ReversalChoice::Keep => Self::Keep,
            ReversalChoice::PutBack => Self::PutBack,
        }
    }
}

impl From<Choice> for ReversalChoice {
    fn from(choice: Choice) -> Self {
        match choice {
            Choice::Keep => Self::Keep,
            Choice::PutBack => Self::PutBack,
        }
    }
}

/// Gives a reversal as JSON.
pub fn reversal(found: &reversal::Reversal) -> Reversal {
    let conflict = |one: &reversal::Conflict| ReversalConflict {
        key: one.key.clone(),
        object: one.object.clone(),
        label: one.label.clone(),
        field: one.field.clone(),
        line: one.line,
        before: one.before.clone(),
        after: one.after.clone(),
        now: one.now.clone(),
        choice: one.choice.into(),
    };
    let kept = |one: &reversal::Kept| ReversalKept {
        object: one.object.clone(),
        label: one.label.clone(),
        line: one.line,
        by: one.by.to_string(),
    };
    Reversal {
        id: found.import.id.to_string(),
        file: found.import.file.clone(),
        state: found.import.state.to_string(),
        fields: found.fields,
        removed: found.removed.clone(),
        lines_removed: found.lines_removed,
        lines_restored: found.lines_restored,
        conflicts: found.conflicts.iter().map(conflict).collect(),
        kept: found.kept.iter().map(kept).collect(),
    }
}
