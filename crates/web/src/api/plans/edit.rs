//! Changes of a plan: its texts and its state.

use orchestre_app::plans::{self, PlanShown, Texts};
use orchestre_app::wire::{self, words};
use orchestre_app::{AppError, Code};
use orchestre_domain::id::PlanId;
use orchestre_domain::plan::PlanState;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer::one;
use crate::api::body::{Patch, Sent};
use crate::api::document::parameters as p;
use crate::api::{Answer, Id};
use crate::door::{ApiVisit, Visit};
use crate::problem::Problem;

/// The texts of a plan in the language of whoever writes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanTexts {
    /// Where we stand.
    #[schema(schema_with = p::words)]
    situation: Option<String>,
    /// What the customer wants, one entry a goal.
    #[schema(schema_with = p::many_words)]
    goals: Option<Vec<String>>,
    /// What executives are asked to decide.
    #[schema(schema_with = p::words)]
    decision: Option<String>,
}

/// `PATCH /api/v1/plans/{id}`: situation, goals, decision.
#[utoipa::path(
    patch,
    path = "/api/v1/plans/{id}",
    operation_id = "plans-update",
    tag = "plans",
    request_body(content = PlanTexts, content_type = "application/merge-patch+json"),
    responses((status = 200, body = wire::Plan))
)]
pub(crate) async fn update(ApiVisit(visit): ApiVisit, id: Id, patch: Patch) -> Answer {
    let present = guarded(&visit, &id).await?;
    let lang = visit.lang();
    let goals = present.goals.iter().map(|goal| goal.in_lang(lang).to_owned());
    let before = PlanTexts {
        situation: Some(present.plan.situation.in_lang(lang).to_owned()),
        goals: Some(goals.collect()),
        decision: Some(present.plan.decision.in_lang(lang).to_owned()),
    };
    let after = patch.over(&before)?;
    let texts = Texts {
        situation: after.situation.unwrap_or_default(),
        goals: after.goals.unwrap_or_default(),
        decision: after.decision.unwrap_or_default(),
    };
    plans::put_texts(&visit.ctx, present.plan.id, present.plan.version, texts).await?;
    again(&visit, present.plan.id).await
}

/// The state to which a plan is taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanStep {
    /// The state.
    #[schema(schema_with = words::plan_state)]
    state: String,
}

/// `PUT /api/v1/plans/{id}/state`.
#[utoipa::path(
    put,
    path = "/api/v1/plans/{id}/state",
    operation_id = "plans-step",
    tag = "plans",
    request_body = PlanStep,
    responses((status = 200, body = wire::Plan))
)]
pub(crate) async fn step(ApiVisit(visit): ApiVisit, id: Id, Sent(to): Sent<PlanStep>) -> Answer {
    let present = guarded(&visit, &id).await?;
    let invalid = AppError::Field { code: Code::FieldInvalid, field: "state" };
    let to = PlanState::parse(&to.state).ok_or(invalid)?;
    plans::step(&visit.ctx, present.plan.id, present.plan.version, to).await?;
    again(&visit, present.plan.id).await
}

async fn guarded(visit: &Visit, id: &Id) -> Result<PlanShown, Problem> {
    let present = plans::show(&visit.ctx, id.read(PlanId::parse)?).await?;
    visit.guard(&wire::plan(&present))?;
    Ok(present)
}

async fn again(visit: &Visit, id: PlanId) -> Answer {
    one(visit, &wire::plan(&plans::show(&visit.ctx, id).await?))
}
