//! Where a database is filled before it takes its place.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use orchestre_store::{Db, Options};

use crate::config::Config;
use crate::open::{self, DATABASE};

/// Where a database goes.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// A file in a data directory.
    Folder(PathBuf),
    /// A schema of a PostgreSQL database.
    Server { url: String, schema: String },
}

impl Place {
    /// Gives the place that a configuration names.
    pub(crate) fn of(config: &Config) -> Self {
        let url = config.get("database.url");
        if url.is_empty() {
            return Self::Folder(config.data.clone());
        }
        Self::Server { url: url.to_owned(), schema: config.get("database.schema").to_owned() }
    }

    /// Says whether nobody has worked with what lies there.
    pub(crate) async fn is_fresh(&self) -> anyhow::Result<bool> {
        let db = match self {
            Self::Folder(folder) => {
                let file = folder.join(DATABASE);
                if !file.exists() {
                    return Ok(true);
                }
                Db::sqlite(&file, &Options::default()).await?
            }
            Self::Server { url, schema } => {
                Db::make_schema(url, schema).await?;
                Db::postgres(url, schema, &Options::default()).await?
            }
        };
        Ok(db.read(async |work| work.system_is_fresh().await).await?)
    }

    /// Opens the stage beside the place, as far as it is filled.
    pub(crate) async fn stage(&self) -> anyhow::Result<Db> {
        match self {
            Self::Folder(folder) => {
                open::make(folder)?;
                Ok(Db::stage_sqlite(&stage_file(folder)).await?)
            }
            Self::Server { url, schema } => {
                let stage = stage_schema(schema);
                Db::make_schema(url, &stage).await?;
                Ok(Db::stage_postgres(url, &stage).await?)
            }
        }
    }

    /// Removes the stage, if there is one.
    pub(crate) async fn clear(&self) -> anyhow::Result<()> {
        match self {
            Self::Folder(folder) => remove(&stage_file(folder)),
            Self::Server { url, schema } => {
                let stage = stage_schema(schema);
                Db::make_schema(url, &stage).await?;
                let options = Options { readers: 2, ..Options::default() };
                let db = Db::postgres(url, &stage, &options).await?;
                Ok(db.remove_schema(&stage).await?)
            }
        }
    }

    /// Puts the proven stage in its place; gives where what was there is kept.
    pub(crate) async fn take(&self, stage: Db, stamp: &str) -> anyhow::Result<Option<String>> {
        match self {
            Self::Folder(folder) => {
                drop(stage);
                swap(folder, stamp)
            }
            Self::Server { schema, .. } => {
                let aside = format!("{schema}_before_{}", stamp.replace('-', "_"));
                stage.swap_schema(&stage_schema(schema), schema, &aside).await?;
                Ok(Some(aside))
            }
        }
    }
}

fn stage_schema(schema: &str) -> String {
    format!("{schema}_stage")
}

fn stage_file(folder: &Path) -> PathBuf {
    folder.join(format!("{DATABASE}.stage"))
}

/// Gives the files of a database: itself and what SQLite keeps beside it.
fn files(file: &Path) -> impl Iterator<Item = (PathBuf, &'static str)> + '_ {
    ["", "-wal", "-shm"].into_iter().map(|end| (named(file, end), end))
}

fn named(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn remove(file: &Path) -> anyhow::Result<()> {
    for (path, _) in files(file) {
        if path.exists() {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Renames what is there out of the way, the log of SQLite first, then the stage into its place.
fn swap(folder: &Path, stamp: &str) -> anyhow::Result<Option<String>> {
    let (live, stage) = (folder.join(DATABASE), stage_file(folder));
    let aside = folder.join(format!("{DATABASE}.before-{stamp}"));
    let was_there = live.exists();
    let moved = |from: &Path, to: &Path| {
        std::fs::rename(from, to).with_context(|| format!("cannot rename {}", from.display()))
    };
    for (path, end) in files(&live).collect::<Vec<_>>().into_iter().rev() {
        if path.exists() {
            moved(&path, &named(&aside, end))?;
        }
    }
    for (path, end) in files(&stage).collect::<Vec<_>>().into_iter().rev() {
        if path.exists() {
            moved(&path, &named(&live, end))?;
        }
    }
    std::fs::File::open(folder)?.sync_all()?;
    Ok(was_there.then(|| aside.display().to_string()))
}
