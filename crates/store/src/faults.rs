//! A look for faults: each statement finds what should not be, on both engines.

use std::collections::BTreeSet;

use orchestre_domain::fault::Fault;
use orchestre_domain::hierarchy::{Period, Reach};
use orchestre_domain::id::PartyId;
use sha2::{Digest as _, Sha256};

use crate::error::StoreError;
use crate::imports::ClosureRow;
use crate::migrate::{MIGRATIONS, Migration};
use crate::sql::{Sql, sql};
use crate::work::Work;

/// How often a fault was found, and where first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultFound {
    /// The fault.
    pub fault: Fault,
    /// How often; 0 is well.
    pub count: i64,
    /// Where first: names of tables, indexes and jobs, numbers of rows; nothing of a person.
    pub place: String,
}

/// A lease that lasts longer than this was not taken with a right clock: a day, µs.
const LONG: i64 = 86_400_000_000;

impl Work<'_> {
    /// Looks for one fault at an instant, µs; chain and closure are looked for by their own
    /// functions.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`]; a damaged file may fail any statement.
    pub async fn system_fault(&mut self, fault: Fault, now: i64) -> Result<FaultFound, StoreError> {
        let places = match fault {
            Fault::CorruptPage => self.damage().await?,
            Fault::BrokenReference => self.dangling().await?,
            Fault::WrongBlob => self.wrong_blobs().await?,
            Fault::MissingIndex => self.missing_indexes().await?,
            Fault::UnsafeServer => self.system_risks().await?,
            _ => match question(fault) {
                Some(text) => self.named(sql(text).bind(now).bind(LONG)).await?,
                None => Vec::new(),
            },
        };
        let count = i64::try_from(places.len()).unwrap_or(i64::MAX);
        Ok(FaultFound { fault, count, place: places.into_iter().next().unwrap_or_default() })
    }

    async fn named(&mut self, question: Sql) -> Result<Vec<String>, StoreError> {
        let rows = self.rows(question).await?;
        rows.iter().map(|row| Ok(row.as_text("place")?.unwrap_or_default())).collect()
    }

    /// SQLite reads every page again; PostgreSQL has its own checksums.
    async fn damage(&mut self) -> Result<Vec<String>, StoreError> {
        if self.is_postgres() {
            return Ok(Vec::new());
        }
        let all = self.named(sql("SELECT integrity_check AS place FROM pragma_integrity_check()"));
        Ok(all.await?.into_iter().filter(|line| line != "ok").collect())
    }

    async fn dangling(&mut self) -> Result<Vec<String>, StoreError> {
        if !self.is_postgres() {
            let text = "SELECT \"table\" || ' ' || rowid AS place FROM pragma_foreign_key_check()";
            return self.named(sql(text)).await;
        }
        let keys = "SELECT CAST(k.conrelid AS regclass)::text AS child, quote_ident(a.attname) AS own, \
            CAST(k.confrelid AS regclass)::text AS parent, quote_ident(f.attname) AS theirs \
            FROM pg_constraint k \
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] \
            JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[1] \
            JOIN pg_namespace n ON n.oid = k.connamespace \
            WHERE k.contype = 'f' AND n.nspname = current_schema() ORDER BY 1, 2";
        let mut places = Vec::new();
        for key in self.rows(sql(keys)).await? {
            let [child, own, parent, theirs] =
                ["child", "own", "parent", "theirs"].map(|name| key.get::<String>(name));
            let (child, own, parent, theirs) = (child?, own?, parent?, theirs?);
            let text = format!(
                "SELECT '{child} {own} ' || c.{own} AS place FROM {child} c WHERE c.{own} IS NOT NULL \
                 AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.{theirs} = c.{own}) LIMIT 20"
            );
            places.extend(self.named(Sql::built(text)).await?);
        }
        Ok(places)
    }

    /// Digests every stored file again.
    async fn wrong_blobs(&mut self) -> Result<Vec<String>, StoreError> {
        let text = "SELECT DISTINCT sha256 AS place FROM blobs ORDER BY sha256";
        let mut wrong = Vec::new();
        for name in self.named(sql(text)).await? {
            let bytes = self.system_blob(&name).await?;
            if crate::chain::hexadecimal(Sha256::new().chain_update(&bytes)) != name {
                wrong.push(name);
            }
        }
        Ok(wrong)
    }

    async fn missing_indexes(&mut self) -> Result<Vec<String>, StoreError> {
        let is_postgres = self.is_postgres();
        let text = if is_postgres {
            "SELECT indexname AS place FROM pg_indexes WHERE schemaname = current_schema()"
        } else {
            "SELECT name AS place FROM sqlite_master WHERE type = 'index'"
        };
        let text_of = |migration: &Migration| {
            if is_postgres { migration.on_postgres().to_owned() } else { migration.on_sqlite() }
        };
        let present: BTreeSet<String> = self.named(sql(text)).await?.into_iter().collect();
        Ok(wanted_indexes(text_of).into_iter().filter(|name| !present.contains(name)).collect())
    }

    /// Gives the closure of a view as it is kept.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_closure(&mut self, view: i64) -> Result<Vec<ClosureRow>, StoreError> {
        let text = "SELECT ancestor_id, descendant_id, depth, share_ppm, valid_from, valid_to \
                    FROM party_closure WHERE view_id = $1 \
                    ORDER BY descendant_id, ancestor_id, valid_from, depth";
        let rows = self.rows(sql(text).bind(view)).await?;
        rows.iter()
            .map(|row| {
                Ok(ClosureRow {
                    ancestor: PartyId(row.get("ancestor_id")?),
                    descendant: PartyId(row.get("descendant_id")?),
                    reach: Reach {
                        period: Period { from: row.day("valid_from")?, to: row.day("valid_to")? },
                        depth: row.get("depth")?,
                        share_ppm: row.get("share_ppm")?,
                    },
                })
            })
            .collect()
    }
}

