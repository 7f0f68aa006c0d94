//! From what was read to the vector.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use orchestre_analytics::window;
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::figure::Warning;
use orchestre_domain::float;
use orchestre_domain::fold::fold;
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::money::{Currency, Money};
use orchestre_domain::month::Ym;
use orchestre_domain::rate::RateRule;
use orchestre_store::{AccountBasis, Judgement, ParentBasis, PartyMonth};

use super::exchange::Exchange;
use super::facts::{self, Tallied, Terms};
use super::line::{Facts, Line, Pipeline};
use super::load::Loaded;
use super::scoring::{self, Inputs, Scored};
use super::sum::{Warnings, Window};
use super::{Key, Snapshot, pipeline};

/// Gives the vector.
pub(crate) fn build(key: Key, mut loaded: Loaded, base: Arc<Vec<PartyMonth>>) -> Snapshot {
    let month_rates = std::mem::take(&mut loaded.facts.month_rates);
    let budget_rates = std::mem::take(&mut loaded.facts.budget_rates);
    let exchange = Exchange::new(month_rates, budget_rates, loaded.settings.fiscal_start);
    let is_too_old = loaded.facts.window.is_some_and(|window| is_too_old(window, key.asked.as_of));
    let terms = Terms {
        exchange: &exchange,
        rule: key.asked.rates,
        to: key.asked.currency,
        window: loaded.facts.window,
        is_too_old,
    };
    let mut tallied = facts::tally(&loaded.facts.sums, terms);
    facts::count_months(&loaded.facts.sums, &mut tallied);
    facts::add_costs(&mut tallied, &loaded.facts.costs, terms);
    let company = in_company_currency(&loaded, terms);
    let steps = std::mem::take(&mut loaded.facts.steps);
    let mut pipelines = pipeline::tally(&loaded.facts.opportunities, steps, key.asked.as_of, terms);
    pipelines.remove(&None);
    let (unattributed, mut warnings) = tallied.remove(&None).unwrap_or_default();
    warnings.add_if(key.asked.rates == RateRule::Day, Warning::DayRuleFellBack);
    warnings.add_if(loaded.facts.window.is_none(), Warning::NoFacts);
    warnings.add_if(is_too_old, Warning::FactsTooOld);
    let mut parts = Parts::of(&mut loaded);
    let accounts = std::mem::take(&mut loaded.roster.accounts);
    let mut lines = Vec::with_capacity(accounts.len());
    for basis in accounts {
        let found = tallied.remove(&Some(basis.account));
        let pipeline = pipelines.remove(&Some(basis.account)).unwrap_or_default();
        let own =
            company.as_ref().map(|(currency, all)| (*currency, all.get(&Some(basis.account))));
        lines.push(parts.line(&loaded, basis, (found, pipeline), (terms, own)));
    }
    let places = lines.iter().enumerate().map(|(place, line)| (line.id(), place)).collect();
    let [first, second, third] = loaded.criteria;
    Snapshot {
        key,
        lines,
        places,
        window: loaded.facts.window,
        complete: loaded.facts.complete,
        is_too_old,
        unattributed,
        settings: loaded.settings,
        criteria_versions: [first.1, second.1, third.1],
        criteria: [first.0, second.0, third.0],
        warnings,
        exchange,
        ranked: Mutex::default(),
        base,
        products: Mutex::default(),
    }
}

/// Says whether the latest facts are older than three months before the day.
fn is_too_old(window: Window, as_of: Date) -> bool {
    let asked = window::Asked { as_of, facts_until: Some(window.to) };
    asked.window() == Err(Warning::FactsTooOld)
}

/// Gives the facts in the company's currency by its own rule, in which brackets are written, so
/// that a score is the same for everybody; `None` when that is what is asked anyway, or when the
/// company's currency has no rates at all.
fn in_company_currency(loaded: &Loaded, terms: Terms<'_>) -> Option<(Currency, Tallied)> {
    let (currency, rule) = (loaded.settings.currency, loaded.settings.rate_rule);
    if (currency, rule) == (terms.to, terms.rule) {
        return None;
    }
    let terms = Terms { to: currency, rule, ..terms };
    let mut tallied = facts::tally(&loaded.facts.sums, terms);
    let can_convert = tallied.values().any(|(facts, _)| facts.now.converted_lines > 0);
    can_convert.then(|| {
        facts::add_costs(&mut tallied, &loaded.facts.costs, terms);
        (currency, tallied)
    })
}

/// The facts of an account and what is worth knowing of them.
type Told = (Facts, Warnings);

