//! Checkpoints: what of the chain was given out of house, where and when.

use orchestre_domain::checkpoint::Place;

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::sql;
use crate::work::Work;

/// A checkpoint that was given out, or that could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Its id.
    pub id: i64,
    /// Where it went.
    pub place: Place,
    /// The last link that it holds.
    pub seq: i64,
    /// The hash of that link.
    pub hash: String,
    /// When, µs.
    pub at: i64,
    /// `done`, or the code of what went wrong.
    pub result: String,
    /// What the other side answered (a time-stamp in base64).
    pub proof: Option<String>,
}

impl Work<'_> {
    /// Keeps a checkpoint.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_checkpoint(&mut self, one: &Checkpoint) -> Result<(), StoreError> {
        let text = "INSERT INTO checkpoints (id, place, seq, hash, at, result, proof) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let row = sql(text).bind(one.id).bind(one.place.as_str()).bind(one.seq).bind(&one.hash);
        self.run(row.bind(one.at).bind(&one.result).bind(&one.proof)).await?;
        Ok(())
    }

    /// Gives the latest checkpoints, the newest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_checkpoints(&mut self, limit: i64) -> Result<Vec<Checkpoint>, StoreError> {
        let text = "SELECT id, place, seq, hash, at, result, proof FROM checkpoints \
                    ORDER BY at DESC, id DESC LIMIT $1";
        self.rows(sql(text).bind(limit)).await?.iter().map(checkpoint).collect()
    }

    /// Gives one checkpoint.
    ///
    /// # Errors
    ///
    /// As [`Work::row`].
    pub async fn system_checkpoint(&mut self, id: i64) -> Result<Option<Checkpoint>, StoreError> {
        let text = "SELECT id, place, seq, hash, at, result, proof FROM checkpoints WHERE id = $1";
        self.row(sql(text).bind(id)).await?.as_ref().map(checkpoint).transpose()
    }

    /// Gives the last link that a place was given, and when (µs); twice 0 when none was.
    ///
    /// # Errors
    ///
    /// As [`Work::row`].
    pub async fn system_checkpointed(&mut self, place: Place) -> Result<(i64, i64), StoreError> {
        let text = "SELECT seq, at FROM checkpoints WHERE place = $1 AND result = 'done' \
                    ORDER BY seq DESC, at DESC LIMIT 1";
        let row = self.row(sql(text).bind(place.as_str())).await?;
        row.map_or(Ok((0, 0)), |row| Ok((row.get("seq")?, row.get("at")?)))
    }
}

fn checkpoint(row: &Row) -> Result<Checkpoint, StoreError> {
    Ok(Checkpoint {
        id: row.get("id")?,
        place: row.word("place", Place::parse)?,
        seq: row.get("seq")?,
        hash: row.get("hash")?,
        at: row.get("at")?,
        result: row.get("result")?,
        proof: row.opt("proof")?,
    })
}
