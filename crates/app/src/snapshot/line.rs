//! An account in the computed vector.

use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;
use orchestre_store::{AccountBasis, ParentBasis};

use super::scoring::{Scored, SetScore};
use super::sum::{Sum, Warnings};

/// Months that a line keeps: this window and the one before.
pub(crate) const MONTHS: usize = 24;

/// An account with all that lists show of it, for one day, currency and rate rule.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) basis: AccountBasis,
    pub(crate) folded: String,
    pub(crate) external_ids: Vec<String>,
    pub(crate) tier: Option<Tier>,
    pub(crate) status: Option<AccountStatus>,
    pub(crate) parent: Option<ParentBasis>,
    pub(crate) kam: Option<(PersonId, String)>,
    pub(crate) sponsor: Option<(PersonId, String)>,
    pub(crate) facts: Facts,
    /// What its computed criteria rest on.
    pub(crate) scored: Scored,
    pub(crate) pipeline: Pipeline,
    /// Selection, attractiveness, strength.
    pub(crate) scores: [SetScore; 3],
    pub(crate) warnings: Warnings,
}

impl Line {
    pub(crate) const fn id(&self) -> AccountId {
        self.basis.account
    }
}

/// The converted facts of an account.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// Turnover of the months of the window before and of this one, the oldest first; `None` when
    /// none of it could be converted.
    pub(crate) months: Vec<Option<i64>>,
    /// Calendar years with facts, ascending, and how many months have some.
    pub(crate) years: Vec<(i64, Sum, usize)>,
    /// The first month with facts.
    pub(crate) first: Option<Ym>,
    /// This window.
    pub(crate) now: Sum,
    /// The window before.
    pub(crate) before: Sum,
    /// Window turnover by its own currency, and whether it could be converted.
    pub(crate) currencies: Vec<(Currency, i64, bool)>,
    /// Cost-to-serve of the window; `None` when none is known.
    pub(crate) cost_to_serve: Option<i64>,
    /// The months of the window whose cost-to-serve is known, a bit each.
    pub(crate) cost_months: u16,
    /// `None` when nothing is known for the window.
    pub(crate) turnover: Option<i64>,
    /// The same for the window before.
    pub(crate) previous: Option<i64>,
    pub(crate) growth: Option<f64>,
    /// Margin after cost-to-serve as a fraction; the gross margin when none is known.
    pub(crate) contribution: Option<f64>,
}

/// Opportunities of an account on the day.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pipeline {
    pub(crate) open: usize,
    pub(crate) open_amount: Option<i64>,
    pub(crate) open_weighted: Option<i64>,
    /// Open ones with an amount that could be converted.
    pub(crate) open_valued: usize,
    /// Open ones with a converted amount and a probability.
    pub(crate) open_likely: usize,
    pub(crate) won: usize,
    pub(crate) won_amount: Option<i64>,
}
