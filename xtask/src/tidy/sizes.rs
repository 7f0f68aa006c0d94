//! No file is too long; what the browser loads is small.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::host;

/// Ending, most lines.
const MOST: &[(&str, usize)] = &[
    (".rs", 400),
    (".html", 150),
    (".css", 300),
    (".sql", 100),
    (".js", 300),
    ("ARCHITECTURE.md", 400),
    ("STYLE.md", 300),
];

/// Ending, folder, most bytes when zipped together.
const BUDGETS: &[(&str, &str, u64)] =
    &[(".css", "crates/view/static/css", 15 * 1024), (".js", "crates/view/static/js", 30 * 1024)];

/// Counts lines and weighs assets.
pub(crate) fn check() -> Result<Vec<String>> {
    let mut long = BTreeSet::new();
    for (ending, most) in MOST {
        let files = host::files(&host::root(), ending);
        for path in files.into_iter().filter(|path| !is_generated(path)) {
            let lines = std::fs::read_to_string(&path)?.lines().count();
            if lines > *most {
                long.insert(host::relative(&path));
            }
        }
    }
    let mut faults: Vec<String> = super::against_excuses("too_long.txt", &long)
        .into_iter()
        .map(|path| format!("{path}: too long; split it by what it is about"))
        .collect();
    for (ending, folder, most) in BUDGETS {
        let bytes = zipped(&host::root().join(folder), ending)?;
        if bytes > *most {
            faults.push(format!("{folder}/*{ending}: {bytes} bytes zipped, at most {most}"));
        }
    }
    Ok(faults)
}

fn is_generated(path: &Path) -> bool {
    host::relative(path).starts_with("docs/generated/")
}

/// Gives the bytes of the files of a folder when one stream holds them all, as a page loads them.
fn zipped(folder: &Path, ending: &str) -> Result<u64> {
    let pipe = format!("cat '{}'/*{ending} | gzip -9 -c | wc -c", folder.display());
    Ok(host::output(host::command("sh", &["-c", &pipe]))?.trim().parse()?)
}
