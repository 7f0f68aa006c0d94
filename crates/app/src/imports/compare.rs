//! Comparing files before anything is written: kept, asked, answered, applied or put aside.

mod answer;
mod question;
mod stored;

use orchestre_domain::event::EventName;
use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportKind, ImportState, IssueCode, Outcome};
use orchestre_ingest::{Rows, likeliest};
use orchestre_store::imports::{ComparedRow, Comparison, Counts, ImportRecord};
use orchestre_store::{StoreError, Work};

pub use self::answer::answer;
use self::answer::{find, of};
pub(super) use self::answer::{read_again, said};
pub use self::question::{Question, QuestionKind};
pub use self::stored::{ComparedColumn, Effect};
use super::file::{File, GUESSED};
use super::rehearsal::{Found, Rehearsed, rehearse};
use super::run::keep_bytes;
use super::{ImportLine, ImportShown, Progress, Report, Upload};
use super::{compared, may_create, may_read, opening, recipes, run, show, turn, unread};
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;

/// What became of a dropped file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dropped {
    /// It was compared and waits.
    Kept(ImportId),
    /// No row of it can be read.
    Unread(Box<Report>),
}

/// A compared import as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The import with its issues.
    pub shown: ImportShown,
    /// The columns of the file.
    pub columns: Vec<ComparedColumn>,
    /// What has to be answered before all rows can go in.
    pub questions: Vec<Question>,
    /// Fields that would change.
    pub changes: Vec<ComparedRow>,
    /// Fields that contradict what was set by hand.
    pub conflicts: Vec<ComparedRow>,
    /// Things that would be new.
    pub created: Vec<ComparedRow>,
    /// What becomes of the figures, and the recipe that was used.
    pub effect: Effect,
    /// Whether rows can go in as things stand.
    pub can_apply: bool,
    /// The files of the same drop, this one too; empty for a file of its own.
    pub drop: Vec<ImportLine>,
}

/// What became of an import that was to go in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// It went in.
    Done(Box<Report>),
    /// It would do something else than was shown; it was compared again.
    Changed,
}

/// The rows of each outcome that a page shows.
const SHOWN: i64 = 100;

/// Compares files that came together and keeps what they would do; nothing of them goes in.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::UploadTooLarge`]; when the store fails.
pub async fn compare(
    ctx: &Ctx,
    uploads: Vec<Upload>,
    progress: Progress<'_>,
) -> Result<Vec<Dropped>, AppError> {
    may_create(ctx)?;
    opening::fits(ctx, &uploads).await?;
    let (uploads, refused) = opening::open(uploads).await?;
    let mut dropped: Vec<Dropped> =
        refused.into_iter().map(|report| Dropped::Unread(Box::new(report))).collect();
    let mut files = Vec::new();
    // Among many parts what nobody knows is left out; a file of its own is asked about.
    let is_alone = uploads.len() == 1;
    for upload in uploads {
        let file = recipes::read(ctx, upload).await?;
        let is_unknown = file.reading.kind.is_none() && !is_hopeless(&file);
        let file = if is_unknown && is_alone { guess(file).await? } else { file };
        match (file.reading.kind, &file.reading.rows) {
            (None, _) | (_, Rows::Nothing) if file.reading.kind.is_none() || is_hopeless(&file) => {
                dropped.push(Dropped::Unread(Box::new(unread(ctx, &file).await?)));
            }
            (Some(kind), _) => files.push((kind, file)),
            (None, _) => {}
        }
    }
    files.sort_by_key(|(kind, _)| turn(*kind));
    let drop = (files.len() > 1).then(|| ctx.id());
    let mut pairs = Vec::with_capacity(files.len());
    for (kind, file) in files {
        let record = record(ctx, &file, kind, drop);
        ctx.db().write(async |work| work.system_add_import(&record).await).await?;
        keep_bytes(ctx, &file).await?;
        pairs.push((record, file));
    }
    rehearse_and_keep(ctx, &mut pairs, progress).await?;
    dropped.extend(pairs.into_iter().map(|(record, _)| Dropped::Kept(record.id)));
    Ok(dropped)
}

