//! One import from its file to its report: seen before, lease, chunks, end; or all at once and
//! taken back.

use std::ops::Range;

use orchestre_domain::event::EventName;
use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportKind, ImportState, IssueCode};
use orchestre_ingest::Rows;
use orchestre_store::imports::{Counts, ImportRecord, IssueRecord, PIECE};
use orchestre_store::{Counter, StoreError, Work};

use super::batch::{Batch, chunk};
use super::file::File;
use super::keys::Keys;
use super::rehearsal::{Rehearsed, rehearse};
use super::shown;
use super::tally::{Done, Tally};
use super::{Progress, Report, kept, report};
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;

/// So long may a process be silent before another takes its import over, µs.
pub(super) const LEASE: i64 = 20_000_000;
/// The pieces of a file that one write keeps.
const PIECES: usize = 16;

/// What every step of an import is given.
pub(super) struct Run<'a> {
    pub(super) ctx: &'a Ctx,
    /// The import's id.
    pub(super) import: i64,
    pub(super) origin: &'a str,
    pub(super) answers: &'a [(String, String)],
    /// The file's digest.
    pub(super) sha256: &'a str,
    /// The imports of the same file.
    pub(super) same_file: Vec<i64>,
    pub(super) keys: Keys,
    /// Whether what differs is gathered, field by field.
    pub(super) is_compared: bool,
}

impl Run<'_> {
    /// Says whether the user takes the file's value where somebody set another by hand.
    pub(super) fn takes(&self, line: i64, field: &str) -> bool {
        let key = format!("take:{line}:{}", shown::plain(field));
        self.answer(&key) == Some("file")
    }

    /// Gives the answer of the user to a question about all rows.
    pub(super) fn answer(&self, question: &str) -> Option<&str> {
        self.answers.iter().find(|(key, _)| key == question).map(|(_, answer)| answer.as_str())
    }
}

/// Imports a file whose rows were read.
pub(super) async fn go(
    ctx: &Ctx,
    mut file: File,
    kind: ImportKind,
    progress: Progress<'_>,
) -> Result<Report, AppError> {
    let rows = std::mem::replace(&mut file.reading.rows, Rows::Nothing);
    if file.options.is_dry_run {
        let id = ctx.id();
        let files = [Rehearsed { file: &file, kind, rows: &rows, id }];
        let found = rehearse(ctx, &files, progress).await?.into_iter().next().unwrap_or_default();
        let (counts, issues) = (found.counts, found.issues);
        return Ok(report(None, &file, &file.reading, (counts, issues, ImportState::Compared)));
    }
    keep(ctx, &file, (kind, rows), progress).await
}

/// Imports rows and keeps what they say.
async fn keep(
    ctx: &Ctx,
    file: &File,
    (kind, rows): (ImportKind, Rows),
    progress: Progress<'_>,
) -> Result<Report, AppError> {
    let holder = ctx.id();
    let lease = format!("import:{kind}");
    let record = match receive(ctx, file, kind, (&lease, holder)).await? {
        Received::Seen(before) => return Ok(seen(file, &before)),
        Received::Here(record) => record,
    };
    let run = begin_alone(ctx, file, kind, record.id.as_i64()).await?;
    let batch = Batch::new(rows, &run);
    let (before, lease) = (record.counts, (lease.as_str(), holder));
    let task = Task { run: &run, batch: &batch, file, kind, before, lease, expected: None };
    let done = task.apply(progress).await;
    if done.is_err() {
        give_back(ctx, lease).await;
    }
    let (counts, issues) = done?;
    Ok(report(Some(record.id), file, &file.reading, (counts, issues, ImportState::Applied)))
}

/// Gives the lease of a failed import back, so that the next need not wait for its end.
pub(super) async fn give_back(ctx: &Ctx, (lease, holder): (&str, i64)) {
    let end = ctx.db().write(async |work| work.system_end_lease(lease, holder).await).await;
    if let Err(error) = end {
        tracing::warn!(%error, "the lease of an import could not be given back");
    }
}

/// Gives what every step needs; the keys are those of this moment.
pub(super) async fn begin_alone<'a>(
    ctx: &'a Ctx,
    file: &'a File,
    kind: ImportKind,
    import: i64,
) -> Result<Run<'a>, AppError> {
    let run = ctx.db().read(async |work| begin(work, (ctx, file), kind, import).await).await?;
    Ok(run)
}

