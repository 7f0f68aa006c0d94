//! The rules of the house that no compiler checks; lists of excuses may only shrink.

mod arrows;
mod contracts;
mod papers;
mod sizes;
mod spelling;
mod translations;

use std::collections::BTreeSet;

use anyhow::Result;

pub(crate) use translations::keys;

use crate::{host, say};

type Rule = (&'static str, fn() -> Result<Vec<String>>);

const RULES: &[Rule] = &[
    ("arrows", arrows::check),
    ("sizes", sizes::check),
    ("spelling", spelling::check),
    ("translations", translations::check),
    ("contracts", contracts::check),
    ("papers", papers::check),
];

/// Runs every rule and prints what breaks it, with the file.
pub(crate) fn run() -> Result<bool> {
    let mut broken = 0;
    for (name, rule) in RULES {
        for fault in rule()? {
            say::err(&format!("tidy/{name}: {fault}"));
            broken += 1;
        }
    }
    Ok(broken == 0)
}

/// Compares what breaks a rule with its list of excuses: a new one is a fault, and so is an excuse
/// that is needed no more.
fn against_excuses(list: &str, broken: &BTreeSet<String>) -> Vec<String> {
    let path = host::root().join("tidy").join(list);
    let excused: BTreeSet<String> = std::fs::read_to_string(path)
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let new = broken.difference(&excused).cloned();
    let gone = excused
        .difference(broken)
        .map(|line| format!("{line} stands in tidy/{list} without need: take it out"));
    new.chain(gone).collect()
}