/// What is looked up by account while lines are made.
struct Parts {
    tiers: BTreeMap<AccountId, Tier>,
    statuses: BTreeMap<AccountId, AccountStatus>,
    kams: BTreeMap<AccountId, (PersonId, String)>,
    sponsors: BTreeMap<AccountId, (PersonId, String)>,
    external_ids: BTreeMap<AccountId, Vec<String>>,
    parents: BTreeMap<AccountId, ParentBasis>,
    judgements: BTreeMap<AccountId, Vec<Judgement>>,
}

impl Parts {
    fn of(loaded: &mut Loaded) -> Self {
        let mut parts = Self {
            tiers: BTreeMap::new(),
            statuses: BTreeMap::new(),
            kams: people(std::mem::take(&mut loaded.roster.kams)),
            sponsors: people(std::mem::take(&mut loaded.roster.sponsors)),
            external_ids: BTreeMap::new(),
            parents: BTreeMap::new(),
            judgements: BTreeMap::new(),
        };
        // Ascending by day: the newest stays.
        for (account, field, value) in &loaded.roster.states {
            if field == "tier" {
                parts.tiers.extend(Tier::parse(value).map(|tier| (*account, tier)));
            } else {
                parts.statuses.extend(AccountStatus::parse(value).map(|status| (*account, status)));
            }
        }
        for (account, external_id) in std::mem::take(&mut loaded.roster.external_ids) {
            parts.external_ids.entry(account).or_default().push(external_id);
        }
        for parent in std::mem::take(&mut loaded.roster.parents) {
            parts.parents.entry(parent.account).or_insert(parent);
        }
        for (account, judgement) in std::mem::take(&mut loaded.roster.judgements) {
            parts.judgements.entry(account).or_default().push(judgement);
        }
        parts
    }

    fn line(
        &mut self,
        loaded: &Loaded,
        basis: AccountBasis,
        (found, pipeline): (Option<Told>, Pipeline),
        (terms, own): (Terms<'_>, Option<(Currency, Option<&Told>)>),
    ) -> Line {
        let account = basis.account;
        let (facts, mut warnings) = found.unwrap_or_default();
        warnings.add_if(facts.first.is_none(), Warning::NoFacts);
        let scored = match own {
            Some((currency, Some((facts, _)))) => Scored::of(facts, currency),
            Some((currency, None)) => Scored::of(&Facts::default(), currency),
            None => Scored::of(&facts, terms.to),
        };
        let judgements = self.judgements.remove(&account).unwrap_or_default();
        let inputs = inputs(terms, &basis, scored, &judgements);
        let [one, two, three] = loaded.criteria.each_ref().map(|(set, _)| set.as_slice());
        let [first, second, third] = &scoring::values(inputs, [one, two, three]);
        Line {
            folded: fold(&basis.name),
            external_ids: self.external_ids.remove(&account).unwrap_or_default(),
            tier: self.tiers.get(&account).copied(),
            status: self.statuses.get(&account).copied(),
            parent: self.parents.remove(&account),
            kam: self.kams.remove(&account),
            sponsor: self.sponsors.remove(&account),
            basis,
            facts,
            scored,
            pipeline,
            scores: [
                scoring::score(one, first),
                scoring::score(two, second),
                scoring::score(three, third),
            ],
            warnings,
        }
    }
}

/// The first who holds the role is shown.
fn people(rows: Vec<(AccountId, PersonId, String)>) -> BTreeMap<AccountId, (PersonId, String)> {
    rows.into_iter().rev().map(|(account, person, name)| (account, (person, name))).collect()
}

/// Gives what the criteria of an account are computed from.
pub(crate) fn inputs<'a>(
    terms: Terms<'_>,
    basis: &'a AccountBasis,
    scored: Scored,
    judgements: &'a [Judgement],
) -> Inputs<'a> {
    let turnover = scored.turnover.map(|minor| (minor, scored.currency));
    Inputs {
        basis,
        scored,
        turnover_eur: turnover.and_then(|given| in_euros(terms, given)),
        wallet_eur_k: basis.wallet.and_then(|wallet| wallet_eur_k(terms, wallet)),
        judgements,
    }
}

/// Gives an amount of the window in euro cents, by the rate of its last month.
fn in_euros(terms: Terms<'_>, (minor, currency): (i64, Currency)) -> Option<i64> {
    let ym: Ym = terms.window?.to;
    terms.exchange.convert(RateRule::Month, (minor, currency), Currency::EUR, ym)
}

/// Gives a wallet in thousands of euros.
fn wallet_eur_k(terms: Terms<'_>, wallet: Money) -> Option<f64> {
    if wallet.currency == Currency::EUR {
        return Some(float::from_minor(wallet.minor) / 100_000.0);
    }
    in_euros(terms, (wallet.minor, wallet.currency))
        .map(|minor| float::from_minor(minor) / 100_000.0)
}
