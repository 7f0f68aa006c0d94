//! A compared file on its way in: it does what was shown, or nothing.

use orchestre_domain::import::ImportState;
use orchestre_ingest::Rows;
use orchestre_store::StoreError;
use orchestre_store::imports::{Counts, ImportRecord};

use super::batch::{Batch, chunk};
use super::file::File;
use super::rehearsal::{Rehearsed, rehearse};
use super::run::{LEASE, Task, begin_alone, give_back};
use super::{Progress, Report, report};
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;

/// Imports a file that was compared, when it still does what was shown.
///
/// # Errors
///
/// [`Code::ChangedSince`] when it would do something else now; nothing of it is in then.
pub(super) async fn go(
    ctx: &Ctx,
    (file, record, fingerprint): (&mut File, ImportRecord, &str),
    progress: Progress<'_>,
) -> Result<Report, AppError> {
    let rows = std::mem::replace(&mut file.reading.rows, Rows::Nothing);
    let (kind, id) = (record.kind, record.id.as_i64());
    let file = &*file;
    let is_alone = rows.len() <= chunk(kind);
    if !is_alone {
        let files = [Rehearsed { file, kind, rows: &rows, id }];
        let found = rehearse(ctx, &files, &|_, _| {}).await?;
        if found.iter().any(|one| one.tally.fingerprint() != fingerprint) {
            return Err(Code::ChangedSince.into());
        }
    }
    let (holder, lease) = (ctx.id(), format!("import:{kind}"));
    take_up(ctx, &record, (&lease, holder)).await?;
    let mut run = begin_alone(ctx, file, kind, id).await?;
    run.is_compared = is_alone;
    let batch = Batch::new(rows, &run);
    let (before, lease) = (Counts::default(), (lease.as_str(), holder));
    let expected = is_alone.then_some(fingerprint);
    let task = Task { run: &run, batch: &batch, file, kind, before, lease, expected };
    let done = task.apply(progress).await;
    if done.is_err() {
        give_back(ctx, lease).await;
        stand_back(ctx, &record).await;
    }
    let (counts, issues) = done?;
    Ok(report(Some(record.id), file, &file.reading, (counts, issues, ImportState::Applied)))
}

/// Takes the lease for an import that was compared.
async fn take_up(
    ctx: &Ctx,
    record: &ImportRecord,
    (lease, holder): (&str, i64),
) -> Result<(), AppError> {
    ctx.db()
        .write(async |work| {
            let now = ctx.now();
            if !work.system_lease(lease, holder, now, now + LEASE).await? {
                return Err(AppError::from(Code::ImportRunning));
            }
            let stands = work.system_import(record.id).await?.map(|known| known.state);
            if stands != Some(ImportState::Compared) {
                return Err(Code::StepRefused.into());
            }
            let applying = ImportState::Applying;
            Ok(work.system_put_import(record.id, applying, &Counts::default(), None).await?)
        })
        .await
}

/// Lets an import of which nothing went in wait again.
async fn stand_back(ctx: &Ctx, record: &ImportRecord) {
    let back = ctx.db().write(async |work| {
        let known = work.system_import(record.id).await?;
        let is_untouched = |known: &ImportRecord| {
            known.state == ImportState::Applying && known.counts == Counts::default()
        };
        if known.as_ref().is_some_and(is_untouched) {
            work.system_put_import(record.id, ImportState::Compared, &record.counts, None).await?;
        }
        Ok::<_, StoreError>(())
    });
    if let Err(error) = back.await {
        tracing::warn!(%error, "a compared import could not be put back");
    }
}
