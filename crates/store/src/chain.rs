//! The chain: each event is linked to the one before by a hash, in the order of commits.

use std::collections::BTreeMap;

use orchestre_domain::id::EventId;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// Events linked in one unit of work.
const BATCH: usize = 500;

pub(crate) const COLUMNS: &str =
    "id, name, at, login_id, person_id, account_id, object, object_id, payload, seq, hash, form";

/// How links are written down today. The second form gives every field its length, so that no two
/// events are written alike, and holds the place in the chain.
const FORM: i64 = 2;

/// The columns that a link holds, in order.
const LINKED: [&str; 9] =
    ["id", "name", "at", "login_id", "person_id", "account_id", "object", "object_id", "payload"];

/// Names and salted digests of the personal values of an event.
type Digests = Vec<(String, String)>;

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
            let content = Content::read(&row, digests.get(&id))?;
            hash = content.link(FORM, &hash, seq);
            let text = "UPDATE events SET seq = $2, hash = $3, form = $4 WHERE id = $1";
            self.run(sql(text).bind(id).bind(seq).bind(&hash).bind(FORM)).await?;
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

    /// Gives what the chain holds of the personal values of events that are not linked yet.
    async fn digests(&mut self, events: &[Row]) -> Result<BTreeMap<i64, Digests>, StoreError> {
        let ids: Vec<i64> = events.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
        let (places, values) = Sql::places(&ids, 1);
        let text = format!(
            "SELECT event_id, name, value, salt, digest FROM event_values \
             WHERE event_id IN ({places}) ORDER BY event_id, name"
        );
        gather(&self.rows(Sql::built(text).bind_all(values)).await?)
    }

    /// Gives what the chain holds of the personal values of a stretch of the chain.
    pub(crate) async fn digests_between(
        &mut self,
        after: i64,
        to: i64,
    ) -> Result<BTreeMap<i64, Digests>, StoreError> {
        let text = "SELECT v.event_id, v.name, v.value, v.salt, v.digest FROM events e \
                    JOIN event_values v ON v.event_id = e.id WHERE e.seq > $1 AND e.seq <= $2 \
                    ORDER BY v.event_id, v.name";
        gather(&self.rows(sql(text).bind(after).bind(to)).await?)
    }
}

/// Gathers names and digests by event. A value that is still there is digested again, so that a
/// changed one is found.
fn gather(rows: &[Row]) -> Result<BTreeMap<i64, Digests>, StoreError> {
    let mut all: BTreeMap<i64, Digests> = BTreeMap::new();
    for row in rows {
        let (name, salt): (String, String) = (row.get("name")?, row.get("salt")?);
        let kept = match row.opt::<String>("value")? {
            Some(value) => digest(&salt, &name, &value),
            None => row.opt("digest")?.unwrap_or_default(),
        };
        all.entry(row.get("event_id")?).or_default().push((name, kept));
    }
    Ok(all)
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

/// What a link holds of an event.
pub(crate) struct Content {
    columns: [Option<String>; 9],
    values: Digests,
}

impl Content {
    /// Reads it from a row of [`COLUMNS`].
    pub(crate) fn read(row: &Row, values: Option<&Digests>) -> Result<Self, StoreError> {
        let mut columns = [const { None }; 9];
        for (place, name) in columns.iter_mut().zip(LINKED) {
            *place = row.as_text(name)?;
        }
        Ok(Self { columns, values: values.cloned().unwrap_or_default() })
    }

    /// Gives the hash of the link at the place `seq` behind the hash `before`, in a form; an
    /// unknown form gives an empty text, which no link has.
    pub(crate) fn link(&self, form: i64, before: &str, seq: i64) -> String {
        match form {
            1 => self.first_form(before),
            FORM => self.second_form(before, seq),
            _ => String::new(),
        }
    }

    fn first_form(&self, before: &str) -> String {
        let mut hasher = Sha256::new().chain_update(before);
        for column in &self.columns {
            hasher.update(b"\n");
            hasher.update(column.as_deref().unwrap_or_default());
        }
        for (name, digest) in &self.values {
            hasher.update(format!("\n{name}={digest}"));
        }
        hexadecimal(hasher)
    }

    fn second_form(&self, before: &str, seq: i64) -> String {
        let mut hasher = Sha256::new().chain_update("orchestre event 2\n");
        let mut field = |text: Option<&str>| match text {
            Some(text) => hasher.update(format!("{}:{text}\n", text.len())),
            None => hasher.update("-\n"),
        };
        field(Some(before));
        field(Some(&seq.to_string()));
        for column in &self.columns {
            field(column.as_deref());
        }
        for (name, digest) in &self.values {
            field(Some(name));
            field(Some(digest));
        }
        hexadecimal(hasher)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(values: &[(&str, &str)]) -> Content {
        let text = |text: &str| Some(text.to_owned());
        Content {
            columns: [
                text("17"),
                text("plan.updated"),
                text("1790000000000000"),
                text("3"),
                None,
                text("21"),
                text("plan"),
                text("500"),
                text("state=live\nby=é"),
            ],
            values: values.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
        }
    }

    #[test]
    fn the_forms_of_a_link_are_kept_for_ever() {
        let some = content(&[("name", "ab"), ("text", "cd")]);
        let links = [some.link(1, "00ff", 9), some.link(2, "00ff", 9), some.link(3, "00ff", 9)];
        let first = "ba449cde24117aee3794f12682c3fe1686d4486210af52f5b3d259578a1f8de3";
        let second = "3927fcdf99d72eb29ea1b73ae140cf1da7a361c89028442f82835e93e6a6a9fa";
        assert_eq!(links, [first, second, ""]);
    }

    #[test]
    fn the_second_form_holds_the_place_and_no_two_events_are_written_alike() {
        let (one, other) = (content(&[("a", "b")]), content(&[]));
        assert_ne!(one.link(2, "", 1), one.link(2, "", 2));
        assert_ne!(one.link(2, "", 1), other.link(2, "", 1));
        let mut late = content(&[]);
        late.columns[8] = Some("state=live\nby=é\na=b".to_owned());
        assert_eq!(one.link(1, "", 1), late.link(1, "", 1), "why there is a second form");
        assert_ne!(one.link(2, "", 1), late.link(2, "", 1));
    }
}
