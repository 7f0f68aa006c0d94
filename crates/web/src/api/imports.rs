//! Imports: the list, one of them, and a file that is sent.

use axum::body::{Body, to_bytes};
use orchestre_app::imports::{self, ImportOptions, ReportIssue, Upload};
use orchestre_app::{AppError, Code, settings, wire};
use orchestre_domain::id::ImportId;
use orchestre_domain::import::ImportKind;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;

use super::answer::{Page, created, list as page, one};
use super::comparisons;
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::ApiVisit;

/// `GET /api/v1/imports`.
#[utoipa::path(
    get,
    path = "/api/v1/imports",
    operation_id = "imports-list",
    tag = "imports",
    params(p::Paging, p::Fields<wire::Import>),
    responses((status = 200, body = Page<wire::Import>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let list = imports::list(&visit.ctx).await?;
    page(&visit, list.iter().map(wire::import).collect(), |one| one.id.clone())
}

/// `GET /api/v1/imports/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}",
    operation_id = "imports-show",
    tag = "imports",
    params(p::Fields<wire::Report>),
    responses((status = 200, body = wire::Report))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let shown = imports::show(&visit.ctx, id.read(ImportId::parse)?).await?;
    let report = crate::pages::imports::report(shown);
    one(&visit, &wire::report(&report, |issue| message(visit.lang(), issue)))
}

/// `POST /api/v1/imports?name=&kind=&origin=&currency=&dry_run=&compare=`: the body is the file.
#[utoipa::path(
    post,
    path = "/api/v1/imports",
    operation_id = "imports-create",
    tag = "imports",
    params(p::Reading),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 201, body = wire::Report), (status = 200, body = wire::Report))
)]
pub(crate) async fn create(ApiVisit(visit): ApiVisit, body: Body) -> Answer {
    imports::may_create(&visit.ctx)?;
    let limit = settings::get(&visit.ctx).await?.settings.upload_limit;
    let body = to_bytes(body, usize::try_from(limit).unwrap_or(usize::MAX))
        .await
        .map_err(|_too_large| AppError::Code(Code::UploadTooLarge))?;
    let name = visit
        .parameter("name")
        .ok_or(AppError::Field { code: Code::FieldMissing, field: "file" })?;
    let maps = visit
        .query
        .iter()
        .filter(|(key, _)| key == "map")
        .filter_map(|(_, value)| value.split_once('='));
    let options = ImportOptions {
        origin: visit.parameter("origin").unwrap_or("files").to_owned(),
        currency: visit.parameter("currency").and_then(Currency::parse),
        map: maps.map(|(heading, field)| (heading.to_owned(), field.to_owned())).collect(),
        is_dry_run: visit.parameter("dry_run").is_some(),
    };
    let kind = visit.parameter("kind").and_then(ImportKind::parse);
    let upload = Upload { file_name: name.to_owned(), kind, bytes: body.to_vec(), options };
    let mut reports = if visit.parameter("compare").is_some() {
        comparisons::kept(&visit, upload).await?
    } else {
        Box::pin(imports::import_all(&visit.ctx, vec![upload], &|_, _, _| {})).await?
    }
    .into_iter();
    let report = reports.next().ok_or(AppError::Code(Code::FileFormat))?;
    let value = wire::Report {
        parts: reports.map(|other| wire::part(&other)).collect(),
        ..wire::report(&report, |issue| message(visit.lang(), issue))
    };
    let Some(id) = report.import else { return one(&visit, &value) };
    created(&visit, &value, &format!("/api/v1/imports/{id}"))
}

pub(super) fn message(lang: Lang, issue: &ReportIssue) -> String {
    orchestre_view::text(lang, &format!("state-issue-{}", issue.code))
}
