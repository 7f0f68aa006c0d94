//! The statements behind a vector: few, over sets, none inside a loop over accounts.

use jiff::civil::Date;
use orchestre_domain::criterion::{CriteriaSet, Criterion};
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::money::Currency;
use orchestre_domain::month::{Ym, window_end};
use orchestre_domain::permission::Role;
use orchestre_domain::settings::Settings;
use orchestre_store::{
    AccountBasis, CostBasis, Judgement, OpportunityBasis, ParentBasis, StageStep, StoreError, Sums,
    Work,
};

use super::sum::Window;
use crate::asked::Asked;

/// What was read for a vector.
pub(crate) struct Loaded {
    pub(crate) settings: Settings,
    pub(crate) criteria: [(Vec<Criterion>, i64); 3],
    pub(crate) accounts: Vec<AccountBasis>,
    pub(crate) states: Vec<(AccountId, String, String)>,
    pub(crate) kams: Vec<(AccountId, PersonId, String)>,
    pub(crate) sponsors: Vec<(AccountId, PersonId, String)>,
    pub(crate) external_ids: Vec<(AccountId, String)>,
    pub(crate) parents: Vec<ParentBasis>,
    pub(crate) sums: Vec<(Option<AccountId>, Sums)>,
    pub(crate) opportunities: Vec<OpportunityBasis>,
    pub(crate) steps: Vec<StageStep>,
    pub(crate) costs: Vec<CostBasis>,
    pub(crate) judgements: Vec<(AccountId, Judgement)>,
    pub(crate) month_rates: Vec<(Currency, Ym, i64)>,
    pub(crate) budget_rates: Vec<(i64, Currency, i64)>,
    pub(crate) window: Option<Window>,
    pub(crate) complete: Ym,
}

pub(crate) async fn load(work: &mut Work<'_>, asked: Asked) -> Result<Loaded, StoreError> {
    let as_of = asked.as_of;
    let (settings, _) = work.settings().await?;
    let complete = complete_month(as_of);
    let sums = work.system_account_sums(as_of, complete).await?;
    let until = sums.iter().map(|(_, sums)| sums.ym).max();
    let window = until.map(Window::ending);
    let opportunities = work.system_opportunities(as_of).await?;
    let costs = match window {
        Some(window) => {
            let days = (window.from.first_day(), window.to.last_day());
            work.system_costs(as_of, days).await?
        }
        None => Vec::new(),
    };
    let mut currencies: Vec<Currency> = sums.iter().map(|(_, sums)| sums.currency).collect();
    currencies.extend(opportunities.iter().filter_map(|o| o.amount).map(|money| money.currency));
    currencies.extend(costs.iter().map(|cost| cost.amount.currency));
    let accounts = work.system_accounts(as_of).await?;
    currencies.extend(accounts.iter().filter_map(|a| a.wallet).map(|money| money.currency));
    currencies.extend([asked.currency, settings.currency]);
    currencies.sort_unstable();
    currencies.dedup();
    currencies.retain(|currency| *currency != Currency::EUR);
    Ok(Loaded {
        criteria: [
            work.criteria(CriteriaSet::Selection).await?,
            work.criteria(CriteriaSet::Attractiveness).await?,
            work.criteria(CriteriaSet::Strength).await?,
        ],
        states: work.system_account_states(as_of).await?,
        kams: work.system_account_people(Role::Kam, as_of).await?,
        sponsors: work.system_account_people(Role::Sp, as_of).await?,
        external_ids: work.system_account_external_ids().await?,
        parents: work.system_account_parents(as_of).await?,
        steps: work.system_stages_moving_after(as_of).await?,
        judgements: work.system_judgements(as_of).await?,
        month_rates: work.month_rates(&currencies).await?,
        budget_rates: work.budget_rates().await?,
        settings,
        accounts,
        sums,
        opportunities,
        costs,
        window,
        complete,
    })
}

/// The last month that is complete at the day.
pub(crate) fn complete_month(as_of: Date) -> Ym {
    let month = Ym::of(as_of);
    window_end(as_of, Some(month)).unwrap_or(month)
}
