//! Where a request comes from: its number, the client behind our proxies, and whether it came by TLS.

mod forwarded;

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::metrics;
use crate::state::{Site, State};

/// The header of a request's number, in and out.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Headers by which proxies say what they heard.
const FORWARDED: &[&str] =
    &["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"];

/// Where a request comes from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// Its number, for the log and for whoever asks about it.
    pub(crate) id: String,
    /// The client; `None` in tests without a network.
    pub(crate) client: Option<IpAddr>,
    /// Whether it came by TLS, so that cookies may say so.
    pub(crate) is_secure: bool,
}

tokio::task_local! {
    static ORIGIN: Origin;
}

/// Gives the number of the request that is answered; empty outside of one.
pub(crate) fn id() -> String {
    ORIGIN.try_with(|origin| origin.id.clone()).unwrap_or_default()
}

/// Takes the origin along into work that another task does.
pub(crate) fn carried<F: Future>(work: F) -> impl Future<Output = F::Output> {
    let origin = ORIGIN.try_with(Clone::clone);
    async move {
        match origin {
            Ok(origin) => ORIGIN.scope(origin, work).await,
            Err(_outside) => work.await,
        }
    }
}

/// Says whether the request that is answered came by TLS.
pub(crate) fn is_secure() -> bool {
    ORIGIN.try_with(|origin| origin.is_secure).unwrap_or(false)
}

/// Says whether the request that is answered came from this machine.
pub(crate) fn is_local() -> bool {
    let client = ORIGIN.try_with(|origin| origin.client).ok().flatten();
    client.is_some_and(|client| client.to_canonical().is_loopback())
}

/// Finds out where a request comes from, remembers it while it is answered, and logs the answer.
///
/// What follows sees the client as the other end of the connection and no forwarded header that a
/// stranger wrote.
pub(crate) async fn remember(
    Shared(state): Shared<State>,
    mut request: Request,
    next: Next,
) -> Response {
    let origin = find(&state, &mut request);
    let span = tracing::info_span!("request", id = origin.id);
    let seen = metrics::Seen::of(&request, &origin);
    let number = HeaderValue::from_str(&origin.id);
    let mut answer = ORIGIN.scope(origin, next.run(request)).instrument(span.clone()).await;
    span.in_scope(|| seen.answered(answer.status().as_u16()));
    if let Ok(number) = number {
        answer.headers_mut().insert(REQUEST_ID, number);
    }
    answer
}

fn find(state: &State, request: &mut Request) -> Origin {
    let site = &state.site;
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    let is_proxy = peer.is_some_and(|peer| site.proxies.has(peer.ip()));
    let heard = if is_proxy {
        forwarded::hear(request.headers(), &site.proxies)
    } else {
        forwarded::Heard::default()
    };
    let headers = request.headers_mut();
    let given = headers.remove(REQUEST_ID).filter(|_| is_proxy).and_then(|id| readable(&id));
    for name in FORWARDED {
        headers.remove(*name);
    }
    let is_secure = is_by_tls(site, &heard);
    if let Some(host) = heard.host.and_then(|host| HeaderValue::from_str(&host).ok()) {
        headers.insert(header::HOST, host);
    }
    let client = heard.client.or_else(|| peer.map(|peer| peer.ip()));
    if let (Some(client), Some(peer)) = (client, peer) {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(client, peer.port())));
    }
    let made = || orchestre_domain::id::write("req", state.app.ids.next(state.app.clock.now()));
    Origin { id: given.unwrap_or_else(made), client, is_secure }
}

fn is_by_tls(site: &Site, heard: &forwarded::Heard) -> bool {
    site.is_secure.unwrap_or_else(|| heard.is_secure || site.public_url.starts_with("https://"))
}

/// Gives the number that a proxy gave, if it is one: short, and nothing that disturbs a log.
fn readable(value: &HeaderValue) -> Option<String> {
    let text = value.to_str().ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fits = (1..=64).contains(&text.len()) && text.chars().all(is_plain);
    fits.then(|| text.to_owned())
}
