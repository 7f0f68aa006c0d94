//! The files of a ZIP archive.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{Budget, Depth, Opened, add, too_large};
use crate::issue::{Issue, IssueCode};

/// Opens the files of an archive; what cannot be opened is told, the others are read.
pub(super) fn open(
    opened: &mut Opened,
    (path, bytes): (&str, &[u8]),
    (budget, depth): (&mut Budget, Depth),
) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return opened.refuse(path, broken());
    };
    if archive.len() > budget.limits.parts.saturating_mul(4) {
        return opened.refuse(path, too_large(budget.limits.parts));
    }
    let inner = if depth == Depth::Outside { Depth::Inside } else { Depth::Innermost };
    for index in 0..archive.len() {
        match entry(&mut archive, index, budget) {
            Ok(Some((name, bytes))) => {
                add(opened, (&format!("{path}/{name}"), bytes), (budget, inner));
            }
            Ok(None) => {}
            Err((name, issue)) => opened.refuse(&format!("{path}/{name}"), issue),
        }
    }
}

type Entry = Option<(String, Vec<u8>)>;

/// Gives the name and bytes of a file; `None` for folders and for what systems put beside.
fn entry(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    budget: &mut Budget,
) -> Result<Entry, (String, Issue)> {
    let numbered = format!("#{}", index.saturating_add(1));
    let file = archive.by_index(index).map_err(|_unreadable| (numbered.clone(), broken()))?;
    // A name that leaves the archive is only a name here: nothing is written to a disk.
    let name = file.enclosed_name().map_or(numbered, |name| name.to_string_lossy().into_owned());
    let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    if file.is_dir() || is_hidden {
        return Ok(None);
    }
    let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
    let most = budget.most(packed);
    let mut bytes = Vec::new();
    let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
    budget.take(bytes.len());
    if u64::try_from(bytes.len()).is_ok_and(|length| length > most) {
        return Err((name, too_large(most)));
    }
    if read.is_err() {
        return Err((name, broken()));
    }
    Ok(Some((name, bytes)))
}

fn broken() -> Issue {
    Issue::file(IssueCode::FormatMismatch).with_value("zip")
}

/// Says whether all of an archive can be unpacked within the budget; counts nothing.
pub(super) fn fits(bytes: &[u8], budget: &Budget) -> Result<(), Issue> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_unreadable| broken())?;
    let most = budget.most(bytes.len());
    let mut size = 0_u64;
    for index in 0..archive.len() {
        let Ok(file) = archive.by_index(index) else { return Err(broken()) };
        let mut rest = file.take(most.saturating_sub(size).saturating_add(1));
        let read = std::io::copy(&mut rest, &mut std::io::sink());
        size = size.saturating_add(read.map_err(|_unreadable| broken())?);
        if size > most {
            return Err(too_large(most));
        }
    }
    Ok(())
}

/// Says whether an archive has a file of this name.
pub(super) fn has(bytes: &[u8], name: &str) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| archive.index_for_name(name).is_some())
}
