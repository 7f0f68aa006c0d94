//! The only place that prints: data on stdout, talk on stderr.

use std::io::{IsTerminal as _, Write as _};

use orchestre_app::{AppError, Code};
use orchestre_domain::lang::Lang;
use orchestre_store::StoreError;
use orchestre_view::text;

use crate::Exit;
use crate::refusal::Refusal;

/// Prints a line of data; whoever stops reading stops us no more than that.
pub(crate) fn data(line: &str) {
    drop(writeln!(std::io::stdout().lock(), "{line}"));
}

/// Prints a value as JSON.
///
/// # Errors
///
/// When the value cannot be written as JSON, which is our fault.
pub(crate) fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    data(&serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Prints a line of talk.
pub(crate) fn talk(line: &str) {
    drop(writeln!(std::io::stderr().lock(), "{line}"));
}

/// Shows how far something is, on a terminal only.
pub(crate) fn progress(label: &str, done: usize, total: usize) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    let percent = (done.min(total) * 100).checked_div(total).unwrap_or(100);
    let bar = "█".repeat(percent.div_euclid(4));
    drop(write!(std::io::stderr().lock(), "\r{label:<22} {bar:<25} {percent:>3} %"));
}

/// Ends the bar of [`progress`]; says the same in a line where there is no terminal.
pub(crate) fn progress_end(label: &str, what: &str) {
    if std::io::stderr().is_terminal() {
        progress(label, 1, 1);
        talk(&format!("  {what}"));
    } else {
        talk(&format!("{label:<22} {what}"));
    }
}

/// Tells a failure with its hint, each in one line, and gives the exit.
pub(crate) fn failure(error: &anyhow::Error, lang: Lang) -> Exit {
    let what: Vec<String> = words(error, lang);
    talk(&format!("error: {}", what.join(": ").replace('\n', " ")));
    let (hint, exit) = advice(error);
    if let Some(hint) = hint {
        talk(&format!("hint: {hint}"));
    }
    exit
}

/// Gives what went wrong from the outside in; a code of the app is told in words.
fn words(error: &anyhow::Error, lang: Lang) -> Vec<String> {
    let mut words = Vec::new();
    for cause in error.chain() {
        match cause.downcast_ref::<AppError>() {
            Some(AppError::Field { code, field }) => {
                words.push(text(lang, &format!("error-{}", code.text())));
                words.push((*field).to_owned());
            }
            Some(other) if other.code() != Code::Internal => {
                words.push(text(lang, &format!("error-{}", other.code().text())));
            }
            Some(_) => continue,
            None => {
                words.push(cause.to_string());
                continue;
            }
        }
        break;
    }
    words.dedup();
    words
}

fn advice(error: &anyhow::Error) -> (Option<String>, Exit) {
    if let Some(refusal) = error.downcast_ref::<Refusal>() {
        return (Some(refusal.hint.clone()), refusal.exit);
    }
    let said = |hint: &str, exit| (Some(hint.to_owned()), exit);
    if let Some(store) = error.chain().find_map(|cause| cause.downcast_ref::<StoreError>()) {
        return match store {
            StoreError::Newer(_) => {
                said("use the version that wrote this database, or a newer one", Exit::No)
            }
            StoreError::MigrationChanged(_) => {
                said("this program did not make the database; use a released version", Exit::No)
            }
            StoreError::DiskFull => said(FULL, Exit::No),
            _ => said("`orchestre doctor` looks for what is wrong", Exit::No),
        };
    }
    if let Some(io) = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>()) {
        return match io.kind() {
            std::io::ErrorKind::AddrInUse => said(
                "another program listens there; choose another address with --listen",
                Exit::No,
            ),
            std::io::ErrorKind::AddrNotAvailable => {
                said("this machine does not have that address; try 127.0.0.1:8080", Exit::No)
            }
            std::io::ErrorKind::StorageFull => said(FULL, Exit::No),
            std::io::ErrorKind::NotFound => said("check the path", Exit::No),
            _ => said(
                "check the path and its permissions; --data chooses another directory",
                Exit::No,
            ),
        };
    }
    match error.chain().find_map(|cause| cause.downcast_ref::<AppError>()).map(AppError::code) {
        Some(Code::NameAmbiguous | Code::FieldInvalid | Code::FieldMissing) => (None, Exit::Misuse),
        Some(Code::DiskFull) => said(FULL, Exit::No),
        _ => (None, Exit::No),
    }
}

const FULL: &str = "free some disk space and try again; what was stored before is whole";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_says_what_to_do() {
        let error = anyhow::Error::new(AppError::Store(StoreError::DiskFull));
        let (hint, exit) = advice(&error);
        assert!(hint.unwrap().contains("free some disk space"));
        assert_eq!(exit, Exit::No);
        assert_eq!(words(&error, Lang::En).len(), 1);
    }

    #[test]
    fn a_code_is_told_in_the_language_asked_for() {
        let error = anyhow::Error::new(AppError::NOT_FOUND);
        assert_ne!(words(&error, Lang::En), words(&error, Lang::Fr));
    }
}
