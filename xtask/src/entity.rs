//! Where a noun lives: one noun, one name, in every crate.

use anyhow::{Result, bail};

use crate::{host, say};

/// Place of a noun's file: the path with `{one}` and `{many}`, and the question to answer in it.
const PLACES: &[(&str, &str)] = &[
    ("crates/domain/src/{one}.rs", "which words, which rules, which refusals?"),
    ("crates/store/src/{many}.rs", "which lookups with a viewer, which writes?"),
    ("crates/store/src/tests/{many}.rs", "does each store function hold on both engines?"),
    ("crates/app/src/{many}.rs", "who may do what, and which event records it?"),
    ("crates/web/src/pages/{many}.rs", "which pages?"),
    ("crates/web/src/api/{many}.rs", "which answers of the API?"),
    ("crates/view/src/pages/{one}.rs", "which plain data does the page show, with which samples?"),
    ("crates/view/templates/pages/{one}", "how does it look, also empty and on a phone?"),
    ("crates/view/locales/en/{one}.ftl", "which words, in English?"),
    ("crates/view/locales/fr/{one}.ftl", "which words, in French?"),
    ("crates/cli/src/verbs/{many}.rs", "which verb, with --json?"),
    ("docs/user/en/{many}.md", "what does the manual say?"),
    ("docs/user/fr/{many}.md", "what does the manual say, in French?"),
];

/// Prints the files of a noun.
pub(crate) fn find(rest: &[String]) -> Result<bool> {
    let (one, many) = noun(rest)?;
    for (place, _) in PLACES {
        let path = place.replace("{one}", &one).replace("{many}", &many);
        if host::root().join(&path).exists() {
            say::out(&path);
        }
    }
    Ok(true)
}

/// Prints the files of a noun that are missing, each with its question.
pub(crate) fn missing(rest: &[String]) -> Result<bool> {
    let (one, many) = noun(rest)?;
    for (place, question) in PLACES {
        let path = place.replace("{one}", &one).replace("{many}", &many);
        if !host::root().join(&path).exists() {
            say::out(&format!("{path}: {question}"));
        }
    }
    Ok(true)
}

fn noun(rest: &[String]) -> Result<(String, String)> {
    let [word] = rest else { bail!("name one noun, such as `plan`") };
    let one = word.strip_suffix('s').unwrap_or(word).to_owned();
    let many = one.strip_suffix('y').map_or_else(|| format!("{one}s"), |stem| format!("{stem}ies"));
    Ok((one, many))
}
