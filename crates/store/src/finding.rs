//! Reading the index: any order of words, each the beginning of one, only what the viewer may see.

use orchestre_domain::permission::{Capability, Object, Scope, may, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::scope::condition;
use crate::sql::{Sql, Value};
use crate::work::Work;

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The kind of object.
    pub object: String,
    /// The object's number.
    pub object_id: i64,
    /// The account to which it belongs today, if any.
    pub account_id: Option<i64>,
    /// The words shown first.
    pub title: String,
    /// What tells it from others.
    pub detail: String,
}

/// Entries that one word may bring before the others thin them out.
const MOST: i64 = 4_000;

impl Work<'_> {
    /// Finds what has a word beginning with each of `words` (folded, the longest first).
    ///
    /// # Shape
    ///
    /// Best first: the weight of the kind, then the shorter title. At most `limit`.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn find(
        &mut self,
        viewer: &Viewer,
        words: &[String],
        today: &str,
        limit: usize,
    ) -> Result<Vec<Found>, StoreError> {
        let Some((first, others)) = words.split_first() else { return Ok(Vec::new()) };
        let mut values: Vec<Value> = vec![first.as_str().into(), after(first).into(), today.into()];
        let mut text = format!(
            "SELECT DISTINCT e.object, e.object_id, e.title, e.detail, e.weight, m.account_id \
             FROM (SELECT DISTINCT entry_id FROM search_words WHERE word >= $1 AND word < $2 LIMIT {MOST}) w \
             JOIN search_entries e ON e.id = w.entry_id \
             LEFT JOIN account_parties m ON m.party_id = e.party_id AND m.valid_from <= $3 AND $3 < m.valid_to WHERE 1 = 1"
        );
        for word in others {
            let place = values.len() + 1;
            text.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM search_words x WHERE x.entry_id = e.id AND x.word >= ${place} AND x.word < ${})",
                place + 1
            ));
            values.push(word.as_str().into());
            values.push(after(word).into());
        }
        let mut kinds = Vec::new();
        for (object, kind) in KINDS {
            if !may(viewer, Capability::Read, *object, Scope::Company) {
                continue;
            }
            if *object == Object::Product {
                kinds.push(format!("e.object = '{kind}'"));
                continue;
            }
            let (seen, some) = condition(&rows(viewer, *object), "m.account_id", values.len() + 1);
            values.extend(some);
            kinds.push(format!("(e.object = '{kind}' AND {seen})"));
        }
        if kinds.is_empty() {
            return Ok(Vec::new());
        }
        text.push_str(&format!(
            " AND ({}) ORDER BY e.weight DESC, e.title, e.object_id LIMIT {limit}",
            kinds.join(" OR ")
        ));
        let rows = self.rows(Sql::built(text).bind_all(values)).await?;
        rows.iter()
            .map(|row| {
                Ok(Found {
                    object: row.get("object")?,
                    object_id: row.get("object_id")?,
                    account_id: row.opt("account_id")?,
                    title: row.get("title")?,
                    detail: row.get("detail")?,
                })
            })
            .collect()
    }
}

/// Which right shows which kind of entry.
const KINDS: &[(Object, &str)] = &[
    (Object::Account, "account"),
    (Object::Account, "party"),
    (Object::Person, "person"),
    (Object::Product, "product"),
    (Object::Opportunity, "opportunity"),
    (Object::Plan, "plan"),
];

/// Gives the first text after all that begin with `word`.
fn after(word: &str) -> String {
    format!("{word}\u{10ffff}")
}
