//! People to review: who took part in mail and meetings without being known. Nobody is added
//! without somebody's word.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::fold::fold;
use orchestre_domain::hierarchy::Period;
use orchestre_domain::id::{AccountId, PartyId, PersonId};
use orchestre_domain::permission::{Capability, Object, Rows, Scope, may, rows};
use orchestre_domain::person::{Identification, Side};
use orchestre_store::imports::{Affiliation, Fields, Records};
use orchestre_store::{Event, ParticipantDecision, Participation, StoreError, Work};

use crate::imports::{Addresses, index_people, settle_exchanges};
use crate::{AppError, Code, Ctx};

/// Addresses that are looked at, those with the most interactions.
const MOST: usize = 2_000;
/// The longest name.
const LONGEST: usize = 200;

/// The company that an address probably belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// The party where people with an address of the same domain work.
    pub party: PartyId,
    /// Its name.
    pub name: String,
    /// Its account.
    pub account: Option<AccountId>,
    /// Who works there today.
    pub people: Vec<(PersonId, String)>,
}

/// An address that took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// The address.
    pub address: String,
    /// The name that was written beside it.
    pub name: Option<String>,
    /// What was decided.
    pub state: Identification,
    /// In how many interactions it took part.
    pub interactions: i64,
    /// The day of the first.
    pub first_on: Date,
    /// The day of the last.
    pub last_on: Date,
    /// The company that it probably belongs to.
    pub company: Option<Company>,
    /// Whose it is.
    pub person: Option<(PersonId, String)>,
    accounts: BTreeSet<AccountId>,
}

/// What somebody says of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is a person who is not known yet.
    Add {
        /// The name.
        name: String,
        /// The title.
        title: Option<String>,
        /// Where the person works.
        party: PartyId,
    },
    /// It is this person.
    Known(PersonId),
    /// It is nobody of interest.
    Ignore,
    /// What was decided is forgotten.
    Ask,
}

/// Gives the unknown participants whom the viewer may see, those with the most interactions first,
/// then those on whom somebody decided.
///
/// An address is seen with the accounts of its interactions and of its company; one without any
/// only by who reads every account.
///
/// # Errors
///
/// What the store says.
pub async fn list(ctx: &Ctx) -> Result<Vec<Participant>, AppError> {
    let seen = rows(&ctx.viewer, Object::Person);
    let today = ctx.today();
    let all = ctx.db().read(async |work| gather(work, today).await).await?;
    Ok(all.into_iter().filter(|one| is_seen(&seen, &one.accounts)).collect())
}

fn is_seen(seen: &Rows, accounts: &BTreeSet<AccountId>) -> bool {
    if accounts.is_empty() {
        return seen.is_everything();
    }
    accounts.iter().all(|account| seen.has(*account))
}

async fn gather(work: &mut Work<'_>, today: Date) -> Result<Vec<Participant>, StoreError> {
    let mut found = work.system_unknown_participations(MOST).await?;
    found.extend(work.system_decided_participations(MOST).await?);
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let addresses = Addresses::load(work, today).await?;
    let decisions = work.system_participant_decisions().await?.into_iter();
    let decided: BTreeMap<String, ParticipantDecision> =
        decisions.map(|one| (one.address.clone(), one)).collect();
    let guesses: BTreeSet<i64> =
        found.iter().filter_map(|one| addresses.company(&one.address)).collect();
    let companies = work.system_staffs(&guesses, today).await?;
    let whole = |one: Participation| {
        let party = addresses.company(&one.address);
        let account = |party: i64| addresses.account(party);
        let company = party.and_then(|party| companies.get(&party)).map(|staff| Company {
            party: staff.party,
            name: staff.name.clone(),
            account: account(staff.party.as_i64()),
            people: staff.people.clone(),
        });
        let accounts = one.parties.iter().copied().chain(party).filter_map(account).collect();
        participant(one, &decided, (company, accounts))
    };
    let mut found: Vec<Participant> = found.into_iter().map(whole).collect();
    found.sort_by_key(|one| one.state != Identification::Open);
    Ok(found)
}

