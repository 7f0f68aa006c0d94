//! The figures of an account's page.

use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::figure::{Figure, Unit, Warning};
use orchestre_domain::float;

use super::Shown;
use crate::sight::Sight;
use crate::snapshot::Warnings;
use crate::snapshot::line::Line;
use crate::snapshot::scoring::SetScore;

/// Gives the figures that the viewer may read, in the order of the page.
pub(crate) fn all(sight: &Sight, line: &Line) -> Vec<Shown> {
    let id = line.id();
    let mut shown = vec![turnover(sight, line), growth(sight, line)];
    if sight.sees_margin(id) {
        shown.extend([margin(sight, line), contribution(sight, line)]);
    }
    if sight.sees_opportunity(id) {
        shown.extend(pipeline(sight, line));
    }
    if sight.sees_score(id) {
        for (set, score) in CriteriaSet::ALL.iter().zip(&line.scores) {
            let method = method(*set);
            let figure = score_figure(sight, score, method);
            shown.push(Shown { key: method, figure, currency: None, minor: None });
        }
    }
    shown
}

/// The method of a set's score.
pub(crate) const fn method(set: CriteriaSet) -> &'static str {
    match set {
        CriteriaSet::Selection => "B1.score",
        CriteriaSet::Attractiveness => "B4.attractiveness",
        CriteriaSet::Strength => "B4.strength",
    }
}

/// Gives the figure of a set's score.
pub(crate) fn score_figure(sight: &Sight, score: &SetScore, method: &'static str) -> Figure {
    let mut warnings = score.warnings;
    warnings.add_if(sight.is_importing, Warning::ImportRunning);
    Figure {
        method,
        value: score.value,
        unit: Unit::Score,
        coverage: score.coverage,
        evidence: score.evidence,
        as_of: sight.snapshot.key.asked.as_of,
        warnings: warnings.list(),
    }
}

fn figure(sight: &Sight, method: &'static str, unit: Unit) -> Figure {
    Figure {
        method,
        value: None,
        unit,
        coverage: 0.0,
        evidence: 0,
        as_of: sight.snapshot.key.asked.as_of,
        warnings: Vec::new(),
    }
}

/// What is worth knowing of figures of sales.
fn of_sales(sight: &Sight, line: &Line) -> Warnings {
    let mut warnings = Warnings::default();
    for warning in
        [Warning::NoFacts, Warning::FactsTooOld, Warning::RateMissing, Warning::RateCarried]
    {
        warnings.add_if(line.warnings.has(warning), warning);
    }
    warnings.add_if(sight.snapshot.is_too_old, Warning::FactsTooOld);
    warnings.add_if(sight.is_importing, Warning::ImportRunning);
    warnings
}

fn lines(line: &Line) -> usize {
    usize::try_from(line.facts.now.lines).unwrap_or_default()
}

/// The share of what is needed that is known: of the lines, those that have a rate.
fn converted(line: &Line) -> f64 {
    match line.facts.turnover {
        // Nothing was bought in the window, and that is known.
        Some(_) if line.facts.now.lines == 0 => 1.0,
        Some(_) => line.facts.now.converted_share(),
        None => 0.0,
    }
}

fn turnover(sight: &Sight, line: &Line) -> Shown {
    let minor = line.facts.turnover;
    Shown {
        key: "T12.turnover",
        figure: Figure {
            value: minor.map(float::from_minor),
            coverage: converted(line),
            evidence: lines(line),
            warnings: of_sales(sight, line).list(),
            ..figure(sight, "T12.turnover", Unit::Money)
        },
        currency: Some(sight.snapshot.key.asked.currency),
        minor,
    }
}

