//! The statements behind a vector: few, over sets, none inside a loop over accounts.

use std::collections::BTreeSet;

use jiff::civil::Date;
use orchestre_domain::criterion::{CriteriaSet, Criterion};
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::money::Currency;
use orchestre_domain::month::{Ym, window_end};
use orchestre_domain::permission::Role;
use orchestre_domain::settings::Settings;
use orchestre_store::{
    AccountBasis, CostBasis, Judgement, OpportunityBasis, ParentBasis, PartyMonth, StageStep,
    StoreError, Sums, Work,
};

use super::base::by_account;
use super::sum::Window;
use crate::asked::Asked;

/// What was read for a vector.
pub(crate) struct Loaded {
    pub(crate) settings: Settings,
    pub(crate) criteria: [(Vec<Criterion>, i64); 3],
    pub(crate) roster: Roster,
    pub(crate) facts: FactRows,
}

/// The accounts of the day and what is said of them.
pub(crate) struct Roster {
    pub(crate) accounts: Vec<AccountBasis>,
    pub(crate) states: Vec<(AccountId, String, String)>,
    pub(crate) kams: Vec<(AccountId, PersonId, String)>,
    pub(crate) sponsors: Vec<(AccountId, PersonId, String)>,
    pub(crate) external_ids: Vec<(AccountId, String)>,
    pub(crate) parents: Vec<ParentBasis>,
    pub(crate) judgements: Vec<(AccountId, Judgement)>,
}

/// Amounts, and the rates that convert them.
pub(crate) struct FactRows {
    pub(crate) sums: Vec<(Option<AccountId>, Sums)>,
    pub(crate) opportunities: Vec<OpportunityBasis>,
    pub(crate) steps: Vec<StageStep>,
    pub(crate) costs: Vec<CostBasis>,
    pub(crate) month_rates: Vec<(Currency, Ym, i64)>,
    pub(crate) budget_rates: Vec<(i64, Currency, i64)>,
    pub(crate) window: Option<Window>,
    pub(crate) complete: Ym,
}

pub(crate) async fn load(
    work: &mut Work<'_>,
    asked: Asked,
    base: &[PartyMonth],
) -> Result<Loaded, StoreError> {
    let (settings, _) = work.settings().await?;
    let criteria = [
        work.criteria(CriteriaSet::Selection).await?,
        work.criteria(CriteriaSet::Attractiveness).await?,
        work.criteria(CriteriaSet::Strength).await?,
    ];
    let roster = roster(work, asked.as_of).await?;
    let shown = [asked.currency, settings.currency];
    let facts = facts(work, asked.as_of, (base, &roster.accounts), shown).await?;
    Ok(Loaded { settings, criteria, roster, facts })
}

async fn roster(work: &mut Work<'_>, as_of: Date) -> Result<Roster, StoreError> {
    Ok(Roster {
        accounts: work.system_accounts(as_of).await?,
        states: work.system_account_states(as_of).await?,
        kams: work.system_account_people(Role::Kam, as_of).await?,
        sponsors: work.system_account_people(Role::Sp, as_of).await?,
        external_ids: work.system_account_external_ids().await?,
        parents: work.system_account_parents(as_of).await?,
        judgements: work.system_judgements(as_of).await?,
    })
}

async fn facts(
    work: &mut Work<'_>,
    as_of: Date,
    (base, accounts): (&[PartyMonth], &[AccountBasis]),
    shown: [Currency; 2],
) -> Result<FactRows, StoreError> {
    let complete = complete_month(as_of);
    let members = work.system_members_on(as_of).await?;
    let sums = by_account(base, &members, complete);
    let window = sums.iter().map(|(_, sums)| sums.ym).max().map(Window::ending);
    let opportunities = work.system_opportunities(as_of).await?;
    let steps = work.system_stages_moving_after(as_of).await?;
    // Without facts the window is the day itself, which no cost is measured against.
    let days =
        window.map_or((as_of, as_of), |window| (window.from.first_day(), window.to.last_day()));
    let costs = work.system_costs(as_of, days).await?;
    let currencies = currencies(&sums, &opportunities, &costs, accounts)
        .chain(shown)
        .filter(|currency| *currency != Currency::EUR)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>();
    Ok(FactRows {
        month_rates: work.month_rates(&currencies).await?,
        budget_rates: work.budget_rates().await?,
        sums,
        opportunities,
        steps,
        costs,
        window,
        complete,
    })
}

/// The currencies that need a rate.
fn currencies<'a>(
    sums: &'a [(Option<AccountId>, Sums)],
    opportunities: &'a [OpportunityBasis],
    costs: &'a [CostBasis],
    accounts: &'a [AccountBasis],
) -> impl Iterator<Item = Currency> + 'a {
    let of_sums = sums.iter().map(|(_, sums)| sums.currency);
    let of_costs = costs.iter().map(|cost| cost.amount);
    let amounts = opportunities.iter().filter_map(|one| one.amount);
    let wallets = accounts.iter().filter_map(|account| account.wallet);
    of_sums.chain(of_costs.chain(amounts).chain(wallets).map(|money| money.currency))
}

/// The last month that is complete at the day.
pub(crate) fn complete_month(as_of: Date) -> Ym {
    let month = Ym::of(as_of);
    window_end(as_of, Some(month)).unwrap_or(month)
}
