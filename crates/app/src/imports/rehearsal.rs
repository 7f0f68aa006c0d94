//! Doing all of it in one unit of work and taking it back: what files would do.

use orchestre_domain::import::ImportKind;
use orchestre_ingest::Rows;
use orchestre_store::imports::{Counts, IssueRecord};
use orchestre_store::{StoreError, Work};

use super::Progress;
use super::batch::{Batch, chunk};
use super::file::File;
use super::run::{all_issues, begin, chunks, whole};
use super::tally::Tally;
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;

/// A file that is to be rehearsed.
pub(super) struct Rehearsed<'a> {
    pub(super) file: &'a File,
    pub(super) kind: ImportKind,
    pub(super) rows: &'a Rows,
    /// The import's id.
    pub(super) id: i64,
}

/// What a file would do.
#[derive(Default)]
pub(super) struct Found {
    pub(super) counts: Counts,
    pub(super) issues: Vec<IssueRecord>,
    pub(super) tally: Tally,
    /// The turnover by currency, before and after.
    pub(super) turnover: Vec<(String, i64, i64)>,
}

/// Why a rehearsal ends: with its result, or for an error.
enum Stop {
    Done(Vec<Found>),
    Failed(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// Does all of it in one unit of work, file after file, and takes it back.
pub(super) async fn rehearse(
    ctx: &Ctx,
    files: &[Rehearsed<'_>],
    progress: Progress<'_>,
) -> Result<Vec<Found>, AppError> {
    let stopped = ctx.db().write(async |work| {
        let mut found = Vec::with_capacity(files.len());
        for one in files {
            found.push(rehearse_one(work, ctx, one, progress).await?);
        }
        Err::<(), Stop>(Stop::Done(found))
    });
    match stopped.await {
        Err(Stop::Done(found)) => Ok(found),
        Err(Stop::Failed(error)) => Err(error.into()),
        Ok(()) => Err(Code::Internal.into()),
    }
}

async fn rehearse_one(
    work: &mut Work<'_>,
    ctx: &Ctx,
    one: &Rehearsed<'_>,
    progress: Progress<'_>,
) -> Result<Found, StoreError> {
    let mut run = begin(work, (ctx, one.file), one.kind, one.id).await?;
    run.is_compared = true;
    let is_sales = one.kind == ImportKind::Sales;
    let before = if is_sales { work.system_turnover().await? } else { Vec::new() };
    let batch = Batch::new(one.rows.clone(), &run);
    let (total, mut tally) = (batch.len(), Tally::default());
    for rows in chunks(total, chunk(one.kind)) {
        let is_last = rows.end == total;
        progress(rows.end, total);
        tally.add(batch.apply(work, &run, rows).await?);
        if is_last {
            tally.add(batch.finish(work, &run).await?);
        }
    }
    let after = if is_sales { work.system_turnover().await? } else { Vec::new() };
    let old = |currency: &str| {
        before.iter().find(|(known, _)| known == currency).map_or(0, |(_, amount)| *amount)
    };
    let turnover = after.into_iter().map(|(currency, amount)| {
        let before = old(&currency);
        (currency, before, amount)
    });
    Ok(Found {
        counts: whole(one.file, &batch, (Counts::default(), tally.counts(0))),
        issues: all_issues(one.file, &tally),
        turnover: turnover.collect(),
        tally,
    })
}