fn participant(
    one: Participation,
    decided: &BTreeMap<String, ParticipantDecision>,
    (company, accounts): (Option<Company>, BTreeSet<AccountId>),
) -> Participant {
    let decision = decided.get(&one.address);
    let person = decision.and_then(|one| Some((PersonId(one.person?), one.name.clone()?)));
    let state = match (decision, &person) {
        (None, _) => Identification::Open,
        (Some(_), None) => Identification::Ignored,
        (Some(_), Some(_)) => Identification::Known,
    };
    Participant {
        address: one.address,
        name: one.name,
        state,
        interactions: one.interactions,
        first_on: one.first_on,
        last_on: one.last_on,
        company,
        person,
        accounts,
    }
}

/// Decides whose an address is; what it took part in is attached at once and from then on.
///
/// # Errors
///
/// `forbidden`; `not_found` for an address that is not seen; `step_refused` when somebody decided
/// already, or nobody did and it is asked anew; `field_missing` and `field_invalid` on `name`,
/// `party` and `person`.
pub async fn decide(ctx: &Ctx, address: &str, decision: Decision) -> Result<(), AppError> {
    may_decide(ctx)?;
    let found = list(ctx).await?.into_iter().find(|one| one.address == address);
    let one = found.ok_or(AppError::NOT_FOUND)?;
    check(ctx, &one, &decision).await?;
    let new = PersonId(ctx.id());
    let person = match &decision {
        Decision::Add { .. } => Some(new),
        Decision::Known(person) => Some(*person),
        Decision::Ignore => None,
        Decision::Ask => one.person.as_ref().map(|(person, _)| *person),
    };
    let number = person.map(PersonId::as_i64);
    let mut event = match one.accounts.first() {
        Some(account) => {
            let name = EventName::ParticipantDecided;
            let event = ctx.account_event(name, *account, "person", number.unwrap_or_default());
            Event { object_id: number, ..event }
        }
        None => ctx.event(EventName::ParticipantDecided, "person", number),
    };
    event.payload = vec![("decision", decision.state().to_string())];
    ctx.db()
        .write(async |work| {
            if let Decision::Add { name, title, party } = &decision {
                add(ctx, work, &one, (new, name, title.as_deref(), *party)).await?;
            }
            if decision == Decision::Ask {
                work.system_ask_participant(address).await?;
            } else {
                work.system_decide_participant(address, number, ctx.now()).await?;
            }
            settle_exchanges(work, ctx.today(), Some(address)).await?;
            Ok::<_, AppError>(work.record(&event).await?)
        })
        .await
}

impl Decision {
    /// Gives what is known of the address afterwards.
    pub const fn state(&self) -> Identification {
        match self {
            Self::Add { .. } => Identification::Added,
            Self::Known(_) => Identification::Known,
            Self::Ignore => Identification::Ignored,
            Self::Ask => Identification::Open,
        }
    }
}

/// Refuses whoever decides on nobody.
///
/// # Errors
///
/// `forbidden`.
pub fn may_decide(ctx: &Ctx) -> Result<(), AppError> {
    allow(ctx, Capability::Update, Scope::Company)
}

fn allow(ctx: &Ctx, capability: Capability, scope: Scope) -> Result<(), AppError> {
    let may = may(&ctx.viewer, capability, Object::Person, scope);
    if may { Ok(()) } else { Err(AppError::FORBIDDEN) }
}

