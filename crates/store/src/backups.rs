//! The rules of backups, and when the last was made.

use orchestre_domain::backup::BackupRules;
use orchestre_domain::event::EventName;

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

impl Work<'_> {
    /// Gives the rules of backups, and their version.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn backup_rules(&mut self) -> Result<(BackupRules, i64), StoreError> {
        let text =
            "SELECT key, value, version FROM settings WHERE key >= 'backup.' AND key < 'backup/'";
        let (mut rules, mut version) = (BackupRules::default(), 0);
        for row in self.rows(sql(text)).await? {
            let (key, value): (String, String) = (row.get("key")?, row.get("value")?);
            version += row.get::<i64>("version")?;
            if let (Some(name), Ok(number)) = (key.strip_prefix("backup."), value.parse()) {
                rules.set(name, number);
            }
        }
        Ok((rules, version))
    }

    /// Keeps the rules of backups.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_backup_rules(&mut self, rules: &BackupRules) -> Result<(), StoreError> {
        for (name, value, _, _) in rules.numbers() {
            let text = "INSERT INTO settings (key, value, version) VALUES ($1, $2, 1) \
                        ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = settings.version + 1";
            self.run(sql(text).bind(format!("backup.{name}")).bind(value.to_string())).await?;
        }
        Ok(())
    }

    /// Gives when an event of this name was recorded last, µs; 0 when never.
    ///
    /// # Errors
    ///
    /// As [`Work::row`].
    pub async fn system_last_at(&mut self, name: EventName) -> Result<i64, StoreError> {
        let text = "SELECT at FROM events WHERE name = $1 ORDER BY at DESC LIMIT 1";
        let row = self.row(sql(text).bind(name.as_str())).await?;
        row.map_or(Ok(0), |row| row.get("at"))
    }
}
