//! The one list of addresses: it makes the router and feeds the tests that walk every door.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing;
use orchestre_domain::permission::{Capability, Object};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::state::State;
use crate::{api, asset, guard, pages};

/// Who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Everybody.
    Open,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever is signed in and has this capability somewhere.
    May(Capability, Object),
}

/// An address.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path, with `{id}` where an id stands.
    pub path: &'static str,
    /// Who may pass.
    pub door: Door,
}

macro_rules! routes {
    ($($verb:ident $method:literal $path:literal $door:expr => $handler:path;)+) => {
        /// Every address of the program.
        pub const ROUTES: &[Route] = &[$(Route { method: $method, path: $path, door: $door }),+];

        fn table() -> Router<State> {
            Router::new()$(.route($path, routing::$verb($handler)))+
        }
    };
}

const fn may(capability: Capability, object: Object) -> Door {
    Door::May(capability, object)
}

use Capability::{Create, Read, Update};
use Door::{Open, SignedIn};

routes! {
    get "GET" "/assets/{*path}" Open => asset::show;
    get "GET" "/healthz" Open => pages::health::show;
}

/// Gives the router of the whole program.
pub fn router(state: State) -> Router {
    table()
        .fallback(pages::errors::absent)
        .method_not_allowed_fallback(pages::errors::method)
        .layer(DefaultBodyLimit::max(2 * 1024 * 1024))
        .layer(middleware::from_fn(guard::own_site))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(guard::headers))
        .layer(CatchPanicLayer::new())
        .with_state(state)
}
