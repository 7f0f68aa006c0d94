//! Imports: from the bytes of a file to rows in the tables, each traceable to its line.
//!
//! Reading is pure and is done before; comparing and applying are one piece of code, and a dry run
//! is that code in a unit of work that is taken back. Start reading at [`import`].

mod accounts;
mod attach;
mod batch;
mod compare;
mod compared;
mod corrections;
mod costs;
mod fields;
mod file;
mod hierarchy;
mod interactions;
mod journal;
mod keys;
mod links;
mod merge;
mod opening;
mod opportunities;
mod participants;
mod people;
mod places;
mod plans;
mod products;
mod rates;
pub mod recipes;
mod rehearsal;
pub mod reversal;
mod run;
mod sales;
mod scores;
mod shown;
mod tally;
#[cfg(test)]
mod tests;
mod woken;

use orchestre_domain::event::EventName;
use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportKind, ImportState, IssueCode};
use orchestre_domain::money::Currency;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_ingest::{Issue, Reading, Rows};
use orchestre_store::StoreError;
use orchestre_store::imports::{Counts, ImportRecord, IssueRecord};

pub use self::compare::{
    Applied, Compared, ComparedColumn, Dropped, Effect, Question, QuestionKind, answer, apply,
    compare, discard, show_compared, waiting_beside,
};
pub use self::corrections::corrections;
use self::file::File;
pub use self::opening::{PartProgress, import_all};
pub(crate) use self::participants::{Addresses, settle as settle_exchanges};
pub(crate) use self::people::index as index_people;
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;
pub use orchestre_store::imports::ComparedRow;

/// A file and what the user says about it.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The file's name.
    pub file_name: String,
    /// What it holds; `None`: its headings decide.
    pub kind: Option<ImportKind>,
    /// The file.
    pub bytes: Vec<u8>,
    /// What the user says beyond it.
    pub options: ImportOptions,
}

/// What the user says about a file; answers to doubts, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOptions {
    /// The program that the file comes from: external ids are its own.
    pub origin: String,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
    /// Heading and field, as `orchestre_ingest::Options::map`, and answers: `product:GTXPro` and
    /// `GTX Pro`, `party:…`, `person:…`; `rows:seen` and `again` or `more`.
    pub map: Vec<(String, String)>,
    /// Whether nothing is kept: the report says what would be done.
    pub is_dry_run: bool,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self { origin: "files".to_owned(), currency: None, map: Vec::new(), is_dry_run: false }
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The import; `None` for a dry run and for a file that cannot be read.
    pub import: Option<ImportId>,
    /// The file's name.
    pub file: String,
    /// What it holds.
    pub kind: Option<ImportKind>,
    /// Its rows, each with one of the outcomes that follow.
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
    /// The headings that no field takes.
    pub unmapped: Vec<String>,
    /// What is wrong or doubtful.
    pub issues: Vec<ReportIssue>,
    /// How far the import has come.
    pub state: ImportState,
}

/// Something wrong or doubtful about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportIssue {
    /// The line of the file, the first of those that say the same; `None` for the whole file.
    pub line: Option<i64>,
    /// The heading, or the field where the heading does not matter.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// The code, end of a text key.
    pub code: IssueCode,
    /// What the message also speaks of: `rows` that say the same, `candidate`, `kept`.
    pub args: Vec<(String, String)>,
}

/// A line of the list of imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// Its id.
    pub id: ImportId,
    /// What the file holds.
    pub kind: ImportKind,
    /// The file's name.
    pub file: String,
    /// The program that it comes from.
    pub origin: String,
    /// How far it has come.
    pub state: ImportState,
    /// What became of the rows.
    pub counts: Counts,
    /// The number of issues.
    pub issue_count: i64,
    /// When it came, µs.
    pub received_at: i64,
    /// When its last row was in, µs.
    pub applied_at: Option<i64>,
}

/// An import with all that was wrong or doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportShown {
    /// As in the list.
    pub line: ImportLine,
    /// The headings that no field takes.
    pub unmapped: Vec<String>,
    /// What is wrong or doubtful.
    pub issues: Vec<ReportIssue>,
}

/// Gives the names of the fields that a file of this kind may fill.
pub fn fields(kind: ImportKind) -> Vec<&'static str> {
    orchestre_ingest::columns(kind).map(|column| column.field).collect()
}

/// Is told how many rows of how many are done.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Send + Sync);

/// The imports that the list shows.
const LISTED: i64 = 200;

/// Refuses whoever imports nothing, before a file is read.
///
/// # Errors
///
/// [`Code::Forbidden`].
pub fn may_create(ctx: &Ctx) -> Result<(), AppError> {
    let may = may(&ctx.viewer, Capability::Create, Object::Import, Scope::Company);
    if may { Ok(()) } else { Err(AppError::FORBIDDEN) }
}

