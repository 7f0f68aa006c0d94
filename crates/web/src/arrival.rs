//! Where a request comes from, for the door: network, browser, known device; and its cookies.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;

use crate::door::cookie;
use crate::origin;
use crate::state::State;

/// The cookie of a device from which somebody came in before.
const DEVICE: &str = "orchestre_device";
/// The cookie of somebody who is half way in.
pub(crate) const HALF: &str = "orchestre_half";
/// Seconds of a year.
const YEAR: i64 = 365 * 86_400;

/// Where a request comes from.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    /// The address of the network.
    pub(crate) network: String,
    /// What the browser says it is.
    pub(crate) agent: String,
    /// The token of the device, when it was here before.
    pub(crate) device: Option<String>,
    /// The token of somebody who is half way in.
    pub(crate) half: String,
}

impl FromRequestParts<State> for Arrival {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &State) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self {
            network: peer.map_or_else(String::new, |peer| peer.0.ip().to_string()),
            agent: agent.unwrap_or_default().chars().take(200).collect(),
            device: cookie(&parts.headers, DEVICE).map(str::to_owned),
            half: cookie(&parts.headers, HALF).unwrap_or_default().to_owned(),
        })
    }
}

/// Gives the line that sets a cookie, for so many seconds or, without them, until the browser closes.
pub(crate) fn line((name, value): (&str, &str), path: &str, seconds: Option<i64>) -> String {
    let secure = if origin::is_secure() { "; Secure" } else { "" };
    let age = seconds.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax{age}{secure}")
}

/// Gives the line that keeps a device known.
pub(crate) fn device(token: &str) -> String {
    line((DEVICE, token), "/sign-in", Some(YEAR))
}
