//! What every page that shows figures is asked for: the day, the currency and the rate rule.

use std::collections::BTreeSet;

use jiff::civil::Date;
use orchestre_domain::money::Currency;
use orchestre_domain::rate::RateRule;
use orchestre_store::StoreError;

use crate::ctx::Ctx;
use crate::error::AppError;

/// The day for which figures hold, and how money is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// Figures hold for this day.
    pub as_of: Date,
    /// All money is converted into this currency.
    pub currency: Currency,
    /// By this rule.
    pub rates: RateRule,
}

/// Gives what is asked, gaps filled: today, the login's currency or else the company's, its rule.
///
/// # Errors
///
/// When the store fails.
pub async fn of(
    ctx: &Ctx,
    as_of: Option<Date>,
    currency: Option<Currency>,
    rates: Option<RateRule>,
) -> Result<Asked, AppError> {
    let login = ctx.viewer.login;
    let (settings, own) = ctx
        .db()
        .read(async |work| {
            let (settings, _) = work.settings().await?;
            let own = match login {
                Some(login) => work.login_currency(login).await?,
                None => None,
            };
            Ok::<_, StoreError>((settings, own))
        })
        .await?;
    Ok(Asked {
        as_of: as_of.unwrap_or_else(|| ctx.today()),
        currency: currency.or(own).unwrap_or(settings.currency),
        rates: rates.unwrap_or(settings.rate_rule),
    })
}

/// Gives the currencies in which money can be asked for: those that have a rate, and the company's.
///
/// # Errors
///
/// When the store fails.
pub async fn currencies(ctx: &Ctx) -> Result<Vec<Currency>, AppError> {
    let (rated, settings) = ctx
        .db()
        .read(async |work| {
            Ok::<_, StoreError>((work.rated_currencies().await?, work.settings().await?.0))
        })
        .await?;
    let all = rated.into_iter().chain([Currency::EUR, settings.currency]);
    Ok(all.collect::<BTreeSet<_>>().into_iter().collect())
}
