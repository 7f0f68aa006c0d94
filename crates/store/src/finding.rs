//! Reading the index: any order of words, each the beginning of one, only what the viewer may see.

use orchestre_domain::permission::{Capability, Object, Rows, Scope, may, rows};
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
    /// How early it stands among others; larger is earlier.
    pub weight: i64,
}

/// Entries that one word may bring before the others thin them out.
const MOST: i64 = 4_000;
/// Entries that the only word may bring.
const MOST_OF_ONE: i64 = 1_000;

/// From where entries come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    /// From the longest word: for whoever sees all accounts.
    Words,
    /// From the accounts that the viewer sees: they are few, and a common word must not hide them.
    Accounts,
}

impl Work<'_> {
    /// Finds what has a word beginning with each of `words` (folded, the longest first).
    ///
    /// # Shape
    ///
    /// Best first: the weight of the kind, then the title. At most `limit`.
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
        let asked = (words, today, limit);
        if matches!(rows(viewer, Object::Account), Rows::AllBut(_)) {
            return self.found(viewer, (From::Words, KINDS), asked).await;
        }
        let (products, others): (Vec<Kind>, Vec<Kind>) =
            KINDS.iter().partition(|(object, _)| *object == Object::Product);
        let mut found = self.found(viewer, (From::Accounts, &others), asked).await?;
        found.extend(self.found(viewer, (From::Words, &products), asked).await?);
        found.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.title.cmp(&b.title)));
        found.truncate(limit);
        Ok(found)
    }

    async fn found(
        &mut self,
        viewer: &Viewer,
        (from, kinds): (From, &[Kind]),
        (words, today, limit): (&[String], &str, usize),
    ) -> Result<Vec<Found>, StoreError> {
        let mut values: Vec<Value> = vec![today.into()];
        let Some((first, others)) = words.split_first() else { return Ok(Vec::new()) };
        let (source, filters) = match from {
            From::Words => {
                let range = begins("word", first, &mut values);
                let most = if others.is_empty() { MOST_OF_ONE } else { MOST };
                (
                    format!(
                        "(SELECT DISTINCT entry_id FROM search_words WHERE {range} LIMIT {most}) w \
                         JOIN search_entries e ON e.id = w.entry_id LEFT JOIN account_parties m \
                         ON m.party_id = e.party_id AND m.valid_from <= $1 AND $1 < m.valid_to"
                    ),
                    others,
                )
            }
            From::Accounts => (
                "account_parties m JOIN search_entries e ON e.party_id = m.party_id \
                 AND m.valid_from <= $1 AND $1 < m.valid_to"
                    .to_owned(),
                words,
            ),
        };
        let seen = seen(viewer, kinds, &mut values);
        let mut text = format!(
            "SELECT DISTINCT e.object, e.object_id, e.title, e.detail, e.weight, m.account_id \
             FROM {source} WHERE ({seen})"
        );
        for word in filters {
            let range = begins("x.word", word, &mut values);
            text = format!(
                "{text} AND EXISTS (SELECT 1 FROM search_words x WHERE x.entry_id = e.id AND {range})"
            );
        }
        text = format!("{text} ORDER BY e.weight DESC, e.title, e.object_id LIMIT {limit}");
        let rows = self.rows(Sql::built(text).bind_all(values)).await?;
        rows.iter()
            .map(|row| {
                Ok(Found {
                    object: row.get("object")?,
                    object_id: row.get("object_id")?,
                    account_id: row.opt("account_id")?,
                    title: row.get("title")?,
                    detail: row.get("detail")?,
                    weight: row.get("weight")?,
                })
            })
            .collect()
    }
}

/// Gives the condition that a column begins with a word, and adds its values.
fn begins(column: &str, word: &str, values: &mut Vec<Value>) -> String {
    let place = values.len() + 1;
    values.extend([word.into(), after(word).into()]);
    format!("{column} >= ${place} AND {column} < ${}", place + 1)
}

/// Gives the condition that keeps what the viewer may see of some kinds, and adds its values.
fn seen(viewer: &Viewer, kinds: &[Kind], values: &mut Vec<Value>) -> String {
    let mut parts = Vec::new();
    for (object, kind) in kinds {
        if !may(viewer, Capability::Read, *object, Scope::Company) {
            continue;
        }
        if *object == Object::Product {
            parts.push(format!("e.object = '{kind}'"));
            continue;
        }
        let (seen, some) = condition(&rows(viewer, *object), "m.account_id", values.len() + 1);
        values.extend(some);
        parts.push(format!("(e.object = '{kind}' AND {seen})"));
    }
    if parts.is_empty() { "1 = 0".to_owned() } else { parts.join(" OR ") }
}

/// A kind of entry and the right that shows it.
type Kind = (Object, &'static str);

/// Which right shows which kind of entry.
const KINDS: &[Kind] = &[
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
