//! What the program does by itself while it serves.

use std::time::Duration;

use crate::{App, AppError, chain};

/// How often the chain is sealed.
const EVERY: Duration = Duration::from_secs(1);

/// Runs until the program stops: links events within a second of their commit.
pub async fn run(app: App) {
    let holder = app.ids.next(app.clock.now());
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = seal(&app, holder).await {
            tracing::warn!(%error, "the chain could not be sealed; it is tried again");
        }
    }
}

/// Links what is not linked yet; asks first, so that an idle program writes nothing.
async fn seal(app: &App, holder: i64) -> Result<(), AppError> {
    if app.db.read(async |work| work.system_has_unsealed().await).await? {
        chain::seal(app, holder).await?;
    }
    Ok(())
}
