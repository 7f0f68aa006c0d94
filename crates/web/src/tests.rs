//! The doors, walked: strangers, walled rivals and hidden sections, on the demo story.

mod access;
mod api;
mod canaries;
mod contract;
mod document;
mod doors;
mod house;
mod logs;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "oidc")]
mod oidc;
mod own;
#[cfg(feature = "passkeys")]
mod passkeys;
mod proxies;
mod sign_in;
mod story;
mod system;
mod tokens;
mod walk;
mod watchers;