/// As [`begin_alone`], inside a unit of work.
pub(super) async fn begin<'a>(
    work: &mut Work<'_>,
    (ctx, file): (&'a Ctx, &'a File),
    kind: ImportKind,
    import: i64,
) -> Result<Run<'a>, StoreError> {
    let mut keys = Keys::load(work, &file.answers).await?;
    keys.load_for(work, kind, ctx.today()).await?;
    Ok(Run {
        ctx,
        import,
        origin: &file.options.origin,
        answers: &file.answers,
        sha256: &file.sha256,
        same_file: work.system_import_ids_of(&file.sha256).await?,
        keys,
        is_compared: false,
    })
}

enum Received {
    Here(Box<ImportRecord>),
    Seen(Box<ImportRecord>),
}

/// Takes the lease and writes the import down; or finds the one that is to be finished, or that
/// did all of it before.
async fn receive(
    ctx: &Ctx,
    file: &File,
    kind: ImportKind,
    (lease, holder): (&str, i64),
) -> Result<Received, AppError> {
    let new = ImportRecord {
        id: ImportId(ctx.id()),
        kind,
        file_name: file.name.clone(),
        sha256: file.sha256.clone(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        origin: file.options.origin.clone(),
        options: file.said(),
        state: ImportState::Applying,
        counts: Counts::default(),
        unmapped: file.reading.unmapped.clone(),
        login: ctx.viewer.login,
        received_at: ctx.now(),
        applied_at: None,
        drop: None,
        reversed_at: None,
    };
    let new = &new;
    let received = ctx
        .db()
        .write(async |work| {
            let before = work.system_imports_of(&new.sha256).await?;
            let is_same = |import: &&ImportRecord| {
                (import.kind, &import.origin, &import.options)
                    == (new.kind, &new.origin, &new.options)
            };
            let before = before.iter().find(is_same).cloned();
            // Rows that were left out get another try: what they lacked may be there by now. So do
            // those that an older import, taken back since, had brought as well.
            let is_done = |import: &&ImportRecord| {
                import.state == ImportState::Applied && import.counts.skipped == 0
            };
            if let Some(before) = before.as_ref().filter(is_done)
                && !work.system_is_reversed_since(kind, before.applied_at).await?
            {
                return Ok(Received::Seen(Box::new(before.clone())));
            }
            let now = ctx.now();
            if !work.system_lease(lease, holder, now, now + LEASE).await? {
                return Err(AppError::from(Code::ImportRunning));
            }
            let unfinished = before.filter(|import| import.state == ImportState::Applying);
            if unfinished.is_none() {
                work.system_add_import(new).await?;
            }
            Ok(Received::Here(Box::new(unfinished.unwrap_or_else(|| new.clone()))))
        })
        .await?;
    if let Received::Here(_) = received {
        keep_bytes(ctx, file).await?;
    }
    Ok(received)
}

pub(super) async fn keep_bytes(ctx: &Ctx, file: &File) -> Result<(), AppError> {
    for (first, bytes) in (0..).step_by(PIECES).zip(file.bytes.chunks(PIECES * PIECE)) {
        ctx.db().write(async |work| work.system_add_blob(&file.sha256, first, bytes).await).await?;
    }
    Ok(())
}

fn seen(file: &File, before: &ImportRecord) -> Report {
    let rows = i64::try_from(file.reading.total_rows).unwrap_or(i64::MAX);
    let counts = Counts { rows, unchanged: rows, ..Counts::default() };
    let issue = IssueRecord {
        line: None,
        column: None,
        value: None,
        code: IssueCode::SeenBefore,
        args: Vec::new(),
    };
    report(Some(before.id), file, &file.reading, (counts, vec![issue], ImportState::Applied))
}

/// The chunks of a number of rows; one even when there are none, for the end belongs to the last.
pub(super) fn chunks(total: usize, size: usize) -> impl Iterator<Item = Range<usize>> {
    let count = total.div_ceil(size).max(1);
    (0..count).map(move |at| at * size..((at + 1) * size).min(total))
}

/// Adds what the reader left out to what became of the rows.
pub(super) fn whole(file: &File, batch: &Batch, (before, now): (Counts, Counts)) -> Counts {
    let unreadable = file.reading.total_rows.saturating_sub(batch.len());
    let unreadable = i64::try_from(unreadable).unwrap_or(i64::MAX);
    Counts {
        rows: i64::try_from(file.reading.total_rows.max(batch.len())).unwrap_or(i64::MAX),
        skipped: before.skipped + now.skipped + unreadable,
        created: before.created + now.created,
        updated: before.updated + now.updated,
        unchanged: before.unchanged + now.unchanged,
        conflicts: before.conflicts + now.conflicts,
    }
}

pub(super) fn all_issues(file: &File, tally: &Tally) -> Vec<IssueRecord> {
    let mut issues = kept(&file.reading.issues);
    issues.extend(tally.issues());
    issues.sort_by_key(|issue| issue.line);
    issues
}

/// An import that goes in.
pub(super) struct Task<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) batch: &'a Batch,
    pub(super) file: &'a File,
    pub(super) kind: ImportKind,
    /// What an interrupted run counted.
    pub(super) before: Counts,
    pub(super) lease: (&'a str, i64),
    /// What was shown before, for a file that goes in by one unit of work.
    pub(super) expected: Option<&'a str>,
}

