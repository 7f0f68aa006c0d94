//! Settings of the company: shipped defaults \[D\] that users see and change.

use crate::money::Currency;
use crate::rate::RateRule;

/// What the whole company computes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The name of the company that runs the programme.
    pub company: String,
    /// The currency of reports.
    pub currency: Currency,
    /// How other currencies are converted.
    pub rate_rule: RateRule,
    /// The first month of the fiscal year, 1 to 12.
    pub fiscal_start: i64,
    /// The largest upload in bytes.
    pub upload_limit: i64,
    /// Weights move by this much, in parts per million, when fragility is tested.
    pub fragility_ppm: i64,
    /// Days without update after which a plan is stale.
    pub plan_stale_days: i64,
    /// Days after which a token of a script is over at the latest.
    pub token_days: i64,
    /// The places that webhooks may call: `*`, names, addresses, networks; none means none.
    pub webhook_targets: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            company: String::new(),
            currency: Currency::EUR,
            rate_rule: RateRule::Month,
            fiscal_start: 1,
            upload_limit: 256 * 1024 * 1024,
            fragility_ppm: 200_000,
            plan_stale_days: 100,
            token_days: 366,
            webhook_targets: String::new(),
        }
    }
}
