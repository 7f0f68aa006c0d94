//! The only crate that speaks SQL: one text for SQLite and PostgreSQL behind one seam.
//!
//! [`Db`] opens a database and runs closures; [`Work`] is what a closure is given. Every lookup
//! that people's eyes reach takes a viewer; functions named `system_…` serve imports and jobs.
//! Start reading at [`Work`], then at the file of a noun.

mod accounts;
mod actions;
mod alarms;
mod assignments;
mod bulk;
mod chain;
mod checkup;
mod columns;
mod contacts;
mod counters;
mod counts;
mod criteria;
mod db;
mod engine;
mod error;
mod events;
mod facts;
mod feed;
mod finding;
pub mod imports;
mod jobs;
mod judgements;
mod logins;
mod measures;
mod migrate;
mod news;
mod objectives;
mod people;
mod pipeline;
mod plans;
mod products;
mod profile;
mod rates;
mod risks;
mod row;
mod scan;
pub mod scope;
mod search;
mod settings;
mod sql;
mod sweep;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod work;

pub use accounts::{AccountBasis, ParentBasis};
pub use actions::{Action, Actions};
pub use alarms::{Assessed, Watched};
pub use assignments::Assignment;
pub use chain::ChainState;
pub use checkup::Checkup;
pub use contacts::{Contact, InteractionLine, Opinion};
pub use counters::{Counter, Versions};
pub use counts::Load;
pub use db::{Db, Options};
pub use error::StoreError;
pub use events::Event;
pub use facts::{PartyMonth, Sums};
pub use feed::FeedRow;
pub use finding::Found;
pub use jobs::{JobEnd, JobRow, NewJob};
pub use judgements::Judgement;
pub use logins::{Login, SessionRow};
pub use measures::Measures;
pub use migrate::{MIGRATIONS, Migration};
pub use news::News;
pub use objectives::Objective;
pub use people::{Assessment, PersonCard, PersonLine, Place};
pub use pipeline::{CostBasis, OpportunityBasis, OpportunityLine, StageStep};
pub use plans::{PlanCard, PlanLine};
pub use products::ProductCard;
pub use profile::{DatedName, DatedState, Member, Profile};
pub use risks::Risk;
pub use row::Row;
pub use search::SearchEntry;
pub use sql::{Sql, Value, sql};
pub use text::{Owner, Text};
pub use tree::{Link, PartyCard};
pub use work::Work;
