//! `cargo xtask night mutants`: one promise taken out at a time; the suite must go red for each.
//!
//! A mutant is a patch in `tests/mutants`. Above its first `---` stand two lines: `what:` says which
//! promise is taken out, `tests:` names the packages whose tests must notice.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{host, postgres, say};

/// A patch that takes a promise out.
struct Mutant {
    /// The name of its file, without the ending.
    name: String,
    /// Where the patch is.
    patch: PathBuf,
    /// Which promise it takes out.
    what: String,
    /// The packages whose tests must notice.
    packages: Vec<String>,
}

/// Applies each patch to a copy of the checkout, runs the tests and prints who noticed first; with
/// `--whole` who noticed at all.
pub(crate) fn run(words: &[String]) -> Result<bool> {
    let (flags, wanted): (Vec<_>, Vec<_>) =
        words.iter().partition(|word| word.as_str() == "--whole");
    let until = if flags.is_empty() { "--fail-fast" } else { "--no-fail-fast" };
    let mutants = all()?;
    let tree = host::target().join("mutants");
    copy(&tree)?;
    let cluster = postgres::Cluster::start("-c fsync=off -c max_connections=200")?;
    let mut survivors = Vec::new();
    say::out("| mutant | what is taken out | tests that went red |\n|---|---|---|");
    for mutant in mutants.iter().filter(|one| wanted.is_empty() || wanted.contains(&&one.name)) {
        patch(&tree, mutant, &[])?;
        let caught = red(&tree, mutant, (&cluster.url(), until));
        patch(&tree, mutant, &["--reverse"])?;
        let caught = caught?;
        let names = if caught.is_empty() { "**none**".to_owned() } else { caught.join(", ") };
        say::out(&format!("| {} | {} | {names} |", mutant.name, mutant.what));
        if caught.is_empty() {
            survivors.push(mutant.name.clone());
        }
    }
    say::out(&format!("mutants: {} survived", survivors.len()));
    Ok(survivors.is_empty())
}

fn all() -> Result<Vec<Mutant>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(host::root().join("tests/mutants"))? {
        let patch = entry?.path();
        if patch.extension().is_some_and(|ending| ending == "patch") {
            all.push(read(patch)?);
        }
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

fn read(patch: PathBuf) -> Result<Mutant> {
    let text = std::fs::read_to_string(&patch)?;
    let line = |key: &str| {
        let found = text.lines().find_map(|line| line.strip_prefix(key));
        found
            .map(|words| words.trim().to_owned())
            .with_context(|| format!("{}: no {key}", patch.display()))
    };
    let name = patch.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Ok(Mutant {
        name: name.unwrap_or_default(),
        what: line("what:")?,
        packages: line("tests:")?.split_whitespace().map(str::to_owned).collect(),
        patch,
    })
}

/// Copies what the checkout keeps, as it is now; what is newer only. A file that was mended after a
/// mutant keeps its later time: with the earlier one, cargo would take the mutant's build for fresh.
fn copy(tree: &Path) -> Result<()> {
    std::fs::create_dir_all(tree)?;
    let mut list = host::command("git", &["ls-files"]);
    list.current_dir(host::root());
    let files = host::output(list)?;
    let mut copying = Command::new("cp");
    copying.args(["--archive", "--parents", "--update"]).args(files.lines()).arg(tree);
    copying.current_dir(host::root());
    if !host::succeeds(copying)? {
        bail!("the checkout cannot be copied");
    }
    Ok(())
}

fn patch(tree: &Path, mutant: &Mutant, more: &[&str]) -> Result<()> {
    let mut command = Command::new("patch");
    command.args(["--strip=1", "--quiet", "--no-backup-if-mismatch", "--force"]).args(more);
    command.arg("--input").arg(&mutant.patch).current_dir(tree);
    if !host::succeeds(command)? {
        bail!("{} does not fit the sources any more", mutant.patch.display());
    }
    Ok(())
}

/// Gives the tests that went red.
fn red(tree: &Path, mutant: &Mutant, (url, until): (&str, &str)) -> Result<Vec<String>> {
    let mut command = Command::new("cargo");
    command.args(["nextest", "run", "--all-features", until]);
    command.args(["--status-level", "none", "--final-status-level", "fail", "--color", "never"]);
    for package in &mutant.packages {
        command.args(["--package", package]);
    }
    command
        .current_dir(tree)
        .env("ORCHESTRE_TEST_POSTGRES", url)
        // Not the checkout's: cargo would take a mutant's build for its own.
        .env("CARGO_TARGET_DIR", host::target().join("mutants-build"));
    let done = command.output()?;
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    if told.contains("error: could not compile") {
        bail!("{} does not compile:\n{told}", mutant.name);
    }
    let line =
        |line: &str| Some(line.trim().strip_prefix("FAIL [")?.rsplit(' ').next()?.to_owned());
    let mut names: Vec<String> = told.lines().filter_map(line).collect();
    names.sort();
    names.dedup();
    Ok(names)
}
