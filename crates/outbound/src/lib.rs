//! The outside world: one module a service, each with what can go wrong there.
//!
//! Nothing here is called inside a write, and nothing calls out that a setting has not allowed.

pub mod guard;
#[cfg(feature = "ldap")]
pub mod ldap;
pub mod mail;
#[cfg(feature = "oidc")]
pub mod oidc;
pub mod stamp;
pub mod webhook;
