//! The pages: one file a noun, each view only words, formatted numbers and yes or no.

pub mod account;
pub mod error;
pub mod import;
pub mod manual;
pub mod passkey;
pub mod people;
pub mod plan;
pub mod portfolio;
pub mod search;
pub mod session;
pub mod sheet;
pub mod styleguide;
pub mod week;