/// Reads a file as what it is most likely, until somebody says what it is.
async fn guess(file: File) -> Result<File, AppError> {
    let File { name: file_name, bytes, mut options, reading, today, .. } = file;
    let kind = likeliest(reading.columns.iter().map(|column| column.heading.as_str()));
    options.map.push((GUESSED.to_owned(), kind.to_string()));
    File::read(Upload { file_name, kind: Some(kind), bytes, options }, today).await
}

/// Says whether no answer can make rows of a file.
fn is_hopeless(file: &File) -> bool {
    file.reading.columns.is_empty()
}

fn record(ctx: &Ctx, file: &File, kind: ImportKind, drop: Option<i64>) -> ImportRecord {
    ImportRecord {
        id: ImportId(ctx.id()),
        kind,
        file_name: file.name.clone(),
        sha256: file.sha256.clone(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        origin: file.options.origin.clone(),
        options: file.said(),
        state: ImportState::Compared,
        counts: Counts::default(),
        unmapped: file.reading.unmapped.clone(),
        login: ctx.viewer.login,
        received_at: ctx.now(),
        applied_at: None,
        drop,
        reversed_at: None,
    }
}

/// Rehearses files one on top of the other and keeps what was found.
async fn rehearse_and_keep(
    ctx: &Ctx,
    pairs: &mut [(ImportRecord, File)],
    progress: Progress<'_>,
) -> Result<(), AppError> {
    let rehearsed = |(record, file): &'_ (ImportRecord, File)| {
        let (kind, id) = (record.kind, record.id.as_i64());
        (kind, id, file.reading.rows.clone())
    };
    let rows: Vec<(ImportKind, i64, Rows)> = pairs.iter().map(rehearsed).collect();
    let files: Vec<Rehearsed<'_>> = rows
        .iter()
        .zip(pairs.iter())
        .map(|((kind, id, rows), (_, file))| Rehearsed { file, kind: *kind, rows, id: *id })
        .collect();
    let found = rehearse(ctx, &files, progress).await?;
    for ((record, file), found) in pairs.iter_mut().zip(found) {
        record.counts = found.counts;
        record.unmapped.clone_from(&file.reading.unmapped);
        let comparison = comparison(file, &found)?;
        let (record, found) = (&*record, &found);
        ctx.db()
            .write(async |work| {
                work.system_change_import(record).await?;
                work.system_add_issues(record.id, &found.issues).await?;
                work.system_put_comparison(record.id, &comparison, found.tally.diffs()).await?;
                let id = Some(record.id.as_i64());
                let mut event = ctx.event(EventName::ImportCompared, "import", id);
                event.payload = vec![
                    ("kind", record.kind.to_string()),
                    ("sha256", record.sha256.clone()),
                    ("rows", record.counts.rows.to_string()),
                ];
                work.record(&event).await
            })
            .await?;
    }
    Ok(())
}

fn comparison(file: &File, found: &Found) -> Result<Comparison, AppError> {
    let effect = Effect { recipe: file.recipe.clone(), turnover: found.turnover.clone() };
    Ok(Comparison {
        fingerprint: found.tally.fingerprint(),
        columns: stored::write(&stored::columns(&file.reading))?,
        effect: stored::write(&effect)?,
    })
}

