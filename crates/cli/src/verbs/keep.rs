//! `orchestre backup`, `restore`, `migrate-db` and `export --all`.

mod carry;
mod place;
mod restore;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use orchestre_app::keep::{self, KeepError, Key, Made};
use serde_json::json;

use crate::args::{Backup, Keep};
use crate::open::{self, Call};
use crate::refusal::Refusal;
use crate::{Exit, output};

/// Does what is to be done with everything at once.
pub(crate) async fn run(call: &Call, verb: &Keep) -> anyhow::Result<Exit> {
    match verb {
        Keep::Backup(asked) => backup(call, asked).await,
        Keep::Export { all } => export(call, all).await,
        Keep::Restore(asked) => restore::run(call, asked).await,
        Keep::MigrateDb(asked) => carry::run(call, asked).await,
    }
}

/// Writes a backup.
async fn backup(call: &Call, backup: &Backup) -> anyhow::Result<Exit> {
    let key = match (&backup.to_key, &backup.passphrase_file) {
        (Some(text), _) => Some(Key::to(text).ok_or_else(|| {
            Refusal::misuse("this is no public key of the age format", "it begins with age1")
        })?),
        (None, Some(path)) => Some(key_of(path)?),
        (None, None) => None,
    };
    let ctx = call.ctx().await?;
    let out = match &backup.out {
        Some(out) => out.clone(),
        None => own_place(call, ctx.now(), key.as_ref())?,
    };
    told(call, &out, keep::backup(&ctx, &out, key.as_ref()).await)
}

/// Writes everything in open formats.
async fn export(call: &Call, out: &Path) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    told(call, out, keep::backup(&ctx, out, None).await)
}

fn told(call: &Call, out: &Path, made: Result<Made, KeepError>) -> anyhow::Result<Exit> {
    let made = made.map_err(said).with_context(|| format!("cannot write {}", out.display()))?;
    let (rows, bytes) = (made.manifest.rows(), made.bytes);
    if call.is_json {
        let tables = &made.manifest.tables;
        output::json(&json!({"file": out, "rows": rows, "bytes": bytes, "tables": tables}))?;
    } else {
        output::data(&format!("{}: {rows} rows, {bytes} bytes", out.display()));
    }
    Ok(Exit::Done)
}

/// Gives a place in the data directory, named after the instant.
fn own_place(call: &Call, now: i64, key: Option<&Key>) -> anyhow::Result<PathBuf> {
    let folder = call.config()?.data.join("backups");
    open::make(&folder)?;
    let stamp = keep::stamp(now);
    let end = if key.is_some() { "tar.gz.age" } else { "tar.gz" };
    Ok(folder.join(format!("{stamp}.{end}")))
}

/// Reads a key file.
pub(super) fn key_of(path: &Path) -> anyhow::Result<Key> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Key::of_file(&text).ok_or_else(|| {
        let what = format!("{} holds no key", path.display());
        anyhow!(Refusal::misuse(what, "write a secret key or a passphrase into its first line"))
    })
}

/// Gives a failure with what to do about it.
pub(super) fn said(error: KeepError) -> anyhow::Error {
    let no = |what: &str, hint: &str| anyhow!(Refusal::no(what, hint));
    match error {
        KeepError::Store(error) => error.into(),
        KeepError::Io(error) => error.into(),
        KeepError::NotOurs => no("this is no backup of Orchestre", "name a file that backup wrote"),
        KeepError::Damaged => {
            no("the backup is cut off or damaged; nothing was changed", "take another copy of it")
        }
        KeepError::KeyNeeded => no("the backup is encrypted", "name its key with --key-file"),
        KeepError::KeyWrong => {
            no("the key does not open the backup; nothing was changed", "name its own key")
        }
        KeepError::Newer(what) => no(
            &format!("a newer version wrote the backup ({what}); nothing was changed"),
            "restore it with that version or a newer one",
        ),
        KeepError::Differs(table) => no(
            &format!("table {table} does not hold what it should; nothing was changed"),
            "take another copy; for migrate-db stop what writes and use --afresh",
        ),
        KeepError::Chain(at) => no(
            &format!("the chain of events is broken at {at}; nothing was changed"),
            "take an older backup, and look into who changed this one",
        ),
        KeepError::Busy => no("another process is at work on this database", "wait until it ends"),
        KeepError::NotEmpty => no(
            "there is something already; nothing was changed",
            "choose an empty place, or --replace to put it aside",
        ),
    }
}
