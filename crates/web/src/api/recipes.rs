//! Recipes: what files needed to be read.

use orchestre_app::imports::{self, recipes};
use orchestre_app::wire;
use orchestre_domain::id::RecipeId;

use super::answer::{Page, created, list as page, nothing, one};
use super::body::Sent;
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::ApiVisit;

/// `GET /api/v1/recipes`.
#[utoipa::path(
    get,
    path = "/api/v1/recipes",
    operation_id = "recipes-list",
    tag = "imports",
    params(p::Paging, p::Fields<wire::RecipeWire>),
    responses((status = 200, body = Page<wire::RecipeWire>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let list = recipes::list(&visit.ctx).await?;
    page(&visit, list.iter().map(wire::recipe).collect(), |one| one.id.clone())
}

/// `GET /api/v1/recipes/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/recipes/{id}",
    operation_id = "recipes-show",
    tag = "imports",
    params(p::Fields<wire::RecipeWire>),
    responses((status = 200, body = wire::RecipeWire))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    imports::may_read(&visit.ctx)?;
    one(&visit, &wire::recipe(&recipes::show(&visit.ctx, id.read(RecipeId::parse)?).await?))
}

/// `POST /api/v1/recipes`: takes a recipe over, in place of the one for the same headings.
#[utoipa::path(
    post,
    path = "/api/v1/recipes",
    operation_id = "recipes-create",
    tag = "imports",
    request_body = wire::NewRecipe,
    responses((status = 201, body = wire::RecipeWire))
)]
pub(crate) async fn create(ApiVisit(visit): ApiVisit, Sent(sent): Sent<wire::NewRecipe>) -> Answer {
    let id = recipes::take(&visit.ctx, &sent.recipe).await?;
    let made = recipes::show(&visit.ctx, id).await?;
    created(&visit, &wire::recipe(&made), &format!("/api/v1/recipes/{id}"))
}

/// `DELETE /api/v1/recipes/{id}`.
#[utoipa::path(
    delete,
    path = "/api/v1/recipes/{id}",
    operation_id = "recipes-remove",
    tag = "imports",
    responses((status = 204))
)]
pub(crate) async fn remove(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    imports::may_create(&visit.ctx)?;
    let recipe = recipes::show(&visit.ctx, id.read(RecipeId::parse)?).await?;
    visit.guard(&wire::recipe(&recipe))?;
    recipes::remove(&visit.ctx, recipe.id).await?;
    Ok(nothing())
}
