//! The doors, walked: strangers, walled rivals and hidden sections, on the demo story.

mod api;
mod canaries;
mod doors;
#[cfg(feature = "oidc")]
mod hostile;
#[cfg(feature = "oidc")]
mod house;
mod house;
mod logs;
#[cfg(feature = "oidc")]
mod oidc;
mod proxies;
mod sign_in;
mod story;
mod system;
mod watchers;
