//! The rules of signing in and their change.

use orchestre_domain::event::EventName;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::sign_in::SignInRules;

use crate::{AppError, Code, Ctx};

/// Gives the rules, their version, and whether the viewer may change them.
///
/// # Errors
///
/// What the store says.
pub async fn get(ctx: &Ctx) -> Result<(SignInRules, i64, bool), AppError> {
    let (rules, version) = ctx.db().read(async |work| work.sign_in_rules().await).await?;
    let can_update = may(&ctx.viewer, Capability::Update, Object::Login, Scope::Company);
    Ok((rules, version, can_update))
}

/// Changes the rules.
///
/// # Errors
///
/// `forbidden`, `changed_since`, `field_invalid` with the field.
pub async fn put(ctx: &Ctx, rules: SignInRules, version: i64) -> Result<(), AppError> {
    if !may(&ctx.viewer, Capability::Update, Object::Login, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    if let Some(field) = rules.wrong() {
        return Err(AppError::Field { code: Code::FieldInvalid, field });
    }
    let mut event = ctx.event(EventName::SettingUpdated, "setting", None);
    event.payload = vec![("keys", "sign_in".to_owned())];
    ctx.db()
        .write(async |work| {
            let (before, now) = work.sign_in_rules().await?;
            if now != version {
                return Err(AppError::Code(Code::ChangedSince));
            }
            if before != rules {
                work.put_sign_in_rules(&rules).await?;
                work.record(&event).await?;
            }
            Ok(())
        })
        .await
}
