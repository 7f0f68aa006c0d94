//! What a viewer sees of the vector: which accounts, which sections, and the ranks among them.

use std::collections::BTreeMap;
use std::sync::Arc;

use orchestre_domain::id::AccountId;
use orchestre_domain::permission::{Capability, Object, Rows, Scope, may, rows};
use orchestre_domain::viewer::Viewer;

use crate::asked::Asked;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ranking::{self, Place};
use crate::snapshot::line::Line;
use crate::snapshot::{self, Snapshot};

/// Over what a figure of a set was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Perimeter {
    /// Over every account.
    Whole,
    /// Over what the viewer may see.
    Seen,
}

impl Perimeter {
    /// Gives the stable word, end of a text key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Seen => "seen",
        }
    }
}

/// A viewer's look at a vector.
#[derive(Debug, Clone)]
pub(crate) struct Sight {
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) perimeter: Perimeter,
    pub(crate) is_importing: bool,
    accounts: Rows,
    sales: Rows,
    margin: Rows,
    score: Rows,
    opportunity: Rows,
}

impl Sight {
    /// Gives this viewer's look at what is asked.
    pub(crate) async fn of(ctx: &Ctx, asked: Asked) -> Result<Self, AppError> {
        let snapshot = snapshot::get(ctx, asked).await?;
        let is_importing = snapshot::is_importing(ctx).await?;
        let viewer = &ctx.viewer;
        let accounts = rows(viewer, Object::Account);
        let sees_whole = may(viewer, Capability::Read, Object::Whole, Scope::Company)
            && accounts.is_everything();
        Ok(Self {
            snapshot,
            perimeter: if sees_whole { Perimeter::Whole } else { Perimeter::Seen },
            is_importing,
            accounts,
            sales: rows(viewer, Object::Sales),
            margin: rows(viewer, Object::Margin),
            score: rows(viewer, Object::Score),
            opportunity: rows(viewer, Object::Opportunity),
        })
    }

    /// Gives the lines of the accounts that the viewer sees.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.snapshot.lines.iter().filter(|line| self.sees(line.id()))
    }

    /// Gives the line of an account.
    ///
    /// # Errors
    ///
    /// [`AppError::NOT_FOUND`] when it is not there or not for this viewer's eyes.
    pub(crate) fn line(&self, account: AccountId) -> Result<&Line, AppError> {
        let line = self.snapshot.line(account).filter(|line| self.sees(line.id()));
        line.ok_or(AppError::NOT_FOUND)
    }

    pub(crate) fn sees(&self, account: AccountId) -> bool {
        self.accounts.has(account)
    }

    pub(crate) fn sees_sales(&self, account: AccountId) -> bool {
        self.sales.has(account)
    }

    pub(crate) fn sees_margin(&self, account: AccountId) -> bool {
        self.margin.has(account)
    }

    pub(crate) fn sees_score(&self, account: AccountId) -> bool {
        self.score.has(account)
    }

    pub(crate) fn sees_opportunity(&self, account: AccountId) -> bool {
        self.opportunity.has(account)
    }

    /// Says whether the viewer reads margins of any account at all.
    pub(crate) fn has_margin(&self) -> bool {
        !matches!(&self.margin, Rows::Only(seen) if seen.is_empty())
    }

    /// Says whether the viewer reads scores of any account at all.
    pub(crate) fn has_score(&self) -> bool {
        !matches!(&self.score, Rows::Only(seen) if seen.is_empty())
    }

    /// Gives the ranks among the accounts whose score the viewer reads; kept with the vector.
    pub(crate) fn places(&self) -> Arc<BTreeMap<AccountId, Place>> {
        self.snapshot.places_for(&self.accounts, &self.score, || {
            let lines = self.scored();
            let settings = &self.snapshot.settings;
            let [selection, _, _] = &self.snapshot.criteria;
            ranking::places(&lines, selection, settings.fragility_ppm)
        })
    }

    /// Gives the accounts that are ranked for this viewer.
    pub(crate) fn scored(&self) -> Vec<&Line> {
        self.lines().filter(|line| self.sees_score(line.id())).collect()
    }
}

/// Says whether the viewer may do this to that on an account; an account that is not seen is not
/// there.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] when it is seen and the capability is missing.
pub(crate) fn ask(
    viewer: &Viewer,
    capability: Capability,
    object: Object,
    account: AccountId,
) -> Result<(), AppError> {
    if !rows(viewer, Object::Account).has(account) {
        return Err(AppError::NOT_FOUND);
    }
    if may(viewer, capability, object, Scope::Account(account)) {
        return Ok(());
    }
    Err(AppError::FORBIDDEN)
}

/// As [`ask`] for an account that an address names: one that does not exist is not there for
/// anybody, whatever the role.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub(crate) async fn ask_at(
    ctx: &Ctx,
    capability: Capability,
    object: Object,
    account: AccountId,
) -> Result<(), AppError> {
    if !ctx.db().read(async |work| work.sees_account(&ctx.viewer, account).await).await? {
        return Err(AppError::NOT_FOUND);
    }
    ask(&ctx.viewer, capability, object, account)
}
