//! Parties from files, with the links, names, identifiers, tiers and statuses that a line tells.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::float::ratio;
use orchestre_domain::fold::fold;
use orchestre_domain::hierarchy::Period;
use orchestre_domain::id::{AccountId, PartyId};
use orchestre_domain::import::{IssueCode, Outcome};
use orchestre_domain::party::{BuiltInView, PartyKind, WHOLE_PPM};
use orchestre_ingest::{AccountRow, Row};
use orchestre_store::imports::{AccountState, Fields, Records};
use orchestre_store::{StoreError, Work};

use super::fields::{Say, custom};
use super::hierarchy::{Hierarchy, Proposal};
use super::journal::{Journal, Source};
use super::merge::{Incoming, Target, Targets, merge};
use super::run::Run;
use super::tally::{Done, Doubt};

/// The parties of a file.
pub(super) struct Batch {
    rows: Vec<Row<AccountRow>>,
    incoming: Vec<Incoming>,
}

impl Batch {
    pub(super) fn new(rows: Vec<Row<AccountRow>>, run: &Run<'_>) -> Self {
        let mut targets = Targets::new(run, &run.keys.parties);
        let incoming = rows.iter().map(|row| incoming(run, &mut targets, row)).collect();
        Self { rows, incoming }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) async fn apply(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
        range: Range<usize>,
    ) -> Result<Done, StoreError> {
        let incoming = self.incoming.get(range.clone()).unwrap_or_default();
        let rows = self.rows.get(range.clone()).unwrap_or_default();
        let (done, _) = merge(work, run, Records::Parties, (range.start, incoming)).await?;
        let known = |(incoming, row): (&Incoming, &Row<AccountRow>)| {
            Some((incoming.target.id()?, row.value.clone()))
        };
        let parties: Vec<(i64, AccountRow)> = incoming.iter().zip(rows).filter_map(known).collect();
        let keys = parties.iter().flat_map(|(id, row)| {
            let other =
                |origin: &str, key: &Option<String>| Some((origin.to_owned(), key.clone()?, *id));
            [other("erp", &row.erp_id), other("crm", &row.crm_id)].into_iter().flatten()
        });
        work.system_add_external_ids(("party", run.import), keys.collect()).await?;
        identify(work, run, incoming.iter().zip(rows)).await?;
        let names = parties.iter().filter_map(|(id, row)| {
            let until = row.former_until.unwrap_or_else(|| run.ctx.today());
            Some((run.ctx.id(), *id, row.former_name.clone()?, until))
        });
        work.system_add_former_names(run.import, &names.collect::<Vec<_>>()).await?;
        Ok(done)
    }

    /// Sets links, closure, accounts and states, when all parties of the file are there.
    pub(super) async fn finish(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
    ) -> Result<Done, StoreError> {
        let mut done = Done::default();
        let mut hierarchy = Hierarchy::load(work, run).await?;
        let parties = self.incoming.iter().filter_map(|row| row.target.id().map(PartyId));
        for (place, (row, incoming)) in self.rows.iter().zip(&self.incoming).enumerate() {
            let (Some(parent), Some(_)) = (&row.value.parent, incoming.target.id()) else {
                continue;
            };
            let outcome = hierarchy.propose(&proposal(i64::from(row.line), parent, &row.value));
            let is_new = matches!(incoming.target, Target::New(_));
            match outcome {
                Outcome::Conflict => done.row(place, Outcome::Conflict),
                Outcome::Create | Outcome::Update if !is_new => done.row(place, Outcome::Update),
                _ => {}
            }
        }
        done.doubts.append(&mut hierarchy.doubts);
        hierarchy.settle(work, parties.collect()).await?;
        let accounts = work.system_account_roots().await?;
        done.extend(self.states(work, run, &accounts).await?);
        Ok(done)
    }

    async fn states(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
        accounts: &BTreeMap<PartyId, AccountId>,
    ) -> Result<Done, StoreError> {
        let mut known: BTreeMap<(AccountId, &str), Vec<AccountState>> = BTreeMap::new();
        for state in work.system_dated_states().await? {
            known.entry((state.account, state.field)).or_default().push(state);
        }
        let (mut done, mut new, mut journal) = (Done::default(), Vec::new(), Journal::new(run));
        for (place, (row, incoming)) in self.rows.iter().zip(&self.incoming).enumerate() {
            let party = incoming.target.id().map(PartyId);
            let Some(account) = party.and_then(|party| accounts.get(&party)).copied() else {
                continue;
            };
            let said = [
                ("tier", row.value.tier.map(Tier::as_str)),
                ("status", row.value.status.map(AccountStatus::as_str)),
            ];
            for (field, value) in said {
                let Some(value) = value else { continue };
                let states = known.get(&(account, field)).map_or(&[][..], Vec::as_slice);
                match set(states, value, row.value.status_since) {
                    Setting::Same => {}
                    Setting::ByHand(kept) => {
                        let doubt = Doubt::new(IssueCode::ChangedByHand, i64::from(row.line));
                        done.doubts
                            .push(doubt.at(field, value.to_owned()).with("kept", Some(kept)));
                        done.row(place, Outcome::Conflict);
                    }
                    Setting::From(from) => {
                        let source = Source { import: run.import, line: i64::from(row.line) };
                        let before = states.iter().find(|state| state.from == from);
                        let change =
                            (before.map(|state| state.value.clone()), Some(value.to_owned()));
                        let object = ("account", account.as_i64());
                        journal.note(source, object, dated(field, from), change);
                        let id = before.map_or_else(|| run.ctx.id(), |state| state.id);
                        let (value, is_decided) = (value.to_owned(), false);
                        new.push(AccountState { id, account, field, value, from, is_decided });
                        if matches!(incoming.target, Target::Known(_)) {
                            done.row(place, Outcome::Update);
                        }
                    }
                }
            }
        }
        journal.keep(work).await?;
        work.system_put_account_states(&new).await?;
        Ok(done)
    }
}

