//! Reading a file again without a database: does it hold what it says?

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::digest::Sum;
use super::manifest::{END, TABLES};
use super::{KeepError, Key, Manifest, seal};

/// Reads a whole file and compares rows and digests with what it says at its end.
///
/// # Errors
///
/// [`KeepError::Damaged`], [`KeepError::Differs`] with the table, or why it cannot be opened.
pub fn check(path: &Path, key: Option<&Key>) -> Result<Manifest, KeepError> {
    let mut archive = tar::Archive::new(MultiGzDecoder::new(seal::open(path, key)?));
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    let mut end: Option<Manifest> = None;
    for entry in archive.entries().or(Err(KeepError::Damaged))? {
        let mut entry = entry.or(Err(KeepError::Damaged))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if let Some(table) = name.strip_prefix(TABLES).and_then(|rest| rest.split('/').next()) {
            let sum = sums.entry(table.to_owned()).or_default();
            for line in BufReader::new(&mut entry).split(b'\n') {
                let mut line = line.or(Err(KeepError::Damaged))?;
                line.push(b'\n');
                sum.add(&line);
            }
        } else if name == END {
            let mut text = Vec::new();
            entry.read_to_end(&mut text).or(Err(KeepError::Damaged))?;
            end = Some(serde_json::from_slice(&text).or(Err(KeepError::Damaged))?);
        }
    }
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink()).or(Err(KeepError::Damaged))?;
    let manifest = end.ok_or(KeepError::Damaged)?;
    for table in &manifest.tables {
        let (rows, sha256) = sums.remove(&table.name).unwrap_or_default().end();
        if rows != table.rows || sha256 != table.sha256 {
            return Err(KeepError::Differs(table.name.clone()));
        }
    }
    Ok(manifest)
}
