//! Both languages have the same texts.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::host;

/// Compares the keys of the languages and finds empty texts.
pub(crate) fn check() -> Result<Vec<String>> {
    let folder = host::root().join("crates/view/locales");
    let (english, french) = (keys(&folder.join("en"))?, keys(&folder.join("fr"))?);
    let mut faults = Vec::new();
    for (here, there, language) in [(&english, &french, "fr"), (&french, &english, "en")] {
        for (key, (file, _)) in here {
            if !there.contains_key(key) {
                faults.push(format!("{file}: {key} has no text in {language}"));
            }
        }
    }
    for (key, (file, text)) in english.iter().chain(&french) {
        if text.trim().is_empty() {
            faults.push(format!("{file}: {key} is empty"));
        }
    }
    Ok(faults)
}

/// Gives key → (file, text) of a language; continued lines belong to the text.
pub(crate) fn keys(folder: &Path) -> Result<BTreeMap<String, (String, String)>> {
    let mut keys: BTreeMap<String, (String, String)> = BTreeMap::new();
    for path in host::files(folder, ".ftl") {
        let file = host::relative(&path);
        let mut last: Option<String> = None;
        for line in std::fs::read_to_string(&path)?.lines() {
            if line.starts_with([' ', '\t', '}']) {
                if let Some((_, text)) = last.as_ref().and_then(|key| keys.get_mut(key)) {
                    text.push_str(line);
                }
            } else if let Some((key, text)) =
                line.split_once('=').filter(|_| !line.starts_with('#'))
            {
                let key = key.trim().to_owned();
                keys.insert(key.clone(), (file.clone(), text.to_owned()));
                last = Some(key);
            }
        }
    }
    Ok(keys)
}
