//! Why a score is what it is, and how a judgement is given.

use jiff::civil::Date;
use orchestre_domain::criterion::{Axis, CriteriaSet, Source};
use orchestre_domain::event::EventName;
use orchestre_domain::figure::{Figure, Warning};
use orchestre_domain::id::{AccountId, JudgementId};
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_store::{Counter, Judgement};

use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ranking::Reversal;
use crate::section::Section;
use crate::sight::{Perimeter, ask_at};
use crate::snapshot::{Measure, MeasureUnit};

mod why;
pub use why::why;

/// The score of an account in a set, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The account.
    pub account: AccountId,
    /// Its name on the day.
    pub name: String,
    /// The set.
    pub set: CriteriaSet,
    /// The score of 0–100.
    pub figure: Figure,
    /// The rank by selection score; `None` for the other sets.
    pub rank: Option<usize>,
    /// Among how many accounts.
    pub among: usize,
    /// Over what the rank is taken.
    pub perimeter: Perimeter,
    /// Whether a small move of a weight changes the rank.
    pub is_fragile: bool,
    /// The move of one weight that changes it most.
    pub reversals: Vec<Reversal>,
    /// How much a weight is moved for that, in parts per million.
    pub fragility_ppm: i64,
    /// The axes, or one line without an axis.
    pub axes: Vec<AxisLine>,
    /// For each missing criterion, the score if it were 1 and if it were 5.
    pub needs: Vec<Need>,
    /// The version of the criteria; 0 for the shipped defaults.
    pub version: i64,
    /// Whether the viewer may judge this account.
    pub can_judge: bool,
}

/// An axis with its criteria.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisLine {
    /// The axis; `None` in sets without axes.
    pub axis: Option<Axis>,
    /// Its weight, 0 to 1.
    pub weight: f64,
    /// The score of the axis alone.
    pub figure: Section<Figure>,
    /// Its criteria.
    pub criteria: Vec<CriterionLine>,
}

/// A criterion and how it got its value.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionLine {
    /// The stable word.
    pub key: String,
    /// Its weight, 0 to 1.
    pub weight: f64,
    /// Where its value comes from.
    pub source: Source,
    /// The limits of its brackets × 10,000.
    pub limits: Vec<i64>,
    /// The measure behind it.
    pub measure: Section<Option<Measure>>,
    /// 1 to 5; `None` when missing.
    pub value: Section<Option<f64>>,
    /// The points of 100 that it brings.
    pub part: Section<Option<f64>>,
    /// How far apart the judges are.
    pub spread: Option<i64>,
    /// All judgements, the newest first.
    pub judgements: Vec<JudgementLine>,
    /// What is worth knowing.
    pub warnings: Vec<Warning>,
}

/// A judgement or a measured number.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgementLine {
    /// Its id.
    pub id: JudgementId,
    /// Who.
    pub judge: Option<String>,
    /// 1 to 5.
    pub value: Option<i64>,
    /// The measured number.
    pub raw: Option<f64>,
    /// When.
    pub on: Date,
    /// What it rests on.
    pub evidence: Option<String>,
    /// The round.
    pub round: Option<String>,
    /// Whether it counts; older ones of the same judge do not.
    pub counts: bool,
}

/// What a missing criterion could make of the score.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// The criterion.
    pub key: String,
    /// The score if it were 1.
    pub low: f64,
    /// The score if it were 5.
    pub high: f64,
}

/// A judgement as it is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Judging {
    /// On which account.
    pub account: AccountId,
    /// In which set.
    pub set: CriteriaSet,
    /// On which criterion.
    pub key: String,
    /// 1 to 5, for a judged criterion.
    pub value: Option<i64>,
    /// The number, for a measured criterion.
    pub raw: Option<f64>,
    /// What it rests on.
    pub evidence: String,
}

/// Says whether a measure can be: a share of 600 % is a slip of the pen.
fn is_possible(criterion: &str, raw: f64) -> bool {
    raw.is_finite() && (MeasureUnit::of(criterion) != MeasureUnit::Fraction || raw.abs() <= 1.0)
}

/// Keeps a judgement of the viewer, today.
///
/// # Errors
///
/// [`Code::FieldInvalid`] on `key` (not judged by people), `value` or `raw`;
/// [`Code::FieldMissing`] on `evidence`; [`AppError::NOT_FOUND`], [`AppError::FORBIDDEN`].
pub async fn judge(ctx: &Ctx, judging: Judging) -> Result<JudgementId, AppError> {
    let account = judging.account;
    ask_at(ctx, Capability::Create, Object::Score, account).await?;
    let wrong = |field| AppError::Field { code: Code::FieldInvalid, field };
    let evidence = judging.evidence.trim().to_owned();
    if evidence.is_empty() {
        return Err(AppError::Field { code: Code::FieldMissing, field: "evidence" });
    }
    let id = JudgementId(ctx.id());
    let judgement = Judgement {
        id,
        set: judging.set,
        key: judging.key,
        value: judging.value,
        raw: judging.raw,
        judge: ctx.viewer.person,
        judge_ref: ctx.viewer.person.is_none().then(|| "administrator".to_owned()),
        judge_name: None,
        on: ctx.today(),
        evidence: Some(evidence),
        round: None,
    };
    let event = ctx.account_event(EventName::CriterionJudged, account, "judgement", id.as_i64());
    ctx.db()
        .write(async |work| {
            let viewer = &ctx.viewer;
            work.account(viewer, account).await?.ok_or(AppError::NOT_FOUND)?;
            let (criteria, _) = work.criteria(judgement.set).await?;
            let criterion = criteria.iter().find(|known| known.key == judgement.key);
            let criterion = criterion.ok_or_else(|| wrong("key"))?;
            match criterion.source {
                Source::Judged if judgement.raw.is_some() => return Err(wrong("raw")),
                Source::Judged
                    if !judgement.value.is_some_and(|value| (1..=5).contains(&value)) =>
                {
                    return Err(wrong("value"));
                }
                Source::Measured
                    if !judgement.raw.is_some_and(|raw| is_possible(&judgement.key, raw)) =>
                {
                    return Err(wrong("raw"));
                }
                Source::Judged | Source::Measured => {}
                Source::Computed | Source::Linked => return Err(wrong("key")),
            }
            work.put_judgement(account, &judgement).await?;
            work.bump(Counter::Scores).await?;
            let mut event = event.clone();
            event.payload = payload(&judgement);
            work.record(&event).await?;
            Ok(id)
        })
        .await
}

/// The evidence stays in its table: an event holds words and numbers only.
fn payload(judgement: &Judgement) -> Vec<(&'static str, String)> {
    let mut payload =
        vec![("set", judgement.set.as_str().to_owned()), ("key", judgement.key.clone())];
    payload.extend(judgement.value.map(|value| ("value", value.to_string())));
    payload.extend(judgement.raw.map(|raw| ("raw", raw.to_string())));
    payload
}

/// Says whether the viewer may judge an account.
pub(crate) fn can_judge(ctx: &Ctx, account: AccountId) -> bool {
    may(&ctx.viewer, Capability::Create, Object::Score, Scope::Account(account))
}
