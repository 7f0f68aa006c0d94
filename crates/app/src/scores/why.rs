//! A score, axis by axis and criterion by criterion.

use orchestre_domain::criterion::{Axis, CriteriaSet, Criterion};
use orchestre_domain::figure::Warning;
use orchestre_domain::float;
use orchestre_domain::id::AccountId;
use orchestre_domain::permission::{Capability, Object};
use orchestre_store::Judgement;

use super::{AxisLine, CriterionLine, JudgementLine, Need, Why, can_judge};
use crate::accounts::figures::{method, score_figure};
use crate::asked::Asked;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::section::Section;
use crate::sight::{Sight, ask_at};
use crate::snapshot::build::inputs;
use crate::snapshot::line::Line;
use crate::snapshot::scoring::{self, SetScore, Valued, combine};

/// Criteria that tell of margins: hidden from those who may not read them.
const OF_MARGIN: &str = "profitability";

/// Gives the score of an account in a set, taken apart.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`] when the account is not for this viewer's eyes,
/// [`AppError::FORBIDDEN`] when only its scores are not.
pub async fn why(
    ctx: &Ctx,
    account: AccountId,
    set: CriteriaSet,
    asked: &Asked,
) -> Result<Why, AppError> {
    ask_at(ctx, Capability::Read, Object::Score, account).await?;
    let sight = Sight::of(ctx, *asked).await?;
    let line = sight.line(account)?;
    let judgements = ctx
        .db()
        .read(async |work| work.judgements(&ctx.viewer, account, asked.as_of).await)
        .await?;
    let snapshot = &sight.snapshot;
    let given = inputs(snapshot.terms(), &line.basis, line.scored, &judgements);
    let all = scoring::values(given, snapshot.criteria.each_ref().map(Vec::as_slice));
    let at = CriteriaSet::ALL.iter().position(|known| *known == set).unwrap_or_default();
    let (Some(values), Some(criteria), Some(score), Some(version)) = (
        all.get(at),
        snapshot.criteria.get(at),
        line.scores.get(at),
        snapshot.criteria_versions.get(at),
    ) else {
        return Err(AppError::NOT_FOUND);
    };
    let set_at = Set { criteria, values, score, judgements: &judgements };
    let mut why = Why {
        account,
        name: line.basis.name.clone(),
        set,
        figure: score_figure(&sight, score, method(set)),
        rank: None,
        among: 0,
        perimeter: sight.perimeter,
        is_fragile: false,
        reversals: Vec::new(),
        fragility_ppm: snapshot.settings.fragility_ppm,
        axes: axes(&sight, line, set_at),
        needs: needs(&sight, account, set_at),
        version: *version,
        can_judge: can_judge(ctx, account),
    };
    if set == CriteriaSet::Selection {
        add_rank(&sight, line, &mut why);
    }
    Ok(why)
}

/// A set of one account.
#[derive(Clone, Copy)]
struct Set<'a> {
    criteria: &'a [Criterion],
    values: &'a [Valued],
    score: &'a SetScore,
    judgements: &'a [Judgement],
}

fn add_rank(sight: &Sight, line: &Line, why: &mut Why) {
    let places = sight.places();
    why.among = places.len();
    let Some(place) = places.get(&line.id()) else { return };
    why.rank = Some(place.rank);
    why.reversals = place.reversal.iter().cloned().collect();
    why.is_fragile = place.reversal.is_some();
    if why.is_fragile {
        why.figure.warnings.push(Warning::Fragile);
    }
}

fn axes(sight: &Sight, line: &Line, set: Set<'_>) -> Vec<AxisLine> {
    let mut order: Vec<Option<Axis>> = Vec::new();
    for criterion in set.criteria {
        if !order.contains(&criterion.axis) {
            order.push(criterion.axis);
        }
    }
    order.into_iter().map(|axis| axis_line(sight, line, (axis, set))).collect()
}

