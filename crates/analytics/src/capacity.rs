//! B23: how many accounts a key account manager can carry.

use jiff::civil::Date;
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::figure::{Figure, Unit, Warning};
use orchestre_domain::float::{from_count, from_minor};

/// What an account weighs, in parts per million of a key account, and what one person carries \[D\].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadWeights {
    /// A strategic global account in the programme.
    pub strategic_global_ppm: i64,
    /// A key account, whether on watch, uncoupling or by override.
    pub key_ppm: i64,
    /// An account in the incubator or on its way out.
    pub incubator_ppm: i64,
    /// Any other account.
    pub other_ppm: i64,
    /// What a full-time manager carries.
    pub capacity_ppm: i64,
}

impl Default for LoadWeights {
    fn default() -> Self {
        Self {
            strategic_global_ppm: 1_500_000,
            key_ppm: 1_000_000,
            incubator_ppm: 500_000,
            other_ppm: 200_000,
            capacity_ppm: 3_000_000,
        }
    }
}

impl LoadWeights {
    /// Gives the weight of an account; the status counts first, the tier only inside the programme.
    pub fn of(&self, tier: Tier, status: AccountStatus) -> i64 {
        match status {
            AccountStatus::Incubator | AccountStatus::Deselecting => self.incubator_ppm,
            _ if !status.is_key() => self.other_ppm,
            _ if tier == Tier::StrategicGlobal => self.strategic_global_ppm,
            _ => self.key_ppm,
        }
    }
}

/// The load of a manager beside what one can carry.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// The load in key accounts.
    pub figure: Figure,
    /// What can be carried, in key accounts.
    pub capacity: f64,
    /// Whether the load passes the capacity.
    pub is_over: bool,
}

/// Computes the load of a manager, the sum of the weights of the accounts, against 3.0 × FTE.
///
/// # Shape
///
/// `weights_ppm`: one weight an account, by [`LoadWeights::of`] or judged by hand.
///
/// # Units
///
/// In: parts per million of a key account; `fte_ppm` 1,000,000 = full time. Out: key accounts.
///
/// # Edges
///
/// No account: a load of 0, which is known. A load equal to the capacity is not over.
///
/// # Source
///
/// \[F:glv467\] for one to three accounts a person, \[D\] for the weights (design meaning 7);
/// `docs/methods/en/B23.md`. Vector of B23 \[V\]: 1.0 + 0.6 + 0.8 = 2.4.
///
/// ```
/// use jiff::civil::date;
/// use orchestre_analytics::capacity::{LoadWeights, load};
/// let weights = LoadWeights::default();
/// let found = load(&[1_000_000, 600_000, 800_000], 1_000_000, &weights, date(2026, 11, 16));
/// assert_eq!(found.figure.value, Some(2.4));
/// assert_eq!((found.capacity, found.is_over), (3.0, false));
/// ```
pub fn load(weights_ppm: &[i64], fte_ppm: i64, weights: &LoadWeights, as_of: Date) -> Load {
    let sum = weights_ppm.iter().fold(0_i64, |sum, weight| sum.saturating_add(*weight));
    let capacity = i128::from(weights.capacity_ppm) * i128::from(fte_ppm);
    let figure = Figure {
        method: "B23.load",
        value: Some(from_minor(sum) / 1e6),
        unit: Unit::Number,
        coverage: 1.0,
        evidence: weights_ppm.len(),
        as_of,
        warnings: if weights_ppm.is_empty() { vec![Warning::NoFacts] } else { Vec::new() },
    };
    Load {
        figure,
        capacity: from_minor(weights.capacity_ppm) * from_minor(fte_ppm) / 1e12,
        is_over: i128::from(sum) * 1_000_000 > capacity,
    }
}

/// Gives how many accounts the programme can hold, `Σ capacity·FTE / mean weight`; `None` without
/// accounts.
///
/// # Units
///
/// In: parts per million. Out: accounts, the limit of the rank.
///
/// # Source
///
/// \[D\], handbook B23; `docs/methods/en/B23.md`. The demo story: 5.8 FTE carry 17.4.
///
/// ```
/// use orchestre_analytics::capacity::{LoadWeights, programme_cap};
/// let cap = programme_cap(5_800_000, &[1_000_000; 17], &LoadWeights::default());
/// assert!((cap.unwrap() - 17.4).abs() < 1e-9);
/// ```
pub fn programme_cap(fte_ppm: i64, weights_ppm: &[i64], weights: &LoadWeights) -> Option<f64> {
    let sum = weights_ppm.iter().fold(0_i64, |sum, weight| sum.saturating_add(*weight));
    let mean = (sum > 0).then(|| from_minor(sum) / from_count(weights_ppm.len()))?;
    Some(from_minor(weights.capacity_ppm) * (from_minor(fte_ppm) / 1e6) / mean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use AccountStatus::{Deselecting, Incubator, Key, Standard, Uncoupling};
    use jiff::civil::date;

    /// A manager: code, accounts, full-time share, load and capacity of the story.
    type Manager = (&'static str, &'static [(Tier, AccountStatus)], i64, f64, f64);

    #[test]
    fn the_managers_of_the_story_carry_what_the_story_says() {
        const KEY: (Tier, AccountStatus) = (Tier::Key, Key);
        const GLOBAL: (Tier, AccountStatus) = (Tier::StrategicGlobal, Key);
        const TRIAL: (Tier, AccountStatus) = (Tier::Standard, Incubator);
        const LEAVING: (Tier, AccountStatus) = (Tier::Standard, Deselecting);
        const OTHER: (Tier, AccountStatus) = (Tier::Regional, Standard);
        let people: [Manager; 6] = [
            ("S09", &[GLOBAL, KEY, TRIAL], 1_000_000, 3.0, 3.0),
            ("S10", &[KEY, (Tier::Key, Uncoupling), KEY], 1_000_000, 3.0, 3.0),
            ("S11", &[GLOBAL, KEY, TRIAL], 1_000_000, 3.0, 3.0),
            ("S12", &[GLOBAL, KEY, KEY], 1_000_000, 3.5, 3.0),
            ("S13", &[KEY, KEY, KEY], 1_000_000, 3.0, 3.0),
            ("S14", &[KEY, LEAVING, OTHER], 800_000, 1.7, 2.4),
        ];
        let weights = LoadWeights::default();
        for (who, accounts, fte_ppm, expected, capacity) in people {
            let ppm: Vec<i64> = accounts.iter().map(|&(t, s)| weights.of(t, s)).collect();
            let found = load(&ppm, fte_ppm, &weights, date(2026, 11, 16));
            assert!((found.figure.value.unwrap() - expected).abs() < 1e-9, "{who}");
            assert!((found.capacity - capacity).abs() < 1e-9, "{who}");
            assert_eq!(found.is_over, who == "S12", "{who}");
        }
    }

    #[test]
    fn a_strategic_account_on_its_way_out_weighs_what_leaving_weighs() {
        let weights = LoadWeights::default();
        assert_eq!(weights.of(Tier::StrategicGlobal, Deselecting), 500_000);
        assert_eq!(weights.of(Tier::StrategicGlobal, Standard), 200_000);
        assert_eq!(programme_cap(1_000_000, &[], &weights), None);
    }
}
