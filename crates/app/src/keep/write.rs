//! Writing one consistent file while others work.

use std::fs::File;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use orchestre_domain::event::EventName;
use orchestre_store::{Cell, Shape, Work};
use serde::Serialize;
use tar::{Builder, Header};

use super::digest::Sum;
use super::manifest::{END, HEAD, Head, TABLES};
use super::seal::Sink;
use super::{KeepError, Key, Manifest, TableSum, line};
use crate::Ctx;

/// Bytes of lines in one entry, about; an entry's length stands before it, so it is held.
const PART: usize = 1 << 20;

/// What was written.
#[derive(Debug, Clone)]
pub struct Made {
    /// What the file holds.
    pub manifest: Manifest,
    /// The file's length in bytes.
    pub bytes: u64,
}

type Tar = Builder<GzEncoder<Sink>>;

/// Writes a backup beside its place, waits for the disk, puts it there and records the event.
///
/// # Errors
///
/// What the store or the disk says; then there is no file.
pub async fn backup(ctx: &Ctx, out: &Path, key: Option<&Key>) -> Result<Made, KeepError> {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = out.with_file_name(name);
    let written = write(ctx, &part, key).await;
    let manifest = written.inspect_err(|_| drop(std::fs::remove_file(&part)))?;
    let bytes = std::fs::metadata(&part)?.len();
    std::fs::rename(&part, out)?;
    if let Some(folder) = out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    let mut event = ctx.event(EventName::BackupMade, "backup", None);
    event.payload = vec![("rows", manifest.rows().to_string()), ("bytes", bytes.to_string())];
    ctx.db().write(async |work| work.record(&event).await).await?;
    Ok(Made { manifest, bytes })
}

async fn write(ctx: &Ctx, part: &Path, key: Option<&Key>) -> Result<Manifest, KeepError> {
    let sink = Sink::new(private(part)?, key)?;
    let mut tar = Builder::new(GzEncoder::new(sink, Compression::fast()));
    let now = ctx.now();
    put_json(&mut tar, HEAD, &Head::now(now)?, now)?;
    let shapes = Shape::all()?;
    let tables = ctx.db().snapshot(async |work| {
        let mut tables = Vec::with_capacity(shapes.len());
        for shape in shapes {
            tables.push(table(work, shape, &mut tar, now).await?);
        }
        Ok::<_, KeepError>(tables)
    });
    let manifest = Manifest { made_at: now, tables: tables.await? };
    put_json(&mut tar, END, &manifest, now)?;
    tar.into_inner()?.finish()?.end()?;
    Ok(manifest)
}

/// Makes a file that only its owner reads.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn table(
    work: &mut Work<'_>,
    shape: &Shape,
    tar: &mut Tar,
    now: i64,
) -> Result<TableSum, KeepError> {
    let (mut sum, mut part, mut number) = (Sum::default(), Vec::with_capacity(PART), 0);
    let mut put = |part: &mut Vec<u8>| {
        number += 1;
        let name = format!("{TABLES}{}/{number:06}.jsonl", shape.table);
        let done = entry(tar, &name, part, now);
        part.clear();
        done
    };
    let take = async |rows: Vec<Vec<Cell>>| {
        for cells in rows {
            let start = part.len();
            line::write(&cells, &mut part)?;
            sum.add(part.get(start..).unwrap_or_default());
            if part.len() >= PART {
                put(&mut part)?;
            }
        }
        Ok::<(), KeepError>(())
    };
    work.system_each(shape, take).await?;
    if !part.is_empty() {
        put(&mut part)?;
    }
    let (rows, sha256) = sum.end();
    Ok(TableSum { name: shape.table.to_owned(), rows, sha256 })
}

fn put_json(tar: &mut Tar, name: &str, what: &impl Serialize, now: i64) -> Result<(), KeepError> {
    let text = serde_json::to_vec_pretty(what).map_err(std::io::Error::from)?;
    entry(tar, name, &text, now)
}

fn entry(tar: &mut Tar, name: &str, bytes: &[u8], now: i64) -> Result<(), KeepError> {
    let mut header = Header::new_gnu();
    header.set_size(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(now.div_euclid(1_000_000)).unwrap_or(0));
    Ok(tar.append_data(&mut header, name, bytes)?)
}
