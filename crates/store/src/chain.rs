//! The chain: each event is linked to the one before by a hash, in the order of commits.

use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// What a look at the chain says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainState {
    /// Events that are linked.
    pub sealed: i64,
    /// Events that are not linked yet.
    pub unsealed: i64,
    /// The first link that does not hold: its number.
    pub broken_at: Option<i64>,
}

/// Events linked in one unit of work.
const BATCH: usize = 500;

const COLUMNS: &str =
    "id, name, at, login_id, person_id, account_id, object, object_id, payload, seq, hash";

impl Work<'_> {
    /// Links the events that are not linked yet, up to a batch; gives how many.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_seal(&mut self) -> Result<usize, StoreError> {
        let last = self
            .row(sql(
                "SELECT seq, hash FROM events WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1",
            ))
            .await?;
        let (mut seq, mut hash) = match last {
            Some(row) => (row.get::<i64>("seq")?, row.get::<String>("hash")?),
            None => (0, String::new()),
        };
        let text =
            format!("SELECT {COLUMNS} FROM events WHERE seq IS NULL ORDER BY id LIMIT {BATCH}");
        let rows = self.rows(Sql::built(text)).await?;
        let count = rows.len();
        for row in rows {
            let id: i64 = row.get("id")?;
            seq += 1;
            hash = link(&hash, &row, &self.values_digest(id).await?)?;
            self.run(
                sql("UPDATE events SET seq = $2, hash = $3 WHERE id = $1")
                    .bind(id)
                    .bind(seq)
                    .bind(&hash),
            )
            .await?;
        }
        Ok(count)
    }

    /// Says whether there are events that are not linked yet.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_has_unsealed(&mut self) -> Result<bool, StoreError> {
        Ok(self.row(sql("SELECT id FROM events WHERE seq IS NULL LIMIT 1")).await?.is_some())
    }

    /// Reads the whole chain again and names the first link that does not hold.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_verify_chain(&mut self) -> Result<ChainState, StoreError> {
        let row = self
            .row(sql("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM events WHERE seq IS NULL"))
            .await?;
        let unsealed = row.map_or(Ok(0), |row| row.get("n"))?;
        let (mut sealed, mut hash) = (0, String::new());
        loop {
            let text =
                format!("SELECT {COLUMNS} FROM events WHERE seq > $1 ORDER BY seq LIMIT {BATCH}");
            let rows = self.rows(Sql::built(text).bind(sealed)).await?;
            if rows.is_empty() {
                return Ok(ChainState { sealed, unsealed, broken_at: None });
            }
            for row in rows {
                let seq: i64 = row.get("seq")?;
                hash = link(&hash, &row, &self.values_digest(row.get("id")?).await?)?;
                if seq != sealed + 1 || row.get::<String>("hash")? != hash {
                    return Ok(ChainState { sealed, unsealed, broken_at: Some(sealed + 1) });
                }
                sealed = seq;
            }
        }
    }

    /// Gives the digest of an event's personal values: of their salted digests, so that a value
    /// can be erased while its salted digest stays.
    async fn values_digest(&mut self, event: i64) -> Result<String, StoreError> {
        let text = "SELECT name, salt FROM event_values WHERE event_id = $1 ORDER BY name";
        let rows = self.rows(sql(text).bind(event)).await?;
        let mut all = String::new();
        for row in rows {
            all.push_str(&row.get::<String>("name")?);
            all.push('\n');
            all.push_str(&row.get::<String>("salt")?);
            all.push('\n');
        }
        Ok(all)
    }
}

/// Gives the hash of a link: of the link before, the event's columns and its values' digests.
fn link(before: &str, row: &Row, values: &str) -> Result<String, StoreError> {
    let mut hasher = Sha256::new();
    hasher.update(before.as_bytes());
    for column in [
        "id",
        "name",
        "at",
        "login_id",
        "person_id",
        "account_id",
        "object",
        "object_id",
        "payload",
    ] {
        hasher.update(b"\n");
        hasher.update(row.as_text(column)?.unwrap_or_default().as_bytes());
    }
    hasher.update(values.as_bytes());
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