/// Imports a file: what is wrong with single rows is in the report, all other rows go in.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::UploadTooLarge`]; [`Code::ImportRunning`] while another import of
/// the kind runs; when the store fails.
pub async fn import(ctx: &Ctx, upload: Upload, progress: Progress<'_>) -> Result<Report, AppError> {
    may_create(ctx)?;
    let (settings, _) = ctx.db().read(async |work| work.settings().await).await?;
    if i64::try_from(upload.bytes.len()).is_ok_and(|size| size > settings.upload_limit) {
        return Err(Code::UploadTooLarge.into());
    }
    let file = File::read(upload, ctx.today()).await?;
    match (file.reading.kind, &file.reading.rows) {
        (None, _) | (_, Rows::Nothing) => unread(ctx, &file).await,
        (Some(kind), _) => run::go(ctx, file, kind, progress).await,
    }
}

/// Gives the newest imports first.
///
/// # Errors
///
/// [`Code::Forbidden`]; when the store fails.
pub async fn list(ctx: &Ctx) -> Result<Vec<ImportLine>, AppError> {
    may_read(ctx)?;
    let imports = ctx.db().read(async |work| work.system_imports(LISTED).await).await?;
    Ok(imports.into_iter().map(|(import, issues)| line(import, issues)).collect())
}

/// Gives an import with its issues.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::NotFound`]; when the store fails.
pub async fn show(ctx: &Ctx, id: ImportId) -> Result<ImportShown, AppError> {
    may_read(ctx)?;
    let found = ctx.db().read(async |work| {
        let import = work.system_import(id).await?;
        Ok::<_, StoreError>((import, work.system_issues(id).await?))
    });
    let (import, issues) = found.await?;
    let import = import.ok_or(AppError::NOT_FOUND)?;
    let unmapped = import.unmapped.clone();
    let count = i64::try_from(issues.len()).unwrap_or(i64::MAX);
    Ok(ImportShown {
        line: line(import, count),
        unmapped,
        issues: issues.into_iter().map(shown).collect(),
    })
}

/// Gives the place of a kind in the order of references: what others speak of comes first.
const fn turn(kind: ImportKind) -> usize {
    match kind {
        ImportKind::Accounts => 0,
        ImportKind::Links => 1,
        ImportKind::Products => 2,
        ImportKind::Rates => 3,
        ImportKind::People => 4,
        ImportKind::Sales => 5,
        ImportKind::Costs => 6,
        ImportKind::Opportunities => 7,
        ImportKind::Interactions => 8,
        ImportKind::Scores => 9,
        ImportKind::Plans => 10,
    }
}

/// Refuses whoever reads no imports.
///
/// # Errors
///
/// [`Code::Forbidden`].
pub fn may_read(ctx: &Ctx) -> Result<(), AppError> {
    if may(&ctx.viewer, Capability::Read, Object::Import, Scope::Company) {
        Ok(())
    } else {
        Err(AppError::FORBIDDEN)
    }
}

fn line(import: ImportRecord, issue_count: i64) -> ImportLine {
    ImportLine {
        id: import.id,
        kind: import.kind,
        file: import.file_name,
        origin: import.origin,
        state: import.state,
        counts: import.counts,
        issue_count,
        received_at: import.received_at,
        applied_at: import.applied_at,
    }
}

fn shown(issue: IssueRecord) -> ReportIssue {
    let IssueRecord { line, column, value, code, args } = issue;
    ReportIssue { line, column, value, code, args }
}

/// Gives the issues of the reader as they are kept.
fn kept(issues: &[Issue]) -> Vec<IssueRecord> {
    let kept = |issue: &Issue| IssueRecord {
        line: issue.line.map(i64::from),
        column: issue.column.clone(),
        value: issue.value.clone(),
        code: issue.code,
        args: (issue.rows > 1)
            .then(|| ("rows".to_owned(), issue.rows.to_string()))
            .into_iter()
            .collect(),
    };
    issues.iter().map(kept).collect()
}

/// Gives the report of a file of which no row can be read, and records that it was tried.
async fn unread(ctx: &Ctx, file: &File) -> Result<Report, AppError> {
    let mut event = ctx.event(EventName::ImportFailed, "import", None);
    event.payload = vec![("sha256", file.sha256.clone())];
    event.payload.extend(file.reading.kind.map(|kind| ("kind", kind.to_string())));
    ctx.db().write(async |work| work.record(&event).await).await?;
    let issues = kept(&file.reading.issues);
    let rows = i64::try_from(file.reading.total_rows).unwrap_or(i64::MAX);
    let counts = Counts { rows, skipped: rows, ..Counts::default() };
    Ok(report(None, file, &file.reading, (counts, issues, ImportState::Failed)))
}

fn report(
    import: Option<ImportId>,
    file: &File,
    reading: &Reading,
    (counts, issues, state): (Counts, Vec<IssueRecord>, ImportState),
) -> Report {
    Report {
        import,
        file: file.name.clone(),
        kind: reading.kind,
        rows: counts.rows,
        created: counts.created,
        updated: counts.updated,
        unchanged: counts.unchanged,
        skipped: counts.skipped,
        conflicts: counts.conflicts,
        unmapped: reading.unmapped.clone(),
        issues: issues.into_iter().map(shown).collect(),
        state,
    }
}
