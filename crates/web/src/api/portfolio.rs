//! `GET /api/v1/portfolio`.

use orchestre_app::{portfolio, wire};

use super::{Answer, json};
use crate::door::ApiVisit;

/// `GET /api/v1/portfolio`: totals, concentration, years, perimeter.
pub(crate) async fn show(ApiVisit(visit): ApiVisit) -> Answer {
    let asked = visit.asked().await?;
    let figures = portfolio::figures(&visit.ctx, &asked).await?;
    Ok(json(wire::portfolio(&figures)))
}
