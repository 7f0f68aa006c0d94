//! This process: where its files lie, and whether it still does its work.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// A process beside others on the same database.
#[derive(Debug, Default)]
pub struct Node {
    folder: Option<PathBuf>,
    /// When the runner of jobs looked last, µs; 0 before it ran.
    looked_at: AtomicI64,
    is_stopping: AtomicBool,
}

impl Node {
    /// Gives a node with its data directory.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder: Some(folder), ..Self::default() }
    }

    /// Gives the data directory, when there is one.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Keeps that the runner of jobs looked.
    pub fn looked(&self, now: i64) {
        self.looked_at.store(now, Ordering::Relaxed);
    }

    /// Gives when the runner of jobs looked last, µs; `None` when none runs here.
    pub fn looked_at(&self) -> Option<i64> {
        Some(self.looked_at.load(Ordering::Relaxed)).filter(|at| *at > 0)
    }

    /// Says that this node stops soon, so that a proxy turns to others.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// Says whether this node stops soon.
    pub fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// Gives the free bytes where the data lie; `None` when that cannot be told.
    pub fn free_bytes(&self) -> Option<i64> {
        let place = rustix::fs::statvfs(self.folder()?).ok()?;
        i64::try_from(place.f_bavail.saturating_mul(place.f_frsize)).ok()
    }

    /// Says whether a file can be written where the data lie; true without a data directory.
    pub fn can_write(&self) -> bool {
        let Some(folder) = self.folder() else { return true };
        let probe = folder.join(format!(".writable-{}", std::process::id()));
        let written = std::fs::write(&probe, [0_u8; 4096]);
        let removed = std::fs::remove_file(&probe);
        written.is_ok() && removed.is_ok()
    }

    /// Gives the bytes of memory that this process holds; `None` where the system does not tell.
    pub fn memory_bytes(&self) -> Option<i64> {
        let text = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: i64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kibibytes * 1024)
    }
}
