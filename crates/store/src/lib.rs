//! The only crate that speaks SQL: one text for SQLite and PostgreSQL behind one seam.
//!
//! [`Db`] opens a database and runs closures; [`Work`] is what a closure is given. Every lookup
//! that people's eyes reach takes a viewer; functions named `system_…` serve imports and jobs.
//! Start reading at [`Work`], then at the file of a noun.

mod db;
mod engine;
mod error;
mod events;
mod migrate;
mod row;
mod sql;
mod work;

pub use db::{Db, Options};
pub use error::StoreError;
pub use events::Event;
pub use migrate::MIGRATIONS;
pub use row::Row;
pub use sql::{Sql, Value, sql};
pub use work::Work;
