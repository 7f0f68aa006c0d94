//! Settings of the company and their change.

use orchestre_domain::event::EventName;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::settings::Settings;
use orchestre_outbound::guard::Targets;
use orchestre_store::Counter;

use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;

/// The settings as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsShown {
    /// The settings.
    pub settings: Settings,
    /// Grows with each change.
    pub version: i64,
    /// Whether the viewer may change them.
    pub can_update: bool,
}

/// Gives the settings.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] for those who may not read settings.
pub async fn get(ctx: &Ctx) -> Result<SettingsShown, AppError> {
    if !may(&ctx.viewer, Capability::Read, Object::Setting, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let (settings, version) = ctx.db().read(async |work| work.settings().await).await?;
    let can_update = may(&ctx.viewer, Capability::Update, Object::Setting, Scope::Company);
    Ok(SettingsShown { settings, version, can_update })
}

/// Refuses whoever changes no settings.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub fn may_update(ctx: &Ctx) -> Result<(), AppError> {
    let may = may(&ctx.viewer, Capability::Update, Object::Setting, Scope::Company);
    if may { Ok(()) } else { Err(AppError::FORBIDDEN) }
}

/// Changes the settings and gives their new version.
///
/// # Errors
///
/// [`Code::FieldInvalid`] with the field, [`Code::ChangedSince`], [`AppError::FORBIDDEN`].
pub async fn put(ctx: &Ctx, mut settings: Settings, version: i64) -> Result<i64, AppError> {
    may_update(ctx)?;
    settings.company = settings.company.trim().to_owned();
    check(&settings)?;
    let event = ctx.event(EventName::SettingUpdated, "setting", None);
    ctx.db()
        .write(async |work| {
            let changed = work.put_settings(&settings, version).await?;
            let changed = changed.ok_or(AppError::Code(Code::ChangedSince))?;
            if !changed.is_empty() {
                work.bump(Counter::Scores).await?;
                let mut event = event.clone();
                event.payload = vec![("keys", changed.join(" "))];
                work.record(&event).await?;
            }
            let (_, version) = work.settings().await?;
            Ok(version)
        })
        .await
}

fn check(settings: &Settings) -> Result<(), AppError> {
    let limits = [
        ("company", i64::try_from(settings.company.chars().count()).unwrap_or(i64::MAX), (0, 200)),
        ("fiscal_start", settings.fiscal_start, (1, 12)),
        ("upload_limit", settings.upload_limit, (1_048_576, 8_589_934_592)),
        ("fragility_ppm", settings.fragility_ppm, (10_000, 900_000)),
        ("plan_stale_days", settings.plan_stale_days, (1, 3_660)),
        ("token_days", settings.token_days, (1, 3_660)),
    ];
    if Targets::parse(&settings.webhook_targets).is_err() || settings.webhook_targets.len() > 2_000
    {
        return Err(AppError::Field { code: Code::FieldInvalid, field: "webhook_targets" });
    }
    match limits.into_iter().find(|(_, value, (min, max))| value < min || value > max) {
        Some((field, _, _)) => Err(AppError::Field { code: Code::FieldInvalid, field }),
        None => Ok(()),
    }
}
