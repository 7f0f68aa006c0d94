//! What the service manager is told: ready, alive, stopping. Silent where there is none.

use std::time::Duration;

use orchestre_app::App;
use sd_notify::NotifyState;

/// The runner of jobs looks every second; silent for longer than this the node is not alive.
const SILENT: i64 = 30_000_000;

/// Tells that the program serves; gives what keeps telling that it lives, until it is dropped.
pub(super) fn ready(app: App) -> Option<Alive> {
    tell(NotifyState::Ready);
    let pause = sd_notify::watchdog_enabled()? / 3;
    Some(Alive(tokio::spawn(live(app, pause))))
}

/// Tells that the program stops.
pub(super) fn stopping() {
    tell(NotifyState::Stopping);
}

/// Tells that the program lives, until it is dropped.
pub(super) struct Alive(tokio::task::JoinHandle<()>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn live(app: App, pause: Duration) {
    loop {
        let silent = app.node.looked_at().map_or(0, |at| app.clock.now() - at);
        if silent < SILENT {
            tell(NotifyState::Watchdog);
        }
        tokio::time::sleep(pause).await;
    }
}

fn tell(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "the service manager could not be told");
    }
}
