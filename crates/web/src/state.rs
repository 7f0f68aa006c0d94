//! What handlers share: the program's parts and what the installation looks like.

use std::sync::Arc;

use orchestre_app::App;

/// How this installation presents itself.
#[derive(Debug, Clone)]
pub struct Site {
    /// Cookies are sent over TLS only (behind a proxy that speaks it).
    pub is_secure: bool,
    /// A demo: the sign-in page says so and the style guide is open.
    pub is_demo: bool,
}

/// The state of the router; cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    /// The program's parts.
    pub app: App,
    /// How the installation presents itself.
    pub site: Arc<Site>,
}

impl State {
    /// Gives the state for these parts.
    pub fn new(app: App, site: Site) -> Self {
        Self { app, site: Arc::new(site) }
    }
}
