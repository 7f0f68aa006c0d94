//! What people can do: one function for each thing. Owns transaction, permission, event.
//!
//! A use case is find, ask, decide, keep, record; it is given a [`Ctx`] and gives plain data or an
//! [`AppError`]. Start reading at [`Ctx`], then at the module of a noun.

pub mod access;
pub mod accounts;
pub mod actions;
pub mod answers;
pub mod asked;
pub mod assignments;
pub mod backups;
pub mod chain;
pub mod checkpoints;
pub mod code;
pub mod criteria;
mod ctx;
pub mod delegations;
pub mod doctor;
mod error;
pub mod exports;
pub mod feed;
pub mod health;
pub mod identity;
pub mod imports;
pub mod inbox;
pub mod interactions;
pub mod jobs;
pub mod keep;
pub mod links;
pub mod logins;
pub mod mails;
pub mod node;
mod notices;
pub mod participants;
pub mod passwords;
pub mod people;
pub mod plans;
pub mod portfolio;
pub mod proposals;
mod ranking;
pub mod reads;
pub mod rights;
pub mod roster;
pub mod scores;
pub mod search;
pub mod second_step;
mod section;
pub mod sessions;
pub mod settings;
mod sight;
pub mod sign_in_rules;
mod snapshot;
mod sweep;
pub mod system;
#[cfg(test)]
mod tests;
mod throttle;
pub mod tokens;
pub mod units;
pub mod vault;
pub mod walls;
pub mod watch;
pub mod webhooks;
pub mod week;
pub mod wire;

pub use code::Code;
pub use ctx::{App, Ctx, Outside};
pub use error::AppError;
pub use ranking::Reversal;
pub use section::Section;
pub use sight::Perimeter;
pub use snapshot::{Kept, Measure, MeasureUnit, Window};
