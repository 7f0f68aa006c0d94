//! What handlers share: the program's parts and what the installation looks like.

use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use orchestre_app::App;
use orchestre_app::system::Concern;

use crate::api::pace::Pace;
use crate::metrics::Metrics;

/// How this installation presents itself.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Whether cookies are sent over TLS only; `None`: when the request came that way.
    pub is_secure: Option<bool>,
    /// A demo: the sign-in page says so and the style guide is open.
    pub is_demo: bool,
    /// The address by which people reach the program, without a path; may be empty.
    pub public_url: String,
    /// Our own proxies.
    pub proxies: Proxies,
    /// What is measured, when it is.
    pub metrics: Option<Metrics>,
    /// What the administrator should know of the configuration.
    pub concerns: Vec<Concern>,
    /// Requests to the API that a login may send in a minute; 0 is no limit.
    pub api_rate: u32,
    /// Requests to the API that strangers of one network may send in a minute; 0 is no limit.
    pub api_rate_strangers: u32,
}

/// Our own proxies: forwarded headers count only when they come from these.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    /// Their networks.
    pub networks: Vec<IpNet>,
    /// Whether they speak `Forwarded` (RFC 7239) and not `X-Forwarded-…`.
    pub is_standard: bool,
}

impl Proxies {
    /// Says whether an address is one of them.
    pub fn has(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address.to_canonical()))
    }
}

/// Reads an address or a network; `None` for any other text.
pub fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// The state of the router; cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    /// The program's parts.
    pub app: App,
    /// How the installation presents itself.
    pub site: Arc<Site>,
    pub(crate) paces: Arc<Paces>,
}

/// How fast the API may be asked.
#[derive(Debug)]
pub(crate) struct Paces {
    /// By a login.
    pub(crate) logins: Pace,
    /// By strangers of one network.
    pub(crate) strangers: Pace,
}

impl State {
    /// Gives the state for these parts.
    pub fn new(app: App, site: Site) -> Self {
        let paces =
            Paces { logins: Pace::of(site.api_rate), strangers: Pace::of(site.api_rate_strangers) };
        Self { app, site: Arc::new(site), paces: Arc::new(paces) }
    }
}
