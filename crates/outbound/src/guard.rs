//! The guard of outgoing calls to addresses that people type: only where the company allows it.
//!
//! An address is read once. A number is checked at once; a name is resolved by [`Doorman`], which
//! gives the connection only addresses that were checked, so that a name which changes its mind
//! between check and call leads nowhere.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

mod address;

pub use address::is_public;

/// Ports of targets in the open world.
const PORTS: [u16; 4] = [80, 443, 8080, 8443];
/// The longest address.
const LONGEST: usize = 2_000;

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read, or is too long.
    #[error("the address cannot be read")]
    Unreadable,
    /// Neither http nor https.
    #[error("only http and https are called")]
    Scheme,
    /// It carries a name or a password.
    #[error("an address must not carry a password")]
    Password,
    /// A port that is not called.
    #[error("this port is not called")]
    Port,
    /// A place that the settings do not allow.
    #[error("this place is not allowed")]
    Place,
}

/// The places that may be called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Targets {
    /// Whether every public place may be called.
    is_open: bool,
    /// Names that may be called wherever they lead.
    names: Vec<String>,
    /// Networks that may be called.
    networks: Vec<IpNet>,
}

impl Targets {
    /// Reads a list of places: `*` for every public one, names, addresses, networks; between commas
    /// or blanks. An empty list allows nothing.
    ///
    /// # Errors
    ///
    /// The entry that cannot be read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut targets = Self::default();
        let entries = text.split(|c: char| c == ',' || c.is_whitespace());
        for entry in entries.filter(|entry| !entry.is_empty()) {
            if entry == "*" {
                targets.is_open = true;
            } else if let Ok(network) = entry.parse::<IpNet>() {
                targets.networks.push(network);
            } else if let Ok(address) = entry.parse::<IpAddr>() {
                targets.networks.push(address.into());
            } else if let Some(name) = name_of(entry) {
                targets.names.push(name);
            } else {
                return Err(entry.to_owned());
            }
        }
        Ok(targets)
    }

    /// Says whether nothing may be called.
    pub const fn is_empty(&self) -> bool {
        !self.is_open && self.names.is_empty() && self.networks.is_empty()
    }

    /// Reads an address and refuses what can be refused before its name is resolved.
    ///
    /// # Errors
    ///
    /// See [`Refusal`].
    pub fn check(&self, text: &str) -> Result<Url, Refusal> {
        if text.len() > LONGEST {
            return Err(Refusal::Unreadable);
        }
        let url = Url::parse(text.trim()).map_err(|_unreadable| Refusal::Unreadable)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refusal::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Password);
        }
        let port = url.port_or_known_default().ok_or(Refusal::Port)?;
        let (is_named, is_there) = match url.host().ok_or(Refusal::Unreadable)? {
            Host::Domain(name) => {
                let name = name.trim_end_matches('.');
                let is_named = self.names.iter().any(|known| known == name);
                (is_named, is_named || self.is_open || !self.networks.is_empty())
            }
            Host::Ipv4(address) => self.place(address.into()),
            Host::Ipv6(address) => self.place(address.into()),
        };
        if !is_there {
            return Err(Refusal::Place);
        }
        let may_be_private = is_named || (!self.networks.is_empty() && url.domain().is_some());
        if !may_be_private && !PORTS.contains(&port) {
            return Err(Refusal::Port);
        }
        Ok(url)
    }

    /// Says of an address by number whether it is named in the list, and whether it may be called.
    fn place(&self, address: IpAddr) -> (bool, bool) {
        let is_named = self.is_listed(address);
        (is_named, is_named || self.reaches("", address))
    }

    fn is_listed(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// Says whether a name that leads to this address may be called there.
    pub fn reaches(&self, name: &str, address: IpAddr) -> bool {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        if address::is_never(address) {
            return false;
        }
        self.is_listed(address)
            || self.names.contains(&name)
            || (self.is_open && is_public(address))
    }
}

/// Gives a name of a host in the form in which addresses have it.
fn name_of(entry: &str) -> Option<String> {
    let url = Url::parse(&format!("https://{entry}/")).ok()?;
    let is_plain = url.port().is_none() && url.username().is_empty() && url.path() == "/";
    match url.host()? {
        Host::Domain(name) if is_plain && !entry.contains(['/', '?', '#', '@', ':', '*']) => {
            Some(name.trim_end_matches('.').to_owned())
        }
        _ => None,
    }
}

/// Looks up where a name leads.
pub trait Lookup: Send + Sync + std::fmt::Debug {
    /// Gives the addresses of a name.
    fn look(&self, name: String) -> Looking;
}

/// A lookup under way.
pub type Looking = std::pin::Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Looks names up as the machine does.
#[derive(Debug, Clone, Copy)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn look(&self, name: String) -> Looking {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Resolves names for a client and lets through only what may be called.
#[derive(Debug, Clone)]
pub struct Doorman {
    targets: Arc<Targets>,
    lookup: Arc<dyn Lookup>,
}

impl Doorman {
    /// Gives the doorman of these places.
    pub fn new(targets: Targets, lookup: Arc<dyn Lookup>) -> Self {
        Self { targets: Arc::new(targets), lookup }
    }

    /// Gives the places.
    pub fn targets(&self) -> &Targets {
        &self.targets
    }

    /// Gives the addresses of a name that may be called.
    ///
    /// # Errors
    ///
    /// What the lookup says; [`Refusal::Place`] when none of them may be called.
    pub async fn admit(&self, name: &str) -> std::io::Result<Vec<SocketAddr>> {
        let found = self.lookup.look(name.to_owned()).await?;
        let good: Vec<SocketAddr> = found
            .into_iter()
            .filter(|address| self.targets.reaches(name, *address))
            .map(|address| SocketAddr::new(address, 0))
            .collect();
        if good.is_empty() {
            return Err(std::io::Error::other(Refusal::Place));
        }
        Ok(good)
    }
}

impl Resolve for Doorman {
    fn resolve(&self, name: Name) -> Resolving {
        let doorman = self.clone();
        Box::pin(async move {
            let good = doorman.admit(name.as_str()).await?;
            Ok::<Addrs, _>(Box::new(good.into_iter()))
        })
    }
}

#[cfg(test)]
mod tests;
