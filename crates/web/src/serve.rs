//! Listening: bind first, so that a port in use is told before anything else happens.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::routes;
use crate::state::State;

/// A bound address, not yet answering.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    /// The address, with the port that was really taken.
    pub address: SocketAddr,
}

/// Takes the address.
///
/// # Errors
///
/// What the system says: the port is in use, the address is not ours.
pub async fn bind(address: SocketAddr) -> std::io::Result<Bound> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok(Bound { listener, address })
}

impl Bound {
    /// Answers until `stop` comes; requests under way are finished.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub async fn serve(
        self,
        state: State,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        self.serve_router(routes::router(state), stop).await
    }

    /// Answers watchers until `stop` comes: /healthz, /readyz, /metrics.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub async fn watch(
        self,
        state: State,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        self.serve_router(routes::watch(state), stop).await
    }

    async fn serve_router(
        self,
        router: axum::Router,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(self.listener, service).with_graceful_shutdown(stop).await
    }
}
