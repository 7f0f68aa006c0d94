//! How far a stage is filled, kept in the stage itself so that a later try goes on from there.

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

impl Work<'_> {
    /// Gives the tables of a stage that are filled, each with its number of rows; makes the list
    /// if there is none.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_marks(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        let text =
            "CREATE TABLE IF NOT EXISTS stage_marks (name TEXT PRIMARY KEY, n BIGINT NOT NULL)";
        self.run(sql(text)).await?;
        let rows = self.rows(sql("SELECT name, n FROM stage_marks ORDER BY name")).await?;
        rows.iter().map(|row| Ok((row.get("name")?, row.get("n")?))).collect()
    }

    /// Notes that a table of a stage is filled.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_mark(&mut self, table: &str, rows: i64) -> Result<(), StoreError> {
        let text = "INSERT INTO stage_marks (name, n) VALUES ($1, $2)";
        self.run(sql(text).bind(table).bind(rows)).await?;
        Ok(())
    }

    /// Removes the list: the stage is whole.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_end_marks(&mut self) -> Result<(), StoreError> {
        self.run(sql("DROP TABLE IF EXISTS stage_marks")).await?;
        Ok(())
    }
}
