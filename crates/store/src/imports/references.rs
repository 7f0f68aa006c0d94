//! The keys by which files speak of things, loaded once an import.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::StoreError;
use crate::imports::Records;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// A thing and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
}

impl Work<'_> {
    /// Gives all external ids of a kind of object: origin, external id, number.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_external_ids(
        &mut self,
        object: &str,
    ) -> Result<Vec<(String, String, i64)>, StoreError> {
        let text = "SELECT origin, external_id, object_id FROM external_ids WHERE object = $1 \
                    ORDER BY origin, external_id";
        let rows = self.rows(sql(text).bind(object)).await?;
        rows.iter()
            .map(|row| Ok((row.get("origin")?, row.get("external_id")?, row.get("object_id")?)))
            .collect()
    }

    /// Gives the company's own criteria: set and key.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_criteria_keys(&mut self) -> Result<BTreeSet<(String, String)>, StoreError> {
        let rows = self.rows(sql("SELECT set_name, key FROM criteria")).await?;
        rows.iter().map(|row| Ok((row.get("set_name")?, row.get("key")?))).collect()
    }

    /// Gives an external id of each of these objects, the first of its origins.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_keys_of(
        &mut self,
        object: &str,
        ids: &[i64],
    ) -> Result<BTreeMap<i64, String>, StoreError> {
        let mut keys = BTreeMap::new();
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 2);
            let text = format!(
                "SELECT object_id, external_id FROM external_ids \
                 WHERE object = $1 AND object_id IN ({places}) ORDER BY origin DESC, external_id DESC"
            );
            for row in self.rows(Sql::built(text).bind(object).bind_all(values)).await? {
                keys.insert(row.get("object_id")?, row.get("external_id")?);
            }
        }
        Ok(keys)
    }

    /// Tells PostgreSQL how large tables have become, so that it looks rows up by their keys.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_count_tables(&mut self, tables: &[&'static str]) -> Result<(), StoreError> {
        if self.is_postgres() && !tables.is_empty() {
            self.run(Sql::built(format!("ANALYZE {}", tables.join(", ")))).await?;
        }
        Ok(())
    }

    /// Adds external ids that an import brings: origin, external id, number; those that exist stay
    /// as they are.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_external_ids(
        &mut self,
        (object, import): (&'static str, i64),
        ids: Vec<(String, String, i64)>,
    ) -> Result<(), StoreError> {
        let rows = ids.into_iter().map(|(origin, external_id, id)| {
            vec![
                object.into(),
                Value::Text(Some(origin)),
                Value::Text(Some(external_id)),
                id.into(),
                import.into(),
            ]
        });
        let columns = &["object", "origin", "external_id", "object_id", "import_id"];
        let tail = "ON CONFLICT (object, origin, external_id) DO NOTHING";
        self.insert("external_ids", columns, rows.collect(), tail).await
    }

    /// Gives all things of a table that has names.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_names(&mut self, records: Records) -> Result<Vec<Named>, StoreError> {
        let text = format!("SELECT id, name FROM {} ORDER BY id", records.table());
        let rows = self.rows(Sql::built(text)).await?;
        rows.iter().map(|row| Ok(Named { id: row.get("id")?, name: row.get("name")? })).collect()
    }
}
