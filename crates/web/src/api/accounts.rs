//! `GET /api/v1/accounts` and one of them.

use axum::extract::Path;
use orchestre_app::portfolio::{self, Slice};
use orchestre_app::{accounts, wire};
use serde_json::{Value, json};

use super::{Answer, json as answer};
use crate::door::ApiVisit;
use crate::pages::portfolio::{filter, sort};

/// Rows of one answer unless asked otherwise, and at most.
const ROWS: (usize, usize) = (100, 1_000);

/// `GET /api/v1/accounts`: filtered and sorted as the page; `from` and `count` cut.
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let number = |name: &str| visit.parameter(name).and_then(|text| text.parse::<usize>().ok());
    let slice = Slice {
        from: number("from").unwrap_or(0),
        count: number("count").unwrap_or(ROWS.0).min(ROWS.1),
    };
    let asked = visit.asked().await?;
    let listing = portfolio::list(&visit.ctx, &asked, &filter(&visit), sort(&visit), slice).await?;
    let items: Value = listing.rows.iter().map(wire::account).collect();
    Ok(answer(json!({"items": items, "found": listing.found, "from": slice.from})))
}

/// `GET /api/v1/accounts/{id}`: the account page's figures, each explained.
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let asked = visit.asked().await?;
    let id = accounts::find(&visit.ctx, &id).await?;
    let page = accounts::show(&visit.ctx, id, &asked).await?;
    Ok(answer(wire::account_page(&page)))
}
