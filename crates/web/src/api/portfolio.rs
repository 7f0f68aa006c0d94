//! The portfolio: its figures, and its list as a file.

use orchestre_app::{exports, portfolio, wire};

use super::Answer;
use super::answer::one;
use super::document::parameters as p;
use crate::door::ApiVisit;
use crate::pages::portfolio::{file, whole};

/// `GET /api/v1/portfolio`: totals, concentration, years, perimeter.
#[utoipa::path(
    get,
    path = "/api/v1/portfolio",
    operation_id = "portfolio-show",
    tag = "portfolio",
    params(p::Figures, p::Fields<wire::Portfolio>),
    responses((status = 200, body = wire::Portfolio))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit) -> Answer {
    let asked = visit.asked().await?;
    let figures = portfolio::figures(&visit.ctx, &asked).await?;
    one(&visit, &wire::portfolio(&figures))
}

/// `GET /api/v1/portfolio.csv`.
#[utoipa::path(
    get,
    path = "/api/v1/portfolio.csv",
    operation_id = "portfolio-csv",
    tag = "portfolio",
    params(p::Accounts, p::Figures),
    responses((status = 200, body = String, content_type = "text/csv"))
)]
pub(crate) async fn csv(ApiVisit(visit): ApiVisit) -> Answer {
    let bytes = exports::portfolio_csv(&visit.ctx, &whole(&visit).await?).await?;
    Ok(file(bytes, "text/csv; charset=utf-8", "portfolio.csv"))
}

/// `GET /api/v1/portfolio.xlsx`.
#[utoipa::path(
    get,
    path = "/api/v1/portfolio.xlsx",
    operation_id = "portfolio-xlsx",
    tag = "portfolio",
    params(p::Accounts, p::Figures),
    responses((status = 200, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
)]
pub(crate) async fn xlsx(ApiVisit(visit): ApiVisit) -> Answer {
    let bytes = exports::portfolio_xlsx(&visit.ctx, &whole(&visit).await?).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(file(bytes, kind, "portfolio.xlsx"))
}
