//! `orchestre migrate`.

use serde_json::json;

use crate::open::Call;
use crate::{Exit, output};

/// Opens the database, which brings it to the present schema, and says how far it is.
pub(crate) async fn run(call: &Call) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    let engine = if ctx.db().is_postgres() { "PostgreSQL" } else { "SQLite" };
    let last = orchestre_store::MIGRATIONS.last().map_or("", |migration| migration.name);
    if call.is_json {
        output::json(&json!({"engine": engine, "migration": last}))?;
    } else {
        output::data(&format!("{engine}, migration {last}"));
    }
    Ok(Exit::Done)
}
