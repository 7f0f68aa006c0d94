//! Objectives and risks of a plan: added, read, changed, taken away.

use orchestre_app::plans::{self, Objective, ObjectiveEdit, Risk, RiskEdit};
use orchestre_app::wire::{self, words};
use orchestre_app::{AppError, Code};
use orchestre_domain::id::{ObjectiveId, PlanId, RiskId};
use orchestre_domain::money::{Currency, Money};
use orchestre_domain::plan::{Horizon, ObjectiveState, ObjectiveType};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer::{created, nothing, one};
use crate::api::body::{Patch, Sent};
use crate::api::document::parameters as p;
use crate::api::given::{day, person, word};
use crate::api::{Answer, Id};
use crate::door::{ApiVisit, Visit};
use crate::problem::Problem;

/// An objective as it is written, in the language of whoever writes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ObjectiveSent {
    /// What will be different.
    #[schema(schema_with = p::words_required)]
    text: String,
    /// What is measured.
    #[schema(schema_with = p::words)]
    metric: Option<String>,
    /// In which unit.
    #[schema(schema_with = p::words)]
    unit: Option<String>,
    /// Where it began.
    baseline: Option<f64>,
    /// Where it is to end.
    target: Option<f64>,
    /// Where it is.
    current: Option<f64>,
    /// By when.
    #[schema(format = Date)]
    due_on: Option<String>,
    /// Within twelve months or beyond; follows from the day unless given.
    #[schema(schema_with = words::horizon)]
    horizon: Option<String>,
    /// What it is about.
    #[schema(schema_with = words::objective_type)]
    r#type: Option<String>,
    /// Who answers for it on our side.
    #[schema(schema_with = p::person_id)]
    owner: Option<String>,
    /// Who answers for it on the customer's side.
    #[schema(schema_with = p::person_id)]
    customer_owner: Option<String>,
    /// How it stands.
    #[schema(schema_with = words::objective_state)]
    state: String,
}

impl ObjectiveSent {
    fn of(one: &Objective, visit: &Visit) -> Self {
        let lang = visit.lang();
        let id = |owner: Option<&plans::Owner>| owner?.person.map(|id| id.to_string());
        Self {
            text: one.text.in_lang(lang).to_owned(),
            metric: Some(one.metric.in_lang(lang).to_owned()),
            unit: one.unit.clone(),
            baseline: one.baseline,
            target: one.target,
            current: one.current,
            due_on: one.due_on.map(|day| day.to_string()),
            horizon: one.horizon.map(|word| word.to_string()),
            r#type: one.kind.map(|word| word.to_string()),
            owner: id(one.owner.as_ref()),
            customer_owner: id(one.customer_owner.as_ref()),
            state: one.state.to_string(),
        }
    }

    async fn edit(self, visit: &Visit) -> Result<ObjectiveEdit, AppError> {
        Ok(ObjectiveEdit {
            text: self.text,
            metric: self.metric.unwrap_or_default(),
            unit: self.unit,
            baseline: self.baseline,
            target: self.target,
            current: self.current,
            due_on: day("due_on", self.due_on.as_deref())?,
            horizon: word("horizon", self.horizon.as_deref(), Horizon::parse)?,
            kind: word("type", self.r#type.as_deref(), ObjectiveType::parse)?,
            owner: person(visit, "owner", self.owner.as_deref()).await?,
            customer_owner: person(visit, "customer_owner", self.customer_owner.as_deref()).await?,
            state: word("state", Some(&self.state), ObjectiveState::parse)?
                .unwrap_or(ObjectiveState::Proposed),
        })
    }
}

/// `POST /api/v1/plans/{id}/objectives`.
#[utoipa::path(
    post,
    path = "/api/v1/plans/{id}/objectives",
    operation_id = "objectives-create",
    tag = "plans",
    request_body = ObjectiveSent,
    responses((status = 201, body = wire::Objective))
)]
pub(crate) async fn add_objective(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(new): Sent<ObjectiveSent>,
) -> Answer {
    let plan = plans::show(&visit.ctx, id.read(PlanId::parse)?).await?.plan.id;
    let made = plans::add_objective(&visit.ctx, plan, new.edit(&visit).await?).await?;
    let objective = plans::objective(&visit.ctx, made).await?;
    created(&visit, &wire::objective(&objective), &format!("/api/v1/objectives/{made}"))
}

/// `GET /api/v1/objectives/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/objectives/{id}",
    operation_id = "objectives-show",
    tag = "plans",
    params(p::Fields<wire::Objective>),
    responses((status = 200, body = wire::Objective))
)]
pub(crate) async fn objective(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let objective = plans::objective(&visit.ctx, id.read(ObjectiveId::parse)?).await?;
    one(&visit, &wire::objective(&objective))
}

/// `PATCH /api/v1/objectives/{id}`.
#[utoipa::path(
    patch,
    path = "/api/v1/objectives/{id}",
    operation_id = "objectives-update",
    tag = "plans",
    request_body(content = ObjectiveSent, content_type = "application/merge-patch+json"),
    responses((status = 200, body = wire::Objective))
)]
pub(crate) async fn put_objective(ApiVisit(visit): ApiVisit, id: Id, patch: Patch) -> Answer {
    let present = known_objective(&visit, &id).await?;
    let edit = patch.over(&ObjectiveSent::of(&present, &visit))?.edit(&visit).await?;
    plans::put_objective(&visit.ctx, present.id, present.version, edit).await?;
    one(&visit, &wire::objective(&plans::objective(&visit.ctx, present.id).await?))
}

