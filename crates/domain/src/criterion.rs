//! Criteria: sets, sources, brackets and the shipped defaults \[D\].

words! {
    /// A set of criteria with one result.
    CriteriaSet {
        /// Selection of key accounts (B1).
        Selection = "selection",
        /// Attractiveness of the account (B4).
        Attractiveness = "attractiveness",
        /// Our strength as the customer sees it (B4).
        Strength = "strength",
    }
}

words! {
    /// The axis of selection to which a criterion belongs \[S2\].
    Axis {
        /// Quantitative.
        Quantitative = "quantitative",
        /// Complementarity and cultural harmony.
        Complementarity = "complementarity",
        /// Image and prescription.
        Image = "image",
    }
}

words! {
    /// Where a score comes from.
    Source {
        /// Computed from the facts.
        Computed = "computed",
        /// A measured number was entered and brackets turn it into 1 to 5.
        Measured = "measured",
        /// Judges give 1 to 5; the median counts.
        Judged = "judged",
        /// The score of the same key in the selection set.
        Linked = "linked",
    }
}

/// A criterion of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// The set.
    pub set: CriteriaSet,
    /// The stable word, end of the text key: `turnover`, `fit` …
    pub key: String,
    /// The axis, for the selection set.
    pub axis: Option<Axis>,
    /// The weight in parts per million; the set's weights are normalized to 1.
    pub weight_ppm: i64,
    /// Where the score comes from.
    pub source: Source,
    /// Four limits in the unit of the measure × 10,000 (money: thousands of the report currency ×
    /// 10,000); below the first is 1, from the last on 5. Empty for judged criteria.
    pub limits: Vec<i64>,
}

impl Criterion {
    /// Gives the score of 1 to 5 of a measure × 10,000; `None` without limits.
    ///
    /// ```
    /// use orchestre_domain::criterion::{CriteriaSet, defaults};
    /// let set = defaults(CriteriaSet::Selection);
    /// let turnover = set.iter().find(|c| c.key == "turnover").unwrap();
    /// // 17,890 thousand euros are in the top bracket, 999 in the bottom one.
    /// assert_eq!(turnover.bracket(17_890 * 10_000), Some(5));
    /// assert_eq!(turnover.bracket(999 * 10_000), Some(1));
    /// assert_eq!(turnover.bracket(1_000 * 10_000), Some(2));
    /// ```
    pub fn bracket(&self, measure: i64) -> Option<i64> {
        let passed = self.limits.iter().filter(|limit| measure >= **limit).count();
        if self.limits.is_empty() {
            return None;
        }
        i64::try_from(passed).ok().map(|passed| passed + 1)
    }
}

/// Gives the shipped criteria of a set: the handbook's weights, the demo story's brackets \[D\].
pub fn defaults(set: CriteriaSet) -> Vec<Criterion> {
    let rows: &[Row] = match set {
        CriteriaSet::Selection => SELECTION,
        CriteriaSet::Attractiveness => ATTRACTIVENESS,
        CriteriaSet::Strength => STRENGTH,
    };
    rows.iter()
        .map(|&(key, axis, weight_ppm, source, limits)| Criterion {
            set,
            key: key.to_owned(),
            axis,
            weight_ppm,
            source,
            limits: limits.to_vec(),
        })
        .collect()
}

type Row = (&'static str, Option<Axis>, i64, Source, &'static [i64]);

const TURNOVER: &[i64] = &[10_000_000, 40_000_000, 80_000_000, 150_000_000];
const WALLET: &[i64] = &[50_000_000, 120_000_000, 200_000_000, 350_000_000];
const QUANTITATIVE: Option<Axis> = Some(Axis::Quantitative);
const COMPLEMENTARITY: Option<Axis> = Some(Axis::Complementarity);
const IMAGE: Option<Axis> = Some(Axis::Image);

const SELECTION: &[Row] = &[
    ("turnover", QUANTITATIVE, 200_000, Source::Computed, TURNOVER),
    ("profitability", QUANTITATIVE, 150_000, Source::Computed, &[400, 800, 1_200, 1_600]),
    ("growth", QUANTITATIVE, 200_000, Source::Measured, &[0, 300, 600, 900]),
    ("fit", COMPLEMENTARITY, 150_000, Source::Judged, &[]),
    ("harmony", COMPLEMENTARITY, 100_000, Source::Judged, &[]),
    ("prescription", IMAGE, 120_000, Source::Judged, &[]),
    ("reference", IMAGE, 80_000, Source::Judged, &[]),
];

const ATTRACTIVENESS: &[Row] = &[
    ("wallet", None, 200_000, Source::Measured, WALLET),
    ("growth", None, 200_000, Source::Linked, &[]),
    ("profitability", None, 200_000, Source::Linked, &[]),
    ("prescription", None, 200_000, Source::Linked, &[]),
    ("harmony", None, 200_000, Source::Linked, &[]),
];

const STRENGTH: &[Row] = &[
    ("rank", None, 250_000, Source::Measured, &[20_000, 30_000, 40_000, 50_000]),
    ("otif", None, 250_000, Source::Measured, &[9_200, 9_400, 9_600, 9_800]),
    ("share_of_wallet", None, 250_000, Source::Computed, &[2_000, 3_500, 5_000, 6_500]),
    ("nps", None, 250_000, Source::Measured, &[60_000, 70_000, 80_000, 90_000]),
];
