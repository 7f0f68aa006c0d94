//! How much this process asks of the database.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// What was asked so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// Reads that were begun.
    pub reads: u64,
    /// Units of work that were begun.
    pub writes: u64,
    /// Units of work that met another writer and were run again.
    pub conflicts: u64,
    /// Reads under way or waiting for a connection.
    pub readers_busy: i64,
}

/// The counters behind [`Load`].
#[derive(Debug, Default)]
pub(crate) struct Counts {
    reads: AtomicU64,
    writes: AtomicU64,
    conflicts: AtomicU64,
    busy: AtomicI64,
}

/// A read under way; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Busy<'c>(&'c AtomicI64);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Counts {
    pub(crate) fn reads(&self) -> Busy<'_> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.busy.fetch_add(1, Ordering::Relaxed);
        Busy(&self.busy)
    }

    pub(crate) fn writes(&self) {
        self.writes.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn met(&self) {
        self.conflicts.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn load(&self) -> Load {
        Load {
            reads: self.reads.load(Ordering::Relaxed),
            writes: self.writes.load(Ordering::Relaxed),
            conflicts: self.conflicts.load(Ordering::Relaxed),
            readers_busy: self.busy.load(Ordering::Relaxed),
        }
    }
}
