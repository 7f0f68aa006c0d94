//! What has outlived its use: sessions, waits, mails, links and devices of long ago.

use crate::error::StoreError;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// Tables of what ends at an instant, and the column that says when.
const ENDING: [(&str, &str); 7] = [
    ("sessions", "expires_at"),
    ("half_sessions", "expires_at"),
    ("login_links", "expires_at"),
    ("pending_logins", "expires_at"),
    ("ceremonies", "expires_at"),
    ("throttles", "wait_until"),
    ("mails", "ended_at"),
];

/// Which origins belong to no session any more.
const ORPHANS: &str = "session_origins WHERE NOT EXISTS \
                       (SELECT 1 FROM sessions s WHERE s.digest = session_origins.digest)";

/// Two instants, µs: what was over before the first is stale, and so is a device that nobody used
/// since the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    /// What ended before it is removed.
    pub ended: i64,
    /// Devices last used before it are forgotten.
    pub unused: i64,
}

impl Work<'_> {
    /// Says whether anything is stale.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_has_stale(&mut self, stale: Stale) -> Result<bool, StoreError> {
        let mut parts: Vec<String> = ENDING
            .iter()
            .map(|(table, column)| format!("EXISTS (SELECT 1 FROM {table} WHERE {column} < $1)"))
            .collect();
        parts.push("EXISTS (SELECT 1 FROM devices WHERE used_at < $2)".to_owned());
        parts.push(format!("EXISTS (SELECT 1 FROM {ORPHANS})"));
        let text = format!("SELECT 1 AS one WHERE {}", parts.join(" OR "));
        let asked = Sql::built(text).bind(stale.ended).bind(stale.unused);
        Ok(self.row(asked).await?.is_some())
    }

    /// Removes what is stale.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_sweep(&mut self, stale: Stale) -> Result<(), StoreError> {
        for (table, column) in ENDING {
            let text = format!("DELETE FROM {table} WHERE {column} < $1");
            self.run(Sql::built(text).bind(stale.ended)).await?;
        }
        self.run(Sql::built(format!("DELETE FROM {ORPHANS}"))).await?;
        self.run(sql("DELETE FROM devices WHERE used_at < $1").bind(stale.unused)).await?;
        Ok(())
    }
}
