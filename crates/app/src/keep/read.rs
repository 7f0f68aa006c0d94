//! Filling a stage from a file.

use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use orchestre_store::{Db, Kind, Shape, StoreError, Value};

use super::manifest::{END, HEAD, Head, TABLES};
use super::{KeepError, Key, Manifest, line, seal};

/// Rows written in one unit of work.
const BATCH: usize = 2_000;

/// Reads a whole file into a stage and gives what it must hold; a file of an older schema without
/// digests, since its lines had fewer columns.
///
/// # Errors
///
/// [`KeepError`], each for one thing that is wrong with the file; the stage is then of no use.
pub async fn fill(stage: &Db, path: &Path, key: Option<&Key>) -> Result<Manifest, KeepError> {
    let mut archive = tar::Archive::new(MultiGzDecoder::new(seal::open(path, key)?));
    let mut head = None;
    let mut end: Option<Manifest> = None;
    for entry in archive.entries().map_err(broken)? {
        let mut entry =
            entry.map_err(|error| if head.is_none() { unknown(&error) } else { broken(error) })?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        match (&head, name.strip_prefix(TABLES).and_then(|rest| rest.split('/').next())) {
            (None, _) if name == HEAD => {
                head = Some(Head::read(&all(&mut entry)?)?);
                empty(stage).await?;
            }
            (None, _) => return Err(KeepError::NotOurs),
            (Some(head), Some(table)) => fill_part(stage, head, table, &mut entry).await?,
            (Some(_), None) if name == END => {
                end = Some(serde_json::from_slice(&all(&mut entry)?).or(Err(KeepError::Damaged))?);
            }
            (Some(_), None) => {}
        }
    }
    // What follows the archive is read too: a checksum stands at the very end.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink()).map_err(broken)?;
    let (Some(head), Some(mut manifest)) = (head, end) else { return Err(KeepError::Damaged) };
    if !head.is_present() {
        manifest.forget_digests();
    }
    Ok(manifest)
}

fn broken(error: std::io::Error) -> KeepError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::PermissionDenied => error.into(),
        _ => KeepError::Damaged,
    }
}

fn unknown(error: &std::io::Error) -> KeepError {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => KeepError::Damaged,
        _ => KeepError::NotOurs,
    }
}

fn all(entry: &mut impl Read) -> Result<Vec<u8>, KeepError> {
    /// A head or a manifest is never longer.
    const MOST: u64 = 1 << 24;
    let mut bytes = Vec::new();
    entry.take(MOST).read_to_end(&mut bytes).map_err(broken)?;
    Ok(bytes)
}

/// Takes out what the migrations put in.
async fn empty(stage: &Db) -> Result<(), KeepError> {
    let shapes = Shape::all()?;
    let done = stage.write(async |work| {
        for shape in shapes {
            work.system_empty(shape).await?;
        }
        Ok::<(), StoreError>(())
    });
    Ok(done.await?)
}

async fn fill_part(
    stage: &Db,
    head: &Head,
    table: &str,
    entry: &mut impl Read,
) -> Result<(), KeepError> {
    let shape = Shape::all()?.iter().find(|shape| shape.table == table);
    let shape = shape.ok_or(KeepError::Damaged)?;
    let found = head.columns(shape);
    let names: Vec<&'static str> = found.iter().map(|(name, _, _)| *name).collect();
    let columns = if names == shape.columns { shape.columns } else { names.leak() };
    let wanted: Vec<(Kind, usize)> = found.iter().map(|(_, kind, place)| (*kind, *place)).collect();
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(BATCH);
    for text in BufReader::new(entry).split(b'\n') {
        let text = text.map_err(broken)?;
        rows.push(line::read(&text, &wanted).ok_or(KeepError::Damaged)?);
        if rows.len() == BATCH {
            put(stage, shape.table, columns, std::mem::take(&mut rows)).await?;
        }
    }
    put(stage, shape.table, columns, rows).await
}

async fn put(
    stage: &Db,
    table: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Vec<Value>>,
) -> Result<(), KeepError> {
    let done: Result<(), StoreError> =
        stage.write(async move |work| work.system_fill(table, columns, rows).await).await;
    done.map_err(|error| match error {
        StoreError::Taken(_) | StoreError::Refused(_) => KeepError::Damaged,
        other => other.into(),
    })
}
