//! The outside world: one module a service, each with what can go wrong there.
//!
//! Nothing here is called inside a write, and nothing calls out that a setting has not allowed.

pub mod guard;
pub mod mail;
pub mod stamp;
pub mod webhook;
