//! Plans: the list, one with everything that hangs on it, its texts, its state, its print.

mod edit;
mod parts;

pub(crate) use edit::*;
pub(crate) use parts::*;

use axum::http::header;
use axum::response::IntoResponse;
use orchestre_app::{AppError, accounts, plans, wire};
use orchestre_domain::id::{AccountId, PlanId};
use orchestre_domain::lang::Lang;

use super::answer::{Page, created, list as page, one};
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::ApiVisit;

/// `GET /api/v1/plans`: those that are not archived.
#[utoipa::path(
    get,
    path = "/api/v1/plans",
    operation_id = "plans-list",
    tag = "plans",
    params(p::Paging, p::Fields<wire::PlanRef>),
    responses((status = 200, body = Page<wire::PlanRef>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let plans = plans::list(&visit.ctx).await?.plans;
    page(&visit, plans.iter().map(wire::plan_line).collect(), |one| one.id.clone())
}

/// `GET /api/v1/plans/{id}`: a plan, whatever its state.
#[utoipa::path(
    get,
    path = "/api/v1/plans/{id}",
    operation_id = "plans-show",
    tag = "plans",
    params(p::Fields<wire::Plan>),
    responses((status = 200, body = wire::Plan))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let plan = plans::show(&visit.ctx, id.read(PlanId::parse)?).await?;
    one(&visit, &wire::plan(&plan))
}

/// `GET /api/v1/accounts/{id}/plan`: the plan that counts on the day.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{id}/plan",
    operation_id = "accounts-plan",
    tag = "plans",
    params(p::Day, p::Fields<wire::Plan>),
    responses((status = 200, body = wire::Plan))
)]
pub(crate) async fn of_account(ApiVisit(visit): ApiVisit, Id(id): Id) -> Answer {
    let asked = visit.asked().await?;
    let account = accounts::find(&visit.ctx, &id).await?;
    let plan = plans::of_account(&visit.ctx, account, asked.as_of).await?;
    one(&visit, &wire::plan(&plan.ok_or(AppError::NOT_FOUND)?))
}

/// `POST /api/v1/accounts/{id}/plan`: begins a plan.
#[utoipa::path(
    post,
    path = "/api/v1/accounts/{id}/plan",
    operation_id = "plans-create",
    tag = "plans",
    responses((status = 201, body = wire::Plan))
)]
pub(crate) async fn create(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let made = plans::create(&visit.ctx, id.read(AccountId::parse)?).await?;
    let plan = plans::show(&visit.ctx, made).await?;
    created(&visit, &wire::plan(&plan), &format!("/api/v1/plans/{made}"))
}

/// `GET /api/v1/accounts/{id}/plan.pdf`: one page, in the language asked for.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{id}/plan.pdf",
    operation_id = "accounts-plan-pdf",
    tag = "plans",
    params(p::Day, p::Language),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"))
)]
pub(crate) async fn print(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let asked = visit.asked().await?;
    let lang = visit.parameter("lang").and_then(Lang::parse).unwrap_or_else(|| visit.lang());
    let account = id.read(AccountId::parse)?;
    let printed = Box::pin(plans::print(&visit.ctx, account, lang, asked.as_of)).await?;
    let disposition = format!("inline; filename=\"{}\"", printed.file_name);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, printed.bytes).into_response())
}
