//! Who holds which role where: rights, assignments, units, walls.

use orchestre_app::assignments::{self, Assigned};
use orchestre_app::rights::{self, NewRole, OPEN};
use orchestre_app::wire::{self, words};
use orchestre_app::{units, walls};
use orchestre_domain::id::{AccountId, LoginId, PersonId, UnitId, WallId};
use orchestre_domain::permission::Role;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer::{Created, Page, created, list as page, nothing, one};
use super::body::Sent;
use super::document::parameters as p;
use super::given::{day, needed};
use super::{Answer, Id};
use crate::door::ApiVisit;
use crate::pages::rights::{held, scope};

/// `GET /api/v1/rights`: every login with its roles.
#[utoipa::path(
    get,
    path = "/api/v1/rights",
    operation_id = "rights-list",
    tag = "rights",
    params(p::Paging, p::Fields<wire::RightsHolder>),
    responses((status = 200, body = Page<wire::RightsHolder>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = rights::list(&visit.ctx).await?;
    page(&visit, found.iter().map(wire::holder).collect(), |one| one.id.clone())
}

/// `GET /api/v1/rights/{id}`: what a login holds.
#[utoipa::path(
    get,
    path = "/api/v1/rights/{id}",
    operation_id = "rights-show",
    tag = "rights",
    params(p::Fields<wire::RightsShown>),
    responses((status = 200, body = wire::RightsShown))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let found = rights::show(&visit.ctx, id.read(LoginId::parse)?).await?;
    one(&visit, &wire::rights(&found))
}

/// A role to be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRoleSent {
    /// The role.
    #[schema(schema_with = words::role)]
    role: String,
    /// The account or the unit that it reaches; all that the role reaches unless given.
    #[schema(schema_with = p::account_or_unit_id)]
    scope: Option<String>,
    /// The country whose accounts it reaches.
    #[schema(schema_with = p::country)]
    country: Option<String>,
    /// The first day; today unless given.
    #[schema(format = Date)]
    from: Option<String>,
    /// The day after the last; without end unless given.
    #[schema(format = Date)]
    to: Option<String>,
}

/// `POST /api/v1/rights/{id}/roles`.
#[utoipa::path(
    post,
    path = "/api/v1/rights/{id}/roles",
    operation_id = "rights-give",
    tag = "rights",
    request_body = NewRoleSent,
    responses((status = 204))
)]
pub(crate) async fn give(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(sent): Sent<NewRoleSent>,
) -> Answer {
    let login = id.read(LoginId::parse)?;
    rights::show(&visit.ctx, login).await?;
    let new = NewRole {
        login,
        role: needed("role", &sent.role, Role::parse)?,
        scope: scope(
            sent.scope.as_deref().unwrap_or_default(),
            sent.country.as_deref().unwrap_or_default(),
        )?,
        from: day("from", sent.from.as_deref())?.unwrap_or_else(|| visit.ctx.today()),
        to: day("to", sent.to.as_deref())?.unwrap_or(OPEN),
    };
    rights::give(&visit.ctx, new).await?;
    Ok(nothing())
}

/// A role to be ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleEnd {
    /// What `held` of the role says.
    #[schema(pattern = "^([A-Z]{2,5}|grt_[0-9a-hjkmnp-tv-z]{13})$", examples("HR"))]
    held: String,
    /// The first day without it; today unless given.
    #[schema(format = Date)]
    to: Option<String>,
}

/// `POST /api/v1/rights/{id}/roles/end`.
#[utoipa::path(
    post,
    path = "/api/v1/rights/{id}/roles/end",
    operation_id = "rights-end",
    tag = "rights",
    request_body = RoleEnd,
    responses((status = 204))
)]
pub(crate) async fn end(ApiVisit(visit): ApiVisit, id: Id, Sent(sent): Sent<RoleEnd>) -> Answer {
    let login = id.read(LoginId::parse)?;
    rights::show(&visit.ctx, login).await?;
    let to = day("to", sent.to.as_deref())?.unwrap_or_else(|| visit.ctx.today());
    rights::end(&visit.ctx, login, held(&sent.held)?, to).await?;
    Ok(nothing())
}

/// What somebody is, or is no more, at an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignmentSent {
    /// The person.
    #[schema(schema_with = p::id_of::<PersonId>)]
    person: String,
    /// The role.
    #[schema(schema_with = words::role)]
    role: String,
    /// The first day; today unless given.
    #[schema(format = Date)]
    from: Option<String>,
    /// The day after the last; without end unless given.
    #[schema(format = Date)]
    to: Option<String>,
    /// Whether it ends today.
    end: Option<bool>,
}

/// `POST /api/v1/accounts/{id}/assignments`.
#[utoipa::path(
    post,
    path = "/api/v1/accounts/{id}/assignments",
    operation_id = "assignments-create",
    tag = "rights",
    request_body = AssignmentSent,
    responses((status = 204))
)]
pub(crate) async fn assign(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(sent): Sent<AssignmentSent>,
) -> Answer {
    let account = id.read(AccountId::parse)?;
    assignments::may_set(&visit.ctx, account).await?;
    let person = needed("person", &sent.person, PersonId::parse)?;
    let role = needed("role", &sent.role, Role::parse)?;
    let assigned = Assigned { person, account, role, fte_ppm: None };
    if sent.end == Some(true) {
        assignments::end(&visit.ctx, assigned).await?;
    } else {
        let from = day("from", sent.from.as_deref())?.unwrap_or_else(|| visit.ctx.today());
        let to = day("to", sent.to.as_deref())?.unwrap_or(OPEN);
        assignments::set_between(&visit.ctx, assigned, (from, to)).await?;
    }
    Ok(nothing())
}

