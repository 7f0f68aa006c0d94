//! Criteria: the weights and limits of each set, and their change.

use orchestre_domain::criterion::{CriteriaSet, Criterion};
use orchestre_domain::event::EventName;
use orchestre_domain::figure::Warning;
use orchestre_domain::money::divide_half_even;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_store::Counter;

use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;

/// All weights of a set together.
const WHOLE_PPM: i64 = 1_000_000;

/// A set of criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriteriaShown {
    /// The set.
    pub set: CriteriaSet,
    /// Its criteria in order.
    pub criteria: Vec<Criterion>,
    /// 0 for the shipped defaults.
    pub version: i64,
    /// A weight above one half.
    pub warnings: Vec<Warning>,
    /// Whether the viewer may change them.
    pub can_update: bool,
}

/// Gives a set of criteria.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`] for those who may not read criteria.
pub async fn list(ctx: &Ctx, set: CriteriaSet) -> Result<CriteriaShown, AppError> {
    ask(ctx, Capability::Read)?;
    let (criteria, version) = ctx.db().read(async |work| work.criteria(set).await).await?;
    let whole: i64 = criteria.iter().map(|criterion| criterion.weight_ppm).sum();
    let has_heavy = criteria.iter().any(|criterion| criterion.weight_ppm * 2 > whole);
    Ok(CriteriaShown {
        set,
        criteria,
        version,
        warnings: if has_heavy { vec![Warning::WeightAboveHalf] } else { Vec::new() },
        can_update: ask(ctx, Capability::Update).is_ok(),
    })
}

/// Changes weights and limits of a set and gives its new version; keys, axes and sources stay.
///
/// # Errors
///
/// [`Code::FieldInvalid`] on `weight` (negative, or all zero), `limits` (not ascending, another
/// number of them) or `key` (another list of criteria); [`Code::ChangedSince`].
pub async fn update(
    ctx: &Ctx,
    set: CriteriaSet,
    wanted: Vec<Criterion>,
    version: i64,
) -> Result<i64, AppError> {
    ask(ctx, Capability::Update)?;
    let event = ctx.event(EventName::CriteriaUpdated, "criteria", None);
    ctx.db()
        .write(async |work| {
            let (known, _) = work.criteria(set).await?;
            let criteria = checked(&known, &wanted)?;
            let next = work.put_criteria(set, &criteria, version).await?;
            let next = next.ok_or(AppError::Code(Code::ChangedSince))?;
            work.bump(Counter::Scores).await?;
            let mut event = event.clone();
            event.payload = vec![("set", set.as_str().to_owned()), ("version", next.to_string())];
            let weights: Vec<String> =
                criteria.iter().map(|c| format!("{}:{}", c.key, c.weight_ppm)).collect();
            event.payload.push(("weights", weights.join(" ")));
            work.record(&event).await?;
            Ok(next)
        })
        .await
}

/// Refuses whoever changes no criteria.
///
/// # Errors
///
/// [`Code::Forbidden`].
pub fn may_update(ctx: &Ctx) -> Result<(), AppError> {
    ask(ctx, Capability::Update)
}

fn ask(ctx: &Ctx, capability: Capability) -> Result<(), AppError> {
    if may(&ctx.viewer, capability, Object::Criterion, Scope::Company) {
        return Ok(());
    }
    Err(AppError::FORBIDDEN)
}

/// Gives the known criteria with the wanted weights, normalized, and the wanted limits.
fn checked(known: &[Criterion], wanted: &[Criterion]) -> Result<Vec<Criterion>, AppError> {
    let wrong = |field| AppError::Field { code: Code::FieldInvalid, field };
    let same = known.len() == wanted.len() && known.iter().zip(wanted).all(|(a, b)| a.key == b.key);
    if !same {
        return Err(wrong("key"));
    }
    if wanted.iter().any(|criterion| criterion.weight_ppm < 0) {
        return Err(wrong("weight"));
    }
    let whole: i128 = wanted.iter().map(|criterion| i128::from(criterion.weight_ppm)).sum();
    let (mut criteria, mut given, mut passed) = (Vec::with_capacity(known.len()), 0, 0_i128);
    for (old, new) in known.iter().zip(wanted) {
        let is_ascending = new.limits.is_sorted();
        if new.limits.len() != old.limits.len() || !is_ascending {
            return Err(wrong("limits"));
        }
        // The parts of the running sum: rounded, they always add up to the whole.
        passed += i128::from(new.weight_ppm) * i128::from(WHOLE_PPM);
        let until = divide_half_even(passed, whole).ok_or_else(|| wrong("weight"))?;
        criteria.push(Criterion {
            weight_ppm: until - given,
            limits: new.limits.clone(),
            ..old.clone()
        });
        given = until;
    }
    Ok(criteria)
}

#[cfg(test)]
mod tests {
    use orchestre_domain::criterion::defaults;

    use super::*;

    #[test]
    fn weights_are_normalized_and_add_up() {
        let known = defaults(CriteriaSet::Selection);
        let mut wanted = known.clone();
        for criterion in &mut wanted {
            criterion.weight_ppm = 1;
        }
        let kept = checked(&known, &wanted).unwrap();
        assert_eq!(kept.iter().map(|c| c.weight_ppm).sum::<i64>(), WHOLE_PPM);
        assert_eq!(kept[0].weight_ppm, 142_857);
    }

    #[test]
    fn a_negative_weight_a_broken_limit_and_another_list_are_refused() {
        let known = defaults(CriteriaSet::Selection);
        let refused = |change: fn(&mut Vec<Criterion>)| {
            let mut wanted = known.clone();
            change(&mut wanted);
            match checked(&known, &wanted) {
                Err(AppError::Field { field, .. }) => field,
                _ => "nothing",
            }
        };
        assert_eq!(refused(|wanted| wanted[0].weight_ppm = -1), "weight");
        assert_eq!(refused(|wanted| wanted.iter_mut().for_each(|c| c.weight_ppm = 0)), "weight");
        assert_eq!(refused(|wanted| wanted[0].limits.reverse()), "limits");
        assert_eq!(refused(|wanted| drop(wanted.pop())), "key");
    }
}
