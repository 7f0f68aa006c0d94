//! Reads that are recorded: who read opinions on people, and when.

use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, EventId};
use orchestre_store::Event;

use crate::{AppError, Ctx};

/// The same reader and the same thing are recorded once in this time: a day, µs \[D\].
const ONCE: i64 = 86_400_000_000;

/// Records that the viewer reads opinions on an `object` (`person`, `account`) of this number.
///
/// # Errors
///
/// What the store says.
pub async fn opinions(
    ctx: &Ctx,
    account: Option<AccountId>,
    object: &'static str,
    id: i64,
) -> Result<(), AppError> {
    let event = Event { account, ..ctx.event(EventName::OpinionRead, object, Some(id)) };
    let since = event.at - ONCE;
    if ctx.db().read(async |work| work.has_recorded(&event, since).await).await? {
        return Ok(());
    }
    Ok(ctx.db().write(async |work| work.record(&event).await).await?)
}

/// Records that the viewer took a list away, with its form and its count of rows.
///
/// # Errors
///
/// What the store says.
pub async fn export(
    ctx: &Ctx,
    list: &'static str,
    form: &'static str,
    rows: usize,
) -> Result<EventId, AppError> {
    let mut event = ctx.event(EventName::ListExported, list, None);
    event.payload = vec![("form", form.to_owned()), ("rows", rows.to_string())];
    ctx.db().write(async |work| work.record(&event).await).await?;
    Ok(event.id)
}
