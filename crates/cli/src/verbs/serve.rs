//! `orchestre serve`.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use orchestre_app::jobs::Runner;
use orchestre_app::{App, chain};
use orchestre_web::{Bound, Site, State};
use serde_json::json;
use tokio::sync::watch;

use crate::args::Serve;
use crate::config::Config;
use crate::open::{self, Call};
use crate::{Exit, logs, output};

/// Requests under way have this long after the signal to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves pages and API until it is told to stop.
pub(crate) async fn run(call: &Call, serve: &Serve) -> anyhow::Result<Exit> {
    let config = call.config()?.with_flag("server.listen", serve.listen.as_deref())?;
    logs::start(&config);
    let bound = bind(&config).await?;
    let app = open::app(&config).await?;
    let address = bound.address;
    if call.is_json {
        output::json(&json!({"address": format!("http://{address}")}))?;
    } else {
        output::data(&format!("Orchestre serves on http://{address}"));
    }
    let site = Site { is_secure: config.get("server.secure_cookies") == "true", is_demo: false };
    until_stopped(app, bound, site).await
}

/// Takes the address of the configuration.
///
/// # Errors
///
/// What the system says: the port is in use, the address is not ours.
pub(super) async fn bind(config: &Config) -> anyhow::Result<Bound> {
    let address: SocketAddr = config.get("server.listen").parse()?;
    orchestre_web::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Answers requests and does what is due by itself until a signal says stop.
///
/// # Errors
///
/// What the system says.
pub(super) async fn until_stopped(app: App, bound: Bound, site: Site) -> anyhow::Result<Exit> {
    let (tell, told) = watch::channel(());
    let work = tokio::spawn(Runner::new(app.clone()).run(stopped(told.clone())));
    let mut serving = tokio::spawn(bound.serve(State::new(app.clone(), site), stopped(told)));
    tokio::select! {
        ended = &mut serving => ended.context("the server failed")??,
        () = signal() => {
            output::talk("stopping; requests under way are finished");
            drop(tell);
            finish(serving).await;
        }
    }
    work.await.context("the jobs failed")?;
    chain::close(&app).await?;
    Ok(Exit::Done)
}

/// Gives requests under way their time.
async fn finish<T>(serving: tokio::task::JoinHandle<T>) {
    if tokio::time::timeout(PATIENCE, serving).await.is_err() {
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