/// Gives the statement that finds a fault; `$1` is now, `$2` a day in microseconds.
const fn question(fault: Fault) -> Option<&'static str> {
    match fault {
        Fault::OrphanBlob => Some(
            "SELECT DISTINCT sha256 AS place FROM blobs \
             WHERE NOT EXISTS (SELECT 1 FROM imports WHERE imports.sha256 = blobs.sha256) \
             AND $1 > 0 AND $2 > 0 ORDER BY 1",
        ),
        Fault::WrongRollup => Some(
            "SELECT 'party ' || party_id || ', ' || ym || ' ' || currency AS place FROM \
             (SELECT party_id, ym, currency, amount_minor, 1 AS lines FROM sales_lines UNION ALL \
              SELECT party_id, ym, currency, -amount_minor, -lines FROM fact_party_month) both_sides \
             WHERE $1 > 0 AND $2 > 0 GROUP BY party_id, ym, currency \
             HAVING SUM(amount_minor) <> 0 OR SUM(lines) <> 0 \
             UNION ALL \
             SELECT 'party ' || party_id || ', product ' || product_id || ', ' || ym || ' ' || currency FROM \
             (SELECT party_id, product_id, ym, currency, amount_minor, 1 AS lines FROM sales_lines UNION ALL \
              SELECT party_id, product_id, ym, currency, -amount_minor, -lines FROM fact_party_product_month) sides \
             GROUP BY party_id, product_id, ym, currency \
             HAVING SUM(amount_minor) <> 0 OR SUM(lines) <> 0 ORDER BY 1",
        ),
        Fault::StuckLease => Some(
            "SELECT name AS place FROM leases WHERE until_at > $1 + $2 UNION ALL \
             SELECT name FROM jobs WHERE until_at > $1 + $2 ORDER BY 1",
        ),
        Fault::StuckJob => Some(
            "SELECT name AS place FROM jobs WHERE next_at IS NULL \
             OR (next_at < $1 - $2 AND (is_once = 1 OR tries > 0)) ORDER BY 1",
        ),
        Fault::SearchOutOfStep => Some(
            "SELECT 'party ' || id AS place FROM parties WHERE NOT EXISTS \
             (SELECT 1 FROM search_entries e WHERE e.object IN ('party', 'account') AND e.party_id = parties.id) \
             AND $1 > 0 AND $2 > 0 UNION ALL \
             SELECT 'person ' || id FROM persons WHERE NOT EXISTS \
             (SELECT 1 FROM search_entries e WHERE e.object = 'person' AND e.object_id = persons.id) UNION ALL \
             SELECT 'entry ' || id FROM search_entries e WHERE NOT EXISTS \
             (SELECT 1 FROM search_words w WHERE w.entry_id = e.id) AND e.title <> '' UNION ALL \
             SELECT 'entry ' || id FROM search_entries e WHERE e.object = 'person' AND NOT EXISTS \
             (SELECT 1 FROM persons p WHERE p.id = e.object_id) ORDER BY 1",
        ),
        _ => None,
    }
}

/// Gives the names of the indexes that the migrations make and do not take away.
fn wanted_indexes(text: impl Fn(&Migration) -> String) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for migration in MIGRATIONS {
        let text = text(migration);
        let words: Vec<&str> = text.split_whitespace().collect();
        for pair in words.windows(3) {
            match pair {
                ["CREATE" | "UNIQUE", "INDEX", name] => {
                    names.insert((*name).to_owned());
                }
                ["DROP", "INDEX", name] => {
                    names.remove(name.trim_end_matches(';'));
                }
                _ => {}
            }
        }
    }
    names
}
