//! Who can sign in to the demo, kept in a file that only its owner reads.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

/// The file in the demo's directory.
pub(super) const FILE: &str = "sign-ins.json";

/// Somebody who can sign in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Person {
    /// The name.
    pub(super) name: String,
    /// The role's word.
    pub(super) role: String,
    /// The address.
    pub(super) email: String,
    /// The password.
    pub(super) password: String,
}

/// Reads the file.
///
/// # Errors
///
/// When it is gone or changed.
pub(super) fn read(folder: &Path) -> anyhow::Result<Vec<Person>> {
    let path = folder.join(FILE);
    let gone =
        || format!("cannot read {}: `orchestre demo --reset` makes new ones", path.display());
    let text = std::fs::read_to_string(&path).with_context(gone)?;
    serde_json::from_str(&text).with_context(gone)
}

/// Writes the file.
///
/// # Errors
///
/// What the system says.
pub(super) fn write(folder: &Path, people: &[Person]) -> anyhow::Result<()> {
    let path = folder.join(FILE);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let text = serde_json::to_string_pretty(people)?;
    let written = options.open(&path).and_then(|mut file| {
        writeln!(file, "{text}")?;
        file.sync_all()
    });
    written.with_context(|| format!("cannot write {}", path.display()))
}