/// Gives a compared import.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::NotFound`]; [`Code::StepRefused`] for one that went in; when the
/// store fails.
pub async fn show_compared(ctx: &Ctx, id: ImportId) -> Result<Compared, AppError> {
    may_read(ctx)?;
    let shown = show(ctx, id).await?;
    let found = ctx.db().read(async |work| {
        let comparison = work.system_comparison(id).await?;
        let rows = [
            rows(work, id, Outcome::Update).await?,
            rows(work, id, Outcome::Conflict).await?,
            rows(work, id, Outcome::Create).await?,
        ];
        let record = work.system_import(id).await?;
        let drop = match record.and_then(|record| record.drop) {
            Some(drop) => work.system_drop(drop).await?,
            None => Vec::new(),
        };
        Ok::<_, StoreError>((comparison, rows, drop))
    });
    let (comparison, [changes, conflicts, created], drop) = found.await?;
    let comparison = comparison.ok_or(Code::StepRefused)?;
    let columns: Vec<ComparedColumn> = stored::read(&comparison.columns)?;
    Ok(Compared {
        questions: question::of(&shown.issues, &columns),
        columns,
        changes,
        conflicts,
        created,
        can_apply: shown
            .issues
            .iter()
            .all(|issue| !matches!(issue.code, IssueCode::ColumnMissing | IssueCode::KindUnknown)),
        effect: stored::read(&comparison.effect)?,
        drop: drop.into_iter().map(|record| super::line(record, 0)).collect(),
        shown,
    })
}

async fn rows(
    work: &mut Work<'_>,
    id: ImportId,
    outcome: Outcome,
) -> Result<Vec<ComparedRow>, StoreError> {
    let rows = work.system_compared_rows(id, outcome, (-1, SHOWN)).await?;
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// Lets a compared import go in; it does what was shown, or nothing.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::NotFound`]; [`Code::StepRefused`] for one that went in;
/// [`Code::ImportRunning`]; when the store fails.
pub async fn apply(ctx: &Ctx, id: ImportId, progress: Progress<'_>) -> Result<Applied, AppError> {
    let record = of(ctx, id).await?;
    let options = said(&record);
    let (record, mut file) = read_again(ctx, record, options).await?;
    if record.state == ImportState::Applying {
        // A process that ended in between left it: the rest goes in.
        let done = run::go(ctx, file, record.kind, progress).await?;
        return Ok(Applied::Done(Box::new(done)));
    }
    let kept = ctx.db().read(async |work| work.system_comparison(id).await).await?;
    let fingerprint = kept.ok_or(Code::StepRefused)?.fingerprint;
    let has_rows = !matches!(file.reading.rows, Rows::Nothing);
    if !has_rows {
        return Err(Code::StepRefused.into());
    }
    let gone = compared::go(ctx, (&mut file, record.clone(), &fingerprint), progress).await;
    match gone {
        Ok(done) => {
            recipes::keep(ctx, &file, record.kind).await?;
            Ok(Applied::Done(Box::new(done)))
        }
        Err(AppError::Code(Code::ChangedSince)) => {
            answer(ctx, id, &[]).await?;
            Ok(Applied::Changed)
        }
        Err(error) => Err(error),
    }
}

/// Gives the first other import of the same drop that waits.
///
/// # Errors
///
/// [`Code::Forbidden`]; when the store fails.
pub async fn waiting_beside(ctx: &Ctx, id: ImportId) -> Result<Option<ImportId>, AppError> {
    may_read(ctx)?;
    let found = ctx.db().read(async |work| {
        let Some(drop) = work.system_import(id).await?.and_then(|record| record.drop) else {
            return Ok::<_, StoreError>(Vec::new());
        };
        work.system_drop(drop).await
    });
    let waits = |record: &ImportRecord| record.id != id && record.state == ImportState::Compared;
    Ok(found.await?.into_iter().find(waits).map(|record| record.id))
}

/// Puts a compared import aside: nothing of it remains but the event.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::NotFound`]; [`Code::StepRefused`] for one that went in; when the
/// store fails.
pub async fn discard(ctx: &Ctx, id: ImportId) -> Result<(), AppError> {
    let record = find(ctx, id).await?;
    ctx.db()
        .write(async |work| {
            if !work.system_discard_import(id).await? {
                return Err(AppError::from(Code::StepRefused));
            }
            let mut event = ctx.event(EventName::ImportDiscarded, "import", Some(id.as_i64()));
            event.payload =
                vec![("kind", record.kind.to_string()), ("sha256", record.sha256.clone())];
            Ok(work.record(&event).await?)
        })
        .await
}
