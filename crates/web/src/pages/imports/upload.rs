//! A file that is sent: read up to the limit, then imported or only tried.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::imports::{self, ImportOptions, Upload};
use orchestre_app::{AppError, Code, settings};
use orchestre_domain::import::ImportKind;
use orchestre_domain::money::Currency;

use super::{Answer, page};
use crate::door::Visit;

/// What the form brings.
#[derive(Default)]
struct Sent {
    file_name: String,
    bytes: Vec<u8>,
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
    if sent.file_name.is_empty() {
        return Err(AppError::Field { code: Code::FieldMissing, field: "file" }.into());
    }
    let is_dry_run = sent.options.is_dry_run;
    let upload = Upload {
        file_name: sent.file_name,
        kind: ImportKind::parse(&sent.kind),
        bytes: sent.bytes,
        options: sent.options,
    };
    let report = imports::import(&visit.ctx, upload, &|_, _| {}).await?;
    match report.import.filter(|_| !is_dry_run) {
        Some(id) => Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
        None => page(&visit, &report, "page-import-result-dry").await,
    }
}

async fn read(mut multipart: Multipart, limit: usize) -> Result<Sent, AppError> {
    let mut sent = Sent {
        options: ImportOptions { origin: "files".to_owned(), ..ImportOptions::default() },
        ..Sent::default()
    };
    while let Some(mut field) = multipart.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            sent.file_name = field.file_name().unwrap_or_default().to_owned();
            while let Some(piece) = field.chunk().await.map_err(|error| unreadable(&error))? {
                if sent.bytes.len() + piece.len() > limit {
                    return Err(AppError::Code(Code::UploadTooLarge));
                }
                sent.bytes.extend_from_slice(&piece);
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
        "dry_run" => sent.options.is_dry_run = !value.is_empty(),
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
