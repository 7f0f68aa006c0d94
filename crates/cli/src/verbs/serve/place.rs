//! Where the data would not be safe: refused before anything is served.

use std::path::Path;

use anyhow::bail;
use orchestre_app::{App, health};

use crate::config::Config;
use crate::refusal::Refusal;

/// Numbers of file systems that several machines share (`statfs(2)`), on which SQLite's log is not
/// safe: NFS, SMB, CIFS, SMB2, AFS, 9P, Ceph.
const SHARED: &[u64] =
    &[0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x5346_414F, 0x0102_1997, 0x00C3_6400];

/// Refuses SQLite on a file system that several machines share.
///
/// # Errors
///
/// The directory and what to do.
pub(super) fn check(config: &Config) -> anyhow::Result<()> {
    let is_embedded = config.get("database.url").is_empty();
    if is_embedded && kind(&config.data).is_some_and(|kind| SHARED.contains(&kind)) {
        let what = format!("{} lies on a network file system", config.data.display());
        bail!(Refusal::no(
            what,
            "SQLite is safe on a disk of this machine only; move the data, or use PostgreSQL"
        ));
    }
    Ok(())
}

/// Gives the number of the file system of a directory, or of the one it would be made in.
fn kind(folder: &Path) -> Option<u64> {
    let there = folder.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
    u64::try_from(rustix::fs::statfs(there).ok()?.f_type).ok()
}

/// Refuses a PostgreSQL server that loses what it acknowledged, unless that was allowed.
///
/// # Errors
///
/// The setting and what to do; what the store says.
pub(super) async fn check_server(app: &App, config: &Config) -> anyhow::Result<()> {
    let risks = health::risks(app).await?;
    if risks.iter().any(|risk| risk == "fsync") && !config.is_on("database.allow_unsafe") {
        bail!(Refusal::no(
            "the PostgreSQL server has fsync off: it loses data in a power cut",
            "set fsync = on there; for a test, database.allow_unsafe = true"
        ));
    }
    for risk in risks {
        tracing::warn!(setting = risk, "off on the PostgreSQL server: data may be lost");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_system_of_a_directory_that_is_not_there_yet_is_known() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(kind(dir.path()), kind(&dir.path().join("not/yet")));
        assert!(kind(Path::new("relative/not/there")).is_some());
        assert_ne!(kind(Path::new("/proc")), kind(dir.path()));
    }
}
