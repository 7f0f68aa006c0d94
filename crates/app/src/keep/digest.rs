//! The measure of equality: the rows of a table in the order of their key, as lines, digested.

use orchestre_store::{Cell, Db, Shape};
use sha2::{Digest as _, Sha256};

use super::{KeepError, line};

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The table.
    pub table: &'static str,
    /// Its rows.
    pub rows: i64,
    /// The SHA-256 of its lines, hexadecimal.
    pub sha256: String,
}

/// Digests every table of one consistent picture.
///
/// # Errors
///
/// What the store says.
pub async fn tables(db: &Db) -> Result<Vec<Digest>, KeepError> {
    let shapes = Shape::all()?;
    db.snapshot(async |work| {
        let mut all = Vec::with_capacity(shapes.len());
        for shape in shapes {
            let (mut sum, mut text) = (Sum::default(), Vec::new());
            let take = async |rows: Vec<Vec<Cell>>| {
                for cells in rows {
                    text.clear();
                    line::write(&cells, &mut text)?;
                    sum.add(&text);
                }
                Ok::<(), KeepError>(())
            };
            work.system_each(shape, take).await?;
            let (rows, sha256) = sum.end();
            all.push(Digest { table: shape.table, rows, sha256 });
        }
        Ok(all)
    })
    .await
}

/// A digest under way.
#[derive(Debug, Default)]
pub(super) struct Sum {
    rows: i64,
    hasher: Sha256,
}

impl Sum {
    /// Adds the line of a row.
    pub(super) fn add(&mut self, line: &[u8]) {
        self.rows += 1;
        self.hasher.update(line);
    }

    /// Gives the rows and the digest.
    pub(super) fn end(self) -> (i64, String) {
        let mut text = String::with_capacity(64);
        for byte in self.hasher.finalize() {
            for half in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(half), 16));
            }
        }
        (self.rows, text)
    }
}
