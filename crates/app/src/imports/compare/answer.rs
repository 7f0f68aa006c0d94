//! What a person says about a compared file; it is compared again with that.

use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportKind, ImportState};
use orchestre_domain::money::Currency;
use orchestre_store::imports::ImportRecord;

use super::{ComparedColumn, rehearse_and_keep, stored};
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::imports::file::{File, GUESSED};
use crate::imports::{ImportOptions, Upload, may_create, may_read};

/// Adds answers and a mapping to a compared import and compares it, and what came with it, again.
///
/// # Shape
///
/// Pairs as [`ImportOptions::map`]; besides `kind` and a word of it, `currency` and its code, and
/// `column:` before a heading that is one of these words. A heading with the field that it has
/// already says nothing.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::NotFound`]; [`Code::StepRefused`] for an import that went in;
/// [`Code::FieldInvalid`] for a currency or kind that is none; when the store fails.
pub async fn answer(ctx: &Ctx, id: ImportId, answers: &[(String, String)]) -> Result<(), AppError> {
    let own = find(ctx, id).await?;
    let kept = ctx.db().read(async |work| work.system_comparison(id).await).await?;
    let columns = kept.map_or(Ok(Vec::new()), |kept| stored::read(&kept.columns))?;
    let drop = match own.drop {
        Some(drop) => ctx.db().read(async |work| work.system_drop(drop).await).await?,
        None => vec![own],
    };
    let mut pairs = Vec::new();
    for record in drop.into_iter().filter(|record| record.state == ImportState::Compared) {
        let mut options = said(&record);
        let mut kind = record.kind;
        if record.id == id {
            for pair in answers {
                add(&mut options, &mut kind, (pair, &columns))?;
            }
        }
        pairs.push(read_again(ctx, ImportRecord { kind, ..record }, options).await?);
    }
    rehearse_and_keep(ctx, &mut pairs, &|_, _| {}).await
}

/// Adds an answer to what the user said.
fn add(
    options: &mut ImportOptions,
    kind: &mut ImportKind,
    ((key, value), columns): (&(String, String), &[ComparedColumn]),
) -> Result<(), AppError> {
    let refused = |field: &'static str| AppError::Field { code: Code::FieldInvalid, field };
    match key.as_str() {
        "kind" => {
            *kind = ImportKind::parse(value).ok_or_else(|| refused("kind"))?;
            options.map.retain(|(key, _)| key != GUESSED);
        }
        "currency" if value.is_empty() => {}
        "currency" => {
            options.currency = Some(Currency::parse(value).ok_or_else(|| refused("currency"))?);
        }
        _ => match key.strip_prefix("column:") {
            None if value.is_empty() && key.contains(':') => {}
            heading => give(options, (heading.unwrap_or(key), value), columns),
        },
    }
    Ok(())
}

/// Gives a column its field, unless it has it already.
fn give(options: &mut ImportOptions, (heading, field): (&str, &str), columns: &[ComparedColumn]) {
    let known = columns.iter().find(|column| column.heading == heading);
    if known.is_some_and(|column| column.field.as_deref().unwrap_or("") == field) {
        return;
    }
    options.map.retain(|(known, _)| known != heading);
    options.map.push((heading.to_owned(), field.to_owned()));
}

/// Gives an import that waits, for who may let it go in.
pub(super) async fn find(ctx: &Ctx, id: ImportId) -> Result<ImportRecord, AppError> {
    let record = of(ctx, id).await?;
    if record.state == ImportState::Compared { Ok(record) } else { Err(Code::StepRefused.into()) }
}

/// Gives an import, for who may let it go in; who only reads imports learns that it is there.
pub(super) async fn of(ctx: &Ctx, id: ImportId) -> Result<ImportRecord, AppError> {
    may_read(ctx)?;
    let found = ctx.db().read(async |work| work.system_import(id).await).await?;
    let record = found.ok_or(AppError::NOT_FOUND)?;
    may_create(ctx)?;
    Ok(record)
}

/// Gives what the user said about a kept import.
pub(in crate::imports) fn said(record: &ImportRecord) -> ImportOptions {
    let mut options = ImportOptions { origin: record.origin.clone(), ..ImportOptions::default() };
    for line in record.options.lines() {
        match line.split_once('=') {
            Some(("currency", code)) => options.currency = Currency::parse(code),
            Some(("map", pair)) => {
                let pair = pair.split_once('=');
                options.map.extend(pair.map(|(left, right)| (left.to_owned(), right.to_owned())));
            }
            _ => {}
        }
    }
    options
}

/// Reads a kept file again, with other options.
pub(in crate::imports) async fn read_again(
    ctx: &Ctx,
    record: ImportRecord,
    options: ImportOptions,
) -> Result<(ImportRecord, File), AppError> {
    let bytes = ctx.db().read(async |work| work.system_blob(&record.sha256).await).await?;
    let file_name = record.file_name.clone();
    let upload = Upload { file_name, kind: Some(record.kind), bytes, options };
    let file = File::read(upload, ctx.today()).await?;
    Ok((ImportRecord { options: file.said(), ..record }, file))
}
