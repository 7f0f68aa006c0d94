//! From facts and judgements to the 1–5 of each criterion, and to the score of each set.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_analytics::judgements::judge;
use orchestre_analytics::measure::{fraction_e4, thousands_e4};
use orchestre_analytics::score::{self as analytics, Weighted};
use orchestre_domain::criterion::{CriteriaSet, Criterion, Source};
use orchestre_domain::figure::Warning;
use orchestre_domain::float;
use orchestre_domain::id::{JudgementId, PersonId};
use orchestre_domain::money::{Currency, Money};
use orchestre_store::{AccountBasis, Judgement};

use super::line::Facts;
use super::sum::Warnings;

/// The score of a set for one account.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct SetScore {
    /// The 1–5 of each criterion, in the order of the set.
    pub(crate) values: Vec<Option<f64>>,
    /// 0–100.
    pub(crate) value: Option<f64>,
    pub(crate) coverage: f64,
    pub(crate) evidence: usize,
    pub(crate) warnings: Warnings,
}

/// What a measure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasureUnit {
    /// Thousands of a currency.
    Thousands(Currency),
    /// A share or a change, 1 = 100 %.
    Fraction,
    /// Points of a scale.
    Points,
}

impl MeasureUnit {
    /// Gives what the measure of a criterion is counted in.
    pub fn of(criterion: &str) -> Self {
        match criterion {
            "growth" | "otif" => Self::Fraction,
            "wallet" => Self::Thousands(Currency::EUR),
            _ => Self::Points,
        }
    }
}

/// A measure that brackets turn into 1–5.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The number.
    pub value: f64,
    /// What it is counted in.
    pub unit: MeasureUnit,
}

/// How one criterion got its value.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Valued {
    pub(crate) score: Option<f64>,
    pub(crate) measure: Option<Measure>,
    pub(crate) spread: Option<i64>,
    pub(crate) evidence: usize,
    pub(crate) warnings: Warnings,
    /// The judgements that count.
    pub(crate) counting: Vec<JudgementId>,
}

/// The facts that criteria are computed from, in the company's currency, in which brackets are
/// written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scored {
    pub(crate) currency: Currency,
    pub(crate) turnover: Option<i64>,
    pub(crate) growth: Option<f64>,
    pub(crate) contribution: Option<f64>,
    pub(crate) has_cost_to_serve: bool,
}

impl Scored {
    pub(crate) const fn of(facts: &Facts, currency: Currency) -> Self {
        Self {
            currency,
            turnover: facts.turnover,
            growth: facts.growth,
            contribution: facts.contribution,
            has_cost_to_serve: facts.cost_to_serve.is_some(),
        }
    }
}

/// What the criteria of one account are computed from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inputs<'a> {
    pub(crate) basis: &'a AccountBasis,
    pub(crate) scored: Scored,
    /// Turnover of twelve months in euro cents, for the share of a wallet in euros.
    pub(crate) turnover_eur: Option<i64>,
    /// The wallet entered with the party, in thousands of euros.
    pub(crate) wallet_eur_k: Option<f64>,
    /// Of all sets, the oldest first within a criterion.
    pub(crate) judgements: &'a [Judgement],
}

/// Gives the values of each criterion of the three sets.
pub(crate) fn values(inputs: Inputs<'_>, criteria: [&[Criterion]; 3]) -> [Vec<Valued>; 3] {
    let [selection, attractiveness, strength] = criteria;
    let first: Vec<Valued> = selection.iter().map(|c| value_of(inputs, c, None)).collect();
    let linked: BTreeMap<&str, &Valued> =
        selection.iter().map(|criterion| criterion.key.as_str()).zip(&first).collect();
    let of = |set: &[Criterion]| -> Vec<Valued> {
        set.iter().map(|c| value_of(inputs, c, linked.get(c.key.as_str()).copied())).collect()
    };
    let (second, third) = (of(attractiveness), of(strength));
    [first, second, third]
}

/// Gives the score of a set from the values of its criteria.
pub(crate) fn score(criteria: &[Criterion], values: &[Valued]) -> SetScore {
    let scores: Vec<Option<f64>> = values.iter().map(|value| value.score).collect();
    let (value, coverage) = combine(criteria, &scores);
    let mut warnings = Warnings::default();
    for value in values {
        warnings.join(value.warnings);
    }
    warnings.add_if(scores.iter().any(Option::is_none), Warning::CriteriaMissing);
    let evidence = values.iter().map(|value| value.evidence).sum();
    SetScore { values: scores, value, coverage, evidence, warnings }
}

