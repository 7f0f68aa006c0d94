//! The one error that leaves the app.

use orchestre_documents::DocumentError;
use orchestre_store::StoreError;

use crate::code::Code;

/// Why a use case could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A plain code.
    #[error("{}", .0.text())]
    Code(Code),
    /// A field of a form or a request: its name and, for a code that has one, the value.
    #[error("{} in {field}", code.text())]
    Field {
        /// What is wrong.
        code: Code,
        /// The field's name, end of the text key `field-<name>`.
        field: &'static str,
    },
    /// Too many tries: so many seconds are to be waited.
    #[error("too many tries")]
    Wait(i64),
    /// A name that several accounts have: their ids and names.
    #[error("several accounts have this name")]
    Ambiguous(Vec<(String, String)>),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// A document could not be made.
    #[error("a document could not be made")]
    Document(#[from] DocumentError),
}

impl AppError {
    /// It is not there, or the viewer may not know that it is.
    pub const NOT_FOUND: Self = Self::Code(Code::NotFound);
    /// The viewer may not do this.
    pub const FORBIDDEN: Self = Self::Code(Code::Forbidden);

    /// Gives the stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Code(code) | Self::Field { code, .. } => *code,
            Self::Ambiguous(_) => Code::NameAmbiguous,
            Self::Wait(_) => Code::TooManyTries,
            Self::Store(StoreError::DiskFull) => Code::DiskFull,
            Self::Store(StoreError::Conflict | StoreError::NotStored(_)) => Code::Busy,
            Self::Store(StoreError::Deadline) => Code::TookTooLong,
            Self::Store(StoreError::Newer(_)) => Code::DatabaseNewer,
            Self::Store(StoreError::MigrationChanged(_)) => Code::MigrationChanged,
            Self::Store(_) | Self::Document(_) => Code::Internal,
        }
    }
}

impl From<Code> for AppError {
    fn from(code: Code) -> Self {
        Self::Code(code)
    }
}
