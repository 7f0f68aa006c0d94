//! Rows that wait for a reference, because their own table cannot keep it as text.

use crate::error::StoreError;
use crate::sql::{Value, sql};
use crate::work::Work;

/// The object and the field of a change row that keeps a row that waited.
pub const WAITING: &str = "waiting";

/// A row that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRow {
    /// Its id.
    pub id: i64,
    /// The import that brought it.
    pub import_id: i64,
    /// The line of the file.
    pub line: i64,
    /// What waits: `link`, `place`, `plan` …
    pub kind: String,
    /// The program that the references are of.
    pub origin: String,
    /// The row, as the importer wrote it down.
    pub fields: String,
}

impl Work<'_> {
    /// Lets rows wait; those that wait already stay as they are.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_waiting(&mut self, rows: Vec<WaitingRow>) -> Result<(), StoreError> {
        let rows = rows.into_iter().map(|row| {
            vec![
                row.id.into(),
                row.import_id.into(),
                row.line.into(),
                Value::Text(Some(row.kind)),
                Value::Text(Some(row.origin)),
                Value::Text(Some(row.fields)),
            ]
        });
        let columns = &["id", "import_id", "line", "kind", "origin", "fields"];
        let tail = "ON CONFLICT (kind, origin, fields) DO NOTHING";
        self.insert("waiting_rows", columns, rows.collect(), tail).await
    }

    /// Gives the rows of a kind that wait, oldest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_waiting(&mut self, kind: &str) -> Result<Vec<WaitingRow>, StoreError> {
        let text = "SELECT id, import_id, line, kind, origin, fields FROM waiting_rows WHERE kind = $1 ORDER BY id";
        let rows = self.rows(sql(text).bind(kind)).await?;
        let row = |row: &crate::row::Row| {
            Ok(WaitingRow {
                id: row.get("id")?,
                import_id: row.get("import_id")?,
                line: row.get("line")?,
                kind: row.get("kind")?,
                origin: row.get("origin")?,
                fields: row.get("fields")?,
            })
        };
        rows.iter().map(row).collect()
    }

    /// Takes a row away that waits no more.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_end_waiting(&mut self, id: i64) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM waiting_rows WHERE id = $1").bind(id)).await?;
        Ok(())
    }
}
