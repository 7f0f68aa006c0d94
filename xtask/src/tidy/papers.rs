//! Documents name only what exists, and what must be documented is.

use anyhow::Result;

use crate::host;

/// Checks paths named in the map, methods without a page, and manual pages without their twin.
pub(crate) fn check() -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for paper in ["ARCHITECTURE.md", "STYLE.md", "README.md"] {
        let text = std::fs::read_to_string(host::root().join(paper)).unwrap_or_default();
        if text.is_empty() {
            faults.push(format!("{paper} is missing"));
        }
        for name in text.split('`').skip(1).step_by(2).filter(|name| is_path(name)) {
            if !host::root().join(name).exists() {
                faults.push(format!("{paper} names {name}, which does not exist"));
            }
        }
    }
    for folder in ["docs/methods", "docs/user"] {
        let pages = |language: &str| {
            let folder = host::root().join(folder).join(language);
            let names = host::files(&folder, ".md")
                .into_iter()
                .filter_map(|path| path.file_name().map(std::ffi::OsStr::to_owned));
            names.collect::<std::collections::BTreeSet<_>>()
        };
        for name in pages("en").symmetric_difference(&pages("fr")) {
            faults
                .push(format!("{folder}: {} exists in one language only", name.to_string_lossy()));
        }
    }
    faults.extend(methods()?);
    Ok(faults)
}

fn is_path(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let rooted = ["crates/", "docs/", "xtask/", "fixtures/", "tests/", "tidy/", ".ci/"]
        .iter()
        .any(|root| name.starts_with(root));
    plain && rooted
}

/// Every method that the code names has a page in both languages.
fn methods() -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for path in host::files(&host::root().join("crates/analytics/src"), ".rs") {
        let text = std::fs::read_to_string(&path)?;
        for word in text.split('"').skip(1).step_by(2) {
            let Some((page, rest)) = word.split_once('.') else { continue };
            let is_method = page.starts_with(['B', 'T'])
                && page.len() <= 4
                && page.chars().skip(1).all(|c| c.is_ascii_digit())
                && page.len() > 1
                && !rest.is_empty()
                && rest.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
            for language in ["en", "fr"] {
                let page = format!("docs/methods/{language}/{page}.md");
                if is_method && !host::root().join(&page).exists() {
                    faults.push(format!("{}: {word} has no page {page}", host::relative(&path)));
                }
            }
        }
    }
    Ok(faults)
}
