//! Settings and criteria, as JSON.

use orchestre_domain::criterion::Axis;
use orchestre_domain::float;
use serde::Serialize;
use utoipa::ToSchema;

use crate::criteria::CriteriaShown;
use crate::settings::SettingsShown;

/// What the whole company computes with.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Settings {
    /// The name of the company.
    #[schema(examples("Ardenval"))]
    pub company: String,
    /// The currency of reports.
    #[schema(examples("EUR"))]
    pub currency: String,
    /// The rule of conversion.
    #[schema(examples("month"))]
    pub rate_rule: String,
    /// The first month of the fiscal year.
    pub fiscal_start: i64,
    /// The largest upload in bytes.
    pub upload_limit: i64,
    /// Weights move by this much, in parts per million, when fragility is tested.
    pub fragility_ppm: i64,
    /// Days without change after which a plan is stale.
    pub plan_stale_days: i64,
}

/// Gives the settings.
pub fn settings(shown: &SettingsShown) -> Settings {
    let settings = &shown.settings;
    Settings {
        company: settings.company.clone(),
        currency: settings.currency.to_string(),
        rate_rule: settings.rate_rule.to_string(),
        fiscal_start: settings.fiscal_start,
        upload_limit: settings.upload_limit,
        fragility_ppm: settings.fragility_ppm,
        plan_stale_days: settings.plan_stale_days,
    }
}

/// A criterion of a set.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Weight {
    /// The key.
    #[schema(examples("fit"))]
    pub key: String,
    /// The axis.
    pub axis: Option<String>,
    /// The weight, parts per million of the set.
    pub weight_ppm: i64,
    /// Whence the value comes.
    pub source: String,
    /// The four limits between the points; none for what is judged.
    pub limits: Vec<f64>,
}

/// A set of criteria.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Criteria {
    /// `selection`, `attractiveness` or `strength`.
    pub set: String,
    /// 0 for the shipped defaults.
    pub version: i64,
    /// The criteria in order.
    pub criteria: Vec<Weight>,
    /// What one ought to know, as stable words.
    pub warnings: Vec<String>,
}

/// Gives a set of criteria.
pub fn criteria(shown: &CriteriaShown) -> Criteria {
    let weights = shown.criteria.iter().map(|one| Weight {
        key: one.key.clone(),
        axis: one.axis.map(Axis::as_str).map(str::to_owned),
        weight_ppm: one.weight_ppm,
        source: one.source.as_str().to_owned(),
        limits: one.limits.iter().map(|limit| float::from_minor(*limit) / 1e4).collect(),
    });
    Criteria {
        set: shown.set.as_str().to_owned(),
        version: shown.version,
        criteria: weights.collect(),
        warnings: shown.warnings.iter().map(|warning| warning.as_str().to_owned()).collect(),
    }
}
