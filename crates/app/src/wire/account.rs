//! Accounts as JSON.

use std::collections::BTreeMap;

use orchestre_domain::account::{AccountStatus, Tier};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Figure, figure};
use crate::accounts::{AccountPage as Page, Shown};
use crate::portfolio::AccountRow;

/// An id with the name that people know.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NamedRef {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A line of the portfolio; margins, scores and opportunities are absent for those who do not read them.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Account {
    /// The id.
    #[schema(examples("acc_00gq4s6k00401"))]
    pub id: String,
    /// The name on the day.
    #[schema(examples("Lysarel"))]
    pub name: String,
    /// The ids under which other systems know it.
    pub external_ids: Vec<String>,
    /// The tier on the day.
    #[schema(examples("key"))]
    pub tier: Option<String>,
    /// The status on the day.
    #[schema(examples("key"))]
    pub status: Option<String>,
    /// The party above it in the legal view.
    pub parent: Option<NamedRef>,
    /// The country, two letters.
    #[schema(examples("FR"))]
    pub country: Option<String>,
    /// The currency of all money in the row.
    #[schema(examples("EUR"))]
    pub currency: String,
    /// Turnover of the last twelve closed months, minor units.
    #[schema(examples(1_520_000_000))]
    pub turnover_12m_minor: Option<i64>,
    /// Turnover of the twelve months before.
    pub previous_12m_minor: Option<i64>,
    /// This window / the one before − 1.
    #[schema(examples(0.042))]
    pub growth: Option<f64>,
    /// The rank by selection score among the accounts that the viewer sees.
    pub rank: Option<usize>,
    /// Who manages it.
    pub kam: Option<String>,
    /// Gross margin as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    pub margin: Option<Option<f64>>,
    /// The part of the turnover whose cost is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_coverage: Option<f64>,
    /// The selection score, 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    pub score: Option<Option<f64>>,
    /// Whether the score rests on enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sufficient: Option<bool>,
    /// The part of the criteria that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<f64>,
    /// The criteria that nobody judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<String>>,
    /// Whether other weights would change the rank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fragile: Option<bool>,
    /// Open opportunities on the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opportunities_open: Option<usize>,
    /// All that was won up to the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub opportunities_won_minor: Option<Option<i64>>,
}

/// Gives a row of the portfolio; what may not be read is not there.
pub fn account(row: &AccountRow) -> Account {
    let (margin, score) = (row.margin.shown(), row.score.shown());
    Account {
        id: row.id.to_string(),
        name: row.name.clone(),
        external_ids: row.external_ids.clone(),
        tier: row.tier.map(Tier::as_str).map(str::to_owned),
        status: row.status.map(AccountStatus::as_str).map(str::to_owned),
        parent: row
            .parent
            .as_ref()
            .map(|parent| NamedRef { id: parent.party.to_string(), name: parent.name.clone() }),
        country: row.country.clone(),
        currency: row.currency.to_string(),
        turnover_12m_minor: row.turnover_12m_minor,
        previous_12m_minor: row.previous_12m_minor,
        growth: row.growth,
        rank: row.rank,
        kam: row.kam.as_ref().map(|(_, name)| name.clone()),
        margin: margin.map(|margin| margin.fraction),
        margin_coverage: margin.map(|margin| margin.coverage),
        score: score.map(|score| score.value),
        sufficient: score.map(|score| score.is_sufficient),
        coverage: score.map(|score| score.coverage),
        missing: score.map(|score| score.missing.clone()),
        fragile: score.map(|score| score.is_fragile),
        opportunities_open: row.opportunities_open.shown().copied(),
        opportunities_won_minor: row.opportunities_won_minor.shown().copied(),
    }
}

/// A figure of an account's page; a value of money is in minor units of `currency`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ShownFigure {
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
    /// The currency of money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// An account with the figures of its page.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AccountPage {
    /// The account as lists show it.
    #[serde(flatten)]
    pub account: Account,
    /// The figures by key, each explained.
    pub figures: BTreeMap<String, ShownFigure>,
}

/// Gives an account's figures by key, each explained.
pub fn account_page(page: &Page) -> AccountPage {
    let figures = page.figures.iter().map(|shown| (shown.key.to_owned(), shown_figure(shown)));
    AccountPage { account: account(&page.row), figures: figures.collect() }
}

fn shown_figure(shown: &Shown) -> ShownFigure {
    ShownFigure {
        figure: figure(&shown.figure),
        currency: shown.currency.map(|currency| currency.to_string()),
    }
}