fn growth(sight: &Sight, line: &Line) -> Shown {
    let mut warnings = of_sales(sight, line);
    warnings.add_if(line.facts.growth.is_none(), Warning::NoPreviousWindow);
    let known = line.facts.growth.map_or(0.0, |_| converted(line));
    Shown {
        key: "T12.growth",
        figure: Figure {
            value: line.facts.growth,
            coverage: known,
            evidence: lines(line)
                .saturating_add(usize::try_from(line.facts.before.lines).unwrap_or_default()),
            warnings: warnings.list(),
            ..figure(sight, "T12.growth", Unit::Fraction)
        },
        currency: Some(sight.snapshot.key.asked.currency),
        minor: line.facts.turnover.zip(line.facts.previous).map(|(now, before)| now - before),
    }
}

fn margin(sight: &Sight, line: &Line) -> Shown {
    let now = &line.facts.now;
    let is_known = line.facts.turnover.is_some();
    let mut warnings = of_sales(sight, line);
    warnings.add_if(now.costed_lines < now.lines, Warning::CostMissing);
    Shown {
        key: "T12.margin",
        figure: Figure {
            value: is_known.then(|| now.gross_margin()).flatten(),
            coverage: if is_known { now.costed_share() } else { 0.0 },
            evidence: usize::try_from(now.costed_lines).unwrap_or_default(),
            warnings: warnings.list(),
            ..figure(sight, "T12.margin", Unit::Fraction)
        },
        currency: Some(sight.snapshot.key.asked.currency),
        minor: is_known.then(|| now.gross_margin_minor()).flatten(),
    }
}

fn contribution(sight: &Sight, line: &Line) -> Shown {
    let facts = &line.facts;
    let mut warnings = of_sales(sight, line);
    let has_value = facts.contribution.is_some();
    warnings.add_if(has_value && facts.cost_to_serve.is_none(), Warning::GrossMarginUsed);
    warnings.add_if(facts.now.costed_lines < facts.now.lines, Warning::CostMissing);
    let minor = facts
        .now
        .gross_margin_minor()
        .filter(|_| has_value)
        .map(|margin| margin - facts.cost_to_serve.unwrap_or_default());
    Shown {
        key: "T12.contribution",
        figure: Figure {
            value: facts.contribution,
            coverage: if has_value { contribution_coverage(line) } else { 0.0 },
            evidence: usize::try_from(facts.now.costed_lines).unwrap_or_default(),
            warnings: warnings.list(),
            ..figure(sight, "T12.contribution", Unit::Fraction)
        },
        currency: Some(sight.snapshot.key.asked.currency),
        minor,
    }
}

/// The share of lines with a cost, times the share of months whose cost-to-serve is known.
fn contribution_coverage(line: &Line) -> f64 {
    let facts = &line.facts;
    let months = f64::from(facts.cost_months.count_ones()) / 12.0;
    facts.now.costed_share() * if facts.cost_to_serve.is_some() { months } else { 1.0 }
}

/// Open opportunities: how many, what they are worth, and weighed by their probability.
fn pipeline(sight: &Sight, line: &Line) -> [Shown; 3] {
    let own = &line.pipeline;
    let currency = Some(sight.snapshot.key.asked.currency);
    let count = i64::try_from(own.open).unwrap_or(i64::MAX);
    let share = |part: usize| match own.open {
        0 => 1.0,
        open => float::from_count(part) / float::from_count(open),
    };
    let money = |key: &'static str, minor: Option<i64>, part: usize| {
        let mut warnings = Warnings::default();
        warnings.add_if(own.open_valued < own.open, Warning::RateMissing);
        Shown {
            key,
            figure: Figure {
                value: minor.map(float::from_minor),
                coverage: share(part),
                evidence: part,
                warnings: if minor.is_some() { Vec::new() } else { warnings.list() },
                ..figure(sight, key, Unit::Money)
            },
            currency,
            minor,
        }
    };
    let open = Figure {
        value: Some(float::from_minor(count)),
        coverage: 1.0,
        evidence: own.open,
        ..figure(sight, "O.open", Unit::Count)
    };
    [
        Shown { key: "O.open", figure: open, currency: None, minor: None },
        money("O.amount", own.open_amount, own.open_valued),
        money("O.weighted", own.open_weighted, own.open_likely),
    ]
}
