//! Accounts follow from the programme view: one a root, with the parties that it holds, when.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::hierarchy::{Graph, Rules};
use orchestre_domain::id::{AccountId, PartyId};
use orchestre_domain::party::PartyKind;
use orchestre_store::imports::{AccountParty, Fields, Records};
use orchestre_store::{SearchEntry, StoreError, Value, Work};

use crate::imports::run::Run;

/// Brings accounts, their parties and the index of both to what the links say.
pub(super) async fn settle(
    work: &mut Work<'_>,
    run: &Run<'_>,
    (programme, told): (&Graph, BTreeSet<PartyId>),
) -> Result<(), StoreError> {
    let kinds = work.system_party_kinds().await?;
    let mut accounts = work.system_account_roots().await?;
    let may = |party: &PartyId| {
        kinds
            .get(party)
            .is_some_and(|kind| PartyKind::parse(kind).is_none_or(PartyKind::may_be_account))
    };
    let graph = without_funds(programme, &kinds, may);
    let rules = rules(work, &accounts).await?;
    let roots: BTreeMap<PartyId, Vec<_>> = kinds
        .keys()
        .filter(|party| may(party))
        .map(|party| (*party, graph.roots(*party, &rules)))
        .collect();
    let tops: BTreeSet<PartyId> =
        roots.values().flatten().map(|(root, _)| *root).filter(|root| may(root)).collect();
    let new: Vec<(AccountId, PartyId)> = tops
        .iter()
        .filter(|party| !accounts.contains_key(party))
        .map(|party| (AccountId(run.ctx.id()), *party))
        .collect();
    work.system_add_accounts(&new).await?;
    accounts.extend(new.iter().map(|(account, party)| (*party, *account)));
    let wanted: BTreeSet<AccountParty> = roots
        .iter()
        .flat_map(|(party, roots)| roots.iter().map(move |(root, period)| (*party, *root, *period)))
        .filter_map(|(party, root, period)| {
            Some(AccountParty { party, period, account: *accounts.get(&root)? })
        })
        .collect();
    let present: BTreeSet<AccountParty> =
        work.system_account_parties().await?.into_iter().collect();
    let gone: Vec<AccountParty> = present.difference(&wanted).copied().collect();
    let added: Vec<AccountParty> = wanted.difference(&present).copied().collect();
    work.system_put_account_parties(&gone, &added).await?;
    let mut touched = told;
    touched.extend(gone.iter().chain(&added).map(|row| row.party));
    let ended: Vec<PartyId> =
        accounts.keys().filter(|party| !tops.contains(party)).copied().collect();
    for party in ended {
        let Some(account) = accounts.get(&party).copied() else { continue };
        if work.system_drop_account(account).await? {
            work.system_unindex(account.as_i64()).await?;
            accounts.remove(&party);
            touched.insert(party);
        }
    }
    index(work, &accounts, touched).await
}

/// Gives the links that hold accounts together: a fund above is no group.
fn without_funds(
    programme: &Graph,
    kinds: &BTreeMap<PartyId, String>,
    may: impl Fn(&PartyId) -> bool,
) -> Graph {
    let links = kinds.keys().flat_map(|party| programme.parents(*party));
    Graph::new(links.filter(|link| may(&link.parent)).copied())
}

async fn rules(
    work: &mut Work<'_>,
    accounts: &BTreeMap<PartyId, AccountId>,
) -> Result<Rules, StoreError> {
    let roots: BTreeMap<AccountId, PartyId> =
        accounts.iter().map(|(party, account)| (*account, *party)).collect();
    let mut rules = Rules::default();
    for rule in work.system_scope_rules().await? {
        let root = roots.get(&rule.account).copied().filter(|_| rule.is_included);
        rules.0.entry(rule.party).or_default().push((root, rule.period));
    }
    Ok(rules)
}

/// Rewrites what search finds of parties and of the accounts that they are.
async fn index(
    work: &mut Work<'_>,
    accounts: &BTreeMap<PartyId, AccountId>,
    touched: BTreeSet<PartyId>,
) -> Result<(), StoreError> {
    let ids: Vec<i64> = touched.iter().map(|party| party.as_i64()).collect();
    let records = work.system_records(Records::Parties, &ids).await?;
    let keys = work.system_keys_of("party", &ids).await?;
    let mut entries = Vec::with_capacity(records.len());
    // What is an account now is found as that, and no more as a party.
    let roots = ids.iter().filter(|id| accounts.contains_key(&PartyId(**id)));
    work.system_unindex_all(&roots.copied().collect::<Vec<i64>>()).await?;
    for (id, fields) in &records {
        let account = accounts.get(&PartyId(*id));
        let key = keys.get(id).map_or("", String::as_str);
        entries.push(entry(*id, account.copied(), (fields, key)));
    }
    work.system_index(&entries).await
}

fn entry(party: i64, account: Option<AccountId>, (fields, key): (&Fields, &str)) -> SearchEntry {
    let text = |name: &str| fields.get(name).and_then(Value::as_text).unwrap_or_default();
    let title = text("name");
    let words = [text("city"), text("country"), key.to_owned()];
    let words: Vec<String> =
        words.into_iter().filter(|part| !part.is_empty() && *part != title).collect();
    SearchEntry {
        object: if account.is_some() { "account" } else { "party" },
        object_id: account.map_or(party, AccountId::as_i64),
        party_id: Some(party),
        title,
        detail: words.join(" "),
        weight: if account.is_some() { 100 } else { 50 },
    }
}
