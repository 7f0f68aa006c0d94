//! Names that say nothing, SQL that one engine does not know, and words of unfinished work.

use anyhow::Result;

use crate::host;

const NAMES: &[&str] =
    &["utils", "helpers", "common", "misc", "manager", "data", "info", "new2", "mod"];
const SQL: &[&str] = &[
    "BOOLEAN",
    "TIMESTAMP",
    "SERIAL",
    "AS IDENTITY",
    "AUTOINCREMENT",
    "ILIKE",
    "JSONB",
    "NOW()",
    "::",
    "NUMERIC",
];

/// Looks at every source file.
pub(crate) fn check() -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for path in host::files(&host::root().join("crates"), ".rs") {
        let name = host::relative(&path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if NAMES.contains(&stem.as_str()) {
            faults.push(format!("{name}: name it after what it holds"));
        }
        let text = std::fs::read_to_string(&path)?;
        let unfinished =
            [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["coming ", "soon"].concat()];
        for word in unfinished.iter().filter(|word| text.contains(word.as_str())) {
            faults.push(format!("{name}: {word} is an issue, not a comment"));
        }
    }
    for path in host::files(&host::root().join("crates/store/migrations"), ".sql") {
        let text = std::fs::read_to_string(&path)?;
        let code: Vec<&str> =
            text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        let code = code.join("\n").to_uppercase();
        for word in SQL.iter().filter(|word| code.contains(**word)) {
            faults.push(format!(
                "{}: {word} is not of the subset that both engines know",
                host::relative(&path)
            ));
        }
    }
    Ok(faults)
}
