//! One's own sessions: which there are, their names, their end; and proving again who is there.

use orchestre_domain::event::EventName;
use orchestre_domain::id::{LoginId, SessionId};
use orchestre_store::{SessionLine, StoreError};

use super::{digest, prove_password};
use crate::{AppError, Code, Ctx, second_step};

/// A session of one's own.
#[derive(Debug, Clone)]
pub struct OwnSession {
    /// What is kept of it.
    pub line: SessionLine,
    /// Whether it is the one of this request.
    pub is_this: bool,
}

/// Gives one's own open sessions, the last used first; `token` names this one.
///
/// # Errors
///
/// `forbidden` for the local shell.
pub async fn list(ctx: &Ctx, token: &str) -> Result<Vec<OwnSession>, AppError> {
    let (login, now, this) = (owner(ctx)?, ctx.now(), digest(token));
    let lines = ctx
        .db()
        .read(async |work| {
            let (rules, _) = work.sign_in_rules().await?;
            work.sessions_of(login, now, rules.idle()).await
        })
        .await?;
    let own = |line: SessionLine| OwnSession { is_this: line.digest == this, line };
    Ok(lines.into_iter().map(own).collect())
}

/// Names a session.
///
/// # Errors
///
/// `not_found`; `field_invalid` for an endless name.
pub async fn name(ctx: &Ctx, id: SessionId, name: &str) -> Result<(), AppError> {
    let login = owner(ctx)?;
    if name.chars().count() > 80 {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "name" });
    }
    let is_there = ctx.db().write(async |work| work.name_session(login, id, name).await).await?;
    if is_there { Ok(()) } else { Err(AppError::NOT_FOUND) }
}

/// Ends a session.
///
/// # Errors
///
/// `not_found` for one that is over or somebody else's.
pub async fn end(ctx: &Ctx, id: SessionId) -> Result<(), AppError> {
    let login = owner(ctx)?;
    let event = ctx.event(EventName::SessionClosed, "login", Some(login.as_i64()));
    ctx.db()
        .write(async |work| {
            if !work.end_session(login, id).await? {
                return Err(AppError::NOT_FOUND);
            }
            Ok(work.record(&event).await?)
        })
        .await
}

/// Ends every session but this one, and gives how many.
///
/// # Errors
///
/// `forbidden` for the local shell.
pub async fn end_others(ctx: &Ctx, token: &str) -> Result<u64, AppError> {
    let (login, this) = (owner(ctx)?, digest(token));
    let event = ctx.event(EventName::LoginSessionsEnded, "login", Some(login.as_i64()));
    let ended = ctx
        .db()
        .write(async |work| {
            let ended = work.end_other_sessions(login, &this).await?;
            if ended > 0 {
                work.record(&event).await?;
            }
            Ok::<_, StoreError>(ended)
        })
        .await?;
    Ok(ended)
}

/// Takes the password (and the code, where there is a second step) again, for what is sensitive.
///
/// # Errors
///
/// `sign_in_wrong` in the field `password`, `code_wrong` in the field `code`, [`AppError::Wait`].
pub async fn prove(ctx: &Ctx, token: &str, password: &str, code: &str) -> Result<(), AppError> {
    let id = owner(ctx)?;
    let found = ctx
        .db()
        .read(async |work| {
            Ok::<_, StoreError>((work.login_by_id(id).await?, work.second_step(id).await?))
        })
        .await?;
    let login = found.0.ok_or(AppError::NOT_FOUND)?;
    prove_password(&ctx.app, &login, password).await.map_err(|error| match error {
        AppError::Code(code) => AppError::Field { code, field: "password" },
        other => other,
    })?;
    let needs_code = found.1.is_some_and(|step| step.is_used);
    if needs_code && !second_step::take(&ctx.app, id, code).await? {
        return Err(AppError::Field { code: Code::CodeWrong, field: "code" });
    }
    let (this, now) = (digest(token), ctx.now());
    Ok(ctx.db().write(async |work| work.put_proved(&this, now).await).await?)
}

/// Gives whose it is; whoever looks with somebody's eyes owns nothing of theirs.
fn owner(ctx: &Ctx) -> Result<LoginId, AppError> {
    let own = ctx.viewer.login.filter(|_| ctx.viewer.watcher.is_none());
    own.ok_or(AppError::FORBIDDEN)
}
