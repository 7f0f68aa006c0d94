//! What an import would do, kept until it goes in or is put aside.

use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportState, Outcome};

use super::{COLUMNS, ImportRecord, record};
use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// What a comparison says of the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Equal for two comparisons that found the same.
    pub fingerprint: String,
    /// The columns of the file, as JSON.
    pub columns: String,
    /// What becomes of the figures, as JSON.
    pub effect: String,
}

/// A field that a row would change, or a row that would make something new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedRow {
    /// The line of the file.
    pub line: i64,
    /// What the row does.
    pub outcome: Outcome,
    /// What it speaks of.
    pub label: String,
    /// The field; empty for something new.
    pub field: String,
    /// What is there.
    pub before: Option<String>,
    /// What the file says.
    pub after: Option<String>,
}

impl Work<'_> {
    /// Keeps a comparison in place of an earlier one.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_comparison(
        &mut self,
        id: ImportId,
        comparison: &Comparison,
        rows: &[ComparedRow],
    ) -> Result<(), StoreError> {
        self.system_remove_comparison(id).await?;
        let head = vec![
            id.as_i64().into(),
            comparison.fingerprint.as_str().into(),
            comparison.columns.as_str().into(),
            comparison.effect.as_str().into(),
        ];
        let columns = &["import_id", "fingerprint", "columns", "effect"];
        self.insert("comparisons", columns, vec![head], "").await?;
        let rows = (0_i64..).zip(rows).map(|(position, row)| {
            vec![
                id.as_i64().into(),
                position.into(),
                row.line.into(),
                row.outcome.as_str().into(),
                row.label.as_str().into(),
                row.field.as_str().into(),
                Value::Text(row.before.clone()),
                Value::Text(row.after.clone()),
            ]
        });
        let columns =
            &["import_id", "position", "line", "outcome", "label", "field", "before", "after"];
        self.insert("comparison_rows", columns, rows.collect(), "").await
    }

    /// Gives the comparison of an import.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_comparison(
        &mut self,
        id: ImportId,
    ) -> Result<Option<Comparison>, StoreError> {
        let text = "SELECT fingerprint, columns, effect FROM comparisons WHERE import_id = $1";
        let row = self.row(sql(text).bind(id.as_i64())).await?;
        let comparison = |row: &Row| {
            Ok(Comparison {
                fingerprint: row.get("fingerprint")?,
                columns: row.get("columns")?,
                effect: row.get("effect")?,
            })
        };
        row.as_ref().map(comparison).transpose()
    }

    /// Gives rows of a comparison with one outcome, in the order of the file, behind `after`.
    ///
    /// # Shape
    ///
    /// Each row with its position; at most `most` of them.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_compared_rows(
        &mut self,
        id: ImportId,
        outcome: Outcome,
        (after, most): (i64, i64),
    ) -> Result<Vec<(i64, ComparedRow)>, StoreError> {
        let text = "SELECT position, line, outcome, label, field, before, after FROM comparison_rows \
                    WHERE import_id = $1 AND outcome = $2 AND position > $3 ORDER BY position LIMIT $4";
        let asked = sql(text).bind(id.as_i64()).bind(outcome.as_str()).bind(after).bind(most);
        let row = |row: &Row| {
            let compared = ComparedRow {
                line: row.get("line")?,
                outcome: row.word("outcome", Outcome::parse)?,
                label: row.get("label")?,
                field: row.get("field")?,
                before: row.opt("before")?,
                after: row.opt("after")?,
            };
            Ok((row.get("position")?, compared))
        };
        self.rows(asked).await?.iter().map(row).collect()
    }

    /// Removes the comparison of an import.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_remove_comparison(&mut self, id: ImportId) -> Result<(), StoreError> {
        for table in ["comparison_rows", "comparisons"] {
            let text = format!("DELETE FROM {table} WHERE import_id = $1");
            self.run(Sql::built(text).bind(id.as_i64())).await?;
        }
        Ok(())
    }

    /// Gives the imports of a drop in the order in which they go in.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_drop(&mut self, drop: i64) -> Result<Vec<ImportRecord>, StoreError> {
        let text = format!("SELECT {COLUMNS} FROM imports WHERE drop_id = $1 ORDER BY id");
        self.rows(Sql::built(text).bind(drop)).await?.iter().map(record).collect()
    }

    /// Writes what is known of an import anew: kind, options, counts, columns and issues' place.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_change_import(&mut self, import: &ImportRecord) -> Result<(), StoreError> {
        let text = "UPDATE imports SET kind = $2, options = $3, unmapped = $4 WHERE id = $1";
        let change = sql(text)
            .bind(import.id.as_i64())
            .bind(import.kind.as_str())
            .bind(import.options.as_str())
            .bind(import.unmapped.join("\n"));
        self.run(change).await?;
        self.system_put_import(import.id, import.state, &import.counts, None).await?;
        self.system_remove_issues(import.id).await
    }

    /// Removes the issues of an import.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_remove_issues(&mut self, id: ImportId) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM import_issues WHERE import_id = $1").bind(id.as_i64())).await?;
        Ok(())
    }

    /// Removes an import that never went in, with its file when no other import has it.
    ///
    /// # Edges
    ///
    /// Does nothing to an import that is not merely compared.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_discard_import(&mut self, id: ImportId) -> Result<bool, StoreError> {
        let compared = ImportState::Compared.as_str();
        let text = "SELECT sha256 FROM imports WHERE id = $1 AND state = $2";
        let found = self.row(sql(text).bind(id.as_i64()).bind(compared)).await?;
        let Some(row) = found else { return Ok(false) };
        let sha256: String = row.get("sha256")?;
        self.system_remove_comparison(id).await?;
        self.system_remove_issues(id).await?;
        self.run(sql("DELETE FROM imports WHERE id = $1").bind(id.as_i64())).await?;
        let text = "DELETE FROM blobs WHERE sha256 = $1 \
                    AND NOT EXISTS (SELECT 1 FROM imports WHERE imports.sha256 = blobs.sha256)";
        self.run(sql(text).bind(sha256)).await?;
        Ok(true)
    }

    /// Gives the turnover of all customers by currency, in minor units.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_turnover(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        let text = "SELECT currency, CAST(SUM(amount_minor) AS BIGINT) AS amount \
                    FROM fact_party_month GROUP BY currency ORDER BY currency";
        let pair = |row: &Row| Ok((row.get("currency")?, row.get("amount")?));
        self.rows(sql(text)).await?.iter().map(pair).collect()
    }
}