fn axis_line(sight: &Sight, line: &Line, (axis, set): (Option<Axis>, Set<'_>)) -> AxisLine {
    let sees_margin = sight.sees_margin(line.id());
    let whole: i64 = set.criteria.iter().map(|criterion| criterion.weight_ppm).sum();
    let known = {
        let pairs = set.criteria.iter().zip(&set.score.values);
        pairs.filter(|(_, value)| value.is_some()).map(|(criterion, _)| criterion.weight_ppm).sum()
    };
    let own: Vec<(&Criterion, &Valued)> =
        set.criteria.iter().zip(set.values).filter(|(one, _)| one.axis == axis).collect();
    let (criteria, values): (Vec<Criterion>, Vec<Option<f64>>) =
        own.iter().map(|(criterion, value)| ((*criterion).clone(), value.score)).unzip();
    let (value, coverage) = combine(&criteria, &values);
    let mut figure = score_figure(sight, set.score, "B1.axis");
    figure.value = value;
    figure.coverage = coverage;
    figure.evidence = own.iter().map(|(_, value)| value.evidence).sum();
    figure.warnings = Vec::new();
    // The score of an axis with few criteria would tell the one that is hidden.
    let tells_margin = own.iter().any(|(criterion, _)| criterion.key == OF_MARGIN);
    let weight: i64 = criteria.iter().map(|criterion| criterion.weight_ppm).sum();
    AxisLine {
        axis,
        weight: float::ratio(weight, whole).unwrap_or_default(),
        figure: Section::when(sees_margin || !tells_margin, || figure),
        criteria: own
            .into_iter()
            .map(|(criterion, value)| {
                let shown = sees_margin || criterion.key != OF_MARGIN;
                criterion_line(set.judgements, (criterion, value), (whole, known), shown.into())
            })
            .collect(),
    }
}

/// Whether the viewer reads what a criterion rests on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    All,
    NoMargin,
}

impl From<bool> for Reads {
    fn from(all: bool) -> Self {
        if all { Self::All } else { Self::NoMargin }
    }
}

fn criterion_line(
    judgements: &[Judgement],
    (criterion, value): (&Criterion, &Valued),
    (whole, known): (i64, i64),
    reads: Reads,
) -> CriterionLine {
    let shown = reads == Reads::All;
    let weight = float::ratio(criterion.weight_ppm, whole).unwrap_or_default();
    let of_known = float::ratio(criterion.weight_ppm, known);
    let own = judgements.iter().rev().filter(|judgement| {
        shown && judgement.set == criterion.set && judgement.key == criterion.key
    });
    CriterionLine {
        key: criterion.key.clone(),
        weight,
        source: criterion.source,
        limits: criterion.limits.clone(),
        measure: Section::when(shown, || value.measure),
        value: Section::when(shown, || value.score),
        part: Section::when(shown, || {
            value.score.zip(of_known).map(|(score, weight)| 100.0 * weight * (score - 1.0) / 4.0)
        }),
        spread: value.spread.filter(|_| shown),
        judgements: own
            .map(|judgement| JudgementLine {
                id: judgement.id,
                judge: judgement.judge_name.clone().or_else(|| judgement.judge_ref.clone()),
                value: judgement.value,
                raw: judgement.raw,
                on: judgement.on,
                evidence: judgement.evidence.clone(),
                round: judgement.round.clone(),
                counts: value.counting.contains(&judgement.id),
            })
            .collect(),
        warnings: if shown { value.warnings.list() } else { Vec::new() },
    }
}

/// Gives what each missing criterion could make of the score.
fn needs(sight: &Sight, account: AccountId, set: Set<'_>) -> Vec<Need> {
    let sees_margin = sight.sees_margin(account);
    let missing = set.criteria.iter().enumerate().filter(|(at, criterion)| {
        let is_known = set.score.values.get(*at).copied().flatten().is_some();
        !is_known && (sees_margin || criterion.key != OF_MARGIN)
    });
    missing
        .filter_map(|(at, criterion)| {
            let with = |score: f64| {
                let mut values = set.score.values.clone();
                *values.get_mut(at)? = Some(score);
                combine(set.criteria, &values).0
            };
            Some(Need { key: criterion.key.clone(), low: with(1.0)?, high: with(5.0)? })
        })
        .collect()
}
