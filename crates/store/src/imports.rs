//! What imports keep: their rows, issues and files, and the ways in for what they bring.

mod accounts;
mod addresses;
mod blobs;
mod changes;
mod comparisons;
mod identifiers;
mod leases;
mod links;
mod participants;
mod places;
mod rates;
mod reattach;
mod recipes;
mod records;
mod references;
mod removal;
mod reversal;
mod rollup;
mod sales;
mod settled;
mod stages;
mod waiting;

use orchestre_domain::id::{ImportId, LoginId};
use orchestre_domain::import::{ImportKind, ImportState, IssueCode};

pub use accounts::{AccountParty, AccountState, ScopeRule};
pub use addresses::AddressOf;
pub use blobs::PIECE;
pub use changes::{CREATED, ChangeRow};
pub use comparisons::{ComparedRow, Comparison};
pub use links::{ClosureRow, LinkRecord};
pub use participants::{GOALS, NewParticipant, Texts};
pub use places::{Affiliation, Assessment, Assignment};
pub use rates::{RateKey, RateKind};
pub use reattach::{Answer, LOOSE, Loose, Wanted};
pub use recipes::RecipeRecord;
pub use records::{Fields, Records};
pub use references::Named;
pub use rollup::{Rollup, RollupPart, Sums};
pub use sales::{SalesLine, WHOLE_LINE};
pub use settled::SETTLED;
pub use waiting::{WAITING, WaitingRow};

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// How many rows of each outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows that were dealt with.
    pub rows: i64,
    /// Rows that made something new.
    pub created: i64,
    /// Rows that changed something.
    pub updated: i64,
    /// Rows that said what was known.
    pub unchanged: i64,
    /// Rows that were left out.
    pub skipped: i64,
    /// Rows that contradict what was set by hand.
    pub conflicts: i64,
}

/// A row of `imports`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRecord {
    /// Its id.
    pub id: ImportId,
    /// What the file holds.
    pub kind: ImportKind,
    /// The name of the file.
    pub file_name: String,
    /// The file's SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// The file's bytes.
    pub size: i64,
    /// The program that the file comes from.
    pub origin: String,
    /// What the user said beyond the file, one `key=value` a line.
    pub options: String,
    /// How far it has come.
    pub state: ImportState,
    /// What became of the rows.
    pub counts: Counts,
    /// The headings that no field takes.
    pub unmapped: Vec<String>,
    /// Who imported; `None` for the local shell.
    pub login: Option<LoginId>,
    /// When the file came, µs.
    pub received_at: i64,
    /// When its last row was in, µs.
    pub applied_at: Option<i64>,
    /// The files that came with it have the same number; `None` for a file of its own.
    pub drop: Option<i64>,
    /// When it was taken back, µs.
    pub reversed_at: Option<i64>,
}

/// An issue as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRecord {
    /// The line of the file.
    pub line: Option<i64>,
    /// The heading.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// The code.
    pub code: IssueCode,
    /// What the message also speaks of.
    pub args: Vec<(String, String)>,
}

const COLUMNS: &str = "id, kind, file_name, sha256, size, origin, options, state, rows, created, updated, \
                       unchanged, skipped, conflicts, unmapped, login_id, received_at, applied_at, drop_id, \
                       reversed_at";

