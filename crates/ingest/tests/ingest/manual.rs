//! The manual names every column and every code, in both languages.

use orchestre_domain::import::{ImportKind, IssueCode};
use orchestre_ingest::columns;

const MANUALS: [(&str, &str); 2] = [
    ("en", include_str!("../../../../docs/user/en/import-files.md")),
    ("fr", include_str!("../../../../docs/user/fr/import-files.md")),
];

#[test]
fn every_column_stands_in_the_section_of_its_kind() {
    for (language, manual) in MANUALS {
        for kind in ImportKind::ALL {
            let title = format!("(`{kind}`)\n");
            let (_, section) = manual.split_once(&title).expect("a section for each kind");
            let section = section.split("\n#").next().unwrap_or_default();
            for column in columns(*kind) {
                let row = format!(
                    "\n| `{}`{} |",
                    column.field,
                    if column.required { " **\\***" } else { "" }
                );
                assert!(section.contains(&row), "{language} {kind} {}", column.field);
            }
        }
    }
}

#[test]
fn every_code_stands_with_how_to_mend_it() {
    for (language, manual) in MANUALS {
        for code in IssueCode::ALL {
            assert!(manual.contains(&format!("\n| `{code}` | ")), "{language} {code}");
        }
    }
}
