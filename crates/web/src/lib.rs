//! HTTP for our own people: pages, the JSON API and assets. Handlers translate, nothing more.
//!
//! [`routes::ROUTES`] is the one list of addresses; it makes the router and feeds the tests that
//! walk every door. Start reading there.

mod api;
mod arrival;
mod asset;
mod cookies;
mod door;
mod form;
mod frame;
mod guard;
#[cfg(feature = "mcp")]
mod mcp;
mod metrics;
mod origin;
mod pages;
mod problem;
pub mod routes;
mod scope;
mod serve;
mod spoken;
mod state;

#[cfg(test)]
mod tests;

pub use api::openapi::written as openapi;
pub use metrics::Metrics;
pub use serve::{Bound, bind};
pub use state::{Proxies, Site, State, network};
