//! Where opportunities stood on a day, and what they amount to.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_domain::float;
use orchestre_domain::id::{AccountId, OpportunityId};
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;
use orchestre_domain::opportunity::Stage;
use orchestre_store::{OpportunityBasis, StageStep};

use super::facts::Terms;
use super::line::Pipeline;

/// The stage of an opportunity on a day and since when; `None` when it did not exist yet.
///
/// `steps` are those of this opportunity, ascending; without any, the present stage and its days
/// decide.
pub(crate) fn stage_on(
    basis: &OpportunityBasis,
    steps: &[StageStep],
    as_of: Date,
) -> Option<(Stage, Option<Date>)> {
    let reached = steps.iter().filter(|step| step.since <= as_of);
    if let Some(step) = reached.max_by_key(|step| (step.since, step.stage)) {
        return Some((step.stage, Some(step.since)));
    }
    if basis.opened_on.is_some_and(|opened| opened > as_of) {
        return None;
    }
    if !steps.is_empty() {
        return basis.opened_on.map(|opened| (Stage::Identified, Some(opened)));
    }
    if !basis.stage.is_open() && basis.close_on.is_some_and(|closed| closed > as_of) {
        return Some((Stage::Identified, basis.opened_on));
    }
    let since = if basis.stage.is_open() { basis.opened_on } else { basis.close_on };
    Some((basis.stage, since))
}

/// Groups steps by their opportunity.
pub(crate) fn by_opportunity(steps: Vec<StageStep>) -> BTreeMap<OpportunityId, Vec<StageStep>> {
    let mut found: BTreeMap<OpportunityId, Vec<StageStep>> = BTreeMap::new();
    for step in steps {
        found.entry(step.opportunity).or_default().push(step);
    }
    found
}

/// Gives the pipeline of every account, and of what belongs to none.
pub(crate) fn tally(
    opportunities: &[OpportunityBasis],
    steps: Vec<StageStep>,
    as_of: Date,
    terms: Terms<'_>,
) -> BTreeMap<Option<AccountId>, Pipeline> {
    let steps = by_opportunity(steps);
    let mut all: BTreeMap<Option<AccountId>, Pipeline> = BTreeMap::new();
    let mut won: BTreeMap<(Option<AccountId>, Currency, Ym), i64> = BTreeMap::new();
    for basis in opportunities {
        let own = steps.get(&basis.id).map_or(&[][..], Vec::as_slice);
        let Some((stage, since)) = stage_on(basis, own, as_of) else { continue };
        let pipeline = all.entry(basis.account).or_default();
        if stage.is_open() {
            add_open(pipeline, basis, as_of, terms);
        } else if stage == Stage::Won {
            pipeline.won += 1;
            if let Some(amount) = basis.amount {
                let ym = Ym::of(since.unwrap_or(as_of));
                let sum = won.entry((basis.account, amount.currency, ym)).or_default();
                *sum = sum.saturating_add(amount.minor);
            }
        }
    }
    for ((account, currency, ym), minor) in won {
        let converted = terms.exchange.convert(terms.rule, (minor, currency), terms.to, ym);
        if let (Some(pipeline), Some(minor)) = (all.get_mut(&account), converted) {
            pipeline.won_amount = Some(pipeline.won_amount.unwrap_or_default() + minor);
        }
    }
    all
}

fn add_open(pipeline: &mut Pipeline, basis: &OpportunityBasis, as_of: Date, terms: Terms<'_>) {
    pipeline.open += 1;
    let Some(amount) = basis.amount else { return };
    let given = (amount.minor, amount.currency);
    let Some(minor) = terms.exchange.convert(terms.rule, given, terms.to, Ym::of(as_of)) else {
        return;
    };
    pipeline.open_valued += 1;
    pipeline.open_amount = Some(pipeline.open_amount.unwrap_or_default() + minor);
    if let Some(probability) = basis.probability {
        pipeline.open_likely += 1;
        let likely = float::round(float::from_minor(minor) * probability);
        pipeline.open_weighted = Some(pipeline.open_weighted.unwrap_or_default() + likely);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn basis(stage: Stage, opened: Option<Date>, close: Option<Date>) -> OpportunityBasis {
        OpportunityBasis {
            id: OpportunityId(1),
            account: None,
            stage,
            amount: None,
            probability: None,
            opened_on: opened,
            close_on: close,
        }
    }

    #[test]
    fn what_was_won_later_was_still_open_on_the_day() {
        let won = basis(Stage::Won, Some(date(2017, 1, 5)), Some(date(2017, 6, 1)));
        let stage = |day| stage_on(&won, &[], day).map(|(stage, _)| stage);
        assert_eq!(stage(date(2017, 1, 4)), None);
        assert_eq!(stage(date(2017, 5, 31)), Some(Stage::Identified));
        assert_eq!(stage(date(2017, 6, 1)), Some(Stage::Won));
    }

    #[test]
    fn the_history_wins_over_the_present_stage() {
        let lost = basis(Stage::Lost, None, None);
        let step = |stage, since| StageStep { opportunity: OpportunityId(1), stage, since };
        let steps = [step(Stage::Proposed, date(2026, 3, 1)), step(Stage::Lost, date(2026, 9, 1))];
        let stage = |day| stage_on(&lost, &steps, day).map(|(stage, _)| stage);
        assert_eq!(stage(date(2026, 8, 31)), Some(Stage::Proposed));
        assert_eq!(stage(date(2026, 9, 1)), Some(Stage::Lost));
        assert_eq!(stage(date(2026, 2, 1)), None, "nothing says that it existed");
    }
}
