//! One computed vector of all accounts for a day, a currency and a rate rule, kept in memory.
//!
//! It is loaded with a handful of statements over sets and holds everybody's accounts; what a
//! viewer may see is decided afterwards, in [`crate::sight`]. Two counters in the database tell
//! when it is out of date, so that several nodes agree.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use orchestre_domain::criterion::Criterion;
use orchestre_domain::id::{AccountId, PartyId, ProductId};
use orchestre_domain::month::Ym;
use orchestre_domain::permission::Rows;
use orchestre_domain::settings::Settings;
use orchestre_store::{PartyMonth, Sums, Versions};

use crate::accounts::shares::Windows;
use crate::asked::Asked;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ranking::Place;

mod base;
pub(crate) mod build;
pub(crate) mod exchange;
pub(crate) mod facts;
pub(crate) mod line;
mod load;
pub(crate) mod pipeline;
pub(crate) mod scoring;
pub(crate) mod sum;

pub use scoring::{Measure, MeasureUnit};
pub use sum::Window;
pub(crate) use sum::{Sum, Warnings};

use exchange::Exchange;
use facts::Terms;
use line::{Facts, Line};

/// Vectors kept at the same time.
const KEPT: usize = 16;
/// Accounts in all kept vectors together; a line takes about a kilobyte.
const KEPT_LINES: usize = 60_000;

/// What a vector was computed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) asked: Asked,
    pub(crate) versions: Versions,
}

/// All accounts, computed.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) key: Key,
    pub(crate) lines: Vec<Line>,
    places: BTreeMap<AccountId, usize>,
    pub(crate) window: Option<Window>,
    /// The last complete month at the day, whether or not it has facts.
    pub(crate) complete: Ym,
    pub(crate) is_too_old: bool,
    /// What belongs to no account.
    pub(crate) unattributed: Facts,
    pub(crate) exchange: Exchange,
    pub(crate) settings: Settings,
    pub(crate) criteria: [Vec<Criterion>; 3],
    pub(crate) criteria_versions: [i64; 3],
    pub(crate) warnings: Warnings,
    ranked: Ranked,
    base: Arc<Vec<PartyMonth>>,
    products: Mutex<VecDeque<(AccountId, ProductWindows)>>,
}

/// What an account bought of each product; `None` gathers what names no known product.
pub(crate) type ProductWindows = Arc<BTreeMap<Option<ProductId>, Windows>>;

/// Accounts whose products are kept with a vector.
const KEPT_PRODUCTS: usize = 64;

/// Where accounts stand among those that somebody sees.
pub(crate) type Places = Arc<BTreeMap<AccountId, Place>>;
/// Places by the rows of accounts and of scores that a viewer reads.
type Ranked = Mutex<Vec<(Rows, Rows, Places)>>;

impl Snapshot {
    /// Gives the ranks for these rows, computed once.
    pub(crate) fn places_for(
        &self,
        accounts: &Rows,
        scores: &Rows,
        compute: impl FnOnce() -> BTreeMap<AccountId, Place>,
    ) -> Places {
        let known = |ranked: &[(Rows, Rows, Places)]| {
            let found = ranked.iter().find(|(a, s, _)| a == accounts && s == scores);
            found.map(|(_, _, places)| Arc::clone(places))
        };
        if let Some(found) = known(&self.ranked.lock().unwrap_or_else(PoisonError::into_inner)) {
            return found;
        }
        let places = Arc::new(compute());
        let mut ranked = self.ranked.lock().unwrap_or_else(PoisonError::into_inner);
        ranked.truncate(KEPT);
        ranked.insert(0, (accounts.clone(), scores.clone(), Arc::clone(&places)));
        places
    }

    /// Gives the line of an account.
    pub(crate) fn line(&self, account: AccountId) -> Option<&Line> {
        self.lines.get(*self.places.get(&account)?)
    }

