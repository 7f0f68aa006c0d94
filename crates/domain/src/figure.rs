//! A computed figure: value, coverage, evidence, day, warnings, method. Missing is never zero.

use jiff::civil::Date;

/// Below this coverage a figure is shown as "insufficient data" \[D\] (handbook 0.5).
pub const SUFFICIENT: f64 = 0.6;

words! {
    /// What a figure is measured in.
    Unit {
        /// Minor units of the figure's currency.
        Money = "money",
        /// A share or a change, 1 = 100 %.
        Fraction = "fraction",
        /// A score of 0 to 100.
        Score = "score",
        /// A count of things.
        Count = "count",
        /// A plain number.
        Number = "number",
    }
}

words! {
    /// What a reader of a figure ought to know.
    Warning {
        /// The latest facts are older than three months before the day.
        FactsTooOld = "facts_too_old",
        /// There are no facts at all.
        NoFacts = "no_facts",
        /// The window before has no positive total, so there is no growth.
        NoPreviousWindow = "no_previous_window",
        /// Some lines have no cost.
        CostMissing = "cost_missing",
        /// Some amounts could not be converted.
        RateMissing = "rate_missing",
        /// Some months have no published rate; the last one before them was taken.
        RateCarried = "rate_carried",
        /// Cost-to-serve is not known; the gross margin stands in.
        GrossMarginUsed = "gross_margin_used",
        /// No growth potential was entered; the growth of twelve months stands in.
        GrowthUsedAsPotential = "growth_used_as_potential",
        /// A weight of ±20 % changes the rank.
        Fragile = "fragile",
        /// A weight passes one half.
        WeightAboveHalf = "weight_above_half",
        /// Judges are two or more points apart.
        JudgesApart = "judges_apart",
        /// Some criteria have no score.
        CriteriaMissing = "criteria_missing",
        /// An import is being applied; figures may still move.
        ImportRunning = "import_running",
        /// The figure covers only what the viewer may see.
        PartialPerimeter = "partial_perimeter",
        /// Negative totals were left out of the shares.
        NegativeLeftOut = "negative_left_out",
        /// The rule of daily rates fell back to monthly means.
        DayRuleFellBack = "day_rule_fell_back",
    }
}

/// A figure as every page, answer and document gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The method, `B1.score`; its page is `docs/methods/B1.md`.
    pub method: &'static str,
    /// The value in `unit`; `None` when it is not known.
    pub value: Option<f64>,
    /// What the value is measured in.
    pub unit: Unit,
    /// The share of what would be needed that is known, 0 to 1.
    pub coverage: f64,
    /// The number of pieces of evidence (lines, scores, contacts).
    pub evidence: usize,
    /// The day for which it holds.
    pub as_of: Date,
    /// What is worth knowing.
    pub warnings: Vec<Warning>,
}

impl Figure {
    /// Gives a figure that is not known, with its reason.
    pub fn missing(method: &'static str, unit: Unit, as_of: Date, why: Warning) -> Self {
        Self { method, value: None, unit, coverage: 0.0, evidence: 0, as_of, warnings: vec![why] }
    }

    /// Says whether there is a value with enough coverage to be shown.
    pub fn is_sufficient(&self) -> bool {
        self.value.is_some() && self.coverage >= SUFFICIENT - 1e-9
    }
}
