//! The identities that one is linked with: looked at and taken away by oneself.

use orchestre_domain::event::EventName;
use orchestre_store::Event;
pub use orchestre_store::Identity;

use super::{Events, groups, oneself};
use crate::sessions::digest;
use crate::{AppError, Ctx};

/// Letters of the id of an identity.
const LETTERS: usize = 16;

/// Gives one's own identities, the oldest first.
///
/// # Errors
///
/// `forbidden` for the local shell, which has no login, and with another person's eyes.
pub async fn list(ctx: &Ctx) -> Result<Vec<Identity>, AppError> {
    let login = oneself(ctx)?;
    Ok(ctx.db().read(async |work| work.identities(login).await).await?)
}

/// Gives one of one's own identities.
///
/// # Errors
///
/// As [`list`]; `not_found`.
pub async fn show(ctx: &Ctx, issuer: &str, subject: &str) -> Result<Identity, AppError> {
    let is_it = |one: &Identity| one.issuer == issuer && one.subject == subject;
    list(ctx).await?.into_iter().find(is_it).ok_or(AppError::NOT_FOUND)
}

/// Gives the id of an identity: letters that stand for issuer and subject.
pub fn id(identity: &Identity) -> String {
    let whole = digest(&format!("{}\n{}", identity.issuer, identity.subject));
    whole.chars().take(LETTERS).collect()
}

/// Says whether a text has the form of such an id.
pub fn is_id(text: &str) -> bool {
    text.len() == LETTERS && text.bytes().all(|letter| letter.is_ascii_hexdigit())
}

/// Gives what people call an issuer: the name on its button, else the issuer itself.
pub fn name(ctx: &Ctx, issuer: &str) -> String {
    #[cfg(feature = "oidc")]
    {
        let mut known = ctx.app.identity.providers.iter();
        if let Some(one) = known.find(|one| one.issuer.issuer() == issuer) {
            return one.name.clone();
        }
    }
    #[cfg(not(feature = "oidc"))]
    let _ = ctx;
    issuer.to_owned()
}

/// Takes one of one's own identities away, with the roles that its groups brought.
///
/// # Errors
///
/// `forbidden` for the local shell; `not_found`.
pub async fn unlink(ctx: &Ctx, issuer: &str, subject: &str) -> Result<(), AppError> {
    let login = oneself(ctx)?;
    let payload = vec![("issuer", issuer.to_owned())];
    let event = ctx.event(EventName::IdentityUnlinked, "login", Some(login.as_i64()));
    let event = Event { payload, ..event };
    ctx.db()
        .write(async |work| {
            if work.remove_identity(login, issuer, subject).await? == 0 {
                return Err(AppError::NOT_FOUND);
            }
            if let Some(owner) = work.login_by_id(login).await? {
                let events = Events { ctx: ctx.clone() };
                groups::leave(work, &events, &owner, issuer).await?;
            }
            Ok(work.record(&event).await?)
        })
        .await
}