/// `GET /api/v1/units`: units of ours and the accounts for which they answer.
#[utoipa::path(
    get,
    path = "/api/v1/units",
    operation_id = "units-list",
    tag = "rights",
    params(p::Paging, p::Fields<wire::Unit>),
    responses((status = 200, body = Page<wire::Unit>))
)]
pub(crate) async fn units(ApiVisit(visit): ApiVisit) -> Answer {
    let found = units::list(&visit.ctx).await?;
    page(&visit, found.iter().map(wire::unit).collect(), |one| one.id.clone())
}

/// A unit to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUnit {
    /// Its name.
    #[schema(schema_with = p::words_required)]
    name: String,
}

/// `POST /api/v1/units`.
#[utoipa::path(
    post,
    path = "/api/v1/units",
    operation_id = "units-create",
    tag = "rights",
    request_body = NewUnit,
    responses((status = 201, body = Created))
)]
pub(crate) async fn unit(ApiVisit(visit): ApiVisit, Sent(sent): Sent<NewUnit>) -> Answer {
    let id = units::create(&visit.ctx, &sent.name).await?.to_string();
    created(&visit, &Created { id }, "/api/v1/units")
}

/// An account of a unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitAccount {
    /// The account.
    #[schema(schema_with = p::account_id)]
    account: String,
    /// Whether it is taken away.
    remove: Option<bool>,
}

/// `POST /api/v1/units/{id}/accounts`.
#[utoipa::path(
    post,
    path = "/api/v1/units/{id}/accounts",
    operation_id = "units-account",
    tag = "rights",
    request_body = UnitAccount,
    responses((status = 204))
)]
pub(crate) async fn unit_account(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(sent): Sent<UnitAccount>,
) -> Answer {
    units::may_change(&visit.ctx)?;
    let unit = id.read(UnitId::parse)?;
    let account = needed("account", &sent.account, AccountId::parse)?;
    if sent.remove == Some(true) {
        units::remove(&visit.ctx, unit, account).await?;
    } else {
        units::add(&visit.ctx, unit, account).await?;
    }
    Ok(nothing())
}

/// `GET /api/v1/walls`: the walls, who serves each side, who serves both.
#[utoipa::path(
    get,
    path = "/api/v1/walls",
    operation_id = "walls-list",
    tag = "rights",
    params(p::Paging, p::Fields<wire::Wall>),
    responses((status = 200, body = Page<wire::Wall>))
)]
pub(crate) async fn walls(ApiVisit(visit): ApiVisit) -> Answer {
    let found = walls::list(&visit.ctx).await?;
    page(&visit, found.iter().map(wire::wall).collect(), |one| one.id.clone())
}

/// A wall to be put up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWall {
    /// The account on one side.
    #[schema(schema_with = p::account_id)]
    one: String,
    /// The account on the other.
    #[schema(schema_with = p::account_id)]
    other: String,
    /// The first day; today unless given.
    #[schema(format = Date)]
    from: Option<String>,
    /// The day after the last; without end unless given.
    #[schema(format = Date)]
    to: Option<String>,
}

/// `POST /api/v1/walls`.
#[utoipa::path(
    post,
    path = "/api/v1/walls",
    operation_id = "walls-create",
    tag = "rights",
    request_body = NewWall,
    responses((status = 201, body = Created))
)]
pub(crate) async fn put_up(ApiVisit(visit): ApiVisit, Sent(sent): Sent<NewWall>) -> Answer {
    walls::may_change(&visit.ctx)?;
    let pair = (
        needed("one", &sent.one, AccountId::parse)?,
        needed("other", &sent.other, AccountId::parse)?,
    );
    let from = day("from", sent.from.as_deref())?.unwrap_or_else(|| visit.ctx.today());
    let to = day("to", sent.to.as_deref())?.unwrap_or(OPEN);
    let id = walls::put_up(&visit.ctx, pair, (from, to)).await?.to_string();
    created(&visit, &Created { id }, "/api/v1/walls")
}

/// When a wall ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WallEnd {
    /// The first day without it; today unless given.
    #[schema(format = Date)]
    to: Option<String>,
}

/// `POST /api/v1/walls/{id}/end`.
#[utoipa::path(
    post,
    path = "/api/v1/walls/{id}/end",
    operation_id = "walls-end",
    tag = "rights",
    request_body = WallEnd,
    responses((status = 204))
)]
pub(crate) async fn take_down(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(sent): Sent<WallEnd>,
) -> Answer {
    walls::may_change(&visit.ctx)?;
    let to = day("to", sent.to.as_deref())?.unwrap_or_else(|| visit.ctx.today());
    walls::end(&visit.ctx, id.read(WallId::parse)?, to).await?;
    Ok(nothing())
}
