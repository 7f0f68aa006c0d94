//! Parts of a body that stand for something of ours: days, words of closed lists, ids, people.

use jiff::civil::Date;
use orchestre_app::{AppError, Code, people};
use orchestre_domain::id::PersonId;

use crate::door::Visit;

/// Gives a day.
///
/// # Errors
///
/// `field_invalid`.
pub(super) fn day(field: &'static str, text: Option<&str>) -> Result<Option<Date>, AppError> {
    word(field, text, |text| text.parse().ok())
}

/// Gives a word of a closed list.
///
/// # Errors
///
/// `field_invalid`.
pub(super) fn word<T>(
    field: &'static str,
    text: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, AppError> {
    let Some(text) = text else { return Ok(None) };
    parse(text).map(Some).ok_or(AppError::Field { code: Code::FieldInvalid, field })
}

/// Gives an id.
///
/// # Errors
///
/// `field_invalid`.
pub(super) fn id<T>(
    field: &'static str,
    text: Option<&str>,
    parse: fn(&str) -> Option<T>,
) -> Result<Option<T>, AppError> {
    word(field, text, parse)
}

/// Gives a person whom the viewer sees.
///
/// # Errors
///
/// `field_invalid`.
pub(super) async fn person(
    visit: &Visit,
    field: &'static str,
    text: Option<&str>,
) -> Result<Option<PersonId>, AppError> {
    let Some(person) = word(field, text, PersonId::parse)? else { return Ok(None) };
    if visit.ctx.viewer.person == Some(person) {
        return Ok(Some(person));
    }
    match people::show(&visit.ctx, person, visit.ctx.today()).await {
        Ok(_) => Ok(Some(person)),
        Err(error) if error.code() == Code::NotFound => {
            Err(AppError::Field { code: Code::FieldInvalid, field })
        }
        Err(error) => Err(error),
    }
}
