//! The words and the rules of key account management: pure, without I/O, clock or serialization.
//!
//! Start reading at [`account`], [`permission`] and [`figure`].

#[macro_use]
mod words;
pub mod account;
pub mod checkpoint;
pub mod clock;
pub mod criterion;
pub mod event;
pub mod fault;
pub mod figure;
pub mod float;
pub mod fold;
pub mod hierarchy;
pub mod id;
pub mod import;
pub mod interaction;
pub mod job;
pub mod lang;
pub mod money;
pub mod month;
pub mod opportunity;
pub mod party;
pub mod permission;
pub mod person;
pub mod plan;
pub mod proposal;
pub mod rate;
pub mod secret;
pub mod settings;
pub mod sign_in;
pub mod token;
pub mod viewer;
pub mod webhook;
