//! `orchestre import`: never asks back; a doubt is an issue and its rows wait.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};
use orchestre_app::imports::{self, ImportOptions, Report, ReportIssue, Upload};
use orchestre_app::inbox::{self, Inbox, Taken};
use orchestre_app::{chain, wire};
use orchestre_domain::import::{ImportKind, ImportState, IssueCode};
use orchestre_domain::lang::Lang;
use orchestre_view::text;

use crate::args::Import;
use crate::open::Call;
use crate::refusal::Refusal;
use crate::table::Table;
use crate::{Exit, output};

/// Between two looks into a watched folder.
const PAUSE: Duration = Duration::from_secs(2);
/// Issues that the table shows of one file.
const SHOWN: usize = 20;

/// Issues that wait for an answer.
const DOUBTS: &[IssueCode] = &[
    IssueCode::CurrencyMissing,
    IssueCode::CurrencyUnknown,
    IssueCode::AmbiguousDate,
    IssueCode::AmbiguousNumber,
    IssueCode::KindUnknown,
    IssueCode::HeadingTwice,
    IssueCode::ColumnMissing,
    IssueCode::ProductAlike,
    IssueCode::NameAmbiguous,
    IssueCode::RowsSeenBefore,
];

/// Imports the files, one after the other.
pub(crate) async fn run(call: &Call, import: Import) -> anyhow::Result<Exit> {
    if let Some(folder) = import.watch {
        return watch(call, Inbox { folder: Some(folder), origin: import.origin }).await;
    }
    let (kind, files) = split(&import.words)?;
    let mut uploads = Vec::new();
    for path in all(files)? {
        let bytes = std::fs::read(&path).with_context(|| cannot_read(&path))?;
        let options = ImportOptions {
            origin: import.origin.clone(),
            currency: import.currency,
            map: import.map.clone(),
            is_dry_run: import.dry_run,
        };
        let file_name = path.to_string_lossy().into_owned();
        uploads.push(Upload { file_name, kind, bytes, options });
    }
    let ctx = call.ctx().await?;
    let progress = |part: &str, done: usize, total: usize| output::progress(part, done, total);
    let reports = imports::import_all(&ctx, uploads, &progress).await.context("cannot import")?;
    if !call.is_json {
        for report in &reports {
            output::progress_end(&report.file, &format!("{} rows", report.rows));
        }
    }
    chain::close(&ctx.app).await?;
    if call.is_json {
        let said = |issue: &ReportIssue| message(issue, call.lang);
        output::json(&reports.iter().map(|report| wire::report(report, said)).collect::<Vec<_>>())?;
    } else {
        tell(&reports, call.lang, if import.dry_run { "dry run: nothing was written" } else { "" });
    }
    Ok(reports.iter().map(exit).fold(Exit::Done, worse))
}

/// Gives the files; those of a folder in the order of their names, without hidden ones.
fn all(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).with_context(|| cannot_read(path))?;
        let mut inside = Vec::new();
        for entry in entries {
            let entry = entry.with_context(|| cannot_read(path))?.path();
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if entry.is_file() && !name.starts_with('.') {
                inside.push(entry);
            }
        }
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

fn cannot_read(path: &Path) -> String {
    format!("cannot read {}", path.display())
}

/// Imports what comes into a folder until Ctrl-C; a line for each file.
async fn watch(call: &Call, inbox: Inbox) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    if let Some(folder) = inbox.folder.as_deref().filter(|folder| !folder.is_dir()) {
        let why = format!("{} is no folder", folder.display());
        bail!(Refusal::misuse(why, "orchestre import --watch DIR"));
    }
    output::talk("watching; stop with Ctrl-C");
    loop {
        for taken in inbox::take(&ctx, &inbox).await? {
            told(call, &taken)?;
        }
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => break stopped?,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
    chain::close(&ctx.app).await?;
    Ok(Exit::Done)
}

/// Prints what became of a file of the folder.
fn told(call: &Call, taken: &Taken) -> anyhow::Result<()> {
    let place = taken.moved_to.display();
    match &taken.reports {
        Ok(reports) => {
            for report in reports {
                if call.is_json {
                    let said = |issue: &ReportIssue| message(issue, call.lang);
                    output::data(&serde_json::to_string(&wire::report(report, said))?);
                    continue;
                }
                output::data(&format!(
                    "{}: {} rows, {} created, {} updated, {} skipped; {place}",
                    report.file, report.rows, report.created, report.updated, report.skipped
                ));
            }
        }
        Err(code) => {
            let why = text(call.lang, &format!("error-{}", code.text()));
            output::talk(&format!("{}: {why} {place}", taken.file));
        }
    }
    Ok(())
}

/// Takes the first word as a kind when it is one.
fn split(words: &[PathBuf]) -> anyhow::Result<(Option<ImportKind>, &[PathBuf])> {
    let Some((first, rest)) = words.split_first() else { return Ok((None, words)) };
    let word = first.to_string_lossy();
    let kinds: Vec<&str> = ImportKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let kinds = kinds.join(", ");
    match ImportKind::parse(&word) {
        Some(_) if rest.is_empty() && !first.exists() => {
            bail!(Refusal::misuse(
                format!("no file of {word} is named"),
                "orchestre import KIND FILE…"
            ))
        }
        Some(kind) if !rest.is_empty() => Ok((Some(kind), rest)),
        None if !rest.is_empty() && !first.exists() && is_word(first) => {
            bail!(Refusal::misuse(
                format!("{word} is no kind of import"),
                format!("kinds are {kinds}")
            ))
        }
        _ => Ok((None, words)),
    }
}

