//! `cargo xtask test`: every check of the house, in one command.

use std::time::Instant;

use anyhow::Result;

use crate::{api, browser, generate, host, postgres, say, tidy};

/// What became of a step.
pub(crate) enum Outcome {
    /// Everything held.
    Passed,
    /// Something did not.
    Failed,
    /// It could not be run, and why.
    Skipped(String),
}

type Step = (&'static str, fn() -> Result<Outcome>);

const STEPS: &[Step] = &[
    ("format", format),
    ("tidy", || Ok(Outcome::from(tidy::run()?))),
    ("clippy", clippy),
    ("tests", tests),
    ("doctests", doctests),
    ("docs", docs),
    ("gen", || Ok(Outcome::from(generate::run(generate::Mode::Check)?))),
    ("browser", browser::run),
    ("api", || api::run(api::EVERY_TIME)),
    ("licences", licences),
];

/// Runs all steps, or those that are named; the last line sums up.
pub(crate) fn run(wanted: &[String]) -> bool {
    let (mut done, mut failed, mut skipped) = (Vec::new(), Vec::new(), Vec::new());
    for (name, step) in
        STEPS.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|word| word == name))
    {
        let started = Instant::now();
        say::err(&format!("== {name}"));
        let outcome = step().unwrap_or_else(|error| {
            say::err(&format!("{name}: {error:#}"));
            Outcome::Failed
        });
        let seconds = started.elapsed().as_secs();
        match outcome {
            Outcome::Passed => done.push(format!("{name} {seconds} s")),
            Outcome::Failed => failed.push((*name).to_owned()),
            Outcome::Skipped(why) => skipped.push(format!("{name} ({why})")),
        }
    }
    let list =
        |items: &[String]| if items.is_empty() { "none".to_owned() } else { items.join(", ") };
    say::out(&format!(
        "passed: {} | failed: {} | skipped: {}",
        list(&done),
        list(&failed),
        list(&skipped)
    ));
    failed.is_empty()
}

/// How often the serving program is killed at night, on each engine.
const KILLS: &str = "50";

/// Runs the slow checks: `kills`, `api`, or both.
pub(crate) fn night(rest: &[String]) -> Result<bool> {
    let is_wanted = |part: &str| rest.is_empty() || rest.iter().any(|word| word == part);
    let mut held = true;
    if is_wanted("kills") {
        let cluster = postgres::Cluster::start("")?;
        let mut command = cargo_test(&["--no-capture", "-E", "test(/^kill::/)"]);
        command.env("ORCHESTRE_TEST_POSTGRES", cluster.url()).env("ORCHESTRE_TEST_KILLS", KILLS);
        held &= host::succeeds(command)?;
    }
    if is_wanted("api") {
        held &= matches!(api::run(api::AT_NIGHT)?, Outcome::Passed);
    }
    Ok(held)
}

impl From<bool> for Outcome {
    fn from(held: bool) -> Self {
        if held { Self::Passed } else { Self::Failed }
    }
}

fn cargo(arguments: &[&str]) -> std::process::Command {
    host::command(&host::env("CARGO").unwrap_or_else(|| "cargo".to_owned()), arguments)
}

fn format() -> Result<Outcome> {
    Ok(Outcome::from(host::succeeds(cargo(&["fmt", "--all", "--check"]))?))
}

/// Reads everything, then the program as a newcomer builds it: without its optional features.
fn clippy() -> Result<Outcome> {
    for kinds in [&["--all-features", "--all-targets"][..], &[]] {
        let mut command = cargo(&["clippy", "--quiet", "--workspace"]);
        command.args(kinds).args(["--", "-D", "warnings"]);
        if !host::succeeds(command)? {
            return Ok(Outcome::Failed);
        }
    }
    Ok(Outcome::Passed)
}

fn cargo_test(nextest: &[&str]) -> std::process::Command {
    if host::has("cargo-nextest") {
        let mut command =
            cargo(&["nextest", "run", "--workspace", "--all-features", "--no-fail-fast"]);
        command.args(nextest);
        command
    } else {
        cargo(&[
            "test",
            "--workspace",
            "--all-features",
            "--no-fail-fast",
            "--lib",
            "--bins",
            "--tests",
        ])
    }
}

fn tests() -> Result<Outcome> {
    let lost =
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200";
    let cluster = postgres::Cluster::start(lost)?;
    let mut command = cargo_test(&["--status-level", "fail", "--final-status-level", "fail"]);
    command.env("ORCHESTRE_TEST_POSTGRES", cluster.url());
    Ok(Outcome::from(host::succeeds(command)?))
}

fn doctests() -> Result<Outcome> {
    Ok(Outcome::from(host::succeeds(cargo(&[
        "test",
        "--quiet",
        "--workspace",
        "--all-features",
        "--doc",
    ]))?))
}

fn docs() -> Result<Outcome> {
    let mut command = cargo(&[
        "doc",
        "--quiet",
        "--workspace",
        "--all-features",
        "--no-deps",
        "--document-private-items",
    ]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    Ok(Outcome::from(host::succeeds(command)?))
}

fn licences() -> Result<Outcome> {
    if !host::has("cargo-deny") {
        return Ok(Outcome::Skipped(
            "cargo-deny is not installed; its build takes minutes".to_owned(),
        ));
    }
    Ok(Outcome::from(host::succeeds(cargo(&[
        "deny",
        "--offline",
        "check",
        "licenses",
        "bans",
        "sources",
    ]))?))
}
