//! What can go wrong in the store; the drivers' texts stay in the log.

/// An error of the store.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A unique value is taken.
    #[error("already taken: {0}")]
    Taken(String),
    /// A reference leads nowhere, or something still refers to it.
    #[error("refers to nothing, or is referred to: {0}")]
    Dangling(String),
    /// A check of the table refused the value.
    #[error("refused by a check: {0}")]
    Refused(String),
    /// Two writers met too often.
    #[error("two writers met too often")]
    Conflict,
    /// The commit did not happen; nothing of the call is stored.
    #[error("not stored: {0}")]
    NotStored(String),
    /// The read passed its deadline.
    #[error("the read took too long")]
    Deadline,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// A stored value cannot be read.
    #[error("{table}.{column} of {row} cannot be read")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        row: String,
    },
    /// A migration's text is not the one that was run.
    #[error("migration {0} was changed after it ran")]
    MigrationChanged(String),
    /// The database was written by a newer version.
    #[error("the database is of a newer version: it has migration {0}")]
    Newer(String),
    /// The engine said something else.
    #[error("{0}")]
    Engine(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        use rusqlite::ffi;
        let text = error.to_string();
        let Some(inner) = error.sqlite_error() else { return Self::Engine(text) };
        match (inner.code, inner.extended_code) {
            (ErrorCode::OperationInterrupted, _) => Self::Deadline,
            (ErrorCode::DiskFull, _) => Self::DiskFull,
            (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
                Self::Taken(text)
            }
            (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Self::Dangling(text),
            (_, ffi::SQLITE_CONSTRAINT_CHECK | ffi::SQLITE_CONSTRAINT_NOTNULL) => {
                Self::Refused(text)
            }
            _ => Self::Engine(text),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .unwrap_or_default()
            .into_owned();
        let text = error.to_string();
        match code.as_str() {
            "23505" => Self::Taken(text),
            "23503" => Self::Dangling(text),
            "23514" | "23502" => Self::Refused(text),
            "40001" | "40P01" => Self::Conflict,
            "57014" => Self::Deadline,
            "53100" => Self::DiskFull,
            _ => Self::Engine(text),
        }
    }
}
