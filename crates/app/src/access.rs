//! Who can see this, and why; and what somebody can see.

use std::collections::BTreeMap;

use orchestre_domain::id::{AccountId, LoginId, PersonId, PlanId};
use orchestre_domain::permission::{
    Basis, Capability, Object, Reach, Refusal, Scope, bases, explain, reach, rows,
};
use orchestre_domain::viewer::Viewer;
use orchestre_store::StoreError;

use crate::sight::ask;
use crate::{AppError, Ctx};

/// The sections of an account, in the order in which pages show them.
pub const SECTIONS: [Object; 11] = [
    Object::Account,
    Object::Person,
    Object::Sales,
    Object::Margin,
    Object::Opinion,
    Object::Opportunity,
    Object::Interaction,
    Object::Score,
    Object::Plan,
    Object::Action,
    Object::Event,
];

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An account.
    Account(AccountId),
    /// A person of a customer or of ours.
    Person(PersonId),
    /// A plan.
    Plan(PlanId),
}

impl Target {
    /// Reads an id of any of these.
    pub fn parse(text: &str) -> Option<Self> {
        let account = AccountId::parse(text).map(Self::Account);
        let person = || PersonId::parse(text).map(Self::Person);
        account.or_else(person).or_else(|| PlanId::parse(text).map(Self::Plan))
    }
}

/// Somebody who can see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seer {
    /// The login.
    pub login: LoginId,
    /// The name.
    pub name: String,
    /// Everything that lets this person see it.
    pub bases: Vec<Basis>,
}

/// Who can see something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// What it is called.
    pub name: String,
    /// The section that was asked for.
    pub section: Object,
    /// The names of those who lend, by login.
    pub names: BTreeMap<LoginId, String>,
    /// Whether it is one of ours, whose card everybody who signs in sees.
    pub is_everybodys: bool,
    /// Who can.
    pub seers: Vec<Seer>,
    /// Who cannot, and why; `None` for whoever may not know of walls.
    pub refused: Option<Vec<(LoginId, String, Refusal)>>,
}

/// Decides whether a viewer reads a section of something that belongs to these accounts, with
/// everything that lets one.
///
/// # Errors
///
/// The strongest reason why not: a wall, then the section, then the account, then the role.
pub fn decide(
    viewer: &Viewer,
    section: Object,
    accounts: &[AccountId],
) -> Result<Vec<Basis>, Refusal> {
    let read = Capability::Read;
    let found: Vec<Basis> = accounts
        .iter()
        .flat_map(|account| bases(viewer, read, section, Scope::Account(*account)))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let refusals: Vec<Refusal> = accounts
        .iter()
        .filter_map(|account| explain(viewer, read, section, Scope::Account(*account)).err())
        .collect();
    let order = [Refusal::Wall, Refusal::Section, Refusal::NotOwn];
    let first = order.into_iter().find(|reason| refusals.contains(reason));
    Err(first.unwrap_or(Refusal::NoRole))
}

/// Gives who can see a section of something, and why.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`] for what the viewer does not see; [`AppError::FORBIDDEN`] for whoever
/// may not ask.
pub async fn who(ctx: &Ctx, target: Target, section: Object) -> Result<Access, AppError> {
    let (name, accounts) = found(ctx, target).await?;
    let today = ctx.today();
    let (viewers, logins) = ctx
        .db()
        .read(async |work| {
            let viewers = work.system_viewers(today).await?;
            Ok::<_, StoreError>((viewers, work.system_logins().await?))
        })
        .await?;
    let names: BTreeMap<LoginId, String> =
        logins.into_iter().map(|login| (login.id, login.name)).collect();
    let (mut seers, mut refused) = (Vec::new(), Vec::new());
    for viewer in &viewers {
        let Some((login, name)) = viewer.login.and_then(|id| names.get_key_value(&id)) else {
            continue;
        };
        let decided = match &accounts {
            Some(accounts) => decide(viewer, section, accounts),
            None => Ok(Vec::new()),
        };
        match decided {
            Ok(mut bases) => {
                bases.dedup();
                seers.push(Seer { login: *login, name: name.clone(), bases });
            }
            Err(reason) => refused.push((*login, name.clone(), reason)),
        }
    }
    seers.sort_by(|one, other| one.name.cmp(&other.name));
    refused.sort_by(|one, other| one.1.cmp(&other.1));
    let knows_walls = reach(&ctx.viewer, Capability::Read, Object::Wall).is_some();
    let refused = knows_walls.then_some(refused);
    Ok(Access { name, section, names, is_everybodys: accounts.is_none(), seers, refused })
}

