//! Who may lean on whom.

use anyhow::{Context as _, Result};

use crate::host;

/// A crate, what it may use of ours, and what it must never name.
type Arrow = (&'static str, &'static [&'static str], &'static [&'static str]);

const NO_STORE: &[&str] = &["sqlx", "rusqlite", "typst", "rust_xlsxwriter"];
const PURE: &[&str] = &["sqlx", "rusqlite", "axum", "tokio", "serde", "chrono", "typst"];

const ARROWS: &[Arrow] = &[
    ("domain", &[], PURE),
    ("analytics", &["domain"], PURE),
    ("story", &["domain"], &["sqlx", "rusqlite", "axum", "tokio", "chrono"]),
    ("ingest", &["domain"], &["sqlx", "rusqlite", "axum", "tokio"]),
    ("store", &["domain"], &["axum", "typst", "serde"]),
    ("view", &["domain"], &["sqlx", "rusqlite", "axum", "tokio", "typst"]),
    ("documents", &["domain"], &["sqlx", "rusqlite", "axum", "tokio"]),
    ("outbound", &["domain"], &["sqlx", "rusqlite", "axum", "typst"]),
    (
        "app",
        &["analytics", "documents", "domain", "ingest", "outbound", "store", "view"],
        &["axum", "sqlx", "rusqlite"],
    ),
    ("web", &["app", "domain", "view"], NO_STORE),
    (
        "cli",
        &["analytics", "app", "domain", "ingest", "outbound", "store", "story", "view", "web"],
        NO_STORE,
    ),
];

/// Reads every manifest; `[dev-dependencies]` may reach further, for fixtures.
pub(crate) fn check() -> Result<Vec<String>> {
    let mut faults = Vec::new();
    let folder = host::root().join("crates");
    for entry in std::fs::read_dir(&folder)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((_, ours, never)) = ARROWS.iter().find(|(known, _, _)| *known == name) else {
            faults.push(format!(
                "crates/{name} has no arrows: a new crate needs a decision record and a line here"
            ));
            continue;
        };
        let path = entry.path().join("Cargo.toml");
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let manifest: toml::Table =
            text.parse().with_context(|| format!("cannot read {}", path.display()))?;
        let used = manifest.get("dependencies").and_then(toml::Value::as_table);
        for dependency in used.into_iter().flat_map(toml::Table::keys) {
            let own = dependency.strip_prefix("orchestre-");
            if own.is_some_and(|own| !ours.contains(&own)) || never.contains(&dependency.as_str()) {
                faults.push(format!("crates/{name} must not use {dependency}"));
            }
        }
    }
    Ok(faults)
}
