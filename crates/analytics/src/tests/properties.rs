//! What holds for every input.

use std::collections::BTreeSet;

use jiff::civil::date;
use orchestre_domain::figure::SUFFICIENT;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::concentration::concentration;
use crate::contribution::{Cost, spread};
use crate::percentile::{percentile_ranks, score_of};
use crate::ranking::{Band, Candidate, Place, ranking};
use crate::score::{Weighted, score};

fn weighted() -> impl Strategy<Value = Weighted> {
    (0_i64..1_000_000, option::of(1.0..=5.0_f64))
        .prop_map(|(weight_ppm, score)| Weighted { weight_ppm, score })
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (option::of(0_u8..20), 0.0..=1.0_f64, option::of(0_i64..3));
    vec(one, 0..40).prop_map(|rows| {
        let candidate =
            |(id, (score, coverage, cost_to_serve_minor)): (i64, (Option<u8>, _, _))| {
                let score = score.map(|step| f64::from(step) * 5.0);
                Candidate { id, score, coverage, cost_to_serve_minor }
            };
        (1..).zip(rows).map(candidate).collect()
    })
}

proptest! {
    #[test]
    fn a_score_is_between_0_and_100_and_its_coverage_between_0_and_1(
        criteria in vec(weighted(), 1..12),
    ) {
        prop_assume!(criteria.iter().any(|one| one.weight_ppm > 0));
        let scored = score(&criteria, date(2026, 11, 16)).unwrap();
        prop_assert!((0.0..=1.0).contains(&scored.figure.coverage));
        let known = criteria.iter().any(|one| one.weight_ppm > 0 && one.score.is_some());
        prop_assert_eq!(scored.figure.value.is_some(), known);
        if let Some(value) = scored.figure.value {
            prop_assert!((0.0..=100.0).contains(&value));
        }
    }

    #[test]
    fn an_unknown_criterion_changes_the_coverage_and_never_the_value(
        criteria in vec(weighted(), 1..12),
        weight_ppm in 1_i64..1_000_000,
    ) {
        prop_assume!(criteria.iter().any(|one| one.weight_ppm > 0 && one.score.is_some()));
        let before = score(&criteria, date(2026, 11, 16)).unwrap();
        let mut more = criteria.clone();
        more.push(Weighted { weight_ppm, score: None });
        let after = score(&more, date(2026, 11, 16)).unwrap();
        prop_assert_eq!(before.figure.value, after.figure.value);
        prop_assert!(after.figure.coverage < before.figure.coverage);
        prop_assert_eq!(after.missing.len(), before.missing.len() + 1);
    }

    #[test]
    fn a_ranking_ranks_everybody_once_whatever_the_order_of_the_input(
        (sorted, shuffled) in candidates()
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let places = ranking(&sorted);
        prop_assert_eq!(&places, &ranking(&shuffled));
        let ids: BTreeSet<i64> = places.iter().map(|place| place.id).collect();
        prop_assert_eq!(ids.len(), sorted.len());
        let ranks: Vec<usize> = places.iter().map(|place| place.rank).collect();
        prop_assert_eq!(ranks, (1..=sorted.len()).collect::<Vec<_>>());
    }

    #[test]
    fn bands_stand_one_after_the_other_and_scores_fall_inside_each(all in candidates()) {
        let places = ranking(&all);
        let of = |place: &Place| *all.iter().find(|one| one.id == place.id).unwrap();
        for pair in places.windows(2) {
            let (upper, lower) = (of(&pair[0]), of(&pair[1]));
            prop_assert!(pair[0].band <= pair[1].band);
            prop_assert!(pair[0].band != pair[1].band || upper.score >= lower.score);
        }
        for place in &places {
            let one = of(place);
            prop_assert_eq!(place.band == Band::WithoutScore, one.score.is_none());
            let is_ranked = one.score.is_some() && one.coverage >= SUFFICIENT;
            prop_assert_eq!(place.band == Band::Ranked, is_ranked);
        }
    }

    #[test]
    fn concentration_stays_within_its_bounds(turnovers in vec(-1_000_i64..1_000_000_000_000, 1..60)) {
        let all = concentration(&turnovers);
        prop_assume!(turnovers.iter().any(|turnover| *turnover > 0));
        let customers = u32::try_from(all.customers).unwrap();
        let (hhi, gini) = (all.hhi().unwrap(), all.gini().unwrap());
        prop_assert!(hhi >= 1.0 / f64::from(customers) - 1e-12 && hhi <= 1.0 + 1e-12);
        prop_assert!((0.0..1.0).contains(&gini));
        prop_assert!(all.cr(1).unwrap() <= all.cr(3).unwrap());
        prop_assert!((all.cr(all.customers).unwrap() - 1.0).abs() < 1e-9);
        let curve = all.lorenz();
        prop_assert!(curve.windows(2).all(|pair| pair[0].turnover <= pair[1].turnover));
        prop_assert!(curve.iter().all(|point| point.turnover <= point.customers + 1e-9));
    }

    #[test]
    fn equal_customers_have_no_inequality(turnover in 1_i64..1_000_000, customers in 1_usize..50) {
        let all = concentration(&vec![turnover; customers]);
        prop_assert!(all.gini().unwrap() < 1e-9);
        prop_assert!(all.hhi_star().unwrap() < 1e-9 || customers == 1);
    }

    #[test]
    fn percentiles_keep_the_order_and_ties(values in vec(option::of(-9_i32..9), 0..30)) {
        let values: Vec<Option<f64>> = values.into_iter().map(|v| v.map(f64::from)).collect();
        let ranks = percentile_ranks(&values);
        for (a, rank_a) in values.iter().zip(&ranks) {
            prop_assert_eq!(a.is_some(), rank_a.is_some());
            for (b, rank_b) in values.iter().zip(&ranks) {
                if let (Some(a), Some(b), Some(rank_a), Some(rank_b)) = (a, b, rank_a, rank_b) {
                    prop_assert_eq!(a.total_cmp(b), rank_a.total_cmp(rank_b));
                }
            }
        }
        prop_assert!(ranks.iter().flatten().all(|rank| (1.0..=5.0).contains(&score_of(*rank))));
    }

    #[test]
    fn spreading_a_cost_loses_nothing(days in 0_i64..1_200, amount_minor in -1_000_000_i64..1_000_000) {
        let from = date(2025, 3, 10);
        let to = from.saturating_add(jiff::Span::new().days(days));
        let parts = spread(&Cost { from, to, amount_minor });
        prop_assert_eq!(parts.values().sum::<i64>(), amount_minor);
        prop_assert!(parts.values().all(|part| part.signum() * amount_minor.signum() >= 0));
    }
}
