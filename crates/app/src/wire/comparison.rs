//! Compared imports and recipes as JSON.

use orchestre_domain::clock::day_of;
use orchestre_domain::import::ImportKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::imports::recipes::Recipe;
use crate::imports::{Compared, ComparedRow, Question, QuestionKind};

/// A compared import: what it would do and what has to be answered.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Comparison {
    /// The import.
    pub id: String,
    /// The name of the file.
    pub file: String,
    /// Whether rows can go in as things stand.
    pub can_apply: bool,
    /// The recipe that was used.
    pub recipe: Option<String>,
    /// What has to be answered before all rows can go in.
    pub questions: Vec<QuestionWire>,
    /// The columns of the file.
    pub columns: Vec<ColumnWire>,
    /// Fields that would change.
    pub changes: Vec<ChangeWire>,
    /// Fields that contradict what was set by hand.
    pub conflicts: Vec<ChangeWire>,
    /// Things that would be new.
    pub created: Vec<ChangeWire>,
    /// The other imports of the same drop.
    pub beside: Vec<String>,
}

/// A question about a file.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct QuestionWire {
    /// What the answer is given under.
    pub key: String,
    /// What may be answered; empty for a currency, which is a code of three letters.
    pub answers: Vec<String>,
    /// The column.
    pub column: Option<String>,
    /// An example of what stands there.
    pub value: Option<String>,
    /// The rows that wait for the answer.
    pub rows: i64,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ColumnWire {
    /// The heading.
    pub heading: String,
    /// The field that it fills.
    pub field: Option<String>,
    /// The first values that differ.
    pub samples: Vec<String>,
    /// How many rows hold a value.
    pub filled: usize,
}

/// A field that a row would change.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ChangeWire {
    /// The line of the file.
    pub line: i64,
    /// What the row speaks of.
    pub record: String,
    /// The field; empty for something new.
    pub field: String,
    /// What is there.
    pub before: Option<String>,
    /// What the file says.
    pub after: Option<String>,
}

/// An answer, or the field of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerWire {
    /// The key of the question, or a heading.
    #[schema(min_length = 1, max_length = 200, examples("currency"))]
    pub key: String,
    /// The answer, or a field; `-` leaves a column out.
    #[schema(max_length = 200, examples("EUR"))]
    pub value: String,
}

/// Answers to the questions of a compared import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswersWire {
    /// One answer each.
    #[schema(max_items = 200)]
    pub answers: Vec<AnswerWire>,
}

/// What a file needed to be read.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RecipeWire {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// What the files hold.
    pub kind: String,
    /// The system from which they come.
    pub origin: String,
    /// How many files it has read.
    pub uses: i64,
    /// How often it was changed.
    pub version: i64,
    /// The day of the last change.
    #[schema(format = Date)]
    pub updated_on: String,
    /// The recipe as a readable text (TOML).
    pub recipe: String,
}

/// A recipe that is taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecipe {
    /// The recipe as it was given.
    #[schema(max_length = 100_000)]
    pub recipe: String,
}

/// Gives a compared import.
pub fn comparison(compared: &Compared) -> Comparison {
    let line = &compared.shown.line;
    let column = |column: &crate::imports::ComparedColumn| ColumnWire {
        heading: column.heading.clone(),
        field: column.field.clone(),
        samples: column.samples.clone(),
        filled: column.filled,
    };
    let beside = compared.drop.iter().filter(|other| other.id != line.id);
    Comparison {
        id: line.id.to_string(),
        file: line.file.clone(),
        can_apply: compared.can_apply,
        recipe: compared.effect.recipe.clone(),
        questions: compared.questions.iter().map(question).collect(),
        columns: compared.columns.iter().map(column).collect(),
        changes: compared.changes.iter().map(change).collect(),
        conflicts: compared.conflicts.iter().map(change).collect(),
        created: compared.created.iter().map(change).collect(),
        beside: beside.map(|other| other.id.to_string()).collect(),
    }
}

fn question(asked: &Question) -> QuestionWire {
    let answers: Vec<String> = match &asked.kind {
        QuestionKind::Currency => Vec::new(),
        QuestionKind::Kind => ImportKind::ALL.iter().map(ToString::to_string).collect(),
        QuestionKind::Dates { .. } => vec!["dmy".to_owned(), "mdy".to_owned()],
        QuestionKind::Numbers { .. } => vec!["point".to_owned(), "comma".to_owned()],
        QuestionKind::Alike { candidate } => vec![candidate.clone()],
        QuestionKind::RowsSeen => vec!["again".to_owned(), "more".to_owned()],
    };
    QuestionWire {
        key: asked.key.clone(),
        answers,
        column: asked.column.clone(),
        value: asked.value.clone(),
        rows: asked.rows,
    }
}

fn change(row: &ComparedRow) -> ChangeWire {
    ChangeWire {
        line: row.line,
        record: row.label.clone(),
        field: row.field.clone(),
        before: row.before.clone(),
        after: row.after.clone(),
    }
}

/// Gives a recipe.
pub fn recipe(recipe: &Recipe) -> RecipeWire {
    RecipeWire {
        id: recipe.id.to_string(),
        name: recipe.name.clone(),
        kind: recipe.kind.to_string(),
        origin: recipe.origin.clone(),
        uses: recipe.uses,
        version: recipe.version,
        updated_on: day_of(recipe.updated_at).to_string(),
        recipe: recipe.body.clone(),
    }
}