    /// Gives the sums of some parties, from memory.
    pub(crate) fn sums_of(
        &self,
        parties: impl IntoIterator<Item = PartyId>,
    ) -> Vec<(PartyId, Sums)> {
        let mut found = Vec::new();
        for party in parties {
            let first = self.base.partition_point(|month| month.party < party);
            let own = self.base.iter().skip(first).take_while(|month| month.party == party);
            found.extend(own.filter_map(PartyMonth::sums).map(|sums| (party, sums)));
        }
        found
    }

    /// Gives the products of an account that were read before.
    pub(crate) fn products(&self, account: AccountId) -> Option<ProductWindows> {
        let kept = self.products.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| *known == account).map(|(_, found)| Arc::clone(found))
    }

    /// Keeps the products of an account.
    pub(crate) fn keep_products(&self, account: AccountId, found: &ProductWindows) {
        let mut kept = self.products.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(KEPT_PRODUCTS - 1);
        kept.push_front((account, Arc::clone(found)));
    }

    /// Gives how amounts become the asked currency.
    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms {
            exchange: &self.exchange,
            rule: self.key.asked.rates,
            to: self.key.asked.currency,
            window: self.window,
            is_too_old: self.is_too_old,
        }
    }
}

/// The sums of all parties for one version of the facts.
type Base = (i64, Arc<Vec<PartyMonth>>);

/// The vectors that were used last, and the sums that they share.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    vectors: Arc<Mutex<VecDeque<Arc<Snapshot>>>>,
    base: Arc<Mutex<Option<Base>>>,
}

impl Kept {
    fn base(&self, version: i64) -> Option<Arc<Vec<PartyMonth>>> {
        let base = self.base.lock().unwrap_or_else(PoisonError::into_inner);
        base.as_ref().filter(|base| base.0 == version).map(|base| Arc::clone(&base.1))
    }

    fn find(&self, key: Key) -> Option<Arc<Snapshot>> {
        let mut kept = self.vectors.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|snapshot| snapshot.key == key)?;
        let found = kept.remove(place)?;
        kept.push_front(Arc::clone(&found));
        Some(found)
    }

    fn keep(&self, snapshot: &Arc<Snapshot>) {
        let mut kept = self.vectors.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|old| old.key.versions == snapshot.key.versions);
        kept.push_front(Arc::clone(snapshot));
        let mut lines = 0_usize;
        let fits = kept.iter().take_while(|snapshot| {
            lines = lines.saturating_add(snapshot.lines.len());
            lines <= KEPT_LINES
        });
        let count = fits.count().clamp(1, KEPT);
        kept.truncate(count);
    }
}

/// Gives the vector for what is asked, computed anew only when the data moved.
pub(crate) async fn get(ctx: &Ctx, asked: Asked) -> Result<Arc<Snapshot>, AppError> {
    let versions = ctx.db().read(async |work| work.versions().await).await?;
    let key = Key { asked, versions };
    if let Some(found) = ctx.app.kept.find(key) {
        return Ok(found);
    }
    let known = ctx.app.kept.base(versions.facts);
    let (base, loaded) = ctx
        .db()
        .read(async |work| {
            let base = match known {
                Some(base) => base,
                None => Arc::new(work.system_party_months().await?),
            };
            *ctx.app.kept.base.lock().unwrap_or_else(PoisonError::into_inner) =
                Some((versions.facts, Arc::clone(&base)));
            let loaded = load::load(work, asked, &base).await?;
            Ok::<_, AppError>((base, loaded))
        })
        .await?;
    let snapshot = Arc::new(build::build(key, loaded, base));
    ctx.app.kept.keep(&snapshot);
    Ok(snapshot)
}

/// Says whether an import is being applied; figures then carry a warning.
pub(crate) async fn is_importing(ctx: &Ctx) -> Result<bool, AppError> {
    Ok(ctx.db().read(async |work| work.is_importing().await).await?)
}
