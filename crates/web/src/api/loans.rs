//! Loans of rights, looking with another person's eyes, and who can see what.

use std::collections::BTreeSet;

use axum::http::HeaderMap;
use orchestre_app::delegations::{self, NewDelegation};
use orchestre_app::{AppError, Code, access, watch, wire};
use orchestre_domain::id::{AccountId, DelegationId, LoginId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer::{Created, Page, created, list as page, nothing, one};
use super::body::Sent;
use super::document::parameters as p;
use super::given::{day, needed};
use super::{Answer, Id};
use crate::door::{ApiVisit, session_token};
use crate::pages::access::{Asked, asked};

/// `GET /api/v1/delegations`: one's own, or all for those who oversee them.
#[utoipa::path(
    get,
    path = "/api/v1/delegations",
    operation_id = "delegations-list",
    tag = "rights",
    params(p::Paging, p::Fields<wire::Loan>),
    responses((status = 200, body = Page<wire::Loan>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let shown = delegations::list(&visit.ctx).await?;
    page(&visit, shown.loans.iter().map(wire::loan).collect(), |one| one.id.clone())
}

/// Rights to be lent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLoan {
    /// To whom.
    #[schema(schema_with = p::id_of::<LoginId>)]
    colleague: String,
    /// For which accounts; all own ones unless given.
    #[schema(schema_with = p::account_ids)]
    accounts: Option<Vec<String>>,
    /// The first day; today unless given.
    #[schema(format = Date)]
    from: Option<String>,
    /// The day after the last.
    #[schema(format = Date)]
    to: String,
}

/// `POST /api/v1/delegations`.
#[utoipa::path(
    post,
    path = "/api/v1/delegations",
    operation_id = "delegations-create",
    tag = "rights",
    request_body = NewLoan,
    responses((status = 201, body = Created))
)]
pub(crate) async fn lend(ApiVisit(visit): ApiVisit, Sent(sent): Sent<NewLoan>) -> Answer {
    let accounts = sent.accounts.map(|ids| {
        let ids = ids.iter().map(|id| needed("accounts", id, AccountId::parse));
        ids.collect::<Result<BTreeSet<_>, AppError>>()
    });
    let new = NewDelegation {
        to: needed("colleague", &sent.colleague, LoginId::parse)?,
        accounts: accounts.transpose()?,
        begins: day("from", sent.from.as_deref())?.unwrap_or_else(|| visit.ctx.today()),
        ends: needed("to", &sent.to, |day| day.parse().ok())?,
    };
    let id = delegations::lend(&visit.ctx, new).await?.to_string();
    created(&visit, &Created { id }, "/api/v1/delegations")
}

/// `POST /api/v1/delegations/{id}/end`.
#[utoipa::path(
    post,
    path = "/api/v1/delegations/{id}/end",
    operation_id = "delegations-end",
    tag = "rights",
    responses((status = 204))
)]
pub(crate) async fn end(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    delegations::end(&visit.ctx, id.read(DelegationId::parse)?).await?;
    Ok(nothing())
}

/// With whose eyes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Watched {
    /// The login.
    #[schema(schema_with = p::id_of::<LoginId>)]
    login: String,
}

/// `POST /api/v1/view-as`.
#[utoipa::path(
    post,
    path = "/api/v1/view-as",
    operation_id = "view-as-begin",
    tag = "rights",
    request_body = Watched,
    responses((status = 204))
)]
pub(crate) async fn view_as(
    ApiVisit(visit): ApiVisit,
    headers: HeaderMap,
    Sent(sent): Sent<Watched>,
) -> Answer {
    watch::may_begin(&visit.ctx)?;
    let token = session_token(&headers).ok_or(AppError::Code(Code::SignInNeeded))?;
    watch::begin(&visit.ctx, token, needed("login", &sent.login, LoginId::parse)?).await?;
    Ok(nothing())
}

/// `POST /api/v1/view-as/leave`.
#[utoipa::path(
    post,
    path = "/api/v1/view-as/leave",
    operation_id = "view-as-leave",
    tag = "rights",
    responses((status = 204))
)]
pub(crate) async fn leave(ApiVisit(visit): ApiVisit, headers: HeaderMap) -> Answer {
    let token = session_token(&headers).ok_or(AppError::Code(Code::SignInNeeded))?;
    watch::end(&visit.ctx, token).await?;
    Ok(nothing())
}

/// `GET /api/v1/access?object=&field=`: who can see it, and why; `?login=`: what somebody can see.
#[utoipa::path(
    get,
    path = "/api/v1/access",
    operation_id = "access-show",
    tag = "rights",
    params(p::Access),
    responses((status = 200, body = wire::Access))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit) -> Answer {
    let found = match asked(&visit)? {
        Asked::Who(target, section) => {
            wire::Access::Who(wire::who(&access::who(&visit.ctx, target, section).await?))
        }
        Asked::What(login) => {
            wire::Access::What(wire::what(&access::what(&visit.ctx, login).await?))
        }
    };
    one(&visit, &found)
}
