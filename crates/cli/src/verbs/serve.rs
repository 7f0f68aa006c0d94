//! `orchestre serve`.

mod notify;
mod place;

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use orchestre_app::jobs::Runner;
use orchestre_app::system::Concern;
use orchestre_app::{App, chain, links};
use orchestre_web::{Bound, Metrics, Proxies, Site, State};
use serde_json::json;
use tokio::sync::watch;

use crate::args::Serve;
use crate::config::identity::identity;
use crate::config::{Config, parts};
use crate::open::{self, Call};
use crate::{Exit, logs, output};

/// Requests under way have this long after the signal to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// The addresses that were taken, and how long the door stays open after the signal.
pub(super) struct Doors {
    /// For people and programs.
    pub(super) main: Bound,
    /// For watchers.
    watch: Option<Bound>,
    drain: Duration,
}

/// Serves pages and API until it is told to stop.
pub(crate) async fn run(call: &Call, serve: &Serve) -> anyhow::Result<Exit> {
    let config = call.config()?.with_flag("server.listen", serve.listen.as_deref())?;
    logs::start(&config);
    let doors = bind(&config).await?;
    place::check(&config)?;
    let address = doors.main.address;
    let identity = identity(&config, &format!("http://{address}"))?;
    let app = open::app(&config).await?.with_identity(identity);
    place::check_server(&app, &config).await?;
    if call.is_json {
        output::json(&json!({"address": format!("http://{address}")}))?;
    } else {
        output::data(&format!("Orchestre serves on http://{address}"));
    }
    if let Some(link) = links::make_first(&app).await? {
        output::talk(
            "Nobody can sign in yet. The first administrator comes in by this link, once, within a day:",
        );
        output::talk(&link);
    }
    until_stopped(app, doors, site(&config)?).await
}

/// Gives how the installation presents itself.
pub(crate) fn site(config: &Config) -> anyhow::Result<Site> {
    let proxies = Proxies {
        networks: parts(config.get("server.trusted_proxies"))
            .filter_map(orchestre_web::network)
            .collect(),
        is_standard: config.get("server.forwarded_header") == "forwarded",
    };
    let token = config.get("metrics.token");
    let is_measured = !token.is_empty() || !config.get("metrics.listen").is_empty();
    let metrics = if is_measured {
        Some(Metrics::start(token).context("cannot start to measure")?)
    } else {
        None
    };
    Ok(Site {
        is_secure: config.get("server.secure_cookies").parse().ok(),
        is_demo: false,
        public_url: config.get("server.public_url").to_owned(),
        proxies,
        metrics,
        concerns: concerns(config),
        api_rate: config.get("api.rate").parse().unwrap_or_default(),
        api_rate_strangers: config.get("api.rate_strangers").parse().unwrap_or_default(),
    })
}

/// Gives what the administrator should know of the configuration.
fn concerns(config: &Config) -> Vec<Concern> {
    let is_open = |key: &str| {
        config.get(key).parse::<SocketAddr>().is_ok_and(|address| !address.ip().is_loopback())
    };
    let has_tls = config.get("server.public_url").starts_with("https://")
        || !config.get("server.trusted_proxies").is_empty();
    let mut concerns = Vec::new();
    if is_open("server.listen") && !has_tls {
        concerns.push(Concern::PlainHttp);
    }
    if is_open("metrics.listen") {
        concerns.push(Concern::OpenMetrics);
    }
    concerns
}

/// Takes the addresses of the configuration.
///
/// # Errors
///
/// What the system says: the port is in use, the address is not ours.
pub(super) async fn bind(config: &Config) -> anyhow::Result<Doors> {
    let main = take(config.get("server.listen")).await?;
    let watch = match config.get("metrics.listen") {
        "" => None,
        address => Some(take(address).await?),
    };
    let drain = config.get("server.drain_seconds").parse().unwrap_or(0);
    Ok(Doors { main, watch, drain: Duration::from_secs(drain) })
}

async fn take(address: &str) -> anyhow::Result<Bound> {
    let address: SocketAddr = address.parse()?;
    orchestre_web::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Answers requests and does what is due by itself until a signal says stop.
///
/// # Errors
///
/// What the system says.
pub(super) async fn until_stopped(app: App, doors: Doors, site: Site) -> anyhow::Result<Exit> {
    let (tell, told) = watch::channel(());
    let work = tokio::spawn(Runner::new(app.clone()).run(stopped(told.clone())));
    let state = State::new(app.clone(), site);
    if let Some(own) = doors.watch {
        tokio::spawn(own.watch(state.clone(), stopped(told.clone())));
    }
    let mut serving = tokio::spawn(doors.main.serve(state, stopped(told)));
    let _alive = notify::ready(app.clone());
    tokio::select! {
        ended = &mut serving => ended.context("the server failed")??,
        () = signal() => {
            output::talk("stopping; requests under way are finished");
            notify::stopping();
            app.node.stop();
            drain(doors.drain).await;
            drop(tell);
            finish(serving).await;
        }
    }
    work.await.context("the jobs failed")?;
    chain::close(&app).await?;
    Ok(Exit::Done)
}

/// Leaves a proxy its time to turn to other nodes; a second signal ends it.
async fn drain(time: Duration) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = signal() => {}
    }
}

/// Gives requests under way their time; a second signal ends it.
async fn finish<T>(serving: tokio::task::JoinHandle<T>) {
    let is_done = tokio::select! {
        done = tokio::time::timeout(PATIENCE, serving) => done.is_ok(),
        () = signal() => false,
    };
    if !is_done {
        tracing::warn!("some requests were cut off");
    }
}

/// Ends when it is time to stop: the sender is dropped then.
async fn stopped(mut told: watch::Receiver<()>) {
    while told.changed().await.is_ok() {}
}

/// Waits for Ctrl-C, or for the signal by which services are stopped.
async fn signal() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
