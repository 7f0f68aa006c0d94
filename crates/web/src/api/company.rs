//! Settings and criteria.

use orchestre_app::wire::{self, words};
use orchestre_app::{AppError, Code, criteria, logins, settings};
use orchestre_domain::criterion::{CriteriaSet, Criterion};
use orchestre_domain::float;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::rate::RateRule;
use orchestre_view::page::Theme;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::one;
use super::body::{Patch, Sent};
use super::document::parameters as p;
use super::given::word;
use super::{Answer, Id};
use crate::door::{ApiVisit, Visit};

/// Settings of the company as they are changed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingsSent {
    /// The name of the company.
    #[schema(schema_with = p::name)]
    company: String,
    /// The currency of reports.
    #[schema(pattern = "^(EUR|USD|GBP|PLN|JPY|CHF)$", examples("EUR"))]
    currency: String,
    /// The rule of conversion.
    #[schema(schema_with = words::rate_rule)]
    rate_rule: String,
    /// The first month of the fiscal year.
    #[schema(minimum = 1, maximum = 12)]
    fiscal_start: i64,
    /// The largest upload in bytes.
    #[schema(minimum = 1_048_576, maximum = 8_589_934_592_i64)]
    upload_limit: i64,
    /// Weights move by this much, in parts per million, when fragility is tested.
    #[schema(minimum = 10_000, maximum = 900_000)]
    fragility_ppm: i64,
    /// Days without change after which a plan is stale.
    #[schema(minimum = 1, maximum = 3_660)]
    plan_stale_days: i64,
}

/// `GET /api/v1/settings`.
#[utoipa::path(
    get,
    path = "/api/v1/settings",
    operation_id = "settings-show",
    tag = "settings",
    params(p::Fields<wire::Settings>),
    responses((status = 200, body = wire::Settings))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit) -> Answer {
    one(&visit, &wire::settings(&settings::get(&visit.ctx).await?))
}

/// `PATCH /api/v1/settings`.
#[utoipa::path(
    patch,
    path = "/api/v1/settings",
    operation_id = "settings-update",
    tag = "settings",
    request_body(content = SettingsSent, content_type = "application/merge-patch+json"),
    responses((status = 200, body = wire::Settings))
)]
pub(crate) async fn update(ApiVisit(visit): ApiVisit, patch: Patch) -> Answer {
    let present = settings::get(&visit.ctx).await?;
    if !present.can_update {
        return Err(AppError::FORBIDDEN.into());
    }
    visit.guard(&wire::settings(&present))?;
    let before = &present.settings;
    let after = patch.over(&SettingsSent {
        company: before.company.clone(),
        currency: before.currency.to_string(),
        rate_rule: before.rate_rule.to_string(),
        fiscal_start: before.fiscal_start,
        upload_limit: before.upload_limit,
        fragility_ppm: before.fragility_ppm,
        plan_stale_days: before.plan_stale_days,
    })?;
    let mut wanted = before.clone();
    wanted.company = after.company;
    wanted.currency =
        word("currency", Some(&after.currency), Currency::parse)?.unwrap_or(before.currency);
    wanted.rate_rule =
        word("rate_rule", Some(&after.rate_rule), RateRule::parse)?.unwrap_or(before.rate_rule);
    wanted.fiscal_start = after.fiscal_start;
    wanted.upload_limit = after.upload_limit;
    wanted.fragility_ppm = after.fragility_ppm;
    wanted.plan_stale_days = after.plan_stale_days;
    settings::put(&visit.ctx, wanted, present.version).await?;
    one(&visit, &wire::settings(&settings::get(&visit.ctx).await?))
}

/// What the one who is signed in likes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Own {
    /// The language of pages.
    #[schema(schema_with = words::lang)]
    lang: String,
    /// The currency of reports; the company's when null.
    #[schema(schema_with = p::currency)]
    currency: Option<String>,
    /// `auto`, `light` or `dark`.
    #[schema(schema_with = p::theme)]
    theme: String,
}