async fn check(ctx: &Ctx, one: &Participant, decision: &Decision) -> Result<(), AppError> {
    for account in &one.accounts {
        allow(ctx, Capability::Update, Scope::Account(*account))?;
    }
    let is_open = one.state == Identification::Open;
    if is_open == (*decision == Decision::Ask) {
        return Err(Code::StepRefused.into());
    }
    let wrong = |code, field| Err(AppError::Field { code, field });
    match decision {
        Decision::Add { name, .. } if name.trim().is_empty() => wrong(Code::FieldMissing, "name"),
        Decision::Add { name, .. } if name.chars().count() > LONGEST => {
            wrong(Code::FieldInvalid, "name")
        }
        Decision::Add { party, .. } => may_add_at(ctx, *party).await,
        Decision::Known(person) => {
            let known = ctx.db().read(async |work| work.person(&ctx.viewer, *person).await);
            known.await?.map_or_else(|| wrong(Code::FieldInvalid, "person"), |_| Ok(()))
        }
        Decision::Ignore | Decision::Ask => Ok(()),
    }
}

/// Refuses whoever adds nobody at a party; a party that is not seen is not there.
async fn may_add_at(ctx: &Ctx, party: PartyId) -> Result<(), AppError> {
    let (today, party) = (ctx.today(), party.as_i64());
    let parties = BTreeSet::from([party]);
    let found = ctx.db().read(async |work| {
        let staff = work.system_staffs(&parties, today).await?;
        let account = Addresses::load(work, today).await?.account(party);
        Ok::<_, StoreError>((!staff.is_empty()).then_some(account))
    });
    let seen = rows(&ctx.viewer, Object::Person);
    match found.await? {
        Some(Some(account)) if seen.has(account) => {
            allow(ctx, Capability::Create, Scope::Account(account))
        }
        Some(None) if seen.is_everything() => allow(ctx, Capability::Create, Scope::Company),
        _ => Err(AppError::Field { code: Code::FieldInvalid, field: "party" }),
    }
}

/// Adds a person who works at a party since the first day on which the address took part.
async fn add(
    ctx: &Ctx,
    work: &mut Work<'_>,
    one: &Participant,
    (id, name, title, party): (PersonId, &str, Option<&str>, PartyId),
) -> Result<(), StoreError> {
    let title = title.map(str::trim).filter(|title| !title.is_empty());
    let mut fields = Fields::from([
        ("side", Side::Customer.as_str().into()),
        ("name", name.trim().into()),
        ("folded", fold(name).into()),
        ("email", one.address.as_str().into()),
    ]);
    if let Some(title) = title {
        fields.insert("title", title.into());
    }
    work.system_create(Records::Persons, &[(id.as_i64(), &fields)]).await?;
    let place = Affiliation {
        id: ctx.id(),
        person: id.as_i64(),
        party: party.as_i64(),
        title: title.map(str::to_owned),
        period: Period { from: one.first_on, to: Period::ALWAYS.to },
    };
    work.system_put_affiliations(&[place]).await?;
    index_people(work, &BTreeSet::from([id.as_i64()])).await
}

/// Gives the party of a name that only one has among those that the viewer may choose.
///
/// # Errors
///
/// `field_missing`, `field_invalid` and `name_ambiguous` on `party`.
pub async fn party_named(ctx: &Ctx, name: &str) -> Result<PartyId, AppError> {
    let (folded, today) = (fold(name), ctx.today());
    let named = ctx.db().read(async |work| {
        let parties = work.system_parties_named(&folded).await?;
        let addresses = Addresses::load(work, today).await?;
        let account = |party: PartyId| addresses.account(party.as_i64());
        let parties = parties.into_iter().map(|party| (party, account(party)));
        Ok::<Vec<_>, StoreError>(parties.collect())
    });
    let seen = rows(&ctx.viewer, Object::Person);
    let is_seen = |account: Option<AccountId>| {
        account.map_or_else(|| seen.is_everything(), |account| seen.has(account))
    };
    let named: Vec<(PartyId, Option<AccountId>)> = named.await?;
    let mut named = named.into_iter().filter(|(_, account)| is_seen(*account));
    let code = match (named.next(), named.next()) {
        (Some((party, _)), None) => return Ok(party),
        (Some(_), Some(_)) => Code::NameAmbiguous,
        _ if name.trim().is_empty() => Code::FieldMissing,
        _ => Code::FieldInvalid,
    };
    Err(AppError::Field { code, field: "party" })
}
