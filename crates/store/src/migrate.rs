//! The one list of migrations and its runner.

use crate::db::Db;
use crate::error::StoreError;
use crate::sql::{Sql, sql};

/// A migration: its name and its text on each engine.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The folder's name, `0001_parties`.
    pub name: &'static str,
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

impl Migration {
    /// Gives the text as SQLite runs it.
    pub fn on_sqlite(&self) -> String {
        for_sqlite(self.sqlite)
    }

    /// Gives the text as PostgreSQL runs it.
    pub fn on_postgres(&self) -> &'static str {
        self.postgres
    }
}

macro_rules! migrations {
    ($($name:literal $kind:ident),+ $(,)?) => { &[$(migrations!(@ $name $kind)),+] };
    (@ $name:literal both) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../migrations/", $name, "/up.sql")),
            postgres: include_str!(concat!("../migrations/", $name, "/up.sql")),
        }
    };
    (@ $name:literal pair) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../migrations/", $name, "/up.sqlite.sql")),
            postgres: include_str!(concat!("../migrations/", $name, "/up.postgres.sql")),
        }
    };
}

/// Every migration, in order; append-only.
pub const MIGRATIONS: &[Migration] = migrations![
    "0001_parties" both,
    "0002_links" both,
    "0003_accounts" both,
    "0004_persons" both,
    "0005_logins" both,
    "0006_products" both,
    "0007_sales" both,
    "0008_opportunities" both,
    "0009_interactions" both,
    "0010_rates" both,
    "0011_costs" both,
    "0012_scores" both,
    "0013_plans" both,
    "0014_events" both,
    "0015_imports" both,
    "0016_settings" both,
    "0017_search" pair,
    "0018_waiting" both,
    "0019_event_digests" both,
    "0020_search_parties" both,
    "0021_mails" both,
    "0022_sign_in" both,
    "0043_jobs" both,
    "0028_rights" both,
    "0034_tokens" both,
    "0035_webhooks" both,
    "0036_proposals" both,
    "0037_append_only" pair,
    "0038_audit" both,
    "0031_api_answers" both,
    "0025_identities" both,
    "0026_passkeys" both,
    "0050_comparisons" both,
    "0055_reversals" both,
    "0060_participants" both,
];

/// Runs what has not run yet.
pub(crate) async fn run(db: &Db) -> Result<(), StoreError> {
    let table = "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, text TEXT NOT NULL)";
    db.script(table.to_owned()).await?;
    let done: Vec<(String, String)> = db
        .read(async |work| {
            let rows = work.rows(sql("SELECT name, text FROM migrations ORDER BY name")).await?;
            rows.iter()
                .map(|row| Ok((row.get("name")?, row.get("text")?)))
                .collect::<Result<_, StoreError>>()
        })
        .await?;
    if let Some((name, _)) =
        done.iter().find(|(name, _)| MIGRATIONS.iter().all(|known| known.name != name))
    {
        return Err(StoreError::Newer(name.clone()));
    }
    for migration in MIGRATIONS {
        let text = if db.is_postgres() { migration.postgres } else { migration.sqlite };
        match done.iter().find(|(name, _)| name == migration.name) {
            Some((_, before)) if before == text => {}
            Some(_) => return Err(StoreError::MigrationChanged(migration.name.to_owned())),
            None => apply(db, *migration, text).await?,
        }
    }
    Ok(())
}

async fn apply(db: &Db, migration: Migration, text: &'static str) -> Result<(), StoreError> {
    let native = if db.is_postgres() { text.to_owned() } else { for_sqlite(text) };
    let statements: Vec<String> = statements(&native);
    db.write(async move |work| {
        for statement in statements {
            work.run(Sql::built(statement)).await?;
        }
        let keep = sql("INSERT INTO migrations (name, text) VALUES ($1, $2)");
        work.run(keep.bind(migration.name).bind(text)).await?;
        Ok::<(), StoreError>(())
    })
    .await
}

/// A trigger that refuses changes: its name, its table and the statement that makes it.
pub(crate) struct Guard {
    pub(crate) name: String,
    pub(crate) table: String,
    pub(crate) text: String,
}

/// Gives the triggers that the migrations make on an engine.
pub(crate) fn guards(of: impl Fn(&Migration) -> &'static str) -> Vec<Guard> {
    MIGRATIONS.iter().map(of).flat_map(statements).filter_map(guard).collect()
}

fn guard(text: String) -> Option<Guard> {
    let mut words = text.strip_prefix("CREATE TRIGGER ")?.split_whitespace();
    let name = words.next()?.to_owned();
    let table = words.skip_while(|word| *word != "ON").nth(1)?.to_owned();
    Some(Guard { name, table, text })
}

/// Splits a script into its statements; a `;` ends one where it ends a line, so that the body of a
/// trigger stands in one line.
fn statements(text: &str) -> Vec<String> {
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    lines
        .join("\n")
        .split(";\n")
        .map(|statement| statement.trim().trim_end_matches(';'))
        .filter(|statement| !statement.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Gives the text with SQLite's type names; tables become STRICT, so that text in a number column
/// is refused there as on PostgreSQL.
fn for_sqlite(text: &str) -> String {
    text.replace("BIGINT", "INTEGER")
        .replace("DOUBLE PRECISION", "REAL")
        .replace("BYTEA", "BLOB")
        .replace("\n);", "\n) STRICT;")
}