async fn own(visit: &Visit) -> Result<Own, AppError> {
    let known = logins::preferences(&visit.ctx).await?;
    Ok(Own {
        lang: known.lang.as_str().to_owned(),
        currency: known.currency.map(|currency| currency.to_string()),
        theme: Theme::parse(&known.theme).as_str().to_owned(),
    })
}

/// `GET /api/v1/settings/own`.
#[utoipa::path(
    get,
    path = "/api/v1/settings/own",
    operation_id = "settings-own-show",
    tag = "settings",
    params(p::Fields<Own>),
    responses((status = 200, body = Own))
)]
pub(crate) async fn show_own(ApiVisit(visit): ApiVisit) -> Answer {
    one(&visit, &own(&visit).await?)
}

/// `PATCH /api/v1/settings/own`.
#[utoipa::path(
    patch,
    path = "/api/v1/settings/own",
    operation_id = "settings-own-update",
    tag = "settings",
    request_body(content = Own, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Own))
)]
pub(crate) async fn update_own(ApiVisit(visit): ApiVisit, patch: Patch) -> Answer {
    let present = own(&visit).await?;
    visit.guard(&present)?;
    let after = patch.over(&present)?;
    let invalid = |field| AppError::Field { code: Code::FieldInvalid, field };
    if Theme::parse(&after.theme).as_str() != after.theme {
        return Err(invalid("theme").into());
    }
    let wanted = logins::Preferences {
        lang: Lang::parse(&after.lang).ok_or_else(|| invalid("lang"))?,
        currency: word("currency", after.currency.as_deref(), Currency::parse)?,
        theme: after.theme,
    };
    logins::prefer(&visit.ctx, wanted).await?;
    one(&visit, &own(&visit).await?)
}

/// `GET /api/v1/criteria/{set}`.
#[utoipa::path(
    get,
    path = "/api/v1/criteria/{set}",
    operation_id = "criteria-show",
    tag = "criteria",
    params(p::Fields<wire::Criteria>),
    responses((status = 200, body = wire::Criteria))
)]
pub(crate) async fn criteria_show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    one(&visit, &wire::criteria(&criteria::list(&visit.ctx, id.read(CriteriaSet::parse)?).await?))
}

/// A criterion as it is changed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WeightSent {
    /// The key.
    #[schema(max_length = 40, examples("fit"))]
    key: String,
    /// The weight; all of them together are the whole.
    #[schema(minimum = 0, maximum = 1_000_000)]
    weight_ppm: i64,
    /// The four limits between the points; none for what is judged.
    #[schema(max_items = 4)]
    limits: Vec<f64>,
}

/// A set of criteria as it is changed: all criteria in their order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CriteriaSent {
    /// The criteria.
    #[schema(max_items = 40)]
    criteria: Vec<WeightSent>,
}

/// `PUT /api/v1/criteria/{set}`.
#[utoipa::path(
    put,
    path = "/api/v1/criteria/{set}",
    operation_id = "criteria-update",
    tag = "criteria",
    request_body = CriteriaSent,
    responses((status = 200, body = wire::Criteria))
)]
pub(crate) async fn criteria_update(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(new): Sent<CriteriaSent>,
) -> Answer {
    let set = id.read(CriteriaSet::parse)?;
    let present = criteria::list(&visit.ctx, set).await?;
    visit.guard(&wire::criteria(&present))?;
    let known = |key: &str| present.criteria.iter().find(|one| one.key == key);
    let wanted: Option<Vec<Criterion>> = new
        .criteria
        .into_iter()
        .map(|one| {
            let limits = one.limits.iter().map(|limit| float::round(limit * 1e4)).collect();
            Some(Criterion { weight_ppm: one.weight_ppm, limits, ..known(&one.key)?.clone() })
        })
        .collect();
    let wanted = wanted.ok_or(AppError::Field { code: Code::FieldInvalid, field: "key" })?;
    criteria::update(&visit.ctx, set, wanted, present.version).await?;
    one(&visit, &wire::criteria(&criteria::list(&visit.ctx, set).await?))
}
