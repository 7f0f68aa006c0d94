//! The only place of xtask that prints.

/// Prints a line of data.
#[expect(clippy::print_stdout, reason = "this is the output of a command")]
pub(crate) fn out(line: &str) {
    println!("{line}");
}

/// Prints a line of talk.
#[expect(clippy::print_stderr, reason = "this is the talk of a command")]
pub(crate) fn err(line: &str) {
    eprintln!("{line}");
}