fn is_word(path: &Path) -> bool {
    path.to_string_lossy().chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-')
}

/// A file that could not be read weighs most, then a part that waits.
fn worse(one: Exit, other: Exit) -> Exit {
    match (one, other) {
        (Exit::No, _) | (_, Exit::No) => Exit::No,
        (Exit::Partly, _) | (_, Exit::Partly) => Exit::Partly,
        _ => Exit::Done,
    }
}

fn exit(report: &Report) -> Exit {
    let has = |codes: &[IssueCode]| report.issues.iter().any(|issue| codes.contains(&issue.code));
    let is_doubtful = has(DOUBTS);
    if report.state == ImportState::Failed && !is_doubtful {
        return Exit::No;
    }
    let is_known = has(&[IssueCode::SeenBefore]);
    let is_short = (report.skipped > 0 || report.conflicts > 0) && !is_known;
    if is_doubtful || is_short { Exit::Partly } else { Exit::Done }
}

fn message(issue: &ReportIssue, lang: Lang) -> String {
    let mut message = text(lang, &format!("state-issue-{}", issue.code));
    for (name, value) in &issue.args {
        if name != "rows" {
            message = format!("{message} ({value})");
        }
    }
    message
}

/// Prints what each file did, then its first issues with what to do.
fn tell(reports: &[Report], lang: Lang, note: &str) {
    let word = |key: &str| text(lang, key);
    let mut table = Table::default()
        .text(word("page-import-file"))
        .text(word("page-import-kind"))
        .number(word("page-import-rows"))
        .number(word("page-import-created"))
        .number(word("page-import-updated"))
        .number(word("page-import-unchanged"))
        .number(word("page-import-skipped"))
        .number(word("page-import-conflicts"));
    for report in reports {
        let kind =
            report.kind.map_or_else(|| "?".to_owned(), |kind| word(&format!("state-kind-{kind}")));
        let counts = [
            report.rows,
            report.created,
            report.updated,
            report.unchanged,
            report.skipped,
            report.conflicts,
        ];
        let names = [report.file.clone(), kind];
        table.row(names.into_iter().chain(counts.map(|count| count.to_string())));
    }
    for line in table.lines() {
        output::data(&line);
    }
    for report in reports {
        tell_issues(report, lang);
    }
    if !note.is_empty() {
        output::talk(note);
    }
}

fn tell_issues(report: &Report, lang: Lang) {
    if !report.unmapped.is_empty() {
        output::data(&format!(
            "\n{}: {}",
            text(lang, "page-import-unmapped"),
            report.unmapped.join(", ")
        ));
        output::talk("hint: give a column a meaning with --map HEADING=FIELD, or leave it");
    }
    if report.issues.is_empty() {
        return;
    }
    output::data(&format!(
        "\n{}: {} ({})",
        report.file,
        text(lang, "page-import-issues"),
        report.issues.len()
    ));
    let mut table = Table::default()
        .number(text(lang, "page-import-line"))
        .text(text(lang, "page-import-column"))
        .text(text(lang, "page-import-value"))
        .number(text(lang, "page-import-rows"))
        .text(text(lang, "page-import-what"));
    // What waits for an answer stands first.
    let (doubts, others): (Vec<_>, Vec<_>) =
        report.issues.iter().partition(|issue| DOUBTS.contains(&issue.code));
    for issue in doubts.into_iter().chain(others).take(SHOWN) {
        let rows = issue.args.iter().find(|(name, _)| name == "rows").map(|(_, rows)| rows.clone());
        table.row([
            issue.line.map(|line| line.to_string()).unwrap_or_default(),
            issue.column.clone().unwrap_or_default(),
            issue.value.clone().unwrap_or_default().chars().take(40).collect(),
            rows.unwrap_or_default(),
            message(issue, lang),
        ]);
    }
    for line in table.lines() {
        output::data(&line);
    }
    let more = report.issues.len().saturating_sub(SHOWN);
    if more > 0 {
        output::data(&format!("… {more}; --json lists all"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_a_kind_is_no_file() {
        let words = [PathBuf::from("sales"), PathBuf::from("invoices.csv")];
        let (kind, files) = split(&words).unwrap();
        assert_eq!(kind, Some(ImportKind::Sales));
        assert_eq!(files.len(), 1);
        let words = [PathBuf::from("invoices.csv")];
        assert_eq!(split(&words).unwrap().0, None);
        assert!(split(&[PathBuf::from("sales")]).is_err());
        assert!(split(&[PathBuf::from("cakes"), PathBuf::from("a.csv")]).is_err());
    }

    #[test]
    fn the_worst_file_decides_how_the_command_ends() {
        assert_eq!(worse(Exit::Done, Exit::Partly), Exit::Partly);
        assert_eq!(worse(Exit::Partly, Exit::No), Exit::No);
        assert_eq!(worse(Exit::Done, Exit::Done), Exit::Done);
    }
}
