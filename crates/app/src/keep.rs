//! Keeping all that is known in one file, and bringing it back: the same on both engines.
//!
//! The file is a gzipped tar of JSON lines, one folder a table, with what it must hold in the last
//! entry (`docs/decisions/0004-one-file-of-json-lines.md`). [`digest::tables`] is the one measure
//! of equality: backup, restore, the move between engines and the tests all use it.

mod carry;
mod digest;
mod error;
mod line;
mod manifest;
mod read;
mod seal;
mod write;

pub use carry::{Carried, carry};
pub use digest::{Digest, tables};
pub use error::KeepError;
pub use manifest::{Manifest, TableSum};
pub use read::fill;
pub use seal::{Key, Lock};
pub use write::{Made, backup};

use crate::App;

/// Gives an instant (µs) as text that sorts and may stand in names: `20261123-083000`.
pub fn stamp(now: i64) -> String {
    let at = jiff::Timestamp::from_microsecond(now).unwrap_or_default();
    at.strftime("%Y%m%d-%H%M%S").to_string()
}

/// Proves a filled database: its tables are those of the manifest and its chain holds.
///
/// # Errors
///
/// [`KeepError::Differs`] with the table, [`KeepError::Chain`] with the link.
pub async fn prove(app: &App, wanted: &Manifest) -> Result<i64, KeepError> {
    let found = tables(&app.db).await?;
    for sum in &wanted.tables {
        let same = found.iter().find(|digest| digest.table == sum.name);
        if !same.is_some_and(|found| sum.is_met_by(found)) {
            return Err(KeepError::Differs(sum.name.clone()));
        }
    }
    let state = app.db.snapshot(async |work| work.system_verify_chain().await).await?;
    match state.broken_at {
        Some(at) => Err(KeepError::Chain(at)),
        None => Ok(state.sealed),
    }
}
