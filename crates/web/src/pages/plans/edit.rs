//! Changes of a plan.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::plans::{self, ObjectiveEdit, RiskEdit, Texts};
use orchestre_app::{AppError, Code};
use orchestre_domain::float;
use orchestre_domain::id::{AccountId, ObjectiveId, PersonId, PlanId, RiskId};
use orchestre_domain::money::{Currency, Money};
use orchestre_domain::plan::{Horizon, ObjectiveState, ObjectiveType, PlanState};

use crate::door::Visit;
use crate::form::Fields;
use crate::frame::account_path;
use crate::pages::Answer;

/// `POST /accounts/{id}/plan`: begins a plan.
pub(crate) async fn create(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let account = AccountId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    plans::create(&visit.ctx, account).await?;
    Ok(Redirect::to(&format!("{}/plan", account_path(account))).into_response())
}

/// `POST /plans/{id}`: situation, goals, decision.
pub(crate) async fn texts(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let plan = plan_id(&id)?;
    let texts = Texts {
        situation: fields.get("situation").replace("\r\n", "\n"),
        goals: fields
            .get("goals")
            .lines()
            .map(str::trim)
            .filter(|goal| !goal.is_empty())
            .map(str::to_owned)
            .collect(),
        decision: fields.get("decision").to_owned(),
    };
    plans::put_texts(&visit.ctx, plan, fields.version()?, texts).await?;
    back(&visit, plan).await
}

/// `POST /plans/{id}/state`: a step.
pub(crate) async fn step(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let plan = plan_id(&id)?;
    plans::step(&visit.ctx, plan, fields.version()?, fields.word("state", PlanState::parse)?)
        .await?;
    back(&visit, plan).await
}

/// `POST /plans/{id}/objectives`: a new one, or with `?id=` one that is there.
pub(crate) async fn objective(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let plan = plan_id(&id)?;
    let edit = ObjectiveEdit {
        text: fields.required("text")?.to_owned(),
        metric: fields.get("metric").to_owned(),
        unit: fields.some("unit"),
        baseline: fields.decimal("baseline")?,
        target: fields.decimal("target")?,
        current: fields.decimal("current")?,
        due_on: fields.some_day("due_on")?,
        horizon: Horizon::parse(fields.get("horizon")),
        kind: ObjectiveType::parse(fields.get("type")),
        owner: person(&fields, "owner"),
        customer_owner: person(&fields, "customer_owner"),
        state: fields.word("state", ObjectiveState::parse)?,
    };
    match visit.parameter("id").map(ObjectiveId::parse) {
        None => plans::add_objective(&visit.ctx, plan, edit).await.map(|_| ())?,
        Some(None) => return Err(AppError::NOT_FOUND.into()),
        Some(Some(id)) => plans::put_objective(&visit.ctx, id, fields.version()?, edit).await?,
    }
    back(&visit, plan).await
}

/// `POST /plans/{id}/risks`: a new one, or with `?id=` one that is there.
pub(crate) async fn risk(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let plan = plan_id(&id)?;
    let edit = RiskEdit {
        text: fields.required("text")?.to_owned(),
        probability: fields.whole("probability")?,
        impact: impact(&fields)?,
        sign: fields.get("sign").to_owned(),
        prevention: fields.get("prevention").to_owned(),
        reaction: fields.get("reaction").to_owned(),
        owner: person(&fields, "owner"),
    };
    match visit.parameter("id").map(RiskId::parse) {
        None => plans::add_risk(&visit.ctx, plan, edit).await.map(|_| ())?,
        Some(None) => return Err(AppError::NOT_FOUND.into()),
        Some(Some(id)) => plans::put_risk(&visit.ctx, id, fields.version()?, edit).await?,
    }
    back(&visit, plan).await
}

fn impact(fields: &Fields) -> Result<Option<Money>, AppError> {
    let Some(major) = fields.decimal("impact")? else { return Ok(None) };
    let bad = AppError::Field { code: Code::FieldInvalid, field: "currency" };
    let currency = Currency::parse(fields.get("currency")).ok_or(bad)?;
    let scale = float::from_minor(10_i64.pow(currency.exponent()));
    Ok(Some(Money { minor: float::round(major * scale), currency }))
}

fn person(fields: &Fields, name: &str) -> Option<PersonId> {
    fields.some(name).and_then(|id| PersonId::parse(&id))
}

fn plan_id(id: &str) -> Result<PlanId, AppError> {
    PlanId::parse(id).ok_or(AppError::NOT_FOUND)
}

async fn back(visit: &Visit, plan: PlanId) -> Answer {
    let account = plans::show(&visit.ctx, plan).await?.plan.account;
    Ok(Redirect::to(&format!("{}/plan", account_path(account))).into_response())
}
