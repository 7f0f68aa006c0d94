//! Actions: added from anywhere, ticked, changed.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::AppError;
use orchestre_app::actions::{self, ActionEdit, NewAction};
use orchestre_domain::id::{AccountId, ActionId, ObjectiveId, PersonId, PlanId};
use orchestre_domain::plan::ActionState;

use super::Answer;
use crate::door::Visit;
use crate::form::Fields;
use crate::frame::account_path;

/// `POST /actions`: from the week, or from a plan, to which one then returns.
pub(crate) async fn create(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let plan = visit.parameter("plan").and_then(PlanId::parse);
    let account = match visit.parameter("account") {
        Some(id) => AccountId::parse(id).ok_or(AppError::NOT_FOUND)?,
        None => fields.word("account", AccountId::parse)?,
    };
    let new = NewAction {
        account,
        plan,
        objective: fields.some("objective").and_then(|id| ObjectiveId::parse(&id)),
        text: fields.required("text")?.to_owned(),
        due_on: fields.some_day("due_on")?,
        owner: fields.some("owner").and_then(|id| PersonId::parse(&id)),
    };
    actions::add(&visit.ctx, new).await?;
    let back =
        if plan.is_some() { format!("{}/plan", account_path(account)) } else { "/".to_owned() };
    Ok(Redirect::to(&back).into_response())
}

/// `POST /actions/{id}`: from the plan.
pub(crate) async fn update(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = ActionId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let action = actions::show(&visit.ctx, id).await?;
    let edit = ActionEdit {
        text: fields.required("text")?.to_owned(),
        objective: fields.some("objective").and_then(|id| ObjectiveId::parse(&id)),
        due_on: fields.some_day("due_on")?,
        owner: fields.some("owner").and_then(|id| PersonId::parse(&id)),
        state: fields.word("state", ActionState::parse)?,
        note: fields.get("note").to_owned(),
    };
    actions::put(&visit.ctx, id, fields.version()?, edit).await?;
    Ok(Redirect::to(&format!("{}/plan", account_path(action.account))).into_response())
}

/// `POST /actions/{id}/completion`: ticked in the week.
pub(crate) async fn complete(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = ActionId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    actions::complete(&visit.ctx, id, fields.version()?).await?;
    Ok(Redirect::to("/").into_response())
}
