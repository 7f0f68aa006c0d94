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
    /// What it did; a code when it was refused as a whole.
    pub report: Result<Report, Code>,
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
        let report = if file.bytes > limit {
            Err(Code::UploadTooLarge)
        } else {
            match import(ctx, &path, &file.name, &inbox.origin).await {
                Err(AppError::Code(Code::ImportRunning)) => continue,
                Err(AppError::Code(code)) => Err(code),
                Err(error) => return Err(error),
                Ok(report) => Ok(report),
            }
        };
        let told = told(ctx.viewer.lang, &report);
        let place = folder.join(place(&report));
        let name = format!("{}-{}", ctx.today(), file.name);
        let moved = tokio::task::spawn_blocking(move || put_away(&path, &place, &name, &told));
        let moved_to =
            moved.await.map_err(|_panic| Code::Internal)?.map_err(|error| unusable(&error))?;
        taken.push(Taken { file: file.name, report, moved_to });
    }
    Ok(taken)
}

async fn import(ctx: &Ctx, path: &Path, name: &str, origin: &str) -> Result<Report, AppError> {
    let own = path.to_owned();
    let bytes = tokio::task::spawn_blocking(move || std::fs::read(own)).await;
    let bytes = bytes.map_err(|_panic| Code::Internal)?.map_err(|error| unusable(&error))?;
    let options = ImportOptions { origin: origin.to_owned(), ..ImportOptions::default() };
    let upload = Upload { file_name: name.to_owned(), kind: None, bytes, options };
    imports::import(ctx, upload, &|_, _| {}).await
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
fn place(report: &Result<Report, Code>) -> &'static str {
    match report {
        Ok(report) if report.state == ImportState::Failed => "refused",
        Ok(report) if report.skipped > 0 || report.conflicts > 0 => "waiting",
        Ok(_) => "done",
        Err(_) => "refused",
    }
}

/// Gives the report as it is put beside the file.
fn told(lang: Lang, report: &Result<Report, Code>) -> String {
    let said = |issue: &ReportIssue| text(lang, &format!("state-issue-{}", issue.code));
    let told = match report {
        Ok(report) => serde_json::to_string_pretty(&wire::report(report, said)),
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
