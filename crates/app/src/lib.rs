//! What people can do: one function for each thing. Owns transaction, permission, event.
//!
//! A use case is find, ask, decide, keep, record; it is given a [`Ctx`] and gives plain data or an
//! [`AppError`]. Start reading at [`Ctx`], then at the module of a noun.

pub mod code;
mod ctx;
mod error;

pub use code::Code;
pub use ctx::{App, Ctx};
pub use error::AppError;
