//! Noting a contact by hand.

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, InteractionId};
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::permission::{Capability, Object};
use orchestre_store::StoreError;

use crate::sight::ask_at;
use crate::{AppError, Code, Ctx};

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
/// `not_found` for an account that is not seen, `forbidden`, `field_invalid` for a day to come.
pub async fn note(ctx: &Ctx, noted: Noted) -> Result<InteractionId, AppError> {
    ask_at(ctx, Capability::Create, Object::Interaction, noted.account).await?;
    if noted.day > ctx.today() {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "day" });
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
