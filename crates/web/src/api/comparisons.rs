//! Compared imports: what one would do, the answers, its way in or aside.

use orchestre_app::imports::{self, Applied, Dropped, Report, Upload};
use orchestre_app::{Code, wire};
use orchestre_domain::id::ImportId;

use super::answer::{nothing, one};
use super::body::Sent;
use super::document::parameters as p;
use super::imports::message;
use super::{Answer, Id};
use crate::door::{ApiVisit, Visit};
use crate::pages::imports::{XLSX, report};
use crate::pages::portfolio::file;
use crate::problem::Problem;

/// Compares a file and keeps it; gives the report of each part.
pub(super) async fn kept(visit: &Visit, upload: Upload) -> Result<Vec<Report>, Problem> {
    let dropped = Box::pin(imports::compare(&visit.ctx, vec![upload], &|_, _| {})).await?;
    let mut reports = Vec::with_capacity(dropped.len());
    for one in dropped {
        reports.push(match one {
            Dropped::Kept(id) => report(imports::show(&visit.ctx, id).await?),
            Dropped::Unread(report) => *report,
        });
    }
    Ok(reports)
}

/// `GET /api/v1/imports/{id}/comparison`.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}/comparison",
    operation_id = "imports-comparison",
    tag = "imports",
    params(p::Fields<wire::Comparison>),
    responses((status = 200, body = wire::Comparison))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let compared = imports::show_compared(&visit.ctx, id.read(ImportId::parse)?).await?;
    one(&visit, &wire::comparison(&compared))
}

/// `POST /api/v1/imports/{id}/answers`: the file is compared again.
#[utoipa::path(
    post,
    path = "/api/v1/imports/{id}/answers",
    operation_id = "imports-answer",
    tag = "imports",
    request_body = wire::AnswersWire,
    responses((status = 200, body = wire::Comparison))
)]
pub(crate) async fn answer(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(sent): Sent<wire::AnswersWire>,
) -> Answer {
    let id = id.read(ImportId::parse)?;
    let pairs: Vec<(String, String)> =
        sent.answers.into_iter().map(|one| (one.key, one.value)).collect();
    imports::answer(&visit.ctx, id, &pairs).await?;
    one(&visit, &wire::comparison(&imports::show_compared(&visit.ctx, id).await?))
}

/// `POST /api/v1/imports/{id}/application`: it does what was shown, or nothing.
#[utoipa::path(
    post,
    path = "/api/v1/imports/{id}/application",
    operation_id = "imports-apply",
    tag = "imports",
    responses((status = 200, body = wire::Report))
)]
pub(crate) async fn apply(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let id = id.read(ImportId::parse)?;
    match Box::pin(imports::apply(&visit.ctx, id, &|_, _| {})).await? {
        Applied::Changed => Err(Code::ChangedSince.into()),
        Applied::Done(_) => {
            let shown = report(imports::show(&visit.ctx, id).await?);
            one(&visit, &wire::report(&shown, |issue| message(visit.lang(), issue)))
        }
    }
}

/// `DELETE /api/v1/imports/{id}`: puts a compared import aside.
#[utoipa::path(
    delete,
    path = "/api/v1/imports/{id}",
    operation_id = "imports-discard",
    tag = "imports",
    responses((status = 204))
)]
pub(crate) async fn discard(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let id = id.read(ImportId::parse)?;
    let present = report(imports::show(&visit.ctx, id).await?);
    imports::may_create(&visit.ctx)?;
    visit.guard(&wire::report(&present, |issue| message(visit.lang(), issue)))?;
    imports::discard(&visit.ctx, id).await?;
    Ok(nothing())
}

/// `GET /api/v1/imports/{id}/corrections.xlsx`: the rows that stay out, bad cells marked.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}/corrections.xlsx",
    operation_id = "imports-corrections",
    tag = "imports",
    responses((status = 200, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
)]
pub(crate) async fn corrections(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let id = id.read(ImportId::parse)?;
    let bytes = Box::pin(imports::corrections(&visit.ctx, id)).await?;
    Ok(file(bytes, XLSX, "corrections.xlsx"))
}
