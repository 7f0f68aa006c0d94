//! What a look at the installation counts.

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// Counts of sales lines, and the latest event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkup {
    /// All sales lines.
    pub lines: i64,
    /// Lines whose customer is not known.
    pub without_party: i64,
    /// Lines whose product is not known.
    pub without_product: i64,
    /// The instant of the latest event, µs.
    pub latest_event: Option<i64>,
}

impl Work<'_> {
    /// Counts what is attributed to nobody, from the roll-ups.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_checkup(&mut self) -> Result<Checkup, StoreError> {
        let text = "SELECT CAST(COALESCE(SUM(lines), 0) AS BIGINT) AS all_lines, \
            CAST(COALESCE(SUM(CASE WHEN party_id = 0 THEN lines ELSE 0 END), 0) AS BIGINT) AS no_party, \
            CAST(COALESCE(SUM(CASE WHEN product_id = 0 THEN lines ELSE 0 END), 0) AS BIGINT) AS no_product \
            FROM fact_party_product_month";
        let row = self.row(sql(text)).await?;
        let row = row.ok_or_else(|| StoreError::Engine("a sum gives one row".to_owned()))?;
        let latest = self.row(sql("SELECT MAX(at) AS latest FROM events")).await?;
        Ok(Checkup {
            lines: row.get("all_lines")?,
            without_party: row.get("no_party")?,
            without_product: row.get("no_product")?,
            latest_event: latest.map_or(Ok(None), |row| row.opt("latest"))?,
        })
    }
}
