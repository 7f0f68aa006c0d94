//! Looking with another person's eyes: the programme director sees what somebody sees, changes
//! nothing, and both ends are recorded.

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::LoginId;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::viewer::Viewer;
use orchestre_store::{StoreError, Work};

use crate::sessions::digest;
use crate::{AppError, Code, Ctx};

/// Begins to look with a login's eyes, in the session of this token.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] for whoever may not, [`AppError::NOT_FOUND`] for an unknown login or one
/// that is out, [`Code::FieldInvalid`] on `login` for one's own.
pub async fn begin(ctx: &Ctx, token: &str, watched: LoginId) -> Result<(), AppError> {
    may_begin(ctx)?;
    if ctx.viewer.login == Some(watched) {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "login" });
    }
    let (digest, now) = (digest(token), ctx.now());
    let event = ctx.event(EventName::WatchBegun, "watch", Some(watched.as_i64()));
    ctx.db()
        .write(async |work| {
            let known = work.system_logins().await?;
            if !known.iter().any(|login| login.id == watched && login.is_active) {
                return Err(AppError::NOT_FOUND);
            }
            work.put_watch(&digest, watched, now).await?;
            Ok(work.record(&event).await?)
        })
        .await
}

/// Refuses whoever looks with own eyes only.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub fn may_begin(ctx: &Ctx) -> Result<(), AppError> {
    let may = may(&ctx.viewer, Capability::Create, Object::Watch, Scope::Company);
    if may { Ok(()) } else { Err(AppError::FORBIDDEN) }
}

/// Ends the look of the session of this token.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`] when it looks with its own eyes.
pub async fn end(ctx: &Ctx, token: &str) -> Result<(), AppError> {
    let digest = digest(token);
    let watched = ctx.viewer.login.filter(|_| ctx.viewer.watcher.is_some());
    let event = ctx.event(EventName::WatchEnded, "watch", watched.map(LoginId::as_i64));
    ctx.db()
        .write(async |work| {
            if !work.drop_watch(&digest).await? {
                return Err(AppError::NOT_FOUND);
            }
            Ok(work.record(&event).await?)
        })
        .await
}

/// Gives the one with whose eyes a session looks and, when they are another's, the name; whoever
/// lost the right to look so looks with own eyes.
pub(crate) async fn eyes(
    work: &mut Work<'_>,
    own: Viewer,
    (digest, today): (&str, Date),
) -> Result<(Viewer, Option<String>), StoreError> {
    if !may(&own, Capability::Create, Object::Watch, Scope::Company) {
        return Ok((own, None));
    }
    let Some(watched) = work.system_watched(digest).await? else { return Ok((own, None)) };
    let viewer = work.system_viewer(&watched, today).await?;
    Ok((Viewer { watcher: own.login, lang: own.lang, ..viewer }, Some(watched.name)))
}
