//! Files in pieces, found by their digest.

use crate::error::StoreError;
use crate::sql::{Value, sql};
use crate::work::Work;

/// The bytes of a piece.
pub const PIECE: usize = 256 * 1024;

impl Work<'_> {
    /// Keeps pieces of a file from `first` on; what is there already stays.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_blob(
        &mut self,
        sha256: &str,
        first: i64,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let rows = (first..).zip(bytes.chunks(PIECE));
        let rows = rows
            .map(|(piece, bytes)| vec![sha256.into(), piece.into(), Value::Bytes(bytes.to_vec())]);
        let tail = "ON CONFLICT (sha256, piece) DO NOTHING";
        self.insert("blobs", &["sha256", "piece", "bytes"], rows.collect(), tail).await
    }

    /// Gives a file; empty when there is none.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_blob(&mut self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        let mut bytes: Vec<u8> = Vec::new();
        for row in self
            .rows(sql("SELECT bytes FROM blobs WHERE sha256 = $1 ORDER BY piece").bind(sha256))
            .await?
        {
            bytes.extend(row.get::<Vec<u8>>("bytes")?);
        }
        Ok(bytes)
    }
}
