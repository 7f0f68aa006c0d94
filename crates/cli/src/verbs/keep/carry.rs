//! `orchestre migrate-db`.

use std::time::Instant;

use anyhow::bail;
use orchestre_app::keep::{self, KeepError, Lock};
use serde_json::json;

use super::place::Place;
use super::said;
use crate::args::MigrateDb;
use crate::open::Call;
use crate::refusal::Refusal;
use crate::{Exit, output};

/// The bar's label.
const LABEL: &str = "migrate-db";

/// Carries everything to another database, proves it equal, and puts it in its place.
pub(crate) async fn run(call: &Call, asked: &MigrateDb) -> anyhow::Result<Exit> {
    let config = call.config()?;
    let ctx = call.ctx().await?;
    let _lock = Lock::take(&config.data).map_err(said)?;
    let target = target(asked);
    if is_same(&Place::of(&config), &target) {
        bail!(Refusal::misuse("this is the database itself", "name another one with --to"));
    }
    if !target.is_fresh().await? {
        return Err(said(KeepError::NotEmpty));
    }
    if asked.afresh {
        target.clear().await?;
    }
    let started = Instant::now();
    let stage = target.stage().await?;
    let tell = |_: &str, done: usize, all: usize| output::progress(LABEL, done, all);
    let carried = keep::carry(ctx.db(), &stage, tell).await.map_err(said)?;
    target.take(stage, &keep::stamp(ctx.now())).await?;
    let seconds = started.elapsed().as_secs_f64();
    let (rows, before) = (carried.rows, carried.before);
    if call.is_json {
        let tables: Vec<_> = carried
            .tables
            .iter()
            .map(|one| json!({"name": one.table, "rows": one.rows, "sha256": one.sha256}))
            .collect();
        let answer =
            json!({"rows": rows, "rows_before": before, "seconds": seconds, "tables": tables});
        output::json(&answer)?;
    } else {
        let what = format!("{rows} rows carried, {before} before, all tables equal");
        output::progress_end(LABEL, &what);
    }
    Ok(Exit::Done)
}

fn target(asked: &MigrateDb) -> Place {
    let to = &asked.to;
    if to.starts_with("postgres://") || to.starts_with("postgresql://") {
        return Place::Server { url: to.clone(), schema: asked.to_schema.clone() };
    }
    Place::Folder(to.into())
}

fn is_same(one: &Place, other: &Place) -> bool {
    match (one, other) {
        (Place::Folder(one), Place::Folder(other)) => {
            let real = |path: &std::path::Path| path.canonicalize().ok();
            real(one).is_some() && real(one) == real(other)
        }
        (Place::Server { url, schema }, Place::Server { url: other_url, schema: other_schema }) => {
            url == other_url && schema == other_schema
        }
        _ => false,
    }
}