impl Task<'_> {
    pub(super) async fn apply(
        &self,
        progress: Progress<'_>,
    ) -> Result<(Counts, Vec<IssueRecord>), AppError> {
        let total = self.batch.len();
        let counted = usize::try_from(self.before.rows).unwrap_or(0);
        let mut tally = Tally::default();
        progress(0, total);
        for rows in chunks(total, chunk(self.kind)) {
            let (so_far, range) = (&tally, &rows);
            let step =
                async |work: &mut Work<'_>| self.step(work, range.clone(), (so_far, counted)).await;
            let done = self.run.ctx.db().write(step).await?;
            tally.add(done);
            progress(rows.end, total);
        }
        let counts = whole(self.file, self.batch, (self.before, tally.counts(counted)));
        Ok((counts, all_issues(self.file, &tally)))
    }

    /// One chunk with all that belongs to it; the last one also ends the import.
    async fn step(
        &self,
        work: &mut Work<'_>,
        rows: Range<usize>,
        (so_far, counted): (&Tally, usize),
    ) -> Result<Done, AppError> {
        let (lease, holder) = self.lease;
        let now = self.run.ctx.now();
        if !work.system_lease(lease, holder, now, now + LEASE).await? {
            return Err(Code::ImportRunning.into());
        }
        let (end, is_last) = (rows.end, rows.end == self.batch.len());
        let mut done = self.batch.apply(work, self.run, rows).await?;
        work.bump(Counter::Facts).await?;
        if self.kind != ImportKind::Sales {
            work.bump(Counter::Scores).await?;
        }
        if is_last {
            done.extend(self.batch.finish(work, self.run).await?);
            let mut tally = so_far.clone();
            tally.add(done.clone());
            if self.expected.is_some_and(|expected| tally.fingerprint() != expected) {
                return Err(Code::ChangedSince.into());
            }
            self.end(work, &tally, counted).await?;
        } else if end > counted {
            let mut here = so_far.counts(counted);
            let mut chunk = Tally::default();
            chunk.add(done.clone());
            let chunk = chunk.counts(counted);
            here.rows = i64::try_from(end).unwrap_or(i64::MAX);
            here.created += self.before.created + chunk.created;
            here.updated += self.before.updated + chunk.updated;
            here.unchanged += self.before.unchanged + chunk.unchanged;
            here.skipped += self.before.skipped + chunk.skipped;
            here.conflicts += self.before.conflicts + chunk.conflicts;
            let id = ImportId(self.run.import);
            work.system_put_import(id, ImportState::Applying, &here, None).await?;
        }
        Ok(done)
    }

    async fn end(
        &self,
        work: &mut Work<'_>,
        tally: &Tally,
        counted: usize,
    ) -> Result<(), AppError> {
        let (id, ctx) = (ImportId(self.run.import), self.run.ctx);
        let counts = whole(self.file, self.batch, (self.before, tally.counts(counted)));
        work.system_put_import(id, ImportState::Applied, &counts, Some(ctx.now())).await?;
        work.system_remove_comparison(id).await?;
        work.system_remove_issues(id).await?;
        work.system_add_issues(id, &all_issues(self.file, tally)).await?;
        let mut event = ctx.event(EventName::ImportApplied, "import", Some(id.as_i64()));
        event.payload = vec![
            ("kind", self.kind.to_string()),
            ("sha256", self.file.sha256.clone()),
            ("rows", counts.rows.to_string()),
            ("created", counts.created.to_string()),
            ("updated", counts.updated.to_string()),
            ("unchanged", counts.unchanged.to_string()),
            ("skipped", counts.skipped.to_string()),
            ("conflicts", counts.conflicts.to_string()),
        ];
        work.record(&event).await?;
        let (lease, holder) = self.lease;
        Ok(work.system_end_lease(lease, holder).await?)
    }
}
