//! `GET /api/v1/search`.

use orchestre_app::search;
use serde_json::{Value, json};

use super::{Answer, json as answer};
use crate::door::ApiVisit;
use crate::pages::search::path;

/// Things of one answer.
const MOST: usize = 20;

/// `GET /api/v1/search?q=`: what is found, best first.
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = search::find(&visit.ctx, visit.parameter("q").unwrap_or_default(), MOST).await?;
    let items: Value = found
        .iter()
        .map(|one| json!({"object": one.object, "id": one.id, "title": one.title, "detail": one.detail, "href": path(one)}))
        .collect();
    Ok(answer(json!({"items": items})))
}
