//! What the references of a file lead to: external ids first, then names that occur once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::fold::fold;
use orchestre_domain::id::AccountId;
use orchestre_domain::import::{ImportKind, IssueCode};
use orchestre_store::imports::{AccountParty, AddressOf, Records, Wanted};
use orchestre_store::{StoreError, Work};

use super::participants::Addresses;

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// One thing.
    One(i64),
    /// Nothing that is known.
    Nothing,
    /// Several things of this name, or several origins with this id.
    Several,
    /// Nothing, but one thing is written nearly the same: its name.
    Alike(String),
}

impl Found {
    pub(super) const fn id(&self) -> Option<i64> {
        match self {
            Self::One(id) => Some(*id),
            _ => None,
        }
    }
}

/// The things of one kind by their keys.
#[derive(Debug, Clone, Default)]
pub(super) struct KeyMap {
    by_origin: BTreeMap<String, BTreeMap<String, i64>>,
    /// `None` where several things have the id or the name.
    anywhere: BTreeMap<String, Option<i64>>,
    names: BTreeMap<String, Option<i64>>,
    /// Mail addresses of people.
    addresses: BTreeMap<String, Option<i64>>,
    alike: BTreeMap<String, Option<String>>,
    titles: BTreeMap<i64, String>,
    answers: BTreeMap<String, String>,
}

pub(super) fn once<K: Ord, V: PartialEq>(map: &mut BTreeMap<K, Option<V>>, key: K, value: V) {
    match map.get_mut(&key) {
        None => drop(map.insert(key, Some(value))),
        Some(known) if known.as_ref() != Some(&value) => *known = None,
        Some(_) => {}
    }
}

impl KeyMap {
    pub(super) async fn load(
        work: &mut Work<'_>,
        records: Records,
        answers: &[(String, String)],
    ) -> Result<Self, StoreError> {
        let mut map = Self::default();
        for (origin, external, id) in work.system_external_ids(records.object()).await? {
            map.add(&origin, &external, id);
        }
        if matches!(records, Records::Parties | Records::Persons | Records::Products) {
            for named in work.system_names(records).await? {
                map.name(&named.name, named.id);
            }
        }
        if records == Records::Persons {
            for known in work.system_addresses().await? {
                map.address(&known);
            }
        }
        let object = records.object();
        let own = answers.iter().filter_map(|(key, answer)| {
            let (kind, reference) = key.split_once(':')?;
            (kind == object).then(|| (reference.to_owned(), answer.clone()))
        });
        map.answers = own.collect();
        Ok(map)
    }

    /// Adds an external id.
    pub(super) fn add(&mut self, origin: &str, external: &str, id: i64) {
        self.by_origin.entry(origin.to_owned()).or_default().insert(external.to_owned(), id);
        once(&mut self.anywhere, external.to_owned(), id);
    }

    /// Adds a name.
    pub(super) fn name(&mut self, name: &str, id: i64) {
        once(&mut self.names, name.to_owned(), id);
        once(&mut self.alike, closed(name), name.to_owned());
        self.titles.insert(id, name.to_owned());
    }

    /// Adds a mail address; whose it is by decision outranks who else has it.
    fn address(&mut self, known: &AddressOf) {
        let address = known.email.trim().to_lowercase();
        if known.is_decided {
            self.addresses.insert(address, Some(known.person));
        } else {
            once(&mut self.addresses, address, known.person);
        }
    }

    /// Gives the thing with this mail address.
    fn addressed(&self, reference: &str) -> Found {
        match self.addresses.get(&reference.trim().to_lowercase()) {
            Some(Some(id)) => Found::One(*id),
            Some(None) => Found::Several,
            None => Found::Nothing,
        }
    }

    /// Gives the name of a thing.
    pub(super) fn name_of(&self, id: i64) -> Option<&str> {
        self.titles.get(&id).map(String::as_str)
    }

    /// Gives the thing with this external id of the origin, nothing else.
    pub(super) fn own(&self, origin: &str, external: &str) -> Option<i64> {
        self.by_origin.get(origin)?.get(external).copied()
    }

    /// Gives the thing of this exact name.
    pub(super) fn named(&self, name: &str) -> Found {
        match self.names.get(name) {
            Some(Some(id)) => Found::One(*id),
            Some(None) => Found::Several,
            None => Found::Nothing,
        }
    }

    /// Gives what a reference of a file of the origin leads to (empty: the origin is not known).
    pub(super) fn find(&self, origin: &str, reference: &str) -> Found {
        let reference = self.answers.get(reference).map_or(reference, String::as_str);
        if let Some(id) = self.own(origin, reference) {
            return Found::One(id);
        }
        match self.anywhere.get(reference) {
            Some(Some(id)) => return Found::One(*id),
            Some(None) => return Found::Several,
            None => {}
        }
        for found in [self.named(reference), self.addressed(reference)] {
            if found != Found::Nothing {
                return found;
            }
        }
        match self.alike.get(&closed(reference)) {
            Some(Some(name)) => Found::Alike(name.clone()),
            _ => Found::Nothing,
        }
    }

    /// Gives the answers that lead somewhere: reference and number; they are kept as external ids.
    pub(super) fn answered(&self, origin: &str) -> Vec<(String, i64)> {
        let own = self.answers.keys().filter(|reference| self.own(origin, reference).is_none());
        own.filter_map(|reference| Some((reference.clone(), self.find(origin, reference).id()?)))
            .collect()
    }
}

/// Gives the letters of a name alone: `GTX Pro` and `GTXPro` are alike.
fn closed(name: &str) -> String {
    fold(name).replace(' ', "")
}

