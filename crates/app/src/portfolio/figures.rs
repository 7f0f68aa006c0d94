//! The figures of the portfolio: turnover, growth, margins, and concentration (B5).

use std::collections::BTreeMap;

use orchestre_analytics::concentration::{Concentration, concentration};
use orchestre_domain::figure::{Figure, Unit, Warning};
use orchestre_domain::float;
use orchestre_domain::money::Currency;

use super::{unattributed, warnings};
use crate::asked::Asked;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::section::Section;
use crate::sight::{Perimeter, Sight};
use crate::snapshot::line::Line;
use crate::snapshot::sum::growth;
use crate::snapshot::{Sum, Warnings, Window};

/// A calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// The year.
    pub year: i64,
    /// Its turnover; `None` when nothing of it could be converted.
    pub turnover_minor: Option<i64>,
    /// Its gross margin.
    pub margin_minor: Section<Option<i64>>,
    /// Months with facts.
    pub months: usize,
    /// Whether the year is over on the day.
    pub is_complete: bool,
}

/// The figures of the portfolio as the viewer sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PortfolioFigures {
    /// For what they hold.
    pub asked: Asked,
    /// Over what they are taken.
    pub perimeter: Perimeter,
    /// The twelve months; `None` without any facts.
    pub window: Option<Window>,
    /// How many accounts.
    pub accounts: usize,
    /// Turnover of twelve months, minor units.
    pub turnover: Figure,
    /// The same as a whole number.
    pub turnover_minor: Option<i64>,
    /// Growth of the whole.
    pub growth: Figure,
    /// Gross margin of the whole.
    pub margin: Section<Figure>,
    /// Margin after cost-to-serve of the whole.
    pub contribution: Section<Figure>,
    /// Share of the largest account.
    pub cr1: Figure,
    /// Share of the three largest.
    pub cr3: Figure,
    /// Share of the five largest.
    pub cr5: Figure,
    /// Sum of the squared shares.
    pub hhi: Figure,
    /// As many equal accounts would be as concentrated.
    pub n_eff: Figure,
    /// Inequality of turnover.
    pub gini: Figure,
    /// The shares, descending, for the Lorenz curve.
    pub lorenz: Vec<f64>,
    /// By calendar year, ascending.
    pub by_year: Vec<Year>,
    /// Turnover of the window by its own currency, in minor units of each.
    pub by_currency: Vec<(Currency, i64)>,
    /// Turnover of the window that belongs to no account; hidden unless the whole is seen.
    pub unattributed_minor: Section<Option<i64>>,
    /// What could not be converted, by currency.
    pub unconverted: Vec<(Currency, i64)>,
    /// What is worth knowing of all of it.
    pub warnings: Vec<Warning>,
}

/// Gives the figures over the accounts that the viewer sees.
///
/// # Errors
///
/// When the store fails.
pub async fn figures(ctx: &Ctx, asked: &Asked) -> Result<PortfolioFigures, AppError> {
    let sight = Sight::of(ctx, *asked).await?;
    let lines: Vec<&Line> = sight.lines().collect();
    let whole = Whole::of(&sight, &lines);
    let amounts: Vec<i64> = lines.iter().filter_map(|line| line.facts.turnover).collect();
    let shares = concentration(&amounts);
    let [cr1, cr3, cr5, hhi, n_eff, gini] = whole.concentrated(&shares);
    let mut lorenz: Vec<f64> = shares.shares.iter().copied().flatten().collect();
    lorenz.sort_by(|a, b| b.total_cmp(a));
    let (by_currency, unconverted) = currencies(&lines);
    Ok(PortfolioFigures {
        asked: *asked,
        perimeter: sight.perimeter,
        window: sight.snapshot.window,
        accounts: lines.len(),
        turnover: whole.turnover(),
        turnover_minor: whole.turnover_minor,
        growth: whole.growth(),
        margin: Section::when(whole.reads_margin, || whole.margin()),
        contribution: Section::when(whole.reads_margin, || whole.contribution(&lines)),
        cr1,
        cr3,
        cr5,
        hhi,
        n_eff,
        gini,
        lorenz,
        by_year: years(&sight, lines.iter().copied()),
        by_currency,
        unattributed_minor: unattributed(&sight),
        unconverted,
        warnings: warnings(&sight),
    })
}

/// Sums over all lines, and what their figures have in common.
struct Whole<'a> {
    sight: &'a Sight,
    now: Sum,
    turnover_minor: Option<i64>,
    previous_minor: Option<i64>,
    reads_margin: bool,
    warnings: Warnings,
}

