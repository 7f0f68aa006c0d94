//! A file that is sent: read up to the limit, then imported or only tried.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::imports::{self, Dropped, ImportOptions, Upload};
use orchestre_app::{AppError, Code, settings};
use orchestre_domain::import::ImportKind;
use orchestre_domain::money::Currency;
use orchestre_view::component::notice::Notice;
use orchestre_view::text_with;

use super::{Answer, page};
use crate::door::Visit;

/// What the form brings.
#[derive(Default)]
struct Sent {
    files: Vec<(String, Vec<u8>)>,
    is_at_once: bool,
    csrf: String,
    kind: String,
    options: ImportOptions,
}

/// `POST /imports`.
pub(crate) async fn create(visit: Visit, multipart: Multipart) -> Answer {
    imports::may_create(&visit.ctx)?;
    let limit = settings::get(&visit.ctx).await?.settings.upload_limit;
    let sent = read(multipart, usize::try_from(limit).unwrap_or(usize::MAX)).await?;
    visit.check_token(&sent.csrf)?;
    if sent.files.is_empty() {
        return Err(AppError::Field { code: Code::FieldMissing, field: "file" }.into());
    }
    let kind = ImportKind::parse(&sent.kind);
    let upload = |(file_name, bytes): (String, Vec<u8>)| Upload {
        file_name,
        kind,
        bytes,
        options: sent.options.clone(),
    };
    let uploads: Vec<Upload> = sent.files.into_iter().map(upload).collect();
    if sent.is_at_once { at_once(&visit, uploads).await } else { compare(&visit, uploads).await }
}

/// Compares the files and shows the first that waits for its reader, with what cannot be read.
async fn compare(visit: &Visit, uploads: Vec<Upload>) -> Answer {
    let lang = visit.lang();
    let dropped = Box::pin(imports::compare(&visit.ctx, uploads, &|_, _| {})).await?;
    let (mut kept, mut unread) = (Vec::new(), Vec::new());
    for one in dropped {
        match one {
            Dropped::Kept(id) => kept.push(id),
            Dropped::Unread(report) => unread.push(report),
        }
    }
    match (kept.first(), unread.first()) {
        (Some(id), None) => Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
        (Some(id), Some(_)) => {
            let files: Vec<&str> = unread.iter().map(|report| report.file.as_str()).collect();
            let words = [("files", files.join(", ").into())];
            let told = Notice::warn(text_with(lang, "page-compare-unread", &words));
            super::compare::page(visit, *id, Some(told)).await
        }
        (None, Some(report)) => page(visit, report, "page-import-result-dry").await,
        (None, None) => Ok(Redirect::to("/imports").into_response()),
    }
}

/// Imports the files and shows the report of the only part, or the list.
async fn at_once(visit: &Visit, uploads: Vec<Upload>) -> Answer {
    let reports = Box::pin(imports::import_all(&visit.ctx, uploads, &|_, _, _| {})).await?;
    let [report] = reports.as_slice() else { return Ok(Redirect::to("/imports").into_response()) };
    match report.import {
        Some(id) => Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
        None => page(visit, report, "page-import-result-dry").await,
    }
}

async fn read(mut multipart: Multipart, limit: usize) -> Result<Sent, AppError> {
    let mut sent = Sent {
        options: ImportOptions { origin: "files".to_owned(), ..ImportOptions::default() },
        ..Sent::default()
    };
    let mut size = 0;
    while let Some(mut field) = multipart.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = field.file_name().unwrap_or_default().to_owned();
            let (mut bytes, before) = (Vec::new(), size);
            while let Some(piece) = field.chunk().await.map_err(|error| unreadable(&error))? {
                size = before + bytes.len() + piece.len();
                if size > limit {
                    return Err(AppError::Code(Code::UploadTooLarge));
                }
                bytes.extend_from_slice(&piece);
            }
            if !file_name.is_empty() {
                sent.files.push((file_name, bytes));
            }
            continue;
        }
        let value = field.text().await.map_err(|error| unreadable(&error))?;
        set(&mut sent, &name, value.trim())?;
    }
    Ok(sent)
}

fn set(sent: &mut Sent, name: &str, value: &str) -> Result<(), AppError> {
    match name {
        "csrf" => value.clone_into(&mut sent.csrf),
        "kind" => value.clone_into(&mut sent.kind),
        "origin" if !value.is_empty() => value.clone_into(&mut sent.options.origin),
        "at_once" => sent.is_at_once = !value.is_empty(),
        "currency" if !value.is_empty() => {
            let currency = Currency::parse(value);
            sent.options.currency = Some(
                currency.ok_or(AppError::Field { code: Code::FieldInvalid, field: "currency" })?,
            );
        }
        "map" => {
            for line in value.lines().filter(|line| !line.trim().is_empty()) {
                let pair = line
                    .split_once('=')
                    .ok_or(AppError::Field { code: Code::FieldInvalid, field: "map" })?;
                sent.options.map.push((pair.0.trim().to_owned(), pair.1.trim().to_owned()));
            }
        }
        _ => {}
    }
    Ok(())
}

fn unreadable(error: &MultipartError) -> AppError {
    let is_too_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
    AppError::Code(if is_too_large { Code::UploadTooLarge } else { Code::RequestUnreadable })
}
