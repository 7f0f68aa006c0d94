//! `orchestre restore`.

use anyhow::Context as _;
use orchestre_app::App;
use orchestre_app::keep::{self, KeepError, Lock};
use orchestre_domain::event::EventName;
use orchestre_domain::viewer::Viewer;
use orchestre_store::Db;
use serde_json::json;

use super::place::Place;
use super::{key_of, said};
use crate::args::Restore;
use crate::open::{self, Call};
use crate::{Exit, logs, output};

/// What was brought back.
struct Proven {
    stage: Db,
    rows: i64,
    events: i64,
}

/// Brings a backup back beside what is there, proves it, and puts it in its place.
pub(crate) async fn run(call: &Call, restore: &Restore) -> anyhow::Result<Exit> {
    let config = call.config()?;
    logs::quiet(&config);
    open::make(&config.data)?;
    let _lock = Lock::take(&config.data).map_err(said)?;
    let place = Place::of(&config);
    if !restore.replace && !place.is_fresh().await? {
        return Err(said(KeepError::NotEmpty));
    }
    place.clear().await?;
    let proven = match fill(call, restore, &place).await {
        Ok(proven) => proven,
        Err(error) => {
            place.clear().await?;
            return Err(error);
        }
    };
    let Proven { stage, rows, events } = proven;
    let now = open::with(stage.clone(), &config)?.clock.now();
    let aside = place.take(stage, &keep::stamp(now)).await?;
    if call.is_json {
        output::json(&json!({"rows": rows, "events": events, "aside": aside}))?;
    } else {
        output::data(&format!("restored: {rows} rows equal, {events} events linked"));
        if let Some(aside) = aside {
            output::talk(&format!("what was there is kept as {aside}"));
        }
    }
    Ok(Exit::Done)
}

async fn fill(call: &Call, restore: &Restore, place: &Place) -> anyhow::Result<Proven> {
    let config = call.config()?;
    let key = restore.key_file.as_deref().map(key_of).transpose()?;
    let stage = place.stage().await?;
    let filled = keep::fill(&stage, &restore.file, key.as_ref()).await;
    let manifest = filled
        .map_err(said)
        .with_context(|| format!("cannot restore {}", restore.file.display()))?;
    let app: App = open::with(stage.clone(), &config)?;
    let events = keep::prove(&app, &manifest).await.map_err(said)?;
    let ctx = app.ctx(Viewer::shell(call.lang));
    let mut event = ctx.event(EventName::BackupRestored, "backup", None);
    event.payload = vec![("rows", manifest.rows().to_string())];
    stage.write(async |work| work.record(&event).await).await?;
    stage.settle().await?;
    Ok(Proven { stage, rows: manifest.rows(), events })
}
