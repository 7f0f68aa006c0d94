//! Risks of a plan: added, changed, taken away.

use orchestre_domain::event::EventName;
use orchestre_domain::id::{PersonId, PlanId, RiskId};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Money;
use orchestre_domain::permission::{Capability, Object};
use orchestre_store::{Owner, Risk, Text, Work};

use super::{PlanCard, find};
use crate::sight::ask;
use crate::{AppError, Code, Ctx};

/// A risk as it is written, in the language of whoever writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskEdit {
    /// What may happen.
    pub text: String,
    /// How probable, 1 to 5.
    pub probability: Option<i64>,
    /// What it would cost.
    pub impact: Option<Money>,
    /// The early sign.
    pub sign: String,
    /// What is done before.
    pub prevention: String,
    /// What is done if it happens.
    pub reaction: String,
    /// Who answers for it.
    pub owner: Option<PersonId>,
}

impl RiskEdit {
    /// Gives the risk after this was written over `before`.
    fn over(self, before: &Risk, lang: Lang) -> Result<Risk, AppError> {
        let text = before.text.edited(lang, &self.text);
        if text.is_empty() {
            return Err(AppError::Field { code: Code::FieldMissing, field: "text" });
        }
        if self.probability.is_some_and(|probability| !(1..=5).contains(&probability)) {
            return Err(AppError::Field { code: Code::FieldInvalid, field: "probability" });
        }
        Ok(Risk {
            id: before.id,
            plan: before.plan,
            text,
            probability: self.probability,
            impact: self.impact,
            sign: before.sign.edited(lang, &self.sign),
            prevention: before.prevention.edited(lang, &self.prevention),
            reaction: before.reaction.edited(lang, &self.reaction),
            owner: self.owner.map(|person| Owner { person: Some(person), name: String::new() }),
            version: before.version,
        })
    }
}

/// Gives a risk.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`].
pub async fn risk(ctx: &Ctx, id: RiskId) -> Result<Risk, AppError> {
    let found = ctx.db().read(async |work| work.risk(&ctx.viewer, id).await).await?;
    found.ok_or(AppError::NOT_FOUND)
}

/// Adds a risk to a plan.
///
/// # Errors
///
/// [`Code::FieldMissing`] on `text`, [`Code::FieldInvalid`] on `probability`,
/// [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn add_risk(ctx: &Ctx, plan: PlanId, edit: RiskEdit) -> Result<RiskId, AppError> {
    let id = RiskId(ctx.id());
    let new = Risk {
        id,
        plan,
        text: Text::default(),
        probability: None,
        impact: None,
        sign: Text::default(),
        prevention: Text::default(),
        reaction: Text::default(),
        owner: None,
        version: 1,
    };
    let new = edit.over(&new, ctx.viewer.lang)?;
    ctx.db()
        .write(async |work| {
            let plan = find(work, &ctx.viewer, plan).await?;
            ask(&ctx.viewer, Capability::Update, Object::Plan, plan.account)?;
            work.add_risk(&new).await?;
            record(work, ctx, &plan, (EventName::RiskCreated, id)).await?;
            Ok(id)
        })
        .await
}

/// Changes a risk.
///
/// # Errors
///
/// [`Code::ChangedSince`], and as [`add_risk`].
pub async fn put_risk(ctx: &Ctx, id: RiskId, version: i64, edit: RiskEdit) -> Result<(), AppError> {
    ctx.db()
        .write(async |work| {
            let before = work.risk(&ctx.viewer, id).await?.ok_or(AppError::NOT_FOUND)?;
            let plan = find(work, &ctx.viewer, before.plan).await?;
            ask(&ctx.viewer, Capability::Update, Object::Plan, plan.account)?;
            let after = edit.clone().over(&before, ctx.viewer.lang)?;
            if !work.put_risk(&Risk { version, ..after }).await? {
                return Err(Code::ChangedSince.into());
            }
            record(work, ctx, &plan, (EventName::RiskUpdated, id)).await
        })
        .await
}

/// Takes a risk away.
///
/// # Errors
///
/// [`Code::ChangedSince`], [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn remove_risk(ctx: &Ctx, id: RiskId, version: i64) -> Result<(), AppError> {
    ctx.db()
        .write(async |work| {
            let before = work.risk(&ctx.viewer, id).await?.ok_or(AppError::NOT_FOUND)?;
            let plan = find(work, &ctx.viewer, before.plan).await?;
            ask(&ctx.viewer, Capability::Update, Object::Plan, plan.account)?;
            if !work.drop_risk(id, version).await? {
                return Err(Code::ChangedSince.into());
            }
            record(work, ctx, &plan, (EventName::RiskUpdated, id)).await
        })
        .await
}

async fn record(
    work: &mut Work<'_>,
    ctx: &Ctx,
    plan: &PlanCard,
    (name, id): (EventName, RiskId),
) -> Result<(), AppError> {
    work.touch_plan(plan.id, ctx.today()).await?;
    let mut event = ctx.account_event(name, plan.account, "risk", id.as_i64());
    event.payload = vec![("plan", plan.id.to_string())];
    work.record(&event).await?;
    Ok(())
}
