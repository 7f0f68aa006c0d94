//! Imports as JSON.

use std::collections::BTreeMap;

use orchestre_domain::clock::day_of;
use orchestre_domain::import::ImportKind;
use serde::Serialize;
use utoipa::ToSchema;

use crate::imports::{ImportLine, Report as Done, ReportIssue};

/// An import as the list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Import {
    /// The id.
    pub id: String,
    /// What was read: `accounts`, `people`, `sales` …
    #[schema(examples("sales"))]
    pub kind: String,
    /// The name of the file.
    pub file: String,
    /// The system from which it comes.
    pub origin: String,
    /// How it stands.
    pub state: String,
    /// The day on which it came.
    #[schema(format = Date)]
    pub received_on: String,
    /// Lines of the file.
    pub rows: i64,
    /// Things that are new.
    pub created: i64,
    /// Things that changed.
    pub updated: i64,
    /// Things that were so already.
    pub unchanged: i64,
    /// Lines that were left out.
    pub skipped: i64,
    /// Values that somebody had changed by hand.
    pub conflicts: i64,
    /// How many remarks there are.
    pub issues: i64,
}

/// Gives an import as the list shows it.
pub fn import(one: &ImportLine) -> Import {
    Import {
        id: one.id.to_string(),
        kind: one.kind.to_string(),
        file: one.file.clone(),
        origin: one.origin.clone(),
        state: one.state.to_string(),
        received_on: day_of(one.received_at).to_string(),
        rows: one.counts.rows,
        created: one.counts.created,
        updated: one.counts.updated,
        unchanged: one.counts.unchanged,
        skipped: one.counts.skipped,
        conflicts: one.counts.conflicts,
        issues: one.issue_count,
    }
}

/// A remark on a line of a file.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Issue {
    /// The line, the heading being 1.
    pub line: Option<i64>,
    /// The column.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// The stable code.
    #[schema(examples("reference_unknown"))]
    pub code: String,
    /// The same in words.
    pub message: String,
    /// Details by name.
    pub details: BTreeMap<String, String>,
}

/// What a file did, or would do.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// The import; null after a dry run.
    pub id: Option<String>,
    /// The name of the file.
    pub file: String,
    /// What was read.
    pub kind: Option<String>,
    /// How it stands.
    pub state: String,
    /// Lines of the file.
    pub rows: i64,
    /// Things that are new.
    pub created: i64,
    /// Things that changed.
    pub updated: i64,
    /// Things that were so already.
    pub unchanged: i64,
    /// Lines that were left out.
    pub skipped: i64,
    /// Values that somebody had changed by hand.
    pub conflicts: i64,
    /// Columns that nobody understood.
    pub unmapped: Vec<String>,
    /// Remarks.
    pub issues: Vec<Issue>,
    /// The other parts of an archive or workbook, each an import of its own.
    pub parts: Vec<Part>,
}

/// Another part of the same file.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Part {
    /// The import; null when it could not be read.
    pub id: Option<String>,
    /// Where it stands in the file.
    pub file: String,
    /// What was read.
    pub kind: Option<String>,
    /// How it stands.
    pub state: String,
    /// Its lines.
    pub rows: i64,
    /// Things that are new.
    pub created: i64,
    /// Things that changed.
    pub updated: i64,
    /// Lines that were left out.
    pub skipped: i64,
}

/// Gives another part of the same file.
pub fn part(report: &Done) -> Part {
    Part {
        id: report.import.map(|id| id.to_string()),
        file: report.file.clone(),
        kind: report.kind.map(ImportKind::as_str).map(str::to_owned),
        state: report.state.as_str().to_owned(),
        rows: report.rows,
        created: report.created,
        updated: report.updated,
        skipped: report.skipped,
    }
}

/// Gives what a file did; `message` puts an issue into words.
pub fn report(report: &Done, message: impl Fn(&ReportIssue) -> String) -> Report {
    let issues = report.issues.iter().map(|issue| Issue {
        line: issue.line,
        column: issue.column.clone(),
        value: issue.value.clone(),
        code: issue.code.as_str().to_owned(),
        message: message(issue),
        details: issue.args.iter().cloned().collect(),
    });
    Report {
        id: report.import.map(|id| id.to_string()),
        file: report.file.clone(),
        kind: report.kind.map(ImportKind::as_str).map(str::to_owned),
        state: report.state.as_str().to_owned(),
        rows: report.rows,
        created: report.created,
        updated: report.updated,
        unchanged: report.unchanged,
        skipped: report.skipped,
        conflicts: report.conflicts,
        unmapped: report.unmapped.clone(),
        parts: Vec::new(),
        issues: issues.collect(),
    }
}
