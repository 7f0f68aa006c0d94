//! Sign-ins and their rules.

use axum::extract::Path;
use orchestre_app::roster::{self, By, Invited};
use orchestre_app::wire::{self, words};
use orchestre_app::{AppError, Code, sign_in_rules};
use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Role, Scope, may};
use orchestre_domain::sign_in::SignInRules;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer::{Page, created, list as page, one};
use super::body::{Patch, Sent};
use super::document::parameters as p;
use super::given::{needed, word};
use super::{Answer, Id};
use crate::door::ApiVisit;

/// `GET /api/v1/logins`: every sign-in, by name.
#[utoipa::path(
    get,
    path = "/api/v1/logins",
    operation_id = "logins-list",
    tag = "logins",
    params(p::Paging, p::Fields<wire::Login>),
    responses((status = 200, body = Page<wire::Login>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let roster = roster::list(&visit.ctx).await?;
    page(&visit, roster.lines.iter().map(wire::login).collect(), |one| one.id.clone())
}

/// `GET /api/v1/logins/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/logins/{id}",
    operation_id = "logins-show",
    tag = "logins",
    params(p::Fields<wire::Login>),
    responses((status = 200, body = wire::Login))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    one(&visit, &wire::login(&roster::show(&visit.ctx, id.read(LoginId::parse)?).await?))
}

/// Somebody to be invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invitation {
    /// The address.
    #[schema(
        max_length = 254,
        pattern = "^[^@\\s\\u0000]+@[^@\\s\\u0000]+$",
        examples("new@ardenval.example")
    )]
    email: String,
    /// The name.
    #[schema(schema_with = p::words_required)]
    name: String,
    /// The roles, at least one.
    #[schema(schema_with = words::roles)]
    roles: Vec<String>,
    /// The language of the mail and the pages; yours unless given.
    #[schema(schema_with = p::lang)]
    lang: Option<String>,
}

/// `POST /api/v1/logins`: `link` is there where no mail is set up.
#[utoipa::path(
    post,
    path = "/api/v1/logins",
    operation_id = "logins-create",
    tag = "logins",
    request_body = Invitation,
    responses((status = 201, body = wire::LoginChanged))
)]
pub(crate) async fn invite(ApiVisit(visit): ApiVisit, Sent(sent): Sent<Invitation>) -> Answer {
    if !may(&visit.ctx.viewer, Capability::Create, Object::Login, Scope::Company) {
        return Err(AppError::FORBIDDEN.into());
    }
    let roles = sent.roles.iter().map(|role| needed("roles", role, Role::parse));
    let invited = Invited {
        email: sent.email,
        name: sent.name,
        roles: roles.collect::<Result<_, AppError>>()?,
        lang: word("lang", sent.lang.as_deref(), Lang::parse)?.unwrap_or(visit.lang()),
    };
    let (id, made) = roster::invite(&visit.ctx, invited, By::Mail).await?;
    let line = roster::show(&visit.ctx, id).await?;
    let changed = wire::login_changed(&line, Some(made));
    created(&visit, &changed, &format!("/api/v1/logins/{id}"))
}

/// `POST /api/v1/logins/{id}/{change}`.
#[utoipa::path(
    post,
    path = "/api/v1/logins/{id}/{change}",
    operation_id = "logins-change",
    tag = "logins",
    params(p::LoginChange),
    responses((status = 200, body = wire::LoginChanged))
)]
pub(crate) async fn change(
    ApiVisit(visit): ApiVisit,
    Path((id, change)): Path<(String, String)>,
) -> Answer {
    let id = LoginId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let made = roster::change(&visit.ctx, id, &change).await?;
    let line = roster::show(&visit.ctx, id).await?;
    one(&visit, &wire::login_changed(&line, made))
}

/// `GET /api/v1/settings/sign-in`.
#[utoipa::path(
    get,
    path = "/api/v1/settings/sign-in",
    operation_id = "sign-in-show",
    tag = "logins",
    params(p::Fields<wire::SignIn>),
    responses((status = 200, body = wire::SignIn))
)]
pub(crate) async fn rules(ApiVisit(visit): ApiVisit) -> Answer {
    readable(&visit.ctx)?;
    let (rules, _, _) = sign_in_rules::get(&visit.ctx).await?;
    one(&visit, &wire::sign_in(&rules))
}

/// `PATCH /api/v1/settings/sign-in`.
#[utoipa::path(
    patch,
    path = "/api/v1/settings/sign-in",
    operation_id = "sign-in-update",
    tag = "logins",
    request_body(content = wire::SignIn, content_type = "application/merge-patch+json"),
    responses((status = 200, body = wire::SignIn))
)]
pub(crate) async fn put_rules(ApiVisit(visit): ApiVisit, patch: Patch) -> Answer {
    readable(&visit.ctx)?;
    let (rules, version, can_update) = sign_in_rules::get(&visit.ctx).await?;
    if !can_update {
        return Err(AppError::FORBIDDEN.into());
    }
    let present = wire::sign_in(&rules);
    visit.guard(&present)?;
    let after = patch.over(&present)?;
    let field = "second_step_roles";
    let asked = after.second_step_roles.iter().map(|role| {
        let role = needed(field, role, Role::parse)?;
        let wrong = AppError::Field { code: Code::FieldInvalid, field };
        if role == Role::Shell { Err(wrong) } else { Ok(role) }
    });
    let wanted = SignInRules {
        strength: after.strength,
        idle_minutes: after.idle_minutes,
        longest_hours: after.longest_hours,
        fresh_minutes: after.fresh_minutes,
        invitation_days: after.invitation_days,
        reset_minutes: after.reset_minutes,
        second_step_roles: asked.collect::<Result<_, AppError>>()?,
    };
    sign_in_rules::put(&visit.ctx, wanted, version).await?;
    let (rules, _, _) = sign_in_rules::get(&visit.ctx).await?;
    one(&visit, &wire::sign_in(&rules))
}

/// Refuses whoever reads no sign-ins, as the page does.
fn readable(ctx: &orchestre_app::Ctx) -> Result<(), AppError> {
    let reads = may(&ctx.viewer, Capability::Read, Object::Login, Scope::Company);
    if reads { Ok(()) } else { Err(AppError::FORBIDDEN) }
}
