//! `errors.md`: every stable code with its words in both languages.

use std::fmt::Write as _;

use orchestre_app::Code;
use orchestre_domain::figure::Warning;
use orchestre_domain::import::IssueCode;
use orchestre_domain::lang::Lang;
use orchestre_view::text;

use super::{begin, cell};

/// Gives the page.
pub(super) fn page() -> Result<String, std::fmt::Error> {
    let mut page = begin("Codes");
    page.push_str("Codes are stable: scripts may rely on them. Words may be improved.\n\n");
    page.push_str(
        "## Answers that are errors\n\n| code | status | English | French |\n|---|---|---|---|\n",
    );
    for code in Code::ALL {
        let (en, fr) = both(&format!("error-{}", code.text()));
        writeln!(page, "| `{}` | {} | {en} | {fr} |", code.text(), code.status())?;
    }
    page.push_str("\n## Issues of imports\n\n| code | English | French |\n|---|---|---|\n");
    for code in IssueCode::ALL {
        let (en, fr) = both(&format!("state-issue-{code}"));
        writeln!(page, "| `{code}` | {en} | {fr} |")?;
    }
    page.push_str("\n## Warnings of figures\n\n| code | English | French |\n|---|---|---|\n");
    for warning in Warning::ALL {
        let (en, fr) = both(&format!("warning-{warning}"));
        writeln!(page, "| `{warning}` | {en} | {fr} |")?;
    }
    Ok(page)
}

fn both(key: &str) -> (String, String) {
    (cell(&text(Lang::En, key)), cell(&text(Lang::Fr, key)))
}
