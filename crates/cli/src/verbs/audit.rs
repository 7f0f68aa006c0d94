//! `orchestre audit verify`.

use orchestre_app::chain::{self, ChainState, Wrong};
use orchestre_domain::clock::day_of;
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
            "unsealed_from": state.unsealed_from,
            "hash": state.hash,
            "broken_at": state.broken_at,
            "broken": state.broken.as_ref().map(|broken| json!({
                "seq": broken.seq,
                "wrong": broken.wrong.as_str(),
                "id": broken.id.to_string(),
                "day": day_of(broken.at).to_string(),
            })),
        }))?;
    } else {
        output::data(&words(&state));
    }
    Ok(if state.broken_at.is_none() { Exit::Done } else { Exit::No })
}

/// Says how far the chain holds, and what is wrong at the first link that does not.
fn words(state: &ChainState) -> String {
    let Some(broken) = &state.broken else {
        let tail = state.unsealed_from.map_or_else(String::new, |id| format!(", from {id} on"));
        let (sealed, unsealed) = (state.sealed, state.unsealed);
        return format!("the chain holds: {sealed} events linked, {unsealed} not linked yet{tail}");
    };
    let what = match broken.wrong {
        Wrong::Changed => "was changed",
        Wrong::Missing => "is the next after one that is missing",
        Wrong::Moved => "stands in another's place",
    };
    let (seq, id, day) = (broken.seq, broken.id, day_of(broken.at));
    format!("the chain is broken at link {seq}: event {id} of {day} {what}")
}
