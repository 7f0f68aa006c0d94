//! `orchestre reference`: the pages of `docs/generated`, written from what the program runs on.

mod codes;
mod command_line;
mod doors;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use orchestre_store::{MIGRATIONS, Migration};

use crate::config::{Field, fields};
use crate::{Exit, output};

/// Writes every page.
pub(crate) fn run(folder: &Path) -> anyhow::Result<Exit> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let pages = [
        ("cli.md", command_line::page()?),
        ("config.md", configuration()?),
        ("errors.md", codes::page()?),
        ("openapi.json", orchestre_web::openapi()),
        ("permissions.md", doors::permissions()?),
        ("routes.md", doors::routes()?),
        ("schema.postgres.sql", schema("PostgreSQL", |at| at.on_postgres().to_owned())?),
        ("schema.sqlite.sql", schema("SQLite", Migration::on_sqlite)?),
    ];
    for (name, text) in pages {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        output::talk(name);
    }
    Ok(Exit::Done)
}

/// Begins a page; nobody should edit it.
fn begin(title: &str) -> String {
    format!("# {title}\n\nWritten by `cargo xtask gen`; edit the source, not this page.\n\n")
}

/// Writes a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn configuration() -> Result<String, std::fmt::Error> {
    let mut page = begin("Configuration");
    page.push_str(
        "A value comes from its default, then the file (`--config FILE`, else `orchestre.toml` in the \
         data directory), then the environment, then a flag; the last one wins.\n\
         `orchestre config check` shows where each comes from, secrets masked.\n\n\
         A secret may stand in a file of its own: `<key>_file` in the file, `…_FILE` in the \
         environment. A name that is not known is refused with the nearest one.\n\
         Lists are written with commas or as `[\"a\", \"b\"]`. No value is needed: without any, \
         the program serves `127.0.0.1:8080` from SQLite in `./orchestre-data`.\n",
    );
    let mut section = "";
    for field in fields() {
        let (own, name) = field.key.split_once('.').unwrap_or(("", field.key));
        if own != section {
            section = own;
            write!(
                page,
                "\n## [{section}]\n\n| key | variable | default | what it does |\n|---|---|---|---|\n"
            )?;
        }
        writeln!(page, "{}", described(field, name))?;
    }
    Ok(page)
}

fn described(field: &Field, name: &str) -> String {
    let default = match field.default {
        "" => "empty".to_owned(),
        value => format!("`{value}`"),
    };
    let secret = if field.is_secret { " A secret: `_file` and `_FILE` too." } else { "" };
    let meaning = cell(field.meaning);
    format!("| `{name}` | `{}` | {default} | {meaning}{secret} |", field.variable())
}

fn schema(engine: &str, text: impl Fn(&Migration) -> String) -> Result<String, std::fmt::Error> {
    let mut page = format!(
        "-- The schema on {engine}: the migrations in the order in which they run.\n\
         -- Written by `cargo xtask gen`; a change is a new folder in crates/store/migrations.\n"
    );
    for migration in MIGRATIONS {
        write!(page, "\n-- {}\n{}\n", migration.name, text(migration).trim_end())?;
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_of_sqlite_is_the_one_that_runs() {
        let sqlite = schema("SQLite", Migration::on_sqlite).unwrap();
        assert!(sqlite.contains("STRICT") && !sqlite.contains("BIGINT"));
        assert!(schema("PostgreSQL", |at| at.on_postgres().to_owned()).unwrap().contains("BIGINT"));
    }

    #[test]
    fn every_page_is_the_same_twice() {
        assert_eq!(command_line::page(), command_line::page());
        assert_eq!(codes::page(), codes::page());
        assert_eq!(doors::routes(), doors::routes());
        assert!(!codes::page().unwrap().contains('⟦'), "a code has no text");
    }
}
