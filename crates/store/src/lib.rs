//! The only crate that speaks SQL: one text for SQLite and PostgreSQL behind one seam.
//!
//! [`Db`] opens a database and runs closures; [`Work`] is what a closure is given. Every lookup
//! that people's eyes reach takes a viewer; functions named `system_…` serve imports and jobs.
//! Start reading at [`Work`], then at the file of a noun.

mod accounts;
mod bulk;
mod columns;
mod contacts;
mod counters;
mod criteria;
mod db;
mod engine;
mod error;
mod events;
mod facts;
mod judgements;
pub mod imports;
mod migrate;
mod pipeline;
mod profile;
mod rates;
mod row;
pub mod scope;
mod settings;
mod search;
mod sql;
mod tree;
mod work;

pub use accounts::{AccountBasis, ParentBasis};
pub use contacts::{Contact, InteractionLine, Opinion};
pub use counters::{Counter, Versions};
pub use db::{Db, Options};
pub use error::StoreError;
pub use events::Event;
pub use facts::Sums;
pub use judgements::Judgement;
pub use migrate::MIGRATIONS;
pub use pipeline::{CostBasis, OpportunityBasis, OpportunityLine, StageStep};
pub use profile::{DatedName, DatedState, Member, Profile};
pub use row::Row;
pub use search::SearchEntry;
pub use sql::{Sql, Value, sql};
pub use tree::{Link, PartyCard};
pub use work::Work;
