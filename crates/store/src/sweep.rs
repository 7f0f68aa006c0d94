//! What has outlived its use: sessions, waits and mails that ended long ago.

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

impl Work<'_> {
    /// Says whether a session, a wait or a mail ended before an instant, µs.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_has_stale(&mut self, before: i64) -> Result<bool, StoreError> {
        let text = "SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM sessions WHERE expires_at < $1) \
                    OR EXISTS (SELECT 1 FROM throttles WHERE wait_until < $1) \
                    OR EXISTS (SELECT 1 FROM mails WHERE ended_at < $1)";
        Ok(self.row(sql(text).bind(before)).await?.is_some())
    }

    /// Removes sessions, waits and mails that ended before an instant, µs.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_sweep(&mut self, before: i64) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM sessions WHERE expires_at < $1").bind(before)).await?;
        self.run(sql("DELETE FROM throttles WHERE wait_until < $1").bind(before)).await?;
        self.run(sql("DELETE FROM mails WHERE ended_at < $1").bind(before)).await?;
        self.system_sweep_identities(before).await?;
        Ok(())
    }
}
