//! `cargo xtask text`: adds a text to both languages, lists those that nothing uses.

use anyhow::{Result, bail};

use crate::tidy::keys as tidy_keys;
use crate::{host, say};

/// `add KEY --en TEXT --fr TEXT` or `unused`.
pub(crate) fn run(rest: &[String]) -> Result<bool> {
    match rest.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["add", key, "--en", english, "--fr", french] => {
            add("en", key, english)?;
            add("fr", key, french)?;
            Ok(true)
        }
        ["unused"] => unused(),
        _ => bail!("text add KEY --en TEXT --fr TEXT | text unused"),
    }
}

/// Puts the text into the file of the key's noun (`page-account-title` → `account.ftl`), sorted.
fn add(language: &str, key: &str, text: &str) -> Result<()> {
    let noun = key.split('-').nth(1).unwrap_or("base");
    let path = host::root().join(format!("crates/view/locales/{language}/{noun}.ftl"));
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let mut entries: Vec<String> = Vec::new();
    for line in before.lines() {
        match entries.last_mut() {
            Some(last) if line.starts_with([' ', '\t', '}']) => {
                last.push('\n');
                last.push_str(line);
            }
            _ if line.trim().is_empty() => {}
            _ => entries.push(line.to_owned()),
        }
    }
    entries.push(format!("{key} = {text}"));
    entries.sort();
    std::fs::write(path, entries.join("\n") + "\n")?;
    Ok(())
}

fn unused() -> Result<bool> {
    let mut sources = String::new();
    for folder in [
        "crates/view",
        "crates/web",
        "crates/app",
        "crates/cli",
        "crates/domain",
        "crates/analytics",
    ] {
        for ending in [".rs", ".html", ".js"] {
            for path in host::files(&host::root().join(folder), ending) {
                sources.push_str(&std::fs::read_to_string(path)?);
            }
        }
    }
    for (key, (file, _)) in tidy_keys(&host::root().join("crates/view/locales/en"))? {
        // A key may be put together from a prefix and a closed word.
        let (prefix, _) = key.rsplit_once('-').unwrap_or((&key, ""));
        if !sources.contains(&key) && !sources.contains(&format!("{prefix}-")) {
            say::out(&format!("{file}: {key}"));
        }
    }
    Ok(true)
}