/// Gives the name and the accounts of something, as far as the viewer may ask; `None` for one of
/// ours.
async fn found(ctx: &Ctx, target: Target) -> Result<(String, Option<Vec<AccountId>>), AppError> {
    let viewer = &ctx.viewer;
    let (name, accounts) = ctx
        .db()
        .read(async |work| match target {
            Target::Account(account) => {
                let names = work.seen_accounts(viewer).await?;
                let name = names.into_iter().find(|(id, _)| *id == account);
                Ok(name.map(|(_, name)| (name, Some(vec![account]))))
            }
            Target::Person(person) => {
                let card = work.person(viewer, person).await?;
                let accounts = work.system_person_accounts(person).await?;
                Ok(card.map(|card| (card.name, accounts)))
            }
            Target::Plan(plan) => {
                let card = work.plan(viewer, plan).await?;
                Ok::<_, StoreError>(card.map(|card| (card.account_name, Some(vec![card.account]))))
            }
        })
        .await?
        .ok_or(AppError::NOT_FOUND)?;
    let Some(accounts) = accounts else { return Ok((name, None)) };
    // What lies at accounts that the viewer does not see is not told by way of the others.
    let seen = rows(viewer, Object::Account);
    let accounts: Vec<AccountId> = accounts.into_iter().filter(|id| seen.has(*id)).collect();
    let first = accounts.first().copied().ok_or(AppError::NOT_FOUND)?;
    let asked = rows(viewer, Object::Access);
    let accounts: Vec<AccountId> = accounts.into_iter().filter(|id| asked.has(*id)).collect();
    if accounts.is_empty() {
        ask(viewer, Capability::Read, Object::Access, first)?;
    }
    Ok((name, Some(accounts)))
}

/// An account that somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenAccount {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// What lets this person see it.
    pub basis: Basis,
    /// The sections that this person reads, as in [`SECTIONS`].
    pub sections: Vec<Object>,
}

/// What somebody can see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The login.
    pub login: LoginId,
    /// The name.
    pub name: String,
    /// The names of those who lend, by login.
    pub names: BTreeMap<LoginId, String>,
    /// The accounts, by name.
    pub accounts: Vec<SeenAccount>,
}

/// Gives what a login can see: one's own, or anybody's for whoever asks for all accounts.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] for whoever may not ask, [`AppError::NOT_FOUND`] for an unknown login.
pub async fn what(ctx: &Ctx, login: LoginId) -> Result<Seen, AppError> {
    let asks_all = reach(&ctx.viewer, Capability::Read, Object::Access) == Some(Reach::All);
    if !asks_all && ctx.viewer.login != Some(login) {
        return Err(AppError::FORBIDDEN);
    }
    let today = ctx.today();
    let (viewers, logins, accounts) = ctx
        .db()
        .read(async |work| {
            let viewers = work.system_viewers(today).await?;
            let logins = work.system_logins().await?;
            Ok::<_, StoreError>((viewers, logins, work.seen_accounts(&ctx.viewer).await?))
        })
        .await?;
    let names: BTreeMap<LoginId, String> =
        logins.into_iter().map(|login| (login.id, login.name)).collect();
    let name = names.get(&login).cloned().ok_or(AppError::NOT_FOUND)?;
    let viewer = viewers.iter().find(|viewer| viewer.login == Some(login));
    let viewer = viewer.ok_or(AppError::NOT_FOUND)?;
    let read =
        |section, account| explain(viewer, Capability::Read, section, Scope::Account(account));
    let seen = accounts.into_iter().filter_map(|(account, name)| {
        let basis = read(Object::Account, account).ok()?;
        let sections = SECTIONS.into_iter().filter(|one| read(*one, account).is_ok()).collect();
        Some(SeenAccount { account, name, basis, sections })
    });
    Ok(Seen { login, name, accounts: seen.collect(), names })
}