impl<'a> Whole<'a> {
    fn of(sight: &'a Sight, lines: &[&Line]) -> Self {
        let totals = super::totals(sight, lines);
        let mut now = Sum::default();
        let mut warnings = Warnings::default();
        for line in lines.iter().filter(|line| line.facts.now.lines > 0) {
            now.add(&line.facts.now);
        }
        warnings.add_if(sight.perimeter == Perimeter::Seen, Warning::PartialPerimeter);
        warnings.add_if(sight.is_importing, Warning::ImportRunning);
        warnings.add_if(now.converted_lines < now.lines, Warning::RateMissing);
        warnings.add_if(sight.snapshot.window.is_none(), Warning::NoFacts);
        warnings.add_if(sight.snapshot.is_too_old, Warning::FactsTooOld);
        Self {
            sight,
            now,
            turnover_minor: totals.turnover_minor,
            previous_minor: totals.previous_minor,
            reads_margin: !totals.margin.is_hidden(),
            warnings,
        }
    }

    fn figure(&self, method: &'static str, unit: Unit, value: Option<f64>) -> Figure {
        Figure {
            method,
            value,
            unit,
            coverage: if value.is_some() { self.now.converted_share() } else { 0.0 },
            evidence: usize::try_from(self.now.lines).unwrap_or_default(),
            as_of: self.sight.snapshot.key.asked.as_of,
            warnings: self.warnings.list(),
        }
    }

    fn turnover(&self) -> Figure {
        self.figure("T12.turnover", Unit::Money, self.turnover_minor.map(float::from_minor))
    }

    fn growth(&self) -> Figure {
        let value = growth(self.turnover_minor, self.previous_minor);
        let mut figure = self.figure("T12.growth", Unit::Fraction, value);
        if value.is_none() {
            figure.warnings.push(Warning::NoPreviousWindow);
        }
        figure
    }

    fn margin(&self) -> Figure {
        let value = self.turnover_minor.and_then(|_| self.now.gross_margin());
        let mut figure = self.figure("T12.margin", Unit::Fraction, value);
        figure.coverage = self.now.costed_share();
        if self.now.costed_lines < self.now.lines {
            figure.warnings.push(Warning::CostMissing);
        }
        figure
    }

    fn contribution(&self, lines: &[&Line]) -> Figure {
        let (mut earned, mut turnover, mut is_gross) = (0.0, 0.0, false);
        for line in lines {
            let own = line.facts.turnover.zip(line.facts.contribution);
            let Some((own, fraction)) = own else { continue };
            earned += fraction * float::from_minor(own);
            turnover += float::from_minor(own);
            is_gross |= line.facts.cost_to_serve.is_none();
        }
        let value = (turnover > 0.0).then(|| earned / turnover);
        let mut figure = self.figure("T12.contribution", Unit::Fraction, value);
        let whole = self.turnover_minor.map_or(0.0, float::from_minor);
        figure.coverage = if whole > 0.0 { (turnover / whole).clamp(0.0, 1.0) } else { 0.0 };
        if is_gross {
            figure.warnings.push(Warning::GrossMarginUsed);
        }
        figure
    }

    /// Gives the six figures of concentration, with what is worth knowing of the whole.
    fn concentrated(&self, shares: &Concentration) -> [Figure; 6] {
        let as_of = self.sight.snapshot.key.asked.as_of;
        let mut figures = shares.figures(as_of).into_iter();
        ["B5.cr1", "B5.cr3", "B5.cr5", "B5.hhi", "B5.n_eff", "B5.gini"].map(|method| {
            let missing = || Figure::missing(method, Unit::Number, as_of, Warning::NoFacts);
            let mut figure = figures.next().unwrap_or_else(missing);
            for warning in self.warnings.list() {
                if !figure.warnings.contains(&warning) {
                    figure.warnings.push(warning);
                }
            }
            figure
        })
    }
}

/// Gives the calendar years of some lines, ascending.
pub(crate) fn years<'a>(sight: &Sight, lines: impl Iterator<Item = &'a Line>) -> Vec<Year> {
    let mut reads_margin = sight.has_margin();
    let mut years: BTreeMap<i64, (Sum, usize)> = BTreeMap::new();
    for line in lines {
        reads_margin &= sight.sees_margin(line.id());
        for (year, sum, months) in &line.facts.years {
            let known = years.entry(*year).or_default();
            known.0.add(sum);
            known.1 = known.1.max(*months);
        }
    }
    let complete = sight.snapshot.complete;
    years
        .into_iter()
        .map(|(year, (sum, months))| Year {
            year,
            turnover_minor: (!sum.is_unconverted()).then_some(sum.amount),
            margin_minor: Section::when(reads_margin, || sum.gross_margin_minor()),
            months,
            is_complete: year < complete.year()
                || year == complete.year() && complete.month() == 12,
        })
        .collect()
}

type Amounts = Vec<(Currency, i64)>;

/// Turnover by its own currency, and the part of it that could not be converted.
fn currencies(lines: &[&Line]) -> (Amounts, Amounts) {
    let (mut all, mut unconverted) = (BTreeMap::new(), BTreeMap::new());
    for (currency, minor, is_converted) in lines.iter().flat_map(|line| &line.facts.currencies) {
        *all.entry(*currency).or_insert(0_i64) += minor;
        if !is_converted {
            *unconverted.entry(*currency).or_insert(0_i64) += minor;
        }
    }
    (all.into_iter().collect(), unconverted.into_iter().collect())
}