/// Gives the score of 0–100 of the known criteria, and the share of the weights that is known.
pub(crate) fn combine(criteria: &[Criterion], scores: &[Option<f64>]) -> (Option<f64>, f64) {
    let weighted: Vec<Weighted> = criteria
        .iter()
        .zip(scores)
        .map(|(criterion, score)| Weighted { weight_ppm: criterion.weight_ppm, score: *score })
        .collect();
    // No day plays a part in a score; weights that cannot be used give none.
    analytics::score(&weighted, Date::ZERO)
        .map_or((None, 0.0), |scored| (scored.figure.value, scored.figure.coverage))
}

fn value_of(inputs: Inputs<'_>, criterion: &Criterion, linked: Option<&Valued>) -> Valued {
    let own: Vec<&Judgement> = inputs
        .judgements
        .iter()
        .filter(|judgement| judgement.set == criterion.set && judgement.key == criterion.key)
        .collect();
    let found = match criterion.source {
        Source::Computed => computed(inputs, criterion, &own),
        Source::Measured => measured(inputs, criterion, &own),
        Source::Judged => judged(&own),
        Source::Linked => linked.cloned().unwrap_or_default(),
    };
    // A value of 1–5 that was given stands in where nothing can be computed.
    if found.score.is_none() { judged(&own) } else { found }
}

/// Gives the median of the newest judgement of each judge.
fn judged(own: &[&Judgement]) -> Valued {
    let mut newest: BTreeMap<(Option<PersonId>, Option<&str>, i64), &Judgement> = BTreeMap::new();
    for judgement in own.iter().filter(|judgement| judgement.value.is_some()) {
        let reference = judgement.judge_ref.as_deref().filter(|_| judgement.judge.is_none());
        let is_known = judgement.judge.is_some() || reference.is_some();
        let own_id = if is_known { 0 } else { judgement.id.as_i64() };
        newest.insert((judgement.judge, reference, own_id), judgement);
    }
    let scores: Vec<f64> =
        newest.values().filter_map(|judgement| judgement.value).map(float::from_minor).collect();
    let Some(found) = judge(&scores) else { return Valued::default() };
    let mut warnings = Warnings::default();
    found.warning().into_iter().for_each(|warning| warnings.add(warning));
    Valued {
        score: Some(found.median),
        measure: None,
        spread: (found.judges > 1).then(|| float::round(found.spread)),
        evidence: found.judges,
        warnings,
        counting: newest.values().map(|judgement| judgement.id).collect(),
    }
}

/// Gives the bracket of the newest measured number; growth and wallet know stand-ins.
fn measured(inputs: Inputs<'_>, criterion: &Criterion, own: &[&Judgement]) -> Valued {
    let newest = own.iter().rev().find(|judgement| judgement.raw.is_some());
    let unit = MeasureUnit::of(&criterion.key);
    let mut warnings = Warnings::default();
    let raw = newest.and_then(|judgement| judgement.raw).or_else(|| match criterion.key.as_str() {
        "growth" => inputs.basis.growth_potential.or_else(|| {
            warnings.add_if(inputs.scored.growth.is_some(), Warning::GrowthUsedAsPotential);
            inputs.scored.growth
        }),
        "wallet" => inputs.wallet_eur_k,
        _ => None,
    });
    Valued {
        score: raw.and_then(|raw| criterion.bracket(fraction_e4(raw))).map(float::from_minor),
        measure: raw.map(|value| Measure { value, unit }),
        spread: None,
        evidence: usize::from(raw.is_some()),
        warnings,
        counting: newest.map(|judgement| judgement.id).into_iter().collect(),
    }
}

fn computed(inputs: Inputs<'_>, criterion: &Criterion, own: &[&Judgement]) -> Valued {
    let mut warnings = Warnings::default();
    let (measure, at) = match criterion.key.as_str() {
        "turnover" => thousands(inputs),
        "profitability" => {
            let is_gross = !inputs.scored.has_cost_to_serve;
            let contribution = inputs.scored.contribution;
            warnings.add_if(is_gross && contribution.is_some(), Warning::GrossMarginUsed);
            fraction(contribution)
        }
        "growth" => fraction(inputs.scored.growth),
        "share_of_wallet" => fraction(wallet(inputs).and_then(|wallet| {
            let turnover = inputs.turnover_eur?;
            (wallet > 0.0).then(|| float::from_minor(turnover) / (wallet * 100_000.0))
        })),
        _ => return judged(own),
    };
    Valued {
        score: at.and_then(|at| criterion.bracket(at)).map(float::from_minor),
        measure,
        evidence: usize::from(measure.is_some()),
        warnings,
        ..Valued::default()
    }
}

/// Gives the wallet in thousands of euros: the newest measured one, or the party's.
fn wallet(inputs: Inputs<'_>) -> Option<f64> {
    let newest = inputs.judgements.iter().rev().find(|judgement| {
        judgement.set == CriteriaSet::Attractiveness
            && judgement.key == "wallet"
            && judgement.raw.is_some()
    });
    newest.and_then(|judgement| judgement.raw).or(inputs.wallet_eur_k)
}

