//! What is measured, for Prometheus: requests by address of the list, the database, the jobs, the
//! chain. No label holds anything of a person; every label has a closed list of values.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use orchestre_app::{App, health};

use crate::origin::Origin;

/// Bounds of the buckets of durations, in seconds.
const BUCKETS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// How often the samples are put into their buckets.
const UPKEEP: Duration = Duration::from_secs(5);
/// Microseconds of a second.
const SECOND: f64 = 1e6;

/// What is measured; cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
    /// The token that asks for it on the address of the pages; without one nobody may.
    token: Option<String>,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics(***)")
    }
}

impl Metrics {
    /// Starts to measure, once for the process.
    ///
    /// # Errors
    ///
    /// When something else measures already.
    pub fn start(token: &str) -> Result<Self, BuildError> {
        let handle = PrometheusBuilder::new().set_buckets(BUCKETS)?.install_recorder()?;
        let kept = handle.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(UPKEEP).await;
                kept.run_upkeep();
            }
        });
        Ok(Self { handle, token: Some(token.to_owned()).filter(|token| !token.is_empty()) })
    }

    /// Gives everything as text, with the state of the database as it is now.
    pub(crate) async fn render(&self, app: &App) -> String {
        set(app).await;
        self.handle.render()
    }

    /// Says whether a request on the address of the pages may see it.
    fn admits(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        self.token.as_deref().is_some_and(|token| same(token, given))
    }

    /// Answers a request on the address of the pages: as if it were not there without the token.
    pub(crate) async fn answer(&self, app: &App, headers: &HeaderMap) -> Response {
        if !self.admits(headers) {
            return StatusCode::NOT_FOUND.into_response();
        }
        ([(header::CONTENT_TYPE, TEXT)], self.render(app).await).into_response()
    }
}

/// The type of the answer.
pub(crate) const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Compares without telling by its time how much was right.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// Sets what is not counted as it happens.
async fn set(app: &App) {
    let up = health::unready(app).await.is_empty();
    gauge!("orchestre_ready").set(if up { 1.0 } else { 0.0 });
    if let Some(bytes) = app.node.memory_bytes() {
        gauge!("orchestre_memory_bytes").set(number(bytes));
    }
    if let Some(bytes) = app.node.free_bytes() {
        gauge!("orchestre_disk_free_bytes").set(number(bytes));
    }
    let load = app.db.load();
    counter!("orchestre_database_reads_total").absolute(load.reads);
    counter!("orchestre_database_writes_total").absolute(load.writes);
    counter!("orchestre_database_conflicts_total").absolute(load.conflicts);
    gauge!("orchestre_database_readers_busy").set(number(load.readers_busy));
    let Ok(measures) = health::measure(app).await else { return };
    let now = app.clock.now();
    let age = |since: Option<i64>| since.map_or(0.0, |since| number(now - since) / SECOND);
    gauge!("orchestre_database_bytes").set(number(measures.bytes));
    gauge!("orchestre_chain_unsealed_events").set(number(measures.unsealed));
    gauge!("orchestre_chain_lag_seconds").set(age(measures.unsealed_since));
    gauge!("orchestre_jobs_due").set(number(measures.due_jobs));
    gauge!("orchestre_jobs_due_seconds").set(age(measures.due_since));
    gauge!("orchestre_jobs_given_up").set(number(measures.stopped_jobs));
    gauge!("orchestre_people_within_a_day").set(number(measures.people));
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a gauge, never money")]
const fn number(value: i64) -> f64 {
    value as f64
}

/// A request that was seen, until it is answered.
#[derive(Debug)]
pub(crate) struct Seen {
    method: &'static str,
    route: String,
    network: String,
    started: Instant,
}

impl Seen {
    /// Keeps what is told of a request: never its path, query or body.
    pub(crate) fn of(request: &Request, origin: &Origin) -> Self {
        let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        Self {
            method: method(request.method()),
            route: route.unwrap_or("none").to_owned(),
            network: origin.client.map(network).unwrap_or_default(),
            started: Instant::now(),
        }
    }

    /// Counts and logs the answer; probes and assets are not worth a line.
    pub(crate) fn answered(self, status: u16) {
        let Self { method, route, network, started } = self;
        let seconds = started.elapsed().as_secs_f64();
        let labels = [
            ("route", route.clone()),
            ("method", method.to_owned()),
            ("status", status.to_string()),
        ];
        counter!("orchestre_http_requests_total", &labels).increment(1);
        histogram!("orchestre_http_request_duration_seconds", "route" => route.clone())
            .record(seconds);
        if !["/healthz", "/readyz", "/metrics", "/assets/{*path}"].contains(&route.as_str()) {
            let ms = started.elapsed().as_millis();
            tracing::info!(method, route, status, duration_ms = %ms, network, "answered");
        }
    }
}

/// Gives one of a closed list: anybody can invent a method.
fn method(method: &Method) -> &'static str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known.into_iter().find(|known| method.as_str() == *known).unwrap_or("other")
}

/// Gives the network of a client: enough to see where trouble comes from, not who somebody is.
fn network(client: std::net::IpAddr) -> String {
    let client = client.to_canonical();
    let length = if client.is_ipv4() { 24 } else { 48 };
    ipnet::IpNet::new(client, length).map_or_else(|_| String::new(), |net| net.trunc().to_string())
}
