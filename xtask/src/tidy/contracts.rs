//! Every function of the store is called by a test on both engines.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::host;

/// Lists the public async functions of the store that no contract test names.
pub(crate) fn check() -> Result<Vec<String>> {
    let source = host::root().join("crates/store/src");
    let (mut tests, mut functions) = (String::new(), BTreeSet::new());
    for path in host::files(&source, ".rs") {
        let text = std::fs::read_to_string(&path)?;
        if host::relative(&path).starts_with("crates/store/src/tests") {
            tests.push_str(&text);
            continue;
        }
        for line in text.lines() {
            let name = line
                .trim_start()
                .strip_prefix("pub async fn ")
                .and_then(|rest| rest.split(['(', '<']).next());
            functions.extend(name.map(|name| (name.to_owned(), host::relative(&path))));
        }
    }
    let bare: BTreeSet<String> = functions
        .into_iter()
        .filter(|(name, _)| !tests.contains(&format!("{name}(")))
        .map(|(name, path)| format!("{path}: {name}"))
        .collect();
    Ok(super::against_excuses("uncontracted.txt", &bare)
        .into_iter()
        .map(|line| format!("{line}: no contract test calls it"))
        .collect())
}
