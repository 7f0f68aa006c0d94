//! Dated links and the closure that roll-ups read.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::hierarchy::{Link, Period, Reach};
use orchestre_domain::id::PartyId;

use crate::error::StoreError;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// A link as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRecord {
    /// Its id.
    pub id: i64,
    /// The view.
    pub view: i64,
    /// What it says.
    pub link: Link,
    /// Where it is known from.
    pub source: Option<String>,
}

/// A row of the closure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosureRow {
    /// Above, or the party itself.
    pub ancestor: PartyId,
    /// Below.
    pub descendant: PartyId,
    /// How and when.
    pub reach: Reach,
}

/// Above this number of parties the whole view is read and written, not party by party.
const MANY: usize = 2_000;

impl Work<'_> {
    /// Gives the views: name and number.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_views(&mut self) -> Result<BTreeMap<String, i64>, StoreError> {
        let rows = self.rows(sql("SELECT id, name FROM views ORDER BY id")).await?;
        rows.iter().map(|row| Ok((row.get("name")?, row.get("id")?))).collect()
    }

    /// Gives the parties that have no place in the closure of a view yet.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_parties_outside(&mut self, view: i64) -> Result<Vec<PartyId>, StoreError> {
        let text = "SELECT id FROM parties p WHERE NOT EXISTS (SELECT 1 FROM party_closure c \
                    WHERE c.view_id = $1 AND c.ancestor_id = p.id AND c.descendant_id = p.id) ORDER BY id";
        let rows = self.rows(sql(text).bind(view)).await?;
        rows.iter().map(|row| Ok(PartyId(row.get("id")?))).collect()
    }

    /// Gives all links of all views, oldest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_links(&mut self) -> Result<Vec<LinkRecord>, StoreError> {
        let text = "SELECT id, view_id, parent_id, child_id, share_ppm, valid_from, valid_to, source \
                    FROM party_links ORDER BY id";
        let rows = self.rows(sql(text)).await?;
        let record = |row: &crate::row::Row| {
            Ok(LinkRecord {
                id: row.get("id")?,
                view: row.get("view_id")?,
                link: Link {
                    parent: PartyId(row.get("parent_id")?),
                    child: PartyId(row.get("child_id")?),
                    share_ppm: row.get("share_ppm")?,
                    period: Period { from: row.day("valid_from")?, to: row.day("valid_to")? },
                },
                source: row.opt("source")?,
            })
        };
        rows.iter().map(record).collect()
    }

    /// Adds links, or puts them in the place of those with the same ids.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_links(&mut self, links: &[LinkRecord]) -> Result<(), StoreError> {
        let row = |record: &LinkRecord| {
            vec![
                record.id.into(),
                record.view.into(),
                record.link.parent.as_i64().into(),
                record.link.child.as_i64().into(),
                record.link.share_ppm.into(),
                record.link.period.from.to_string().into(),
                record.link.period.to.to_string().into(),
                (&record.source).into(),
                1_i64.into(),
            ]
        };
        let columns = &[
            "id",
            "view_id",
            "parent_id",
            "child_id",
            "share_ppm",
            "valid_from",
            "valid_to",
            "source",
            "version",
        ];
        let tail = "ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, \
                    share_ppm = excluded.share_ppm, valid_from = excluded.valid_from, \
                    valid_to = excluded.valid_to, source = excluded.source, version = party_links.version + 1";
        self.insert("party_links", columns, links.iter().map(row).collect(), tail).await
    }

    /// Puts the closure of a view in place for these parties; only rows that differ are written.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_closure(
        &mut self,
        view: i64,
        parties: &BTreeSet<PartyId>,
        rows: &[ClosureRow],
    ) -> Result<(), StoreError> {
        let wanted: BTreeSet<ClosureKey> = rows.iter().map(|row| key(*row)).collect();
        let present = self.closure_of(view, parties).await?;
        for gone in present.difference(&wanted) {
            let text = "DELETE FROM party_closure WHERE view_id = $1 AND ancestor_id = $2 \
                        AND descendant_id = $3 AND valid_from = $4 AND depth = $5";
            let (ancestor, descendant, from, depth, ..) = gone;
            let row =
                sql(text).bind(view).bind(*ancestor).bind(*descendant).bind(from).bind(*depth);
            self.run(row).await?;
        }
        let new =
            wanted.difference(&present).map(|(ancestor, descendant, from, depth, share, to)| {
                vec![
                    view.into(),
                    (*ancestor).into(),
                    (*descendant).into(),
                    (*depth).into(),
                    (*share).into(),
                    from.into(),
                    to.into(),
                ]
            });
        let columns = &[
            "view_id",
            "ancestor_id",
            "descendant_id",
            "depth",
            "share_ppm",
            "valid_from",
            "valid_to",
        ];
        self.insert("party_closure", columns, new.collect::<Vec<Vec<Value>>>(), "").await
    }

    async fn closure_of(
        &mut self,
        view: i64,
        parties: &BTreeSet<PartyId>,
    ) -> Result<BTreeSet<ClosureKey>, StoreError> {
        let ids: Vec<i64> = parties.iter().map(|party| party.as_i64()).collect();
        let text = "SELECT ancestor_id, descendant_id, depth, share_ppm, valid_from, valid_to \
                    FROM party_closure WHERE view_id = $1";
        let mut statements = Vec::new();
        if ids.len() > MANY {
            statements.push(sql(text).bind(view));
        } else {
            statements.extend(ids.chunks(500).map(|some| {
                let (places, values) = Sql::places(some, 2);
                Sql::built(format!("{text} AND descendant_id IN ({places})"))
                    .bind(view)
                    .bind_all(values)
            }));
        }
        let mut found = BTreeSet::new();
        for statement in statements {
            for row in self.rows(statement).await? {
                let descendant: i64 = row.get("descendant_id")?;
                if parties.contains(&PartyId(descendant)) {
                    found.insert((
                        row.get("ancestor_id")?,
                        descendant,
                        row.get("valid_from")?,
                        row.get("depth")?,
                        row.get("share_ppm")?,
                        row.get("valid_to")?,
                    ));
                }
            }
        }
        Ok(found)
    }
}

/// Ancestor, descendant, from, depth, share, to.
type ClosureKey = (i64, i64, String, i64, i64, String);

fn key(row: ClosureRow) -> ClosureKey {
    let Reach { period, depth, share_ppm } = row.reach;
    let (ancestor, descendant) = (row.ancestor.as_i64(), row.descendant.as_i64());
    (ancestor, descendant, period.from.to_string(), depth, share_ppm, period.to.to_string())
}
