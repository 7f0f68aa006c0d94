//! Reading the chain again: how far it holds, and what is wrong where it does not.

use std::collections::BTreeMap;

use crate::chain::{COLUMNS, Content};
use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// What is wrong with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// The event's content, or its hash, is not what was linked.
    Changed,
    /// An event that was linked is not there.
    Missing,
    /// Another event stands in this place.
    Moved,
}

impl Wrong {
    /// Gives the closed word: `changed`, `missing` or `moved`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Moved => "moved",
        }
    }
}

/// The first link that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// What is wrong.
    pub wrong: Wrong,
    /// The event that stands there; of a missing one the next that is there.
    pub id: i64,
    /// When that event was recorded, in microseconds since 1970, as it says now.
    pub at: i64,
}

/// What a look at the chain says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainState {
    /// Events that are linked and hold.
    pub sealed: i64,
    /// Events that are not linked yet.
    pub unsealed: i64,
    /// The first event that is not linked yet: its id.
    pub unsealed_from: Option<i64>,
    /// The hash of the last link that holds; empty when there is none.
    pub hash: String,
    /// The place of the first link that does not hold.
    pub broken_at: Option<i64>,
    /// What is wrong there.
    pub broken: Option<Broken>,
}

/// Events that are read at once.
const BATCH: i64 = 2_000;

impl Work<'_> {
    /// Reads the whole chain again and names the first link that does not hold.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_verify_chain(&mut self) -> Result<ChainState, StoreError> {
        let text = "SELECT CAST(COUNT(*) AS BIGINT) AS n, MIN(id) AS first FROM events \
                    WHERE seq IS NULL";
        let mut state = ChainState {
            sealed: 0,
            unsealed: 0,
            unsealed_from: None,
            hash: String::new(),
            broken_at: None,
            broken: None,
        };
        if let Some(row) = self.row(sql(text)).await? {
            (state.unsealed, state.unsealed_from) = (row.get("n")?, row.opt("first")?);
        }
        while state.broken.is_none() {
            let text =
                format!("SELECT {COLUMNS} FROM events WHERE seq > $1 ORDER BY seq LIMIT {BATCH}");
            let rows = self.rows(Sql::built(text).bind(state.sealed)).await?;
            let Some(last) = rows.last() else { break };
            let digests = self.digests_between(state.sealed, last.get("seq")?).await?;
            follow(&mut state, &rows, &digests)?;
        }
        state.broken_at = state.broken.as_ref().map(|broken| broken.seq);
        Ok(state)
    }

    /// Gives the hash of the link at a place; `None` when nothing is linked there.
    ///
    /// # Errors
    ///
    /// As [`Work::row`].
    pub async fn system_link(&mut self, seq: i64) -> Result<Option<String>, StoreError> {
        let row = self.row(sql("SELECT hash FROM events WHERE seq = $1").bind(seq)).await?;
        row.map(|row| row.get("hash")).transpose()
    }

    /// Gives the place and the hash of the last link; 0 and an empty text when there is none.
    ///
    /// # Errors
    ///
    /// As [`Work::row`].
    pub async fn system_last_link(&mut self) -> Result<(i64, String), StoreError> {
        let text = "SELECT seq, hash FROM events WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1";
        let row = self.row(sql(text)).await?;
        row.map_or(Ok((0, String::new())), |row| Ok((row.get("seq")?, row.get("hash")?)))
    }
}

/// Follows the links of rows in order, up to the first that does not hold.
fn follow(
    state: &mut ChainState,
    rows: &[Row],
    digests: &BTreeMap<i64, Vec<(String, String)>>,
) -> Result<(), StoreError> {
    for row in rows {
        let (seq, id): (i64, i64) = (row.get("seq")?, row.get("id")?);
        let place = state.sealed.saturating_add(1);
        let hash = linked(row, digests.get(&id), &state.hash, place)?;
        if seq == place && row.get::<String>("hash")? == hash {
            (state.sealed, state.hash) = (seq, hash);
            continue;
        }
        let mut wrong = if seq == place { Wrong::Changed } else { Wrong::Missing };
        if wrong == Wrong::Changed && is_moved(&state.hash, place, row, rows, digests)? {
            wrong = Wrong::Moved;
        }
        state.broken = Some(Broken { seq: place, wrong, id, at: row.get("at")? });
        return Ok(());
    }
    Ok(())
}

/// Says whether another event, linked at this place, gives its own hash or the one kept here.
fn is_moved(
    before: &str,
    place: i64,
    row: &Row,
    rows: &[Row],
    digests: &BTreeMap<i64, Vec<(String, String)>>,
) -> Result<bool, StoreError> {
    let (own, kept): (i64, String) = (row.get("id")?, row.get("hash")?);
    for other in rows {
        let id: i64 = other.get("id")?;
        let would = linked(other, digests.get(&id), before, place)?;
        if id != own && (would == kept || would == other.get::<String>("hash")?) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn linked(
    row: &Row,
    values: Option<&Vec<(String, String)>>,
    before: &str,
    place: i64,
) -> Result<String, StoreError> {
    let form = row.opt::<i64>("form")?.unwrap_or(1);
    Ok(Content::read(row, values)?.link(form, before, place))
}
