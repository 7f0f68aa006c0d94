//! Leases: who may do what only one may do at a time, and until when.

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

impl Work<'_> {
    /// Takes or renews a lease; false when another holder's is still good.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_lease(
        &mut self,
        name: &str,
        holder: i64,
        now: i64,
        until: i64,
    ) -> Result<bool, StoreError> {
        let text = "INSERT INTO leases (name, holder, until_at) VALUES ($1, $2, $4) \
                    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at \
                    WHERE leases.holder = excluded.holder OR leases.until_at <= $3";
        let taken = self.run(sql(text).bind(name).bind(holder).bind(now).bind(until)).await?;
        Ok(taken > 0)
    }

    /// Gives a lease back.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_end_lease(&mut self, name: &str, holder: i64) -> Result<(), StoreError> {
        let text = "DELETE FROM leases WHERE name = $1 AND holder = $2";
        self.run(sql(text).bind(name).bind(holder)).await?;
        Ok(())
    }
}
