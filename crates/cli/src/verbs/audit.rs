//! `orchestre audit verify`.

use orchestre_app::chain;
use serde_json::json;

use crate::open::Call;
use crate::{Exit, output};

/// Reads the chain of events again.
pub(crate) async fn verify(call: &Call) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    let state = chain::verify(&ctx.app).await?;
    if call.is_json {
        output::json(&json!({
            "sealed": state.sealed,
            "unsealed": state.unsealed,
            "broken_at": state.broken_at,
        }))?;
    } else {
        let (sealed, unsealed) = (state.sealed, state.unsealed);
        output::data(&match state.broken_at {
            None => format!("the chain holds: {sealed} events linked, {unsealed} not linked yet"),
            Some(at) => format!("the chain is broken at event {at} of {sealed}"),
        });
    }
    Ok(if state.broken_at.is_none() { Exit::Done } else { Exit::No })
}
