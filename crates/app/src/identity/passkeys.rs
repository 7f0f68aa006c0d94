//! Passkeys: a key in somebody's device takes the place of password and second step.

#[cfg(not(feature = "passkeys"))]
mod absent;
#[cfg(feature = "passkeys")]
mod ceremony;

#[cfg(not(feature = "passkeys"))]
use absent as ceremony;
pub use ceremony::{Party, begin_adding, begin_sign_in, finish_adding, finish_sign_in};
use orchestre_domain::event::EventName;
use orchestre_domain::id::PasskeyId;
pub use orchestre_store::PasskeyRow;
use serde_json::Value;

use super::oneself;
use crate::{AppError, Code, Ctx};

/// The most letters of a name.
const LONGEST: usize = 60;

/// What a browser is asked, and the secret by which its answer is known.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The options of `navigator.credentials`, as JSON.
    pub options: Value,
    /// The ceremony's secret.
    pub secret: String,
}

/// Gives one's own passkeys, the oldest first.
///
/// # Errors
///
/// `forbidden` for the local shell, which has no login, and with another person's eyes.
pub async fn list(ctx: &Ctx) -> Result<Vec<PasskeyRow>, AppError> {
    let login = oneself(ctx)?;
    Ok(ctx.db().read(async |work| work.passkeys(login).await).await?)
}

/// Gives one of one's own passkeys.
///
/// # Errors
///
/// As [`list`]; `not_found`.
pub async fn show(ctx: &Ctx, id: PasskeyId) -> Result<PasskeyRow, AppError> {
    list(ctx).await?.into_iter().find(|one| one.id == id).ok_or(AppError::NOT_FOUND)
}

fn named(name: &str) -> Result<String, AppError> {
    let name = name.trim();
    let wrong = |code| AppError::Field { code, field: "name" };
    match name.chars().count() {
        0 => Err(wrong(Code::FieldMissing)),
        1..=LONGEST => Ok(name.to_owned()),
        _ => Err(wrong(Code::FieldInvalid)),
    }
}

/// Gives one of one's own passkeys another name.
///
/// # Errors
///
/// `not_found`; `field_missing`, `field_invalid`.
pub async fn rename(ctx: &Ctx, id: PasskeyId, name: &str) -> Result<(), AppError> {
    let (login, name) = (oneself(ctx)?, named(name)?);
    let event = ctx.event(EventName::PasskeyUpdated, "passkey", Some(id.as_i64()));
    ctx.db()
        .write(async |work| {
            if work.rename_passkey(login, id, &name).await? == 0 {
                return Err(AppError::NOT_FOUND);
            }
            Ok(work.record(&event).await?)
        })
        .await
}

/// Removes one of one's own passkeys.
///
/// # Errors
///
/// `not_found`.
pub async fn remove(ctx: &Ctx, id: PasskeyId) -> Result<(), AppError> {
    let login = oneself(ctx)?;
    let event = ctx.event(EventName::PasskeyRemoved, "passkey", Some(id.as_i64()));
    ctx.db()
        .write(async |work| {
            if work.remove_passkey(login, id).await? == 0 {
                return Err(AppError::NOT_FOUND);
            }
            Ok(work.record(&event).await?)
        })
        .await
}
