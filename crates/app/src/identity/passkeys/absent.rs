//! Passkeys of a program that was built without them: none is offered.

use orchestre_domain::id::PasskeyId;

use super::Asked;
use crate::sessions::Opened;
use crate::{App, AppError, Ctx};

/// What passkeys are made for; there is none.
#[derive(Debug)]
pub enum Party {}

impl Party {
    /// Gives none, whatever the address.
    pub const fn at(_address: &str) -> Option<Self> {
        None
    }
}

/// Refuses to begin to add a passkey.
///
/// # Errors
///
/// `not_found`.
pub async fn begin_adding(_ctx: &Ctx, _label: &str) -> Result<Asked, AppError> {
    Err(AppError::NOT_FOUND)
}

/// Refuses to add a passkey.
///
/// # Errors
///
/// `not_found`.
pub async fn finish_adding(
    _ctx: &Ctx,
    _secret: &str,
    _name: &str,
    _answer: &str,
) -> Result<PasskeyId, AppError> {
    Err(AppError::NOT_FOUND)
}

/// Refuses to begin to sign in by passkey.
///
/// # Errors
///
/// `not_found`.
pub async fn begin_sign_in(_app: &App) -> Result<Asked, AppError> {
    Err(AppError::NOT_FOUND)
}

/// Refuses to sign in by passkey.
///
/// # Errors
///
/// `not_found`.
pub async fn finish_sign_in(
    _app: &App,
    _secret: &str,
    _answer: &str,
    _from: (&str, &str, Option<&str>),
) -> Result<Opened, AppError> {
    Err(AppError::NOT_FOUND)
}