fn fraction(value: Option<f64>) -> (Option<Measure>, Option<i64>) {
    let measure = value.map(|value| Measure { value, unit: MeasureUnit::Fraction });
    (measure, value.map(fraction_e4))
}

/// Gives the turnover in thousands, and the same × 10,000 as brackets want it.
fn thousands(inputs: Inputs<'_>) -> (Option<Measure>, Option<i64>) {
    let currency = inputs.scored.currency;
    let at = inputs.scored.turnover.and_then(|minor| thousands_e4(Money { minor, currency }));
    let unit = MeasureUnit::Thousands(currency);
    (at.map(|at| Measure { value: float::from_minor(at) / 10_000.0, unit }), at)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use orchestre_domain::criterion::defaults;
    use orchestre_domain::id::{AccountId, PartyId};

    use super::*;

    fn basis() -> AccountBasis {
        AccountBasis {
            account: AccountId(1),
            party: PartyId(1),
            name: "Alpha".to_owned(),
            country: None,
            city: None,
            sector: None,
            growth_potential: None,
            wallet: None,
        }
    }

    fn given(key: &str, value: i64, (judge, on): (i64, i8)) -> Judgement {
        Judgement {
            id: JudgementId(judge * 100 + i64::from(on)),
            set: CriteriaSet::Selection,
            key: key.to_owned(),
            value: Some(value),
            raw: None,
            judge: Some(PersonId(judge)),
            judge_ref: None,
            judge_name: None,
            on: date(2026, 1, on),
            evidence: None,
            round: None,
        }
    }

    fn all(judgements: &[Judgement], facts: &Facts) -> SetScore {
        let basis = basis();
        let inputs = Inputs {
            basis: &basis,
            scored: Scored::of(facts, Currency::EUR),
            turnover_eur: facts.turnover,
            wallet_eur_k: None,
            judgements,
        };
        let criteria = [
            defaults(CriteriaSet::Selection),
            defaults(CriteriaSet::Attractiveness),
            defaults(CriteriaSet::Strength),
        ];
        let [selection, _, _] = values(inputs, criteria.each_ref().map(Vec::as_slice));
        score(&criteria[0], &selection)
    }

    const KEYS: [&str; 7] =
        ["turnover", "profitability", "growth", "fit", "harmony", "prescription", "reference"];

    #[test]
    fn the_first_test_vector_comes_out() {
        let vector = |values: [i64; 7]| {
            let judgements: Vec<Judgement> = KEYS
                .iter()
                .zip(values)
                .filter(|(_, value)| *value > 0)
                .map(|(key, value)| given(key, value, (1, 1)))
                .collect();
            all(&judgements, &Facts::default())
        };
        let near = |found: Option<f64>, wanted: f64| {
            assert!(found.is_some_and(|found| (found - wanted).abs() < 1e-4), "{found:?} {wanted}");
        };
        near(vector([5, 2, 1, 3, 2, 4, 3]).value, 46.75);
        near(vector([2, 4, 5, 5, 4, 3, 4]).value, 70.75);
        let gamma = vector([4, 3, 3, 2, 0, 5, 2]);
        near(gamma.value, 55.8333);
        near(Some(gamma.coverage), 0.9);
        assert!(gamma.warnings.list().contains(&Warning::CriteriaMissing));
        assert_eq!(vector([0; 7]).value, None, "nothing known is not zero");
    }

    #[test]
    fn only_the_newest_judgement_of_a_judge_counts_and_distance_is_told() {
        let judgements = [
            given("fit", 1, (1, 1)),
            given("fit", 4, (1, 9)),
            given("fit", 2, (2, 5)),
            given("fit", 3, (3, 5)),
        ];
        let own: Vec<&Judgement> = judgements.iter().collect();
        let found = judged(&own);
        assert_eq!((found.score, found.spread, found.evidence), (Some(3.0), Some(2), 3));
        assert!(found.warnings.list().contains(&Warning::JudgesApart));
    }

    #[test]
    fn without_cost_to_serve_the_gross_margin_stands_in_and_says_so() {
        let facts = Facts {
            turnover: Some(1_789_000_000),
            contribution: Some(0.17),
            growth: Some(0.05),
            ..Facts::default()
        };
        let found = all(&[], &facts);
        assert_eq!(&found.values[..3], &[Some(5.0), Some(5.0), Some(3.0)]);
        let warnings = found.warnings.list();
        assert!(warnings.contains(&Warning::GrossMarginUsed));
        assert!(warnings.contains(&Warning::GrowthUsedAsPotential));
    }
}
