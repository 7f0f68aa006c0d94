//! `cli.md`: the help of every verb.

use std::fmt::Write as _;

use clap::{Command, CommandFactory as _};

use super::begin;
use crate::args::Arguments;

const EXITS: &str = "## How a command ends\n\n| exit | meaning |\n|---|---|\n\
    | 0 | everything was done |\n| 1 | the answer is no, or something failed |\n\
    | 2 | the request makes no sense |\n| 3 | a part was done, the rest waits for an answer |\n\n\
    Data go to stdout, talk goes to stderr. A failure is one line `error: …` and one line `hint: …`.\n";

/// Gives the page.
pub(super) fn page() -> Result<String, std::fmt::Error> {
    let mut page = begin("Command line");
    page.push_str(EXITS);
    let mut program = Arguments::command().term_width(100).disable_help_subcommand(true);
    program.build();
    section(&mut page, &program, "orchestre")?;
    Ok(page)
}

fn section(page: &mut String, command: &Command, name: &str) -> std::fmt::Result {
    if command.is_hide_set() || command.get_name() == "help" {
        return Ok(());
    }
    let help = command.clone().bin_name(name).render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    write!(page, "\n## `{name}`\n\n```text\n{}\n```\n", lines.join("\n").trim_end())?;
    for verb in command.get_subcommands() {
        section(page, verb, &format!("{name} {}", verb.get_name()))?;
    }
    Ok(())
}
