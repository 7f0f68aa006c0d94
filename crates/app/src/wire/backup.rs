//! Backups, as the API tells them.

use jiff::Timestamp;
use orchestre_domain::backup::BackupRules;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::backups::Backups;

/// The backups and how they are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BackupsWire {
    /// The files, the newest first.
    pub files: Vec<BackupFileWire>,
    /// When the last was made; null when never.
    #[schema(format = DateTime)]
    pub made_at: Option<String>,
    /// When one failed since then; null when none did.
    #[schema(format = DateTime)]
    pub failed_at: Option<String>,
    /// Whether they are encrypted.
    pub encrypts: bool,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BackupFileWire {
    /// Its name.
    #[schema(examples("20261123-020000.tar.gz"))]
    pub name: String,
    /// The day on which it was made.
    #[schema(format = Date)]
    pub day: String,
    /// Its length in bytes.
    pub bytes: i64,
    /// Whether only a secret key opens it.
    pub encrypted: bool,
}

/// When backups are made and which are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupRulesWire {
    /// The hour of the day (UTC) from which the daily one is made.
    #[schema(minimum = 0, maximum = 23)]
    pub hour: i64,
    /// The last of so many days are kept.
    #[schema(minimum = 1, maximum = 366)]
    pub daily: i64,
    /// The last of so many weeks are kept.
    #[schema(minimum = 0, maximum = 520)]
    pub weekly: i64,
    /// The last of so many months are kept.
    #[schema(minimum = 0, maximum = 240)]
    pub monthly: i64,
}

/// Gives the backups.
pub fn backups(shown: &Backups) -> BackupsWire {
    let files = shown.files.iter().map(|file| BackupFileWire {
        name: file.name.clone(),
        day: file.day.to_string(),
        bytes: file.bytes,
        encrypted: file.is_encrypted,
    });
    BackupsWire {
        files: files.collect(),
        made_at: instant(shown.made_at),
        failed_at: instant(shown.failed_at),
        encrypts: shown.is_encrypting,
    }
}

impl From<BackupRules> for BackupRulesWire {
    fn from(rules: BackupRules) -> Self {
        let BackupRules { hour, daily, weekly, monthly } = rules;
        Self { hour, daily, weekly, monthly }
    }
}

impl From<BackupRulesWire> for BackupRules {
    fn from(rules: BackupRulesWire) -> Self {
        let BackupRulesWire { hour, daily, weekly, monthly } = rules;
        Self { hour, daily, weekly, monthly }
    }
}

/// Writes an instant as RFC 3339, in seconds.
fn instant(micros: Option<i64>) -> Option<String> {
    Timestamp::from_microsecond(micros?).ok().map(|at| format!("{at:.0}"))
}
