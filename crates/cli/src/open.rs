//! Opening the data directory and its database.

use std::path::Path;

use anyhow::Context as _;
use orchestre_app::App;
use orchestre_domain::id::Ids;
use orchestre_store::{Db, Options};

use crate::clock::SystemClock;
use crate::config::Config;

/// Opens the database of a configuration; any verb creates and migrates a fresh directory.
///
/// # Errors
///
/// The directory cannot be written, the database is of a newer version, the server is not there.
pub(crate) async fn app(config: &Config) -> anyhow::Result<App> {
    let readers = config.get("database.readers").parse().unwrap_or(8);
    let options = Options { readers, ..Options::default() };
    let url = config.get("database.url");
    let db = if url.is_empty() {
        let file = config.data.join("orchestre.sqlite");
        make(&config.data)?;
        Db::sqlite(&file, &options).await.with_context(|| format!("cannot open {}", file.display()))?
    } else {
        let schema = config.get("database.schema");
        Db::postgres(url, schema, &options).await.context("cannot open the PostgreSQL database")?
    };
    Ok(App::new(db, std::sync::Arc::new(SystemClock), Ids::new(node()?)))
}

fn make(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let probe = folder.join(".writable");
    std::fs::write(&probe, b"").with_context(|| format!("cannot write in {}", folder.display()))?;
    std::fs::remove_file(&probe).with_context(|| format!("cannot write in {}", folder.display()))
}

/// Gives this process a number of its own, so that two processes never make the same id.
fn node() -> anyhow::Result<i64> {
    let mut bytes = [0; 2];
    getrandom::fill(&mut bytes).context("the system gives no random numbers")?;
    Ok(i64::from(u16::from_le_bytes(bytes)))
}
