//! Writing the index of everything that can be found: entries and their folded words.

use std::collections::BTreeSet;

use orchestre_domain::fold::fold;

use crate::error::StoreError;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// One thing that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchEntry {
    /// The kind of object: `account`, `party`, `person`, `product`, `opportunity`, `plan`.
    pub object: &'static str,
    /// The object's number.
    pub object_id: i64,
    /// The party to which it belongs, for permission; `None` for what everybody sees.
    pub party_id: Option<i64>,
    /// The words shown first.
    pub title: String,
    /// What tells it from others of the same title; found as well.
    pub detail: String,
    /// How early it stands among equals; larger is earlier.
    pub weight: i64,
}

/// Words beyond this number of one entry are not found.
const MOST_WORDS: usize = 40;

impl Work<'_> {
    /// Writes or rewrites entries and their words; no two may be of the same object.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_index(&mut self, entries: &[SearchEntry]) -> Result<(), StoreError> {
        let ids: Vec<i64> = entries.iter().map(|entry| entry.object_id).collect();
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text = format!("DELETE FROM search_words WHERE entry_id IN ({places})");
            self.run(Sql::built(text).bind_all(values)).await?;
        }
        let columns = &["id", "object", "object_id", "party_id", "title", "detail", "weight"];
        let tail = "ON CONFLICT (id) DO UPDATE SET object = excluded.object, \
                    object_id = excluded.object_id, party_id = excluded.party_id, \
                    title = excluded.title, detail = excluded.detail, weight = excluded.weight";
        self.insert("search_entries", columns, entries.iter().map(entry_row).collect(), tail)
            .await?;
        let words: Vec<Vec<Value>> = entries.iter().flat_map(word_rows).collect();
        self.insert(
            "search_words",
            &["word", "entry_id"],
            words,
            "ON CONFLICT (word, entry_id) DO NOTHING",
        )
        .await
    }

    /// Gives entries the party that their object found after they were written.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_index_parties(&mut self) -> Result<(), StoreError> {
        let text = "UPDATE search_entries SET party_id = \
                    (SELECT o.party_id FROM opportunities o WHERE o.id = search_entries.object_id) \
                    WHERE object = 'opportunity' AND party_id IS NULL";
        self.run(sql(text)).await?;
        let text = "UPDATE search_entries SET party_id = \
                    (SELECT MAX(f.party_id) FROM affiliations f WHERE f.person_id = search_entries.object_id) \
                    WHERE object = 'person' AND party_id IS NULL";
        self.run(sql(text)).await?;
        Ok(())
    }

    /// Takes an object out of the index.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_unindex(&mut self, object_id: i64) -> Result<(), StoreError> {
        self.system_unindex_all(&[object_id]).await
    }

    /// Takes objects out of the index.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_unindex_all(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text = format!("DELETE FROM search_words WHERE entry_id IN ({places})");
            self.run(Sql::built(text).bind_all(values.clone())).await?;
            let text = format!("DELETE FROM search_entries WHERE id IN ({places})");
            self.run(Sql::built(text).bind_all(values)).await?;
        }
        Ok(())
    }
}

fn entry_row(entry: &SearchEntry) -> Vec<Value> {
    vec![
        entry.object_id.into(),
        entry.object.into(),
        entry.object_id.into(),
        entry.party_id.into(),
        entry.title.as_str().into(),
        entry.detail.as_str().into(),
        entry.weight.into(),
    ]
}

fn word_rows(entry: &SearchEntry) -> Vec<Vec<Value>> {
    let folded = fold(&format!("{} {}", entry.title, entry.detail));
    let words: BTreeSet<&str> =
        folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    words.into_iter().map(|word| vec![word.into(), entry.object_id.into()]).collect()
}
