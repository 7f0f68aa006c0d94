//! The watched folder: files that other programs put there go in by themselves.
//!
//! What went in is moved to `done`, what waits for an answer to `waiting`, what cannot be read to
//! `refused`; the report lies beside. A node that dies between import and move does no harm: the
//! same file does nothing the second time.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use orchestre_domain::import::ImportState;
use orchestre_domain::lang::Lang;
use orchestre_domain::viewer::Viewer;
use orchestre_view::text;

use crate::imports::{self, ImportOptions, Report, ReportIssue, Upload};
use crate::{App, AppError, Code, Ctx, wire};

/// The job's name, also its kind.
pub const JOB: &str = "inbox";
/// A file that changed within this time is still being written, µs \[D\].
const QUIET: i64 = 2_000_000;
/// Files of one name that are kept of a day; the last is written over.
const MOST: usize = 1_000;
/// Names of files that other programs have not finished.
const UNFINISHED: [&str; 4] = ["part", "tmp", "crdownload", "filepart"];

/// Where files come by themselves, as far as the configuration says.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    /// The folder; `None` when none is watched.
    pub folder: Option<PathBuf>,
    /// The program that its files come from.
    pub origin: String,
}

/// What became of a file.
#[derive(Debug)]
pub struct Taken {
    /// Its name in the folder.
    pub file: String,
    /// What each of its parts did; a code when it was refused as a whole.
    pub reports: Result<Vec<Report>, Code>,
    /// Where it lies now.
    pub moved_to: PathBuf,
}

/// Says whether there is something to do in the configured folder; one that cannot be read is for
/// [`run`] to tell.
///
/// # Errors
///
/// [`Code::Internal`].
pub async fn has_files(app: &App) -> Result<bool, AppError> {
    let Some(folder) = app.outside.inbox.folder.clone() else { return Ok(false) };
    let now = app.clock.now();
    let found = tokio::task::spawn_blocking(move || files(&folder, now)).await;
    let found = found.map_err(|_panic| Code::Internal)?;
    Ok(found.map_or(true, |files| !files.is_empty()))
}

/// Imports what is ready in the configured folder.
///
/// # Errors
///
/// As [`take`].
pub async fn run(app: &App) -> Result<(), AppError> {
    take(&app.ctx(Viewer::shell(Lang::En)), &app.outside.inbox).await.map(drop)
}

/// Imports what is ready in a folder, in the order of names; gives what became of each file. A file
/// whose turn has not come, since another import of its kind runs, stays for the next time.
///
/// # Errors
///
/// [`Code::InboxUnusable`] when a file cannot be read or moved; when the store fails.
pub async fn take(ctx: &Ctx, inbox: &Inbox) -> Result<Vec<Taken>, AppError> {
    let Some(folder) = &inbox.folder else { return Ok(Vec::new()) };
    let limit = ctx.db().read(async |work| work.settings().await).await?.0.upload_limit;
    let mut taken = Vec::new();
    for file in files(folder, ctx.now()).map_err(|error| unusable(&error))? {
        let path = folder.join(&file.name);
        let reports = if file.bytes > limit {
            Err(Code::UploadTooLarge)
        } else {
            match import(ctx, &path, &file.name, &inbox.origin).await {
                Err(AppError::Code(Code::ImportRunning)) => continue,
                Err(AppError::Code(code)) => Err(code),
                Err(error) => return Err(error),
                Ok(reports) => Ok(reports),
            }
        };
        let told = told(ctx.viewer.lang, &reports);
        let place = folder.join(place(&reports));
        let name = format!("{}-{}", ctx.today(), file.name);
        let moved = tokio::task::spawn_blocking(move || put_away(&path, &place, &name, &told));
        let moved_to =
            moved.await.map_err(|_panic| Code::Internal)?.map_err(|error| unusable(&error))?;
        taken.push(Taken { file: file.name, reports, moved_to });
    }
    Ok(taken)
}

async fn import(ctx: &Ctx, path: &Path, name: &str, origin: &str) -> Result<Vec<Report>, AppError> {
    let own = path.to_owned();
    let bytes = tokio::task::spawn_blocking(move || std::fs::read(own)).await;
    let bytes = bytes.map_err(|_panic| Code::Internal)?.map_err(|error| unusable(&error))?;
    let options = ImportOptions { origin: origin.to_owned(), ..ImportOptions::default() };
    let upload = Upload { file_name: name.to_owned(), kind: None, bytes, options };
    imports::import_all(ctx, vec![upload], &|_, _, _| {}).await
}

fn unusable(error: &std::io::Error) -> AppError {
    tracing::warn!(%error, "the watched folder cannot be used");
    Code::InboxUnusable.into()
}

/// A file that is ready.
struct Ready {
    name: String,
    bytes: i64,
}

/// Gives the files that nobody writes any more, by name; hidden ones and folders are left alone.
fn files(folder: &Path, now: i64) -> std::io::Result<Vec<Ready>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let end = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let is_finished = !name.starts_with('.') && !UNFINISHED.contains(&end.as_str());
        let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let changed = i64::try_from(changed.as_micros()).unwrap_or(0);
        if about.is_file() && is_finished && changed.saturating_add(QUIET) <= now {
            files.push(Ready { name, bytes: i64::try_from(about.len()).unwrap_or(i64::MAX) });
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// Gives the name of the folder to which a file goes.
fn place(reports: &Result<Vec<Report>, Code>) -> &'static str {
    let Ok(reports) = reports else { return "refused" };
    let is_in = |report: &Report| report.state != ImportState::Failed;
    let waits = |report: &Report| !is_in(report) || report.skipped > 0 || report.conflicts > 0;
    match (reports.iter().any(is_in), reports.iter().any(waits)) {
        (false, _) => "refused",
        (true, true) => "waiting",
        (true, false) => "done",
    }
}

/// Gives the report as it is put beside the file: a list when the file had several parts.
fn told(lang: Lang, reports: &Result<Vec<Report>, Code>) -> String {
    let said = |issue: &ReportIssue| text(lang, &format!("state-issue-{}", issue.code));
    let told = match reports.as_deref() {
        Ok([report]) => serde_json::to_string_pretty(&wire::report(report, said)),
        Ok(reports) => {
            let list: Vec<wire::Report> =
                reports.iter().map(|report| wire::report(report, said)).collect();
            serde_json::to_string_pretty(&list)
        }
        Err(code) => serde_json::to_string_pretty(&serde_json::json!({
            "code": code.text(),
            "message": text(lang, &format!("error-{}", code.text())),
        })),
    };
    told.unwrap_or_default()
}

/// Moves a file beside its report; a name that is taken gets a number.
fn put_away(path: &Path, place: &Path, name: &str, told: &str) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(place)?;
    let mut target = place.join(name);
    for number in 2..=MOST {
        if !target.exists() {
            break;
        }
        target = place.join(format!("{number}-{name}"));
    }
    let mut beside = target.clone().into_os_string();
    beside.push(".report.json");
    std::fs::write(beside, told)?;
    std::fs::rename(path, &target)?;
    Ok(target)
}
