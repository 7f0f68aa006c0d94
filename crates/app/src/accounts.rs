//! Accounts: found by what a person types, and the page of one.

use jiff::civil::Date;
use orchestre_domain::figure::{Figure, Warning};
use orchestre_domain::fold::fold;
use orchestre_domain::id::{AccountId, PartyId};
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;
use orchestre_store::{DatedName, DatedState, Member};

use crate::asked::Asked;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::portfolio::{AccountRow, Year};
use crate::section::Section;
use crate::snapshot::Window;

pub(crate) mod figures;
mod missing;
mod page;
mod relations;
pub(crate) mod shares;
mod tree;

pub use missing::Missing;
pub use page::show;
pub use relations::{InteractionRow, OpportunityRow, PersonRow};
pub use shares::{EntityRow, ProductRow};
pub use tree::{TreeRow, tree};

/// Everything that an account's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountPage {
    /// For what it holds.
    pub asked: Asked,
    /// The account as lists show it.
    pub row: AccountRow,
    /// Who they are.
    pub header: Header,
    /// The figures of the page, in order.
    pub figures: Vec<Shown>,
    /// The closed months of the window beside the same months a year before, and the running
    /// month when the day is today.
    pub months: Vec<MonthPair>,
    /// Calendar years, ascending.
    pub years: Vec<Year>,
    /// The group in the legal view.
    pub tree: Vec<TreeRow>,
    /// The parties with the largest turnover.
    pub entities: Vec<EntityRow>,
    /// The products with the largest turnover.
    pub products: Vec<ProductRow>,
    /// The customer's people.
    pub people: Section<Vec<PersonRow>>,
    /// Open opportunities, by expected close.
    pub opportunities: Section<Vec<OpportunityRow>>,
    /// The latest interactions.
    pub interactions: Section<Vec<InteractionRow>>,
    /// What is not known and how to mend it.
    pub missing: Vec<Missing>,
    /// The twelve months; `None` without any facts.
    pub window: Option<Window>,
    /// What is worth knowing of all of it.
    pub warnings: Vec<Warning>,
}

/// A figure of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The stable key: `T12.turnover`, `B1.score` …
    pub key: &'static str,
    /// The figure; a value of money is in minor units.
    pub figure: Figure,
    /// The currency of money.
    pub currency: Option<Currency>,
    /// The exact amount of a figure of money, or the amount behind a fraction.
    pub minor: Option<i64>,
}

/// Who an account is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The names it bore, the oldest first.
    pub names: Vec<DatedName>,
    /// The numbers under which registers know it: scheme and value.
    pub identifiers: Vec<(String, String)>,
    /// Address, sector, size and since when.
    pub profile: orchestre_store::Profile,
    /// Tiers and statuses, the newest first.
    pub states: Vec<DatedState>,
    /// Our people who serve it.
    pub team: Vec<Member>,
    /// Companies and sites in it.
    pub parties: usize,
    /// The countries in which they are.
    pub countries: Vec<String>,
}

/// A month beside the same month a year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthPair {
    /// The month.
    pub ym: Ym,
    /// Its turnover.
    pub minor: Option<i64>,
    /// The turnover of the same month a year before.
    pub before_minor: Option<i64>,
    /// Whether the month is not over yet.
    pub is_open: bool,
}

/// Gives the name of an account.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`].
pub async fn name(ctx: &Ctx, id: AccountId) -> Result<String, AppError> {
    let found = ctx.db().read(async |work| work.account(&ctx.viewer, id).await).await?;
    found.map(|(_, name)| name).ok_or(AppError::NOT_FOUND)
}

/// Gives the last day on which an account was one, for an account that has become part of another;
/// `None` for one that is, or that the viewer does not see.
///
/// # Errors
///
/// What the store says.
pub async fn last_day(ctx: &Ctx, account: AccountId) -> Result<Option<Date>, AppError> {
    let end = ctx.db().read(async |work| work.account_end(&ctx.viewer, account).await).await?;
    let last = end.filter(|end| *end <= ctx.today()).and_then(|end| end.yesterday().ok());
    Ok(last)
}

/// Finds the account that a text means: its id, an id of another system, its name or a former
/// name, and only then the name of one of its parties.
///
/// # Errors
///
/// [`AppError::Ambiguous`] with the candidates, or [`AppError::NOT_FOUND`].
pub async fn find(ctx: &Ctx, text: &str) -> Result<AccountId, AppError> {
    find_on(ctx, text, ctx.today()).await
}

/// Finds the account that a text meant on another day, as [`find`].
///
/// # Errors
///
/// As [`find`].
pub async fn find_on(ctx: &Ctx, text: &str, as_of: Date) -> Result<AccountId, AppError> {
    let text = text.trim();
    let folded = fold(text);
    let viewer = &ctx.viewer;
    let found = ctx
        .db()
        .read(async |work| {
            if let Some(id) = AccountId::parse(text) {
                return Ok(work.account(viewer, id).await?.into_iter().collect());
            }
            if let Some(party) = PartyId::parse(text) {
                let cards = work.party_cards(viewer, &[party], as_of).await?;
                return Ok(cards.into_iter().filter_map(|card| card.account).collect());
            }
            let found = work.accounts_by_external_id(viewer, text, as_of).await?;
            if !found.is_empty() || folded.is_empty() {
                return Ok(found);
            }
            let found = work.accounts_by_name(viewer, (text, &folded), as_of).await?;
            if !found.is_empty() {
                return Ok(found);
            }
            Ok::<Vec<(AccountId, String)>, AppError>(
                work.accounts_by_folded(viewer, &folded, as_of).await?,
            )
        })
        .await?;
    match found.as_slice() {
        [] => Err(AppError::NOT_FOUND),
        [(account, _)] => Ok(*account),
        _ => {
            let named = found.into_iter().map(|(account, name)| (account.to_string(), name));
            Err(AppError::Ambiguous(named.collect()))
        }
    }
}
