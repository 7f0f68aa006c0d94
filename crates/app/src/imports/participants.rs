//! Who the people of mail and calendars are: persons by their address, sides by its domain.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::hierarchy::Period;
use orchestre_domain::id::AccountId;
use orchestre_domain::person::Side;
use orchestre_store::{StoreError, Work};

use super::keys::{Found, accounts, once};

/// Domains at which anybody has an address: they say nothing about a company.
const PUBLIC: [&str; 18] = [
    "aol.com",
    "free.fr",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "live.com",
    "me.com",
    "orange.fr",
    "outlook.com",
    "proton.me",
    "web.de",
    "yahoo.com",
    "yahoo.fr",
];

/// Exchanges that are looked at together.
const CHUNK: usize = 2_000;

/// The addresses that are known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Addresses {
    /// `None` where several people share an address.
    people: BTreeMap<String, Option<(i64, Side)>>,
    left_out: BTreeSet<String>,
    own_domains: BTreeSet<String>,
    /// How many people with an address of a domain work in a party.
    domains: BTreeMap<String, BTreeMap<i64, usize>>,
    places: BTreeMap<i64, Vec<(Period, i64)>>,
    accounts: BTreeMap<i64, AccountId>,
    roots: BTreeMap<AccountId, i64>,
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Participant {
    pub(super) address: String,
    pub(super) name: Option<String>,
    pub(super) found: Found,
    pub(super) side: Side,
}

impl Addresses {
    pub(crate) async fn load(work: &mut Work<'_>, today: Date) -> Result<Self, StoreError> {
        let mut all = Self { accounts: accounts(work, today).await?, ..Self::default() };
        let known = work.system_addresses().await?;
        let people: BTreeSet<i64> = known.iter().map(|one| one.person).collect();
        let people: Vec<i64> = people.into_iter().collect();
        for place in work.system_affiliations(&people).await? {
            all.places.entry(place.person).or_default().push((place.period, place.party));
        }
        for known in known {
            let side = Side::parse(&known.side).unwrap_or(Side::Third);
            let address = known.email.trim().to_lowercase();
            if known.is_decided {
                all.people.insert(address, Some((known.person, side)));
                continue;
            }
            if let Some(domain) = domain(&address).filter(|domain| !is_public(domain)) {
                for party in all.parties_of(known.person, today) {
                    *all.domains.entry(domain.clone()).or_default().entry(party).or_default() += 1;
                }
            }
            once(&mut all.people, address, (known.person, side));
        }
        let decided = work.system_participant_decisions().await?.into_iter();
        all.left_out = decided.filter(|one| one.person.is_none()).map(|one| one.address).collect();
        let roots = work.system_account_roots().await?.into_iter();
        all.roots = roots.map(|(party, account)| (account, party.as_i64())).collect();
        let logins = work.system_login_addresses().await?;
        let domains = logins.iter().filter_map(|address| domain(address));
        all.own_domains = domains.filter(|domain| !is_public(domain)).collect();
        Ok(all)
    }

    /// Gives who a participant is, written `Name <address>` or as an address alone.
    pub(super) fn participant(&self, written: &str) -> Participant {
        let (name, address) = written.rsplit_once('<').unwrap_or(("", written));
        let address = address.trim_end_matches('>').trim().to_lowercase();
        let is_own = domain(&address).is_some_and(|domain| self.own_domains.contains(&domain));
        let side = if is_own { Side::Supplier } else { Side::Customer };
        let (found, side) = match self.people.get(&address) {
            Some(Some((person, side))) => (Found::One(*person), *side),
            Some(None) => (Found::Several, side),
            None => (Found::Nothing, side),
        };
        let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        Participant { address, name, found, side }
    }

    /// Says whether somebody decided that an address is nobody of interest.
    pub(super) fn is_left_out(&self, address: &str) -> bool {
        self.left_out.contains(address)
    }

    /// Gives the party where most people with an address of the same domain work.
    pub(crate) fn company(&self, address: &str) -> Option<i64> {
        let parties = self.domains.get(&domain(address)?)?;
        parties.iter().max_by_key(|(_, people)| **people).map(|(party, _)| *party)
    }

    /// Gives the account that a party is or belongs to.
    pub(crate) fn account(&self, party: i64) -> Option<AccountId> {
        self.accounts.get(&party).copied()
    }

    /// Gives the party that an interaction of a day is with: where the customer's people work,
    /// when all of them are known and belong to one account; its root when they work in several
    /// parties of it.
    pub(super) fn party(
        &self,
        people: impl Iterator<Item = (Option<i64>, Side)>,
        day: Date,
    ) -> Option<i64> {
        let customers = people.filter(|(_, side)| *side == Side::Customer);
        let parties: Option<BTreeSet<i64>> =
            customers.map(|(person, _)| self.party_of(person?, day)).collect();
        let parties = parties?;
        let accounts: BTreeSet<Option<AccountId>> =
            parties.iter().map(|party| self.accounts.get(party).copied()).collect();
        if parties.len() == 1 {
            return parties.first().copied();
        }
        let only = accounts.first().copied().flatten().filter(|_| accounts.len() == 1)?;
        self.roots.get(&only).copied()
    }

    /// Gives the one party where a person works on a day.
    fn party_of(&self, person: i64, day: Date) -> Option<i64> {
        let parties = self.parties_of(person, day);
        parties.first().copied().filter(|_| parties.len() == 1)
    }

    fn parties_of(&self, person: i64, day: Date) -> BTreeSet<i64> {
        let places = self.places.get(&person).into_iter().flatten();
        let holds = |(period, _): &&(Period, i64)| period.from <= day && day < period.to;
        places.filter(holds).map(|(_, party)| *party).collect()
    }
}

/// Gives each exchange of mail and calendars the party that it is with by now: all exchanges, or
/// those in which an address took part.
pub(crate) async fn settle(
    work: &mut Work<'_>,
    today: Date,
    address: Option<&str>,
) -> Result<(), StoreError> {
    let mut exchanges = work.system_exchanges(i64::MIN, address, CHUNK).await?;
    if exchanges.is_empty() {
        return Ok(());
    }
    let addresses = Addresses::load(work, today).await?;
    while let Some(last) = exchanges.last().map(|last| last.id) {
        let moved: Vec<(i64, Option<i64>)> = exchanges
            .iter()
            .map(|one| {
                let side = |word: &str| Side::parse(word).unwrap_or(Side::Third);
                let people = one.people.iter().map(|(person, word)| (*person, side(word)));
                (one, addresses.party(people, one.day))
            })
            .filter(|(one, party)| one.party != *party)
            .map(|(one, party)| (one.id, party))
            .collect();
        work.system_place_exchanges(&moved).await?;
        exchanges = work.system_exchanges(last, address, CHUNK).await?;
    }
    Ok(())
}

fn is_public(domain: &str) -> bool {
    PUBLIC.contains(&domain)
}

/// Gives the domain of an address.
fn domain(address: &str) -> Option<String> {
    let (_, domain) = address.rsplit_once('@')?;
    Some(domain.trim().to_lowercase()).filter(|domain| !domain.is_empty())
}
