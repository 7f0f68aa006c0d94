//! Actions: one's own or an account's; added, changed, ticked.

use orchestre_app::actions::{self, Action, ActionEdit, NewAction};
use orchestre_app::wire::{self, words};
use orchestre_domain::id::{AccountId, ActionId, ObjectiveId, PlanId};
use orchestre_domain::plan::ActionState;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Page, created, list as page, one};
use super::body::{Patch, Sent};
use super::document::parameters as p;
use super::given::{day, id, person, word};
use super::{Answer, Id};
use crate::door::{ApiVisit, Visit};

/// `GET /api/v1/actions`.
#[utoipa::path(
    get,
    path = "/api/v1/actions",
    operation_id = "actions-list",
    tag = "actions",
    params(p::OfAccount, p::Paging, p::Fields<wire::Action>),
    responses((status = 200, body = Page<wire::Action>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = match visit.parameter("account").and_then(AccountId::parse) {
        Some(account) => actions::of_account(&visit.ctx, account).await?,
        None => actions::mine(&visit.ctx).await?,
    };
    page(&visit, found.iter().map(wire::action).collect(), |one| one.id.clone())
}

/// `GET /api/v1/actions/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/actions/{id}",
    operation_id = "actions-show",
    tag = "actions",
    params(p::Fields<wire::Action>),
    responses((status = 200, body = wire::Action))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let action = actions::show(&visit.ctx, id.read(ActionId::parse)?).await?;
    one(&visit, &wire::action(&action))
}

/// An action to be added, in the language of whoever writes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewActionSent {
    /// For which account.
    #[schema(schema_with = p::account_id)]
    account: String,
    /// In which plan; the one that counts unless given.
    #[schema(schema_with = p::plan_id)]
    plan: Option<String>,
    /// The objective that it serves.
    #[schema(schema_with = p::objective_id)]
    objective: Option<String>,
    /// What is to be done.
    #[schema(schema_with = p::words_required)]
    text: String,
    /// By when.
    #[schema(format = Date)]
    due_on: Option<String>,
    /// Who does it; whoever adds it unless given.
    #[schema(schema_with = p::person_id)]
    owner: Option<String>,
}

/// `POST /api/v1/actions`.
#[utoipa::path(
    post,
    path = "/api/v1/actions",
    operation_id = "actions-create",
    tag = "actions",
    request_body = NewActionSent,
    responses((status = 201, body = wire::Action))
)]
pub(crate) async fn create(ApiVisit(visit): ApiVisit, Sent(new): Sent<NewActionSent>) -> Answer {
    let new = NewAction {
        account: word("account", Some(&new.account), AccountId::parse)?
            .ok_or(orchestre_app::AppError::NOT_FOUND)?,
        plan: id("plan", new.plan.as_deref(), PlanId::parse)?,
        objective: id("objective", new.objective.as_deref(), ObjectiveId::parse)?,
        text: new.text,
        due_on: day("due_on", new.due_on.as_deref())?,
        owner: person(&visit, "owner", new.owner.as_deref()).await?,
    };
    let made = actions::add(&visit.ctx, new).await?;
    let action = actions::show(&visit.ctx, made).await?;
    created(&visit, &wire::action(&action), &format!("/api/v1/actions/{made}"))
}

/// An action as it is changed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActionSent {
    /// What is to be done.
    #[schema(schema_with = p::words_required)]
    text: String,
    /// The objective that it serves.
    #[schema(schema_with = p::objective_id)]
    objective: Option<String>,
    /// By when.
    #[schema(format = Date)]
    due_on: Option<String>,
    /// Who does it.
    #[schema(schema_with = p::person_id)]
    owner: Option<String>,
    /// How it stands.
    #[schema(schema_with = words::action_state)]
    state: String,
    /// A note.
    #[schema(schema_with = p::words)]
    note: Option<String>,
}

/// `PATCH /api/v1/actions/{id}`.
#[utoipa::path(
    patch,
    path = "/api/v1/actions/{id}",
    operation_id = "actions-update",
    tag = "actions",
    request_body(content = ActionSent, content_type = "application/merge-patch+json"),
    responses((status = 200, body = wire::Action))
)]
pub(crate) async fn update(ApiVisit(visit): ApiVisit, id: Id, patch: Patch) -> Answer {
    let present = guarded(&visit, &id).await?;
    let lang = visit.lang();
    let owner = present.owner.as_ref().and_then(|owner| owner.person);
    let before = ActionSent {
        text: present.text.in_lang(lang).to_owned(),
        objective: present.objective.map(|id| id.to_string()),
        due_on: present.due_on.map(|day| day.to_string()),
        owner: owner.map(|id| id.to_string()),
        state: present.state.to_string(),
        note: Some(present.note.in_lang(lang).to_owned()),
    };
    let after = patch.over(&before)?;
    let is_same_owner = after.owner == before.owner;
    let edit = ActionEdit {
        text: after.text,
        objective: super::given::id("objective", after.objective.as_deref(), ObjectiveId::parse)?,
        due_on: day("due_on", after.due_on.as_deref())?,
        owner: if is_same_owner {
            owner
        } else {
            person(&visit, "owner", after.owner.as_deref()).await?
        },
        state: word("state", Some(&after.state), ActionState::parse)?.unwrap_or(present.state),
        note: after.note.unwrap_or_default(),
    };
    actions::put(&visit.ctx, present.id, present.version, edit).await?;
    again(&visit, present.id).await
}

/// `PUT /api/v1/actions/{id}/completion`: ticked, today.
#[utoipa::path(
    put,
    path = "/api/v1/actions/{id}/completion",
    operation_id = "actions-complete",
    tag = "actions",
    responses((status = 200, body = wire::Action))
)]
pub(crate) async fn complete(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let present = guarded(&visit, &id).await?;
    actions::complete(&visit.ctx, present.id, present.version).await?;
    again(&visit, present.id).await
}

async fn guarded(visit: &Visit, id: &Id) -> Result<Action, crate::problem::Problem> {
    let present = actions::show(&visit.ctx, id.read(ActionId::parse)?).await?;
    visit.guard(&wire::action(&present))?;
    Ok(present)
}

async fn again(visit: &Visit, id: ActionId) -> Answer {
    one(visit, &wire::action(&actions::show(&visit.ctx, id).await?))
}
