//! Noting a contact by hand.

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, InteractionId};
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::permission::{Capability, Object};
use orchestre_store::StoreError;

use crate::sight::ask_at;
use crate::{AppError, Code, Ctx};

/// The most letters of a subject.
const LONGEST: usize = 10_000;

/// A contact as it is noted.
#[derive(Debug, Clone)]
pub struct Noted {
    /// With which account.
    pub account: AccountId,
    /// Its kind.
    pub kind: InteractionType,
    /// The day; not in the future.
    pub day: Date,
    /// What it was about.
    pub subject: String,
}

/// Notes a contact and gives its id; the viewer's person takes part.
///
/// # Errors
///
/// `not_found` for an account that is not seen, `forbidden`, `field_missing` without a
/// subject, `field_invalid` for a day to come or a subject of more than 10,000 letters.
pub async fn note(ctx: &Ctx, noted: Noted) -> Result<InteractionId, AppError> {
    ask_at(ctx, Capability::Create, Object::Interaction, noted.account).await?;
    if noted.day > ctx.today() {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "day" });
    }
    let wrong = |code| AppError::Field { code, field: "subject" };
    match noted.subject.chars().count() {
        _ if noted.subject.trim().is_empty() => return Err(wrong(Code::FieldMissing)),
        ..=LONGEST => {}
        _ => return Err(wrong(Code::FieldInvalid)),
    }
    let id = ctx.id();
    let event = ctx.account_event(EventName::InteractionCreated, noted.account, "interaction", id);
    ctx.db()
        .write(async |work| {
            let told = (noted.kind.as_str(), noted.day, noted.subject.as_str());
            work.add_interaction(id, noted.account, told).await?;
            if let Some(person) = ctx.viewer.person {
                work.add_participant(id, person).await?;
            }
            work.record(&event).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(InteractionId(id))
}
