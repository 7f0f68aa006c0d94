//! Accounts: the list, and one of them.

use orchestre_app::portfolio::{self, Slice};
use orchestre_app::{accounts, wire};

use super::answer::{Cut, Page, one, part};
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::{ApiVisit, Visit};
use crate::pages::portfolio::{filter, sort};

/// `GET /api/v1/accounts`: filtered and sorted as the page.
#[utoipa::path(
    get,
    path = "/api/v1/accounts",
    operation_id = "accounts-list",
    tag = "accounts",
    params(p::Accounts, p::Figures, p::Paging, p::Fields<wire::Account>),
    responses((status = 200, body = Page<wire::Account>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    rows(&visit).await
}

/// `GET /api/v1/accounts.jsonl`: all of them, one line an account.
#[utoipa::path(
    get,
    path = "/api/v1/accounts.jsonl",
    operation_id = "accounts-lines",
    tag = "accounts",
    params(p::Accounts, p::Figures, p::Fields<wire::Account>),
    responses((status = 200, body = String, content_type = "application/jsonl"))
)]
pub(crate) async fn lines(ApiVisit(visit): ApiVisit) -> Answer {
    rows(&visit).await
}

async fn rows(visit: &Visit) -> Answer {
    let cut = Cut::of(visit)?;
    let after = cut.after.as_deref().and_then(orchestre_domain::id::AccountId::parse);
    let slice = Slice { from: cut.from, count: cut.count, after };
    let asked = visit.asked().await?;
    let listing = portfolio::list(&visit.ctx, &asked, &filter(visit), sort(visit), slice).await?;
    let items: Vec<wire::Account> = listing.rows.iter().map(wire::account).collect();
    part(visit, &items, (listing.from, listing.found), |account| account.id.clone())
}

/// `GET /api/v1/accounts/{id}`: the account page's figures, each explained.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{id}",
    operation_id = "accounts-show",
    tag = "accounts",
    params(p::Figures, p::Fields<wire::AccountPage>),
    responses((status = 200, body = wire::AccountPage))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Id(id): Id) -> Answer {
    let asked = visit.asked().await?;
    let id = accounts::find(&visit.ctx, &id).await?;
    let page = accounts::show(&visit.ctx, id, &asked).await?;
    one(&visit, &wire::account_page(&page))
}
