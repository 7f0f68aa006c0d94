//! The portfolio: the ranked list of accounts, its figures, and the matrix.

use std::collections::BTreeSet;

use orchestre_domain::figure::Warning;
use orchestre_domain::id::PersonId;

use crate::asked::Asked;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::section::Section;
use crate::sight::{Perimeter, Sight};
use crate::snapshot::line::Line;
use crate::snapshot::sum::growth;
use crate::snapshot::{Sum, Window};

pub(crate) mod figures;
mod filter;
mod matrix;
mod order;
pub(crate) mod row;

pub use figures::{PortfolioFigures, Year, figures};
pub use filter::{Between, Filter, Kam};
pub use matrix::{Bubble, Cell, Matrix, matrix};
pub use order::{Order, Slice, Sort, SortKey};
pub use row::{AccountRow, Margin, Parent, ScoreShown};

/// Sums over some accounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Totals {
    /// How many accounts.
    pub accounts: usize,
    /// Their turnover of twelve months; `None` when none is known.
    pub turnover_minor: Option<i64>,
    /// That of the twelve months before.
    pub previous_minor: Option<i64>,
    /// The growth of the whole.
    pub growth: Option<f64>,
    /// The gross margin; hidden unless the viewer reads that of every one of them.
    pub margin: Section<Margin>,
}

/// What a list can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// The managers of the accounts.
    pub kams: Vec<(PersonId, String)>,
    /// Their countries.
    pub countries: Vec<String>,
    /// Their sectors.
    pub sectors: Vec<String>,
}

/// A list of accounts with its totals.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// For what it holds.
    pub asked: Asked,
    /// The accounts of the slice.
    pub rows: Vec<AccountRow>,
    /// How many come before them.
    pub from: usize,
    /// How many accounts the filter keeps.
    pub found: usize,
    /// Over those.
    pub totals: Totals,
    /// Over the accounts that the viewer sees and the filter leaves out.
    pub others: Totals,
    /// Over all accounts that the viewer sees.
    pub all: Totals,
    /// Turnover of the window that belongs to no account; hidden unless the viewer sees the whole.
    pub unattributed_minor: Section<Option<i64>>,
    /// Over what ranks and totals are taken.
    pub perimeter: Perimeter,
    /// The twelve months; `None` without any facts.
    pub window: Option<Window>,
    /// What is worth knowing of all of it.
    pub warnings: Vec<Warning>,
    /// What the list can be filtered by.
    pub choices: Choices,
    /// The version of the facts behind it.
    pub facts_version: i64,
}

/// Lists the accounts that the viewer sees.
///
/// # Errors
///
/// When the store fails.
pub async fn list(
    ctx: &Ctx,
    asked: &Asked,
    filter: &Filter,
    sort: Sort,
    slice: Slice,
) -> Result<Listing, AppError> {
    let sight = Sight::of(ctx, *asked).await?;
    let places = sight.places();
    let words = filter.words();
    let (mut found, others): (Vec<&Line>, Vec<&Line>) =
        sight.lines().partition(|line| filter.keeps(&sight, line, &words));
    let totals = totals(&sight, &found);
    order::sort(&sight, &mut found, sort);
    let from = slice.begins(&found);
    let part = found.iter().skip(from).take(slice.count);
    let all: Vec<&Line> = sight.lines().collect();
    Ok(Listing {
        asked: *asked,
        rows: part.map(|line| row::row(&sight, line, places.get(&line.id()))).collect(),
        from,
        found: found.len(),
        totals,
        others: self::totals(&sight, &others),
        all: self::totals(&sight, &all),
        unattributed_minor: unattributed(&sight),
        perimeter: sight.perimeter,
        window: sight.snapshot.window,
        warnings: warnings(&sight),
        choices: choices(&all),
        facts_version: sight.snapshot.key.versions.facts,
    })
}

/// Gives the sums over some lines.
pub(crate) fn totals(sight: &Sight, lines: &[&Line]) -> Totals {
    let (mut sum, mut turnover, mut previous) = (Sum::default(), None, None);
    for line in lines {
        if let Some(own) = line.facts.turnover {
            turnover = Some(turnover.unwrap_or(0_i64).saturating_add(own));
            sum.add(&line.facts.now);
        }
        if let Some(own) = line.facts.previous {
            previous = Some(previous.unwrap_or(0_i64).saturating_add(own));
        }
    }
    let reads_all = lines.iter().all(|line| sight.sees_margin(line.id()));
    Totals {
        accounts: lines.len(),
        turnover_minor: turnover,
        previous_minor: previous,
        growth: growth(turnover, previous),
        margin: Section::when(reads_all && sight.has_margin(), || Margin::of(&sum)),
    }
}

/// Turnover of the window that belongs to no account.
pub(crate) fn unattributed(sight: &Sight) -> Section<Option<i64>> {
    let facts = &sight.snapshot.unattributed;
    Section::when(sight.perimeter == Perimeter::Whole, || {
        facts.turnover.filter(|_| facts.now.lines > 0)
    })
}

/// What is worth knowing of everything that this viewer sees.
pub(crate) fn warnings(sight: &Sight) -> Vec<Warning> {
    let mut warnings = sight.snapshot.warnings;
    for line in sight.lines() {
        for warning in [Warning::RateMissing, Warning::RateCarried] {
            warnings.add_if(line.warnings.has(warning), warning);
        }
    }
    warnings.add_if(sight.is_importing, Warning::ImportRunning);
    warnings.add_if(sight.perimeter == Perimeter::Seen, Warning::PartialPerimeter);
    warnings.list()
}

fn choices(lines: &[&Line]) -> Choices {
    let (mut kams, mut countries, mut sectors) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for line in lines {
        kams.extend(line.kam.as_ref().map(|(person, name)| (name.as_str(), *person)));
        countries.extend(line.basis.country.as_deref());
        sectors.extend(line.basis.sector.as_deref());
    }
    Choices {
        kams: kams.into_iter().map(|(name, person)| (person, name.to_owned())).collect(),
        countries: countries.into_iter().map(str::to_owned).collect(),
        sectors: sectors.into_iter().map(str::to_owned).collect(),
    }
}
