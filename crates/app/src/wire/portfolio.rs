//! The portfolio's figures as JSON.

use orchestre_domain::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;

use crate::portfolio::PortfolioFigures;

/// A window of months, both included, as yyyymm.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Months {
    /// The first month.
    #[schema(examples(202_511))]
    pub from: i64,
    /// The last month.
    #[schema(examples(202_610))]
    pub to: i64,
}

/// A calendar year.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Year {
    /// The year.
    pub year: i64,
    /// Its turnover, minor units.
    pub turnover_minor: Option<i64>,
    /// Its gross margin; absent for those who do not read margins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub margin_minor: Option<Option<i64>>,
}

/// An amount in a currency.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Amount {
    /// The currency.
    #[schema(examples("EUR"))]
    pub currency: String,
    /// Minor units.
    pub amount_minor: i64,
}

/// The figures of everything that the viewer sees.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Portfolio {
    /// The day for which they hold.
    #[schema(format = Date)]
    pub as_of: String,
    /// The currency of all money.
    pub currency: String,
    /// The rule of conversion: `month`, `budget` or `day`.
    pub rates: String,
    /// Over what they are taken: `whole` or `seen`.
    pub perimeter: String,
    /// The twelve months; null without any facts.
    pub window: Option<Months>,
    /// How many accounts.
    pub accounts: usize,
    /// Turnover of the window, minor units.
    pub turnover_minor: Option<i64>,
    /// Growth of the whole.
    pub growth: Option<f64>,
    /// Share of the largest account.
    pub cr1: Option<f64>,
    /// Share of the three largest.
    pub cr3: Option<f64>,
    /// Share of the five largest.
    pub cr5: Option<f64>,
    /// Sum of the squared shares.
    pub hhi: Option<f64>,
    /// As many equal accounts would be as concentrated.
    pub n_eff: Option<f64>,
    /// Inequality of turnover.
    pub gini: Option<f64>,
    /// By calendar year, ascending.
    pub by_year: Vec<Year>,
    /// Turnover of the window by its own currency.
    pub by_currency: Vec<Amount>,
    /// Turnover that belongs to no account; null for those who do not see the whole.
    pub unattributed_minor: Option<i64>,
    /// What could not be converted.
    pub unconverted: Vec<Amount>,
}

/// Gives the portfolio's figures.
pub fn portfolio(figures: &PortfolioFigures) -> Portfolio {
    let years = figures.by_year.iter().map(|year| Year {
        year: year.year,
        turnover_minor: year.turnover_minor,
        margin_minor: year.margin_minor.shown().copied(),
    });
    Portfolio {
        as_of: figures.asked.as_of.to_string(),
        currency: figures.asked.currency.to_string(),
        rates: figures.asked.rates.to_string(),
        perimeter: figures.perimeter.as_str().to_owned(),
        window: figures
            .window
            .as_ref()
            .map(|window| Months { from: window.from.number(), to: window.to.number() }),
        accounts: figures.accounts,
        turnover_minor: figures.turnover_minor,
        growth: figures.growth.value,
        cr1: figures.cr1.value,
        cr3: figures.cr3.value,
        cr5: figures.cr5.value,
        hhi: figures.hhi.value,
        n_eff: figures.n_eff.value,
        gini: figures.gini.value,
        by_year: years.collect(),
        by_currency: amounts(&figures.by_currency),
        unattributed_minor: figures.unattributed_minor.shown().copied().flatten(),
        unconverted: amounts(&figures.unconverted),
    }
}

fn amounts(list: &[(Currency, i64)]) -> Vec<Amount> {
    let amounts = list
        .iter()
        .map(|(currency, minor)| Amount { currency: currency.to_string(), amount_minor: *minor });
    amounts.collect()
}