/// What files may refer to.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    pub(super) parties: KeyMap,
    pub(super) products: KeyMap,
    pub(super) people: KeyMap,
    /// The things of the file's own kind, where they are none of those.
    others: BTreeMap<Records, KeyMap>,
    accounts: BTreeMap<i64, AccountId>,
    criteria: BTreeSet<(String, String)>,
    /// Loaded for interactions alone.
    pub(super) addresses: Addresses,
}

/// Stands for keys that were not loaded.
static NOTHING: KeyMap = KeyMap {
    by_origin: BTreeMap::new(),
    anywhere: BTreeMap::new(),
    names: BTreeMap::new(),
    addresses: BTreeMap::new(),
    alike: BTreeMap::new(),
    titles: BTreeMap::new(),
    answers: BTreeMap::new(),
};

impl Keys {
    /// Loads what rows of any kind refer to.
    pub(super) async fn load(
        work: &mut Work<'_>,
        answers: &[(String, String)],
    ) -> Result<Self, StoreError> {
        Ok(Self {
            parties: KeyMap::load(work, Records::Parties, answers).await?,
            products: KeyMap::load(work, Records::Products, answers).await?,
            people: KeyMap::load(work, Records::Persons, answers).await?,
            ..Self::default()
        })
    }

    /// Loads besides what rows of this kind are and need.
    pub(super) async fn load_for(
        &mut self,
        work: &mut Work<'_>,
        kind: ImportKind,
        today: Date,
    ) -> Result<(), StoreError> {
        let own: &[Records] = match kind {
            ImportKind::Opportunities => &[Records::Opportunities],
            ImportKind::Interactions => &[Records::Interactions],
            ImportKind::Costs => &[Records::Costs],
            ImportKind::Scores => &[Records::Judgements],
            ImportKind::Plans => {
                &[Records::Plans, Records::Objectives, Records::Actions, Records::Risks]
            }
            _ => &[],
        };
        for records in own {
            self.others.insert(*records, KeyMap::load(work, *records, &[]).await?);
        }
        if kind == ImportKind::Interactions {
            self.addresses = Addresses::load(work, today).await?;
        }
        if kind == ImportKind::Plans {
            self.accounts = accounts(work, today).await?;
        }
        if kind == ImportKind::Scores {
            self.criteria = work.system_criteria_keys().await?;
        }
        Ok(())
    }

    /// Gives the account that a party is or belongs to.
    pub(super) fn account_of(&self, party: i64) -> Option<AccountId> {
        self.accounts.get(&party).copied()
    }

    /// Says whether a criterion is one of the company's own.
    pub(super) fn has_criterion(&self, set: &str, key: &str) -> bool {
        self.criteria.contains(&(set.to_owned(), key.to_owned()))
    }

    /// Gives the keys of the file's own kind.
    pub(super) fn other(&self, records: Records) -> &KeyMap {
        self.others.get(&records).unwrap_or(&NOTHING)
    }

    pub(super) const fn of(&self, wanted: Wanted) -> &KeyMap {
        match wanted {
            Wanted::Party => &self.parties,
            Wanted::Product => &self.products,
            Wanted::Person => &self.people,
        }
    }
}

/// Gives which account a party is, or belongs to on a day.
pub(super) async fn accounts(
    work: &mut Work<'_>,
    day: Date,
) -> Result<BTreeMap<i64, AccountId>, StoreError> {
    let holds = |row: &&AccountParty| row.period.from <= day && day < row.period.to;
    let parties = work.system_account_parties().await?;
    let held = parties.iter().filter(holds).map(|row| (row.party.as_i64(), row.account));
    let mut accounts: BTreeMap<i64, AccountId> = held.collect();
    let roots = work.system_account_roots().await?;
    accounts.extend(roots.into_iter().map(|(party, account)| (party.as_i64(), account)));
    Ok(accounts)
}

/// Gives the issue code and what the message also speaks of, for a reference that leads nowhere.
pub(super) fn code(wanted: Wanted, found: &Found) -> (IssueCode, Option<String>) {
    match (found, wanted) {
        (Found::Several, _) => (IssueCode::NameAmbiguous, None),
        (Found::Alike(name), Wanted::Product) => (IssueCode::ProductAlike, Some(name.clone())),
        (Found::Alike(name), Wanted::Party) => (IssueCode::PartyUnknown, Some(name.clone())),
        (_, Wanted::Party) => (IssueCode::PartyUnknown, None),
        (_, Wanted::Product) => (IssueCode::ProductUnknown, None),
        (_, Wanted::Person) => (IssueCode::PersonUnknown, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products() -> KeyMap {
        let mut map = KeyMap::default();
        map.add("erp", "1", 10);
        map.add("crm", "1", 20);
        map.add("erp", "2", 10);
        map.name("GTX Pro", 10);
        map.name("A Bike Store", 20);
        map.name("A Bike Store", 30);
        map
    }

    #[test]
    fn an_id_of_the_own_origin_outranks_those_of_others() {
        let map = products();
        assert_eq!(map.find("crm", "1"), Found::One(20));
        assert_eq!(map.find("web", "1"), Found::Several);
        assert_eq!(map.find("web", "2"), Found::One(10));
    }

    #[test]
    fn a_name_that_occurs_twice_decides_nothing_and_one_nearly_the_same_is_only_proposed() {
        let mut map = products();
        assert_eq!(map.find("crm", "A Bike Store"), Found::Several);
        assert_eq!(map.find("crm", "GTXPro"), Found::Alike("GTX Pro".to_owned()));
        map.answers.insert("GTXPro".to_owned(), "GTX Pro".to_owned());
        assert_eq!(map.find("crm", "GTXPro"), Found::One(10));
        assert_eq!(map.answered("crm"), [("GTXPro".to_owned(), 10)]);
    }
}
