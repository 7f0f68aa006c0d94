//! My week.

use orchestre_app::{week, wire};

use super::Answer;
use super::answer::{nothing, one};
use super::document::parameters as p;
use crate::door::ApiVisit;

/// `GET /api/v1/week`.
#[utoipa::path(
    get,
    path = "/api/v1/week",
    operation_id = "week-show",
    tag = "week",
    params(p::Day, p::Fields<wire::Week>),
    responses((status = 200, body = wire::Week))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit) -> Answer {
    let asked = visit.asked().await?;
    one(&visit, &wire::week(&week::show(&visit.ctx, asked.as_of).await?))
}

/// `POST /api/v1/week/look`: the changes were seen.
#[utoipa::path(
    post,
    path = "/api/v1/week/look",
    operation_id = "week-look",
    tag = "week",
    responses((status = 204))
)]
pub(crate) async fn look(ApiVisit(visit): ApiVisit) -> Answer {
    week::looked(&visit.ctx).await?;
    Ok(nothing())
}
