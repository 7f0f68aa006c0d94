//! The chain: each event is linked to the one before by a hash, in the order of commits.

use std::collections::BTreeMap;

use orchestre_domain::id::EventId;
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
        let (count, digests) = (rows.len(), self.digests(&rows).await?);
        for row in rows {
            let id: i64 = row.get("id")?;
            seq += 1;
            hash = link(&hash, &row, digests.get(&id))?;
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
            let digests = self.digests(&rows).await?;
            for row in rows {
                let (seq, id): (i64, i64) = (row.get("seq")?, row.get("id")?);
                hash = link(&hash, &row, digests.get(&id))?;
                if seq != sealed + 1 || row.get::<String>("hash")? != hash {
                    return Ok(ChainState { sealed, unsealed, broken_at: Some(sealed + 1) });
                }
                sealed = seq;
            }
        }
    }

    /// Erases the personal values of an event; their salted digests stay, so the chain holds.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_erase_values(&mut self, event: EventId) -> Result<(), StoreError> {
        let text = "UPDATE event_values SET value = NULL, salt = '' WHERE event_id = $1";
        self.run(sql(text).bind(event.as_i64())).await?;
        Ok(())
    }

    /// Gives what the chain holds of the personal values of events: names and salted digests. A
    /// value that is still there is digested again, so that a changed one is found.
    async fn digests(&mut self, events: &[Row]) -> Result<BTreeMap<i64, String>, StoreError> {
        let ids: Vec<i64> = events.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
        let (places, values) = Sql::places(&ids, 1);
        let text = format!(
            "SELECT event_id, name, value, salt, digest FROM event_values \
             WHERE event_id IN ({places}) ORDER BY event_id, name"
        );
        let mut all: BTreeMap<i64, String> = BTreeMap::new();
        for row in self.rows(Sql::built(text).bind_all(values)).await? {
            let (name, salt): (String, String) = (row.get("name")?, row.get("salt")?);
            let kept = match row.opt::<String>("value")? {
                Some(value) => digest(&salt, &name, &value),
                None => row.opt("digest")?.unwrap_or_default(),
            };
            let known = all.entry(row.get("event_id")?).or_default();
            known.extend(["\n", &name, "=", &kept]);
        }
        Ok(all)
    }
}

/// Gives the salted digest of a personal value.
pub(crate) fn digest(salt: &str, name: &str, value: &str) -> String {
    hexadecimal(Sha256::new().chain_update(format!("{salt}\n{name}\n{value}")))
}

pub(crate) fn hexadecimal(hasher: Sha256) -> String {
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
    }
    text
}

/// Gives the hash of a link: of the link before, the event's columns and its values' digests.
fn link(before: &str, row: &Row, values: Option<&String>) -> Result<String, StoreError> {
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
    hasher.update(values.map(String::as_bytes).unwrap_or_default());
    Ok(hexadecimal(hasher))
}
