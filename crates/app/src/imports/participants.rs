//! Who the people of mail and calendars are: persons by their address, sides by its domain.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::hierarchy::Period;
use orchestre_domain::id::AccountId;
use orchestre_domain::person::Side;
use orchestre_store::{StoreError, Work};

use super::keys::{Found, accounts};

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

/// The addresses that are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Addresses {
    /// `None` where several people share an address.
    people: BTreeMap<String, Option<(i64, Side)>>,
    own_domains: BTreeSet<String>,
    places: BTreeMap<i64, Vec<(Period, i64)>>,
    accounts: BTreeMap<i64, AccountId>,
    roots: BTreeMap<AccountId, i64>,
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Participant {
    pub(super) address: String,
    pub(super) found: Found,
    pub(super) side: Side,
}

impl Addresses {
    pub(super) async fn load(work: &mut Work<'_>, today: Date) -> Result<Self, StoreError> {
        let mut all = Self { accounts: accounts(work, today).await?, ..Self::default() };
        let mut people = Vec::new();
        for known in work.system_addresses().await? {
            let side = Side::parse(&known.side).unwrap_or(Side::Third);
            people.push(known.person);
            all.people
                .entry(known.email.trim().to_lowercase())
                .and_modify(|person| *person = None)
                .or_insert(Some((known.person, side)));
        }
        for place in work.system_affiliations(&people).await? {
            all.places.entry(place.person).or_default().push((place.period, place.party));
        }
        let roots = work.system_account_roots().await?.into_iter();
        all.roots = roots.map(|(party, account)| (account, party.as_i64())).collect();
        let logins = work.system_login_addresses().await?;
        let domains = logins.iter().filter_map(|address| domain(address));
        all.own_domains = domains.filter(|domain| !PUBLIC.contains(&domain.as_str())).collect();
        Ok(all)
    }

    /// Gives who a participant is, written `Name <address>` or as an address alone.
    pub(super) fn participant(&self, written: &str) -> Participant {
        let address = written.rsplit_once('<').map_or(written, |(_, rest)| rest);
        let address = address.trim_end_matches('>').trim().to_lowercase();
        let is_own = domain(&address).is_some_and(|domain| self.own_domains.contains(&domain));
        let side = if is_own { Side::Supplier } else { Side::Customer };
        let (found, side) = match self.people.get(&address) {
            Some(Some((person, side))) => (Found::One(*person), *side),
            Some(None) => (Found::Several, side),
            None => (Found::Nothing, side),
        };
        Participant { address, found, side }
    }

    /// Gives the party that an interaction of a day is with: where the customer's people work,
    /// when all of them are known and belong to one account; its root when they work in several
    /// parties of it.
    pub(super) fn party(&self, participants: &[Participant], day: Date) -> Option<i64> {
        let customers = participants.iter().filter(|person| person.side == Side::Customer);
        let parties: Option<BTreeSet<i64>> =
            customers.map(|person| self.party_of(person.found.id()?, day)).collect();
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
        let places = self.places.get(&person)?;
        let holds = |(period, _): &&(Period, i64)| period.from <= day && day < period.to;
        let parties: BTreeSet<i64> = places.iter().filter(holds).map(|(_, party)| *party).collect();
        parties.first().copied().filter(|_| parties.len() == 1)
    }
}

/// Gives the domain of an address.
fn domain(address: &str) -> Option<String> {
    let (_, domain) = address.rsplit_once('@')?;
    Some(domain.trim().to_lowercase()).filter(|domain| !domain.is_empty())
}
