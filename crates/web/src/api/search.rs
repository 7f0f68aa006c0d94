//! Finding anything.

use orchestre_app::search;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use super::answer::{Page, list as page};
use super::document::parameters as p;
use crate::door::ApiVisit;
use crate::pages::search::path;

/// Things of one answer.
const MOST: usize = 20;

/// A thing that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit {
    /// `account`, `party`, `person`, `product`, `opportunity` or `plan`.
    #[schema(examples("account"))]
    object: String,
    /// The id.
    id: String,
    /// The words shown first.
    title: String,
    /// What tells it from others.
    detail: String,
    /// The page that shows it.
    #[schema(examples("/accounts/acc_00gq4s6k00401"))]
    href: String,
}

/// `GET /api/v1/search?q=`: what is found, best first.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    operation_id = "search",
    tag = "search",
    params(p::Words, p::Paging, p::Fields<Hit>),
    responses((status = 200, body = Page<Hit>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = search::find(&visit.ctx, visit.parameter("q").unwrap_or_default(), MOST).await?;
    let hits = found.into_iter().map(|one| Hit {
        href: path(&one),
        object: one.object,
        id: one.id,
        title: one.title,
        detail: one.detail,
    });
    page(&visit, hits.collect(), |hit| hit.id.clone())
}
