//! `GET /api/v1/accounts/{id}/plan`.

use axum::extract::Path;
use orchestre_app::{AppError, accounts, plans, wire};

use super::{Answer, json as answer};
use crate::door::ApiVisit;

/// `GET /api/v1/accounts/{id}/plan`: the plan that counts on the day.
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let asked = visit.asked().await?;
    let account = accounts::find(&visit.ctx, &id).await?;
    let plan = plans::of_account(&visit.ctx, account, asked.as_of).await?;
    Ok(answer(wire::plan(&plan.ok_or(AppError::NOT_FOUND)?)))
}
