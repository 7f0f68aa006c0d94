//! What only a person can say about a file.

use orchestre_domain::import::IssueCode;
use orchestre_ingest::{DateOrder, Mark, Numeral, Written, read_day, read_number};

use super::ComparedColumn;
use crate::imports::ReportIssue;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionKind {
    /// What the file holds.
    Kind,
    /// The currency of the amounts.
    Currency,
    /// Whether the day or the month stands first: both readings of the value.
    Dates {
        /// The day that it is with the day first.
        day_first: jiff::civil::Date,
        /// The day that it is with the month first.
        month_first: jiff::civil::Date,
    },
    /// Whether the point or the comma parts decimals: both readings of the value, × 10,000.
    Numbers {
        /// The number with a decimal point.
        point: i64,
        /// The number with a decimal comma.
        comma: i64,
    },
    /// Whether it is the same as what is known under a name written nearly the same.
    Alike {
        /// The name that is known.
        candidate: String,
    },
    /// Whether equal rows of another file are the same deals or further ones.
    RowsSeen,
}

/// A question about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What the answer is given under.
    pub key: String,
    /// What is asked.
    pub kind: QuestionKind,
    /// The heading.
    pub column: Option<String>,
    /// An example of what stands there.
    pub value: Option<String>,
    /// The rows that wait for the answer.
    pub rows: i64,
}

/// Gives the questions that issues and columns raise, each once.
pub(super) fn of(issues: &[ReportIssue], columns: &[ComparedColumn]) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for issue in issues {
        let Some(asked) = one(issue, columns) else { continue };
        match questions.iter_mut().find(|known| known.key == asked.key) {
            Some(known) => known.rows += asked.rows,
            None => questions.push(asked),
        }
    }
    questions
}

fn one(issue: &ReportIssue, columns: &[ComparedColumn]) -> Option<Question> {
    let argument = |name: &str| {
        issue.args.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    };
    let rows = argument("rows").and_then(|rows| rows.parse().ok()).unwrap_or(1);
    let (column, value) = (issue.column.clone(), issue.value.clone());
    let heading = || {
        let column = issue.column.as_deref()?;
        let known = columns.iter().find(|known| known.heading == column);
        Some(known.map_or(column, |known| known.heading.as_str()).to_owned())
    };
    let (key, kind) = match issue.code {
        IssueCode::KindUnknown => ("kind".to_owned(), QuestionKind::Kind),
        IssueCode::CurrencyMissing => ("currency".to_owned(), QuestionKind::Currency),
        IssueCode::AmbiguousDate => (format!("date:{}", heading()?), dates(value.as_deref()?)?),
        IssueCode::AmbiguousNumber => {
            (format!("number:{}", heading()?), numbers(value.as_deref()?)?)
        }
        IssueCode::ProductAlike => {
            let candidate = argument("candidate")?.to_owned();
            (format!("product:{}", value.as_deref()?), QuestionKind::Alike { candidate })
        }
        IssueCode::PartyUnknown => {
            let candidate = argument("candidate")?.to_owned();
            (format!("party:{}", value.as_deref()?), QuestionKind::Alike { candidate })
        }
        IssueCode::RowsSeenBefore => ("rows:seen".to_owned(), QuestionKind::RowsSeen),
        _ => return None,
    };
    Some(Question { key, kind, column, value, rows })
}

fn dates(value: &str) -> Option<QuestionKind> {
    let written = read_day(value)?;
    if !matches!(written, Written::Either { .. }) {
        return None;
    }
    Some(QuestionKind::Dates {
        day_first: written.settle(DateOrder::DayFirst)?,
        month_first: written.settle(DateOrder::MonthFirst)?,
    })
}

fn numbers(value: &str) -> Option<QuestionKind> {
    let (numeral, _) = read_number(value)?;
    if !matches!(numeral, Numeral::Either { .. }) {
        return None;
    }
    let read = |mark: Mark| numeral.settle(mark).and_then(|number| number.scaled(4));
    Some(QuestionKind::Numbers { point: read(Mark::Point)?, comma: read(Mark::Comma)? })
}