/// What a tier or status of a file does.
enum Setting {
    Same,
    ByHand(String),
    From(Date),
}

/// Compares a word of a file with the known states, in the order of days.
fn set(states: &[AccountState], value: &str, since: Option<Date>) -> Setting {
    let from = since.unwrap_or(Period::ALWAYS.from);
    let at = states.iter().rev().find(|state| state.from <= from);
    let last = states.last();
    if at.is_some_and(|state| state.value == value)
        || since.is_none() && last.is_some_and(|state| state.value == value)
    {
        return Setting::Same;
    }
    match last.filter(|state| state.is_decided && state.from >= from) {
        Some(decided) => Setting::ByHand(decided.value.clone()),
        None => Setting::From(from),
    }
}

fn proposal(line: i64, parent: &str, row: &AccountRow) -> Proposal {
    let period = Period {
        from: row.valid_from.unwrap_or(Period::ALWAYS.from),
        to: row.valid_to.unwrap_or(Period::ALWAYS.to),
    };
    Proposal {
        line,
        views: vec![BuiltInView::Legal.id(), BuiltInView::Programme.id()],
        parent: parent.to_owned(),
        child: row.id.clone(),
        share_ppm: WHOLE_PPM,
        period,
        source: None,
        is_plain: row.valid_from.is_none() && row.valid_to.is_none(),
    }
}

fn incoming(run: &Run<'_>, targets: &mut Targets<'_>, row: &Row<AccountRow>) -> Incoming {
    let value = &row.value;
    let name = value.name.as_deref().filter(|name| *name == value.id);
    let other = |origin: &str, key: &Option<String>| run.keys.parties.own(origin, key.as_deref()?);
    let target = match targets.of(&value.id, name, row.digest) {
        Target::New(id) => {
            let elsewhere = other("erp", &value.erp_id).or_else(|| other("crm", &value.crm_id));
            elsewhere.map_or(Target::New(id), Target::Known)
        }
        target => target,
    };
    Incoming {
        line: i64::from(row.line),
        key: Some(value.id.clone()),
        target,
        fields: fields(value),
        defaults: Fields::from([
            ("name", value.id.as_str().into()),
            ("folded", fold(&value.id).into()),
            ("kind", PartyKind::LegalEntity.as_str().into()),
            ("valid_from", Period::ALWAYS.from.to_string().into()),
            ("valid_to", Period::ALWAYS.to.to_string().into()),
        ]),
        doubts: Vec::new(),
    }
}

fn fields(row: &AccountRow) -> Fields {
    let mut fields = Fields::new();
    fields.text("name", row.name.as_deref());
    fields.say("folded", row.name.as_deref().map(fold));
    fields.say("kind", row.kind.map(PartyKind::as_str));
    fields.text("country", row.country.as_deref());
    fields.text("region", row.region.as_deref());
    fields.text("city", row.city.as_deref());
    fields.text("street", row.street.as_deref());
    fields.text("postal_code", row.postal_code.as_deref());
    fields.text("sector", row.sector.as_deref());
    fields.say("employees", row.employees);
    fields.say("revenue_minor", row.revenue.map(|money| money.minor));
    fields.text("website", row.website.as_deref());
    fields.currency("currency", row.currency.or(row.revenue.map(|money| money.currency)));
    fields.day("customer_since", row.since);
    fields.say("growth_potential", row.growth_potential.and_then(|ppm| ratio(ppm, WHOLE_PPM)));
    fields.say("wallet_minor", row.wallet.map(|money| money.minor));
    fields.currency("wallet_currency", row.wallet.map(|money| money.currency));
    fields.text("note", row.note.as_deref());
    fields.say("custom", custom(&row.custom));
    fields
}

/// Sets the identifiers that rows tell, and notes those that change.
async fn identify(
    work: &mut Work<'_>,
    run: &Run<'_>,
    rows: impl Iterator<Item = (&Incoming, &Row<AccountRow>)>,
) -> Result<(), StoreError> {
    let said: BTreeMap<(i64, &'static str), (i64, String)> = rows
        .filter_map(|(incoming, row)| Some((incoming.target.id()?, row)))
        .flat_map(|(id, row)| {
            let line = i64::from(row.line);
            identifiers(&row.value).map(move |(scheme, value)| ((id, scheme), (line, value)))
        })
        .collect();
    let ids: Vec<i64> = said.keys().map(|(id, _)| *id).collect();
    let known = work.system_identifiers(&ids).await?;
    let (mut new, mut journal) = (Vec::new(), Journal::new(run));
    for ((id, scheme), (line, value)) in said {
        let before = known.get(&(id, scheme.to_owned()));
        if before != Some(&value) {
            let source = Source { import: run.import, line };
            let change = (before.cloned(), Some(value.clone()));
            journal.note(source, ("party_identifier", id), scheme, change);
            new.push((id, scheme, value));
        }
    }
    work.system_put_identifiers(&new).await?;
    journal.keep(work).await
}

/// Gives the name under which a tier or status from a day on is noted.
fn dated(field: &'static str, from: Date) -> Cow<'static, str> {
    if from == Period::ALWAYS.from { field.into() } else { format!("{field}@{from}").into() }
}

fn identifiers(row: &AccountRow) -> impl Iterator<Item = (&'static str, String)> {
    let said = [
        ("lei", &row.lei),
        ("siren", &row.siren),
        ("siret", &row.siret),
        ("vat", &row.vat),
        ("register", &row.register),
    ];
    said.into_iter().filter_map(|(scheme, value)| Some((scheme, value.clone()?)))
}
