//! Why an account has its score, as JSON.

use orchestre_domain::criterion::Axis;
use orchestre_domain::float;
use serde_json::{Value, json};

use super::{figure, put};
use crate::scores::{AxisLine, CriterionLine, JudgementLine, Why};

/// Gives a score with its axes, criteria and judgements; what may not be read is not there.
pub fn score(why: &Why) -> Value {
    json!({
        "account": why.account.to_string(),
        "name": why.name,
        "set": why.set.as_str(),
        "score": figure(&why.figure),
        "rank": why.rank,
        "among": why.among,
        "perimeter": why.perimeter.as_str(),
        "fragile": why.is_fragile,
        "axes": why.axes.iter().map(axis).collect::<Value>(),
        "needs": why.needs.iter().map(|need| json!({"criterion": need.key, "low": need.low, "high": need.high})).collect::<Value>(),
        "criteria_version": why.version,
    })
}

fn axis(axis: &AxisLine) -> Value {
    let mut value = json!({
        "axis": axis.axis.map(Axis::as_str),
        "weight": axis.weight,
        "criteria": axis.criteria.iter().map(criterion).collect::<Value>(),
    });
    if let Some(shown) = axis.figure.shown() {
        put(&mut value, "score", figure(shown));
    }
    value
}

fn criterion(line: &CriterionLine) -> Value {
    let mut value = json!({
        "criterion": line.key,
        "weight": line.weight,
        "source": line.source.as_str(),
        "limits": line.limits.iter().map(|limit| float::from_minor(*limit) / 1e4).collect::<Vec<_>>(),
        "spread": line.spread,
        "judgements": line.judgements.iter().map(judgement).collect::<Value>(),
    });
    if let Some(shown) = line.value.shown() {
        put(&mut value, "value", json!(shown));
    }
    if let Some(part) = line.part.shown() {
        put(&mut value, "part", json!(part));
    }
    if let Some(measure) = line.measure.shown() {
        put(&mut value, "measure", json!(measure.as_ref().map(|measure| measure.value)));
    }
    value
}

fn judgement(line: &JudgementLine) -> Value {
    json!({
        "id": line.id.to_string(),
        "judge": line.judge,
        "value": line.value,
        "raw": line.raw,
        "on": line.on.to_string(),
        "evidence": line.evidence,
        "round": line.round,
        "counts": line.counts,
    })
}
