//! Why something could not be kept or brought back.

use orchestre_store::StoreError;

/// Why something could not be kept or brought back; nothing is half done.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The database failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// The file could not be read or written.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The file is not one of ours.
    #[error("not a backup of Orchestre")]
    NotOurs,
    /// The file ends too early or was damaged.
    #[error("the file is cut off or damaged")]
    Damaged,
    /// The file is sealed and no key was given.
    #[error("the file is encrypted")]
    KeyNeeded,
    /// The key does not open the file, or is none.
    #[error("the key does not open the file")]
    KeyWrong,
    /// A newer version wrote the file: its format or the migration that is not known.
    #[error("written by a newer version: {0}")]
    Newer(String),
    /// A table does not hold what it should.
    #[error("table {0} does not hold what it should")]
    Differs(String),
    /// The chain of events does not hold.
    #[error("the chain of events is broken at {0}")]
    Chain(i64),
    /// Another process restores here.
    #[error("another process is at work here")]
    Busy,
    /// There is something already.
    #[error("there is something already")]
    NotEmpty,
}
