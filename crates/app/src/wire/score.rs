//! Why an account has its score, as JSON.

use orchestre_domain::criterion::Axis as AxisWord;
use orchestre_domain::float;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Figure, figure};
use crate::scores::{AxisLine, CriterionLine, JudgementLine, Why};

/// A score with its axes, criteria and judgements; what may not be read is absent.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Score {
    /// The account.
    pub account: String,
    /// Its name.
    pub name: String,
    /// `selection`, `attractiveness` or `strength`.
    pub set: String,
    /// The score.
    pub score: Figure,
    /// The rank.
    pub rank: Option<usize>,
    /// Among how many.
    pub among: usize,
    /// Over what the rank is taken.
    pub perimeter: String,
    /// Whether other weights would change the rank.
    pub fragile: bool,
    /// The axes.
    pub axes: Vec<Axis>,
    /// What is to be judged, and between which scores the account then is.
    pub needs: Vec<Need>,
    /// The version of the criteria.
    pub criteria_version: i64,
}

/// A judgement that is missing.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Need {
    /// The criterion.
    pub criterion: String,
    /// The score if it is judged lowest.
    pub low: f64,
    /// The score if it is judged highest.
    pub high: f64,
}

/// An axis of a score.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Axis {
    /// The axis; null for a set without axes.
    pub axis: Option<String>,
    /// Its weight.
    pub weight: f64,
    /// Its score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Figure>,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

/// A criterion of an axis.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Criterion {
    /// The key.
    pub criterion: String,
    /// The weight.
    pub weight: f64,
    /// Whence the value comes.
    pub source: String,
    /// The limits between the points.
    pub limits: Vec<f64>,
    /// How far the judges are apart.
    pub spread: Option<i64>,
    /// The judgements.
    pub judgements: Vec<Judgement>,
    /// The points, 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    pub value: Option<Option<f64>>,
    /// What it adds to the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    pub part: Option<Option<f64>>,
    /// What was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    pub measure: Option<Option<f64>>,
}

/// What a judge said.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Judgement {
    /// The id.
    pub id: String,
    /// Who judged.
    pub judge: Option<String>,
    /// The points, 1 to 5.
    pub value: Option<i64>,
    /// A measure in place of points.
    pub raw: Option<f64>,
    /// When.
    #[schema(format = Date)]
    pub on: String,
    /// On what it rests.
    pub evidence: Option<String>,
    /// In which round.
    pub round: Option<String>,
    /// Whether it counts.
    pub counts: bool,
}

/// Gives a score with its axes, criteria and judgements; what may not be read is not there.
pub fn score(why: &Why) -> Score {
    let needs = why.needs.iter().map(|need| Need {
        criterion: need.key.clone(),
        low: need.low,
        high: need.high,
    });
    Score {
        account: why.account.to_string(),
        name: why.name.clone(),
        set: why.set.as_str().to_owned(),
        score: figure(&why.figure),
        rank: why.rank,
        among: why.among,
        perimeter: why.perimeter.as_str().to_owned(),
        fragile: why.is_fragile,
        axes: why.axes.iter().map(axis).collect(),
        needs: needs.collect(),
        criteria_version: why.version,
    }
}

fn axis(axis: &AxisLine) -> Axis {
    Axis {
        axis: axis.axis.map(AxisWord::as_str).map(str::to_owned),
        weight: axis.weight,
        score: axis.figure.shown().map(figure),
        criteria: axis.criteria.iter().map(criterion).collect(),
    }
}

fn criterion(line: &CriterionLine) -> Criterion {
    let limits = line.limits.iter().map(|limit| float::from_minor(*limit) / 1e4);
    let measure = line.measure.shown();
    Criterion {
        criterion: line.key.clone(),
        weight: line.weight,
        source: line.source.as_str().to_owned(),
        limits: limits.collect(),
        spread: line.spread,
        judgements: line.judgements.iter().map(judgement).collect(),
        value: line.value.shown().copied(),
        part: line.part.shown().copied(),
        measure: measure.map(|measure| measure.as_ref().map(|measure| measure.value)),
    }
}

fn judgement(line: &JudgementLine) -> Judgement {
    Judgement {
        id: line.id.to_string(),
        judge: line.judge.clone(),
        value: line.value,
        raw: line.raw,
        on: line.on.to_string(),
        evidence: line.evidence.clone(),
        round: line.round.clone(),
        counts: line.counts,
    }
}