/// `DELETE /api/v1/objectives/{id}`: its actions stay.
#[utoipa::path(
    delete,
    path = "/api/v1/objectives/{id}",
    operation_id = "objectives-delete",
    tag = "plans",
    responses((status = 204))
)]
pub(crate) async fn remove_objective(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let present = known_objective(&visit, &id).await?;
    plans::remove_objective(&visit.ctx, present.id, present.version).await?;
    Ok(nothing())
}

async fn known_objective(visit: &Visit, id: &Id) -> Result<Objective, Problem> {
    let present = plans::objective(&visit.ctx, id.read(ObjectiveId::parse)?).await?;
    visit.guard(&wire::objective(&present))?;
    Ok(present)
}

/// A risk as it is written, in the language of whoever writes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskSent {
    /// What may happen.
    #[schema(schema_with = p::words_required)]
    text: String,
    /// How probable.
    #[schema(minimum = 1, maximum = 5)]
    probability: Option<i64>,
    /// What it would cost, minor units of `currency`.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    impact_minor: Option<i64>,
    /// The currency of the impact; the report currency unless given.
    #[schema(schema_with = p::currency)]
    currency: Option<String>,
    /// The early sign.
    #[schema(schema_with = p::words)]
    sign: Option<String>,
    /// What is done before.
    #[schema(schema_with = p::words)]
    prevention: Option<String>,
    /// What is done if it happens.
    #[schema(schema_with = p::words)]
    reaction: Option<String>,
    /// Who answers for it.
    #[schema(schema_with = p::person_id)]
    owner: Option<String>,
}

impl RiskSent {
    fn of(one: &Risk, visit: &Visit) -> Self {
        let lang = visit.lang();
        let owner = one.owner.as_ref().and_then(|owner| owner.person);
        Self {
            text: one.text.in_lang(lang).to_owned(),
            probability: one.probability,
            impact_minor: one.impact.map(|money| money.minor),
            currency: one.impact.map(|money| money.currency.to_string()),
            sign: Some(one.sign.in_lang(lang).to_owned()),
            prevention: Some(one.prevention.in_lang(lang).to_owned()),
            reaction: Some(one.reaction.in_lang(lang).to_owned()),
            owner: owner.map(|id| id.to_string()),
        }
    }

    async fn edit(self, visit: &Visit) -> Result<RiskEdit, AppError> {
        let invalid = |field| AppError::Field { code: Code::FieldInvalid, field };
        let currency = word("currency", self.currency.as_deref(), Currency::parse)?;
        let impact = match self.impact_minor {
            Some(minor) if minor < 0 => return Err(invalid("impact")),
            Some(minor) => {
                let currency = match currency {
                    Some(currency) => currency,
                    None => visit.asked().await?.currency,
                };
                Some(Money { minor, currency })
            }
            None => None,
        };
        Ok(RiskEdit {
            text: self.text,
            probability: self.probability,
            impact,
            sign: self.sign.unwrap_or_default(),
            prevention: self.prevention.unwrap_or_default(),
            reaction: self.reaction.unwrap_or_default(),
            owner: person(visit, "owner", self.owner.as_deref()).await?,
        })
    }
}

/// `POST /api/v1/plans/{id}/risks`.
#[utoipa::path(
    post,
    path = "/api/v1/plans/{id}/risks",
    operation_id = "risks-create",
    tag = "plans",
    request_body = RiskSent,
    responses((status = 201, body = wire::Risk))
)]
pub(crate) async fn add_risk(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(new): Sent<RiskSent>,
) -> Answer {
    let plan = plans::show(&visit.ctx, id.read(PlanId::parse)?).await?.plan.id;
    let made = plans::add_risk(&visit.ctx, plan, new.edit(&visit).await?).await?;
    let risk = plans::risk(&visit.ctx, made).await?;
    created(&visit, &wire::risk(&risk), &format!("/api/v1/risks/{made}"))
}

/// `GET /api/v1/risks/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/risks/{id}",
    operation_id = "risks-show",
    tag = "plans",
    params(p::Fields<wire::Risk>),
    responses((status = 200, body = wire::Risk))
)]
pub(crate) async fn risk(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let risk = plans::risk(&visit.ctx, id.read(RiskId::parse)?).await?;
    one(&visit, &wire::risk(&risk))
}

/// `PATCH /api/v1/risks/{id}`.
#[utoipa::path(
    patch,
    path = "/api/v1/risks/{id}",
    operation_id = "risks-update",
    tag = "plans",
    request_body(content = RiskSent, content_type = "application/merge-patch+json"),
    responses((status = 200, body = wire::Risk))
)]
pub(crate) async fn put_risk(ApiVisit(visit): ApiVisit, id: Id, patch: Patch) -> Answer {
    let present = known_risk(&visit, &id).await?;
    let edit = patch.over(&RiskSent::of(&present, &visit))?.edit(&visit).await?;
    plans::put_risk(&visit.ctx, present.id, present.version, edit).await?;
    one(&visit, &wire::risk(&plans::risk(&visit.ctx, present.id).await?))
}

/// `DELETE /api/v1/risks/{id}`.
#[utoipa::path(
    delete,
    path = "/api/v1/risks/{id}",
    operation_id = "risks-delete",
    tag = "plans",
    responses((status = 204))
)]
pub(crate) async fn remove_risk(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let present = known_risk(&visit, &id).await?;
    plans::remove_risk(&visit.ctx, present.id, present.version).await?;
    Ok(nothing())
}

async fn known_risk(visit: &Visit, id: &Id) -> Result<Risk, Problem> {
    let present = plans::risk(&visit.ctx, id.read(RiskId::parse)?).await?;
    visit.guard(&wire::risk(&present))?;
    Ok(present)
}