impl Work<'_> {
    /// Adds an import.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_import(&mut self, import: &ImportRecord) -> Result<(), StoreError> {
        let row = vec![
            import.id.as_i64().into(),
            import.kind.as_str().into(),
            import.file_name.as_str().into(),
            import.sha256.as_str().into(),
            import.size.into(),
            import.origin.as_str().into(),
            import.options.as_str().into(),
            import.state.as_str().into(),
            import.counts.rows.into(),
            import.counts.created.into(),
            import.counts.updated.into(),
            import.counts.unchanged.into(),
            import.counts.skipped.into(),
            import.counts.conflicts.into(),
            import.unmapped.join("\n").into(),
            Value::Int(import.login.map(LoginId::as_i64)),
            import.received_at.into(),
            import.applied_at.into(),
            import.drop.into(),
            1_i64.into(),
        ];
        let columns = &[
            "id",
            "kind",
            "file_name",
            "sha256",
            "size",
            "origin",
            "options",
            "state",
            "rows",
            "created",
            "updated",
            "unchanged",
            "skipped",
            "conflicts",
            "unmapped",
            "login_id",
            "received_at",
            "applied_at",
            "drop_id",
            "version",
        ];
        self.insert("imports", columns, vec![row], "").await
    }

    /// Sets how far an import has come.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_import(
        &mut self,
        id: ImportId,
        state: ImportState,
        counts: &Counts,
        applied_at: Option<i64>,
    ) -> Result<(), StoreError> {
        let text = "UPDATE imports SET state = $2, rows = $3, created = $4, updated = $5, unchanged = $6, \
                    skipped = $7, conflicts = $8, applied_at = $9, version = version + 1 WHERE id = $1";
        let row = sql(text)
            .bind(id.as_i64())
            .bind(state.as_str())
            .bind(counts.rows)
            .bind(counts.created)
            .bind(counts.updated)
            .bind(counts.unchanged)
            .bind(counts.skipped)
            .bind(counts.conflicts)
            .bind(applied_at);
        self.run(row).await?;
        Ok(())
    }

    /// Gives the imports of a file, newest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_imports_of(
        &mut self,
        sha256: &str,
    ) -> Result<Vec<ImportRecord>, StoreError> {
        let text = format!("SELECT {COLUMNS} FROM imports WHERE sha256 = $1 ORDER BY id DESC");
        let rows = self.rows(Sql::built(text).bind(sha256)).await?;
        rows.iter().map(record).collect()
    }

    /// Gives the newest imports first, at most `most`, each with the number of its issues.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_imports(
        &mut self,
        most: i64,
    ) -> Result<Vec<(ImportRecord, i64)>, StoreError> {
        let text = format!(
            "SELECT {COLUMNS}, (SELECT COUNT(*) FROM import_issues WHERE import_id = imports.id) AS issues \
             FROM imports ORDER BY id DESC LIMIT $1"
        );
        let rows = self.rows(Sql::built(text).bind(most)).await?;
        rows.iter().map(|row| Ok((record(row)?, row.get("issues")?))).collect()
    }

    /// Gives an import.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_import(
        &mut self,
        id: ImportId,
    ) -> Result<Option<ImportRecord>, StoreError> {
        let text = format!("SELECT {COLUMNS} FROM imports WHERE id = $1");
        let row = self.row(Sql::built(text).bind(id.as_i64())).await?;
        row.as_ref().map(record).transpose()
    }

    /// Keeps the issues of an import in their order.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_issues(
        &mut self,
        id: ImportId,
        issues: &[IssueRecord],
    ) -> Result<(), StoreError> {
        let rows = (0_i64..).zip(issues).map(|(position, issue)| {
            let args: Vec<String> =
                issue.args.iter().map(|(key, value)| format!("{key}={value}")).collect();
            vec![
                id.as_i64().into(),
                position.into(),
                issue.line.into(),
                (&issue.column).into(),
                (&issue.value).into(),
                issue.code.as_str().into(),
                args.join("\n").into(),
            ]
        });
        let columns = &["import_id", "position", "line", "column_name", "value", "code", "args"];
        self.insert("import_issues", columns, rows.collect(), "").await
    }

    /// Gives the issues of an import in their order.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_issues(&mut self, id: ImportId) -> Result<Vec<IssueRecord>, StoreError> {
        let text = "SELECT line, column_name, value, code, args FROM import_issues WHERE import_id = $1 \
                    ORDER BY position";
        let rows = self.rows(sql(text).bind(id.as_i64())).await?;
        rows.iter().map(issue).collect()
    }
}

fn record(row: &Row) -> Result<ImportRecord, StoreError> {
    let unmapped: String = row.get("unmapped")?;
    Ok(ImportRecord {
        id: ImportId(row.get("id")?),
        kind: row.word("kind", ImportKind::parse)?,
        file_name: row.get("file_name")?,
        sha256: row.get("sha256")?,
        size: row.get("size")?,
        origin: row.get("origin")?,
        options: row.get("options")?,
        state: row.word("state", ImportState::parse)?,
        counts: Counts {
            rows: row.get("rows")?,
            created: row.get("created")?,
            updated: row.get("updated")?,
            unchanged: row.get("unchanged")?,
            skipped: row.get("skipped")?,
            conflicts: row.get("conflicts")?,
        },
        unmapped: unmapped.lines().map(str::to_owned).collect(),
        login: row.opt("login_id")?.map(LoginId),
        received_at: row.get("received_at")?,
        applied_at: row.opt("applied_at")?,
        drop: row.opt("drop_id")?,
        reversed_at: row.opt("reversed_at")?,
    })
}

fn issue(row: &Row) -> Result<IssueRecord, StoreError> {
    let args: Option<String> = row.opt("args")?;
    let pair =
        |line: &str| line.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
    Ok(IssueRecord {
        line: row.opt("line")?,
        column: row.opt("column_name")?,
        value: row.opt("value")?,
        code: row.word("code", IssueCode::parse)?,
        args: args.unwrap_or_default().lines().filter_map(pair).collect(),
    })
}
