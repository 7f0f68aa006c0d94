//! Taking an import back: its change rows, the records it made, and what refers to them.

use std::collections::BTreeMap;

use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportKind, ImportState};

use crate::error::StoreError;
use crate::imports::changes::{CREATED, ChangeRow};
use crate::row::Row;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// The tables whose rows an import only adds: table, object that a row belongs to, its column.
const ADDED: &[(&str, &str, &str)] = &[
    ("external_ids", "", "object_id"),
    ("party_names", "party", "party_id"),
    ("opportunity_stages", "opportunity", "opportunity_id"),
    ("interaction_people", "interaction", "interaction_id"),
];

impl Work<'_> {
    /// Gives the objects of a kind that an import changed, in the order of their numbers: at most
    /// `most` after `after`.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_changed_objects(
        &mut self,
        import: ImportId,
        object: &str,
        (after, most): (i64, i64),
    ) -> Result<Vec<i64>, StoreError> {
        let text = "SELECT DISTINCT object_id FROM change_rows WHERE (import_id = $1 OR cause_id = $1) \
                    AND object = $2 AND object_id > $3 ORDER BY object_id LIMIT $4";
        let statement = sql(text).bind(import.as_i64()).bind(object).bind(after).bind(most);
        let rows = self.rows(statement).await?;
        rows.iter().map(|row| row.get("object_id")).collect()
    }

    /// Gives all change rows of some objects, oldest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_changes_of(
        &mut self,
        object: &str,
        ids: &[i64],
    ) -> Result<Vec<ChangeRow>, StoreError> {
        let mut found = Vec::new();
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 2);
            let text = format!(
                "SELECT id, import_id, cause_id, line, object, object_id, field, before, after \
                 FROM change_rows WHERE object = $1 AND object_id IN ({places}) ORDER BY id"
            );
            for row in self.rows(Sql::built(text).bind(object).bind_all(values)).await? {
                found.push(change(&row)?);
            }
        }
        Ok(found)
    }

    /// Takes change rows away.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_remove_changes(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        self.remove_where("change_rows", "id", ids).await
    }

    /// Sets what a change row found.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_before(
        &mut self,
        id: i64,
        before: Option<&str>,
    ) -> Result<(), StoreError> {
        let before = Value::Text(before.map(str::to_owned));
        self.run(sql("UPDATE change_rows SET before = $2 WHERE id = $1").bind(id).bind(before))
            .await?;
        Ok(())
    }

    /// Takes away the rows that an import added to objects that stay, but not those of an object
    /// that it made and that must stay.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_remove_added(&mut self, import: ImportId) -> Result<(), StoreError> {
        for (table, object, column) in ADDED {
            let object =
                if object.is_empty() { format!("{table}.object") } else { format!("'{object}'") };
            let text = format!(
                "DELETE FROM {table} WHERE import_id = $1 AND NOT EXISTS (SELECT 1 FROM change_rows c \
                 WHERE c.object = {object} AND c.object_id = {table}.{column} AND c.field = '{CREATED}' \
                 AND c.import_id = $1)"
            );
            self.run(Sql::built(text).bind(import.as_i64())).await?;
        }
        let waiting = "DELETE FROM waiting_rows WHERE import_id = $1";
        self.run(sql(waiting).bind(import.as_i64())).await?;
        Ok(())
    }

    /// Gives the published days that an import brought, first and last as numbers, and takes them away; those
    /// that a newer import changed become its own.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_remove_rates(
        &mut self,
        import: ImportId,
    ) -> Result<Option<(i64, i64)>, StoreError> {
        let newer = "SELECT id, import_id, object_id, field FROM change_rows WHERE object = 'rate' \
                     AND import_id <> $1 ORDER BY id";
        for row in self.rows(sql(newer).bind(import.as_i64())).await? {
            let text = "UPDATE rates SET import_id = $2 WHERE import_id = $1 AND day = $3 AND currency = $4";
            let heir: i64 = row.get("import_id")?;
            let day = super::rates::iso(row.get("object_id")?);
            let statement = sql(text).bind(import.as_i64()).bind(heir).bind(day);
            if self.run(statement.bind(row.get::<String>("field")?)).await? > 0 {
                self.system_put_before(row.get("id")?, None).await?;
            }
        }
        let day = "CAST(REPLACE(day, '-', '') AS BIGINT)";
        let span = format!(
            "SELECT MIN({day}) AS first, MAX({day}) AS last FROM rates WHERE import_id = $1"
        );
        let row = self.row(Sql::built(span).bind(import.as_i64())).await?;
        let gone = "DELETE FROM rates WHERE import_id = $1";
        self.run(sql(gone).bind(import.as_i64())).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(row.opt("first")?.zip(row.opt("last")?))
    }

    /// Ends the reversal of an import.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_reversed(
        &mut self,
        import: ImportId,
        state: ImportState,
        at: Option<i64>,
    ) -> Result<(), StoreError> {
        let text =
            "UPDATE imports SET state = $2, reversed_at = $3, version = version + 1 WHERE id = $1";
        self.run(sql(text).bind(import.as_i64()).bind(state.as_str()).bind(at)).await?;
        Ok(())
    }

    /// Gives the imports that were taken back while something they made had to stay.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_half_reversed(&mut self) -> Result<Vec<ImportId>, StoreError> {
        let text = "SELECT i.id FROM imports i WHERE i.state = 'reversed' AND EXISTS \
                    (SELECT 1 FROM change_rows c WHERE c.import_id = i.id) ORDER BY i.id DESC";
        let rows = self.rows(sql(text)).await?;
        rows.iter().map(|row| row.get("id").map(ImportId)).collect()
    }

    /// Says whether an import of this kind was taken back after `at`.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_is_reversed_since(
        &mut self,
        kind: ImportKind,
        at: Option<i64>,
    ) -> Result<bool, StoreError> {
        let text = "SELECT 1 AS one FROM imports WHERE kind = $1 AND reversed_at >= $2 LIMIT 1";
        Ok(self.row(sql(text).bind(kind.as_str()).bind(at.unwrap_or(0))).await?.is_some())
    }

    /// Deletes the rows whose column has one of these numbers.
    pub(super) async fn remove_where(
        &mut self,
        table: &str,
        column: &str,
        ids: &[i64],
    ) -> Result<(), StoreError> {
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text = format!("DELETE FROM {table} WHERE {column} IN ({places})");
            self.run(Sql::built(text).bind_all(values)).await?;
        }
        Ok(())
    }

    /// Gives the numbers of a column for rows whose other column has one of these numbers.
    pub(super) async fn numbers_where(
        &mut self,
        (from, wanted): (&str, &str),
        (column, also): (&str, &str),
        ids: &[i64],
    ) -> Result<Vec<i64>, StoreError> {
        let mut found = Vec::new();
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text = format!(
                "SELECT DISTINCT {wanted} AS number FROM {from} WHERE {column} IN ({places}){also}"
            );
            for row in self.rows(Sql::built(text).bind_all(values)).await? {
                found.push(row.get("number")?);
            }
        }
        Ok(found)
    }

    /// Gives the state of imports.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_import_states(
        &mut self,
        ids: &[i64],
    ) -> Result<BTreeMap<i64, ImportState>, StoreError> {
        let mut states = BTreeMap::new();
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text = format!("SELECT id, state FROM imports WHERE id IN ({places})");
            for row in self.rows(Sql::built(text).bind_all(values)).await? {
                states.insert(row.get("id")?, row.word("state", ImportState::parse)?);
            }
        }
        Ok(states)
    }
}

fn change(row: &Row) -> Result<ChangeRow, StoreError> {
    Ok(ChangeRow {
        id: row.get("id")?,
        import_id: row.get("import_id")?,
        cause_id: row.opt("cause_id")?,
        line: row.get("line")?,
        object: row.get::<String>("object")?.into(),
        object_id: row.get("object_id")?,
        field: row.get::<String>("field")?.into(),
        before: row.opt("before")?,
        after: row.opt("after")?,
    })
}
