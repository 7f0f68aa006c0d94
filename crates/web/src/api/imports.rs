//! `GET /api/v1/imports` and one of them; `POST` sends a file.

use axum::body::{Body, to_bytes};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use orchestre_app::imports::{self, ImportOptions, ReportIssue, Upload};
use orchestre_app::{AppError, Code, settings, wire};
use orchestre_domain::id::ImportId;
use orchestre_domain::import::ImportKind;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use serde_json::{Value, json};

use super::{Answer, json as answer};
use crate::door::ApiVisit;

/// `GET /api/v1/imports`.
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let list = imports::list(&visit.ctx).await?;
    let items: Value = list
        .iter()
        .map(|one| {
            json!({
                "id": one.id.to_string(), "kind": one.kind.as_str(), "file": one.file, "origin": one.origin,
                "state": one.state.as_str(), "rows": one.counts.rows, "created": one.counts.created, "updated": one.counts.updated,
                "unchanged": one.counts.unchanged, "skipped": one.counts.skipped, "conflicts": one.counts.conflicts, "issues": one.issue_count,
            })
        })
        .collect();
    Ok(answer(json!({"items": items})))
}

/// `GET /api/v1/imports/{id}`.
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let id = ImportId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let shown = imports::show(&visit.ctx, id).await?;
    let report = crate::pages::imports::report(shown);
    Ok(answer(wire::report(&report, |issue| message(visit.lang(), issue))))
}

/// `POST /api/v1/imports?name=&kind=&origin=&currency=&dry_run=`: the body is the file.
pub(crate) async fn create(ApiVisit(visit): ApiVisit, body: Body) -> Answer {
    imports::may_create(&visit.ctx)?;
    let limit = settings::get(&visit.ctx).await?.settings.upload_limit;
    let body = to_bytes(body, usize::try_from(limit).unwrap_or(usize::MAX))
        .await
        .map_err(|_too_large| AppError::Code(Code::UploadTooLarge))?;
    let name = visit
        .parameter("name")
        .ok_or(AppError::Field { code: Code::FieldMissing, field: "file" })?;
    let currency = match visit.parameter("currency") {
        Some(code) => Some(
            Currency::parse(code)
                .ok_or(AppError::Field { code: Code::FieldInvalid, field: "currency" })?,
        ),
        None => None,
    };
    let maps = visit
        .query
        .iter()
        .filter(|(key, _)| key == "map")
        .filter_map(|(_, value)| value.split_once('='));
    let options = ImportOptions {
        origin: visit.parameter("origin").unwrap_or("files").to_owned(),
        currency,
        map: maps.map(|(heading, field)| (heading.to_owned(), field.to_owned())).collect(),
        is_dry_run: visit.parameter("dry_run").is_some(),
    };
    let kind = visit.parameter("kind").and_then(ImportKind::parse);
    let upload = Upload { file_name: name.to_owned(), kind, bytes: body.to_vec(), options };
    let report = imports::import(&visit.ctx, upload, &|_, _| {}).await?;
    let value = wire::report(&report, |issue| message(visit.lang(), issue));
    let status = if report.import.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, answer(value)).into_response())
}

fn message(lang: Lang, issue: &ReportIssue) -> String {
    orchestre_view::text(lang, &format!("state-issue-{}", issue.code))
}
