//! The `orchestre` program: verbs, configuration, start-up. No logic of its own.

mod args;
mod clock;
mod config;
mod logs;
mod open;
mod output;
mod password;
mod random;
mod refusal;
mod table;
mod verbs;

use std::process::ExitCode;

use clap::Parser as _;
use orchestre_domain::lang::Lang;

/// How a verb ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything was done.
    Done,
    /// The answer is no, or something failed.
    No,
    /// The request makes no sense.
    Misuse,
    /// A part was done; the rest waits for an answer.
    Partly,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::No => 1,
            Exit::Misuse => 2,
            Exit::Partly => 3,
        })
    }
}

/// Threads at most for what takes long: eight readers, a writer, and some for documents. Each keeps
/// memory of its own, so that a rush of visitors must not start hundreds.
const THREADS: usize = 16;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    let lang = arguments.lang.unwrap_or(Lang::En);
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = match builder.enable_all().max_blocking_threads(THREADS).build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::talk(&format!("error: cannot start: {error}"));
            return Exit::No.into();
        }
    };
    match runtime.block_on(verbs::run(arguments)) {
        Ok(exit) => exit.into(),
        Err(error) => output::failure(&error, lang).into(),
    }
}
