//! What the program does by itself while it serves.

use std::time::Duration;

use crate::{App, chain};

/// How often the chain is sealed.
const EVERY: Duration = Duration::from_secs(1);

/// Runs until the program stops: links events within a second of their commit.
pub async fn run(app: App) {
    let holder = app.ids.next(app.clock.now());
    loop {
        tokio::time::sleep(EVERY).await;
        match app.db.read(async |work| work.system_has_unsealed().await).await {
            Ok(false) => {}
            Ok(true) => {
                if let Err(error) = chain::seal(&app, holder).await {
                    tracing::warn!(%error, "the chain could not be sealed; it is tried again");
                }
            }
            Err(error) => tracing::warn!(%error, "the chain could not be looked at"),
        }
    }
}
