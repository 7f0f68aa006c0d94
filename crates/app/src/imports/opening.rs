//! From dropped files to parts that are read by themselves: archives and workbooks are opened.

use orchestre_domain::import::ImportState;
use orchestre_ingest::{Issue, Limits, Rows, open as open_file};
use orchestre_store::StoreError;

use super::{Progress, Report, Upload, kept, may_create, recipes, run, shown, turn, unread};
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;

/// Is told the part, and how many of its rows of how many are done.
pub type PartProgress<'a> = &'a (dyn Fn(&str, usize, usize) + Send + Sync);

/// Imports files as people have them: archives and workbooks are opened, and parts go in in the
/// order of their references. Gives a report a part.
///
/// # Errors
///
/// As [`super::import`]; parts that went in before stay in.
pub async fn import_all(
    ctx: &Ctx,
    uploads: Vec<Upload>,
    progress: PartProgress<'_>,
) -> Result<Vec<Report>, AppError> {
    may_create(ctx)?;
    fits(ctx, &uploads).await?;
    let (uploads, mut reports) = open(uploads).await?;
    let mut files = Vec::with_capacity(uploads.len());
    for upload in uploads {
        files.push(recipes::read(ctx, upload).await?);
    }
    files.sort_by_key(|file| file.reading.kind.map(turn));
    for file in files {
        let name = file.name.clone();
        let own = |done: usize, total: usize| progress(&name, done, total);
        let own: Progress<'_> = &own;
        reports.push(match (file.reading.kind, &file.reading.rows) {
            (None, _) | (_, Rows::Nothing) => unread(ctx, &file).await?,
            (Some(kind), _) => run::go(ctx, file, kind, own).await?,
        });
    }
    Ok(reports)
}

/// Refuses files that are together larger than allowed.
pub(super) async fn fits(ctx: &Ctx, uploads: &[Upload]) -> Result<(), AppError> {
    let (settings, _) = ctx.db().read(async |work| work.settings().await).await?;
    let size: usize = uploads.iter().map(|upload| upload.bytes.len()).sum();
    if i64::try_from(size).is_ok_and(|size| size > settings.upload_limit) {
        return Err(Code::UploadTooLarge.into());
    }
    Ok(())
}

/// Opens files beside the other work; what cannot be opened is a report.
pub(super) async fn open(uploads: Vec<Upload>) -> Result<(Vec<Upload>, Vec<Report>), AppError> {
    let opened = tokio::task::spawn_blocking(move || open_now(uploads)).await;
    opened.map_err(|error| AppError::Store(StoreError::Engine(error.to_string())))
}

fn open_now(uploads: Vec<Upload>) -> (Vec<Upload>, Vec<Report>) {
    let (mut parts, mut refused) = (Vec::new(), Vec::new());
    for Upload { file_name, kind, bytes, options } in uploads {
        let opened = open_file(&file_name, bytes, Limits::default());
        parts.extend(opened.parts.into_iter().map(|part| Upload {
            file_name: part.path,
            kind,
            bytes: part.bytes,
            options: options.clone(),
        }));
        refused.extend(opened.issues.into_iter().map(|(path, issue)| refusal(path, issue)));
    }
    (parts, refused)
}

fn refusal(file: String, issue: Issue) -> Report {
    Report {
        import: None,
        file,
        kind: None,
        rows: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        skipped: 0,
        conflicts: 0,
        unmapped: Vec::new(),
        issues: kept(&[issue]).into_iter().map(shown).collect(),
        state: ImportState::Failed,
    }
}
