//! The only place that prints: data on stdout, talk on stderr.

use orchestre_app::{AppError, Code};
use orchestre_store::StoreError;

use crate::Exit;

/// Prints a line of data.
#[expect(clippy::print_stdout, reason = "this is the program's output")]
pub(crate) fn data(line: &str) {
    println!("{line}");
}

/// Prints a value as JSON.
///
/// # Errors
///
/// When the value cannot be written as JSON, which is our fault.
pub(crate) fn json(value: &serde_json::Value) -> anyhow::Result<()> {
    data(&serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Prints a line of talk.
#[expect(clippy::print_stderr, reason = "talk goes to stderr")]
pub(crate) fn talk(line: &str) {
    eprintln!("{line}");
}

/// Prints what is wrong.
pub(crate) fn error(line: &str) {
    talk(line);
}

/// Shows how far something is, on a terminal only.
#[expect(clippy::print_stderr, reason = "talk goes to stderr")]
pub(crate) fn progress(label: &str, done: usize, total: usize) {
    use std::io::IsTerminal as _;
    if !std::io::stderr().is_terminal() {
        return;
    }
    let percent = (done.min(total) * 100).checked_div(total).unwrap_or(100);
    let bar = "█".repeat(percent.div_euclid(4));
    let end = if done >= total { "\n" } else { "" };
    eprint!("\r{label:<22} {bar:<25} {percent:>3} %{end}");
}

/// Tells a failure with its hint and gives the exit.
pub(crate) fn failure(error: &anyhow::Error) -> Exit {
    self::error(&format!("error: {error:#}"));
    let (hint, exit) = advice(error);
    if let Some(hint) = hint {
        talk(&format!("hint: {hint}"));
    }
    exit
}

fn advice(error: &anyhow::Error) -> (Option<&'static str>, Exit) {
    if let Some(io) = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>()) {
        return match io.kind() {
            std::io::ErrorKind::AddrInUse => {
                (Some("another program listens there; choose another address with --listen"), Exit::No)
            }
            std::io::ErrorKind::PermissionDenied => {
                (Some("the data directory must be writable; choose another with --data"), Exit::No)
            }
            std::io::ErrorKind::StorageFull => (Some("free some disk space; nothing was lost"), Exit::No),
            std::io::ErrorKind::NotFound => (Some("check the path"), Exit::Misuse),
            _ => (None, Exit::No),
        };
    }
    if let Some(store) = error.chain().find_map(|cause| cause.downcast_ref::<StoreError>()) {
        return match store {
            StoreError::Newer(_) => (Some("use the version that wrote this database, or a newer one"), Exit::No),
            StoreError::MigrationChanged(_) => {
                (Some("this program is not the one that made the database; use a released version"), Exit::No)
            }
            StoreError::DiskFull => (Some("free some disk space; nothing was lost"), Exit::No),
            _ => (None, Exit::No),
        };
    }
    let code = error.chain().find_map(|cause| cause.downcast_ref::<AppError>()).map(AppError::code);
    match code {
        Some(Code::NameAmbiguous | Code::FieldInvalid | Code::FieldMissing) => (None, Exit::Misuse),
        _ => (None, Exit::No),
    }
}
