//! `orchestre plan print`.

use anyhow::Context as _;
use orchestre_app::{chain, plans};
use serde_json::json;

use crate::args::Plan;
use crate::open::Call;
use crate::{Exit, output};

/// Prints the plan on a page.
pub(crate) async fn run(call: &Call, plan: Plan) -> anyhow::Result<Exit> {
    let Plan::Print { account, out, as_of } = plan;
    let ctx = call.ctx().await?;
    let id = super::accounts::find(&ctx, &account).await?;
    let as_of = as_of.unwrap_or_else(|| ctx.today());
    let printed = plans::print(&ctx, id, call.lang, as_of)
        .await
        .with_context(|| format!("cannot print the plan of {account}"))?;
    chain::close(&ctx.app).await?;
    std::fs::write(&out, &printed.bytes)
        .with_context(|| format!("cannot write {}", out.display()))?;
    if call.is_json {
        output::json(&json!({"file": out.to_string_lossy(), "bytes": printed.bytes.len()}))?;
    } else {
        output::data(&format!("{} ({} KiB)", out.display(), printed.bytes.len().div_ceil(1024)));
    }
    Ok(Exit::Done)
}
