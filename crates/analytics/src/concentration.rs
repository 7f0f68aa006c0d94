//! B5: how much of the business hangs on how few customers.

use jiff::civil::Date;
use orchestre_domain::figure::{Figure, Unit, Warning};
use orchestre_domain::float::{from_count, from_minor};

/// From this share on a customer counts as one that we depend on \[D\].
pub const DEPENDENCE: f64 = 0.10;

/// A point of the Lorenz curve, the smallest customers first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LorenzPoint {
    /// The share of the customers, 0 to 1.
    pub customers: f64,
    /// The share of the turnover that they bring together, 0 to 1.
    pub turnover: f64,
}

/// The concentration of a portfolio.
#[derive(Debug, Clone, PartialEq)]
pub struct Concentration {
    /// How many customers count.
    pub customers: usize,
    /// How many were left out because their total is negative.
    pub left_out: usize,
    /// The share of each customer, in the places of the input; `None` for who was left out.
    pub shares: Vec<Option<f64>>,
    /// The shares that count, the largest first.
    sorted: Vec<f64>,
}

/// Computes shares, and from them every figure of concentration.
///
/// # Shape
///
/// One turnover a customer *group*, in any order and in one currency; intercompany is not among
/// them. The places of [`Concentration::shares`] are those of the input.
///
/// # Units
///
/// In: minor units. Out: fractions; points are fractions × 10,000.
///
/// # Edges
///
/// Negative totals are left out with a warning. A sum of zero gives no value. One customer: HHI 1,
/// HHI* 1 by convention, Gini 0.
///
/// # Source
///
/// \[S0\]\[S1\] for the cases, \[F:conc\] for the bands; `docs/methods/en/B5.md`. Vectors TV-5,
/// TV-5b and TV-5c \[V\]:
///
/// ```
/// use orchestre_analytics::concentration::concentration;
/// let near = |value: Option<f64>, expected: f64| (value.unwrap() / expected - 1.0).abs() < 1e-4;
/// let all = concentration(&[40, 25, 15, 10, 5, 3, 1, 1]);
/// assert!(near(all.cr(1), 0.40) && near(all.cr(3), 0.80) && near(all.cr(5), 0.95));
/// assert!(near(all.hhi(), 0.2586));
/// assert!(near(all.hhi_star(), 0.152686));
/// assert!(near(all.n_eff(), 3.86698));
/// assert!(near(all.gini(), 0.5425));
/// assert!(near(all.gini_corrected(), 0.62));
/// assert_eq!(all.dependent(), [0, 1, 2, 3]);
///
/// // TV-5b: fifty customers that share 40 % equally add 32 points to the HHI.
/// let mut post = vec![8; 50];
/// post.push(600);
/// let points = (concentration(&post).hhi().unwrap() - 0.6 * 0.6) * 10_000.0;
/// assert!(near(Some(points), 32.0));
///
/// // TV-5c: 29.7 % of sales, of which 40 % are large accounts.
/// let large = concentration(&[297 * 40, 297 * 60, 703 * 100]);
/// assert!(near(large.shares[0], 0.1188));
/// ```
pub fn concentration(turnovers: &[i64]) -> Concentration {
    let known = turnovers.iter().copied().filter(|turnover| *turnover >= 0);
    let total: f64 = known.clone().map(from_minor).sum();
    let share = |turnover: i64| {
        let counts = turnover >= 0 && total > 0.0;
        counts.then(|| from_minor(turnover) / total)
    };
    let shares: Vec<Option<f64>> = turnovers.iter().map(|turnover| share(*turnover)).collect();
    let mut sorted: Vec<f64> = shares.iter().copied().flatten().collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let customers = known.count();
    Concentration { customers, left_out: turnovers.len() - customers, shares, sorted }
}

impl Concentration {
    /// Gives the share of the `n` largest customers.
    pub fn cr(&self, n: usize) -> Option<f64> {
        self.sum(self.sorted.iter().take(n).copied())
    }

    /// Gives the Herfindahl–Hirschman index, the sum of the squared shares, 1/n to 1.
    pub fn hhi(&self) -> Option<f64> {
        self.sum(self.sorted.iter().map(|share| share * share))
    }

    /// Gives the index freed of the number of customers, `(HHI − 1/n)/(1 − 1/n)`; 1 for a single one.
    pub fn hhi_star(&self) -> Option<f64> {
        let (hhi, even) = (self.hhi()?, 1.0 / self.count());
        Some(if self.sorted.len() < 2 { 1.0 } else { ((hhi - even) / (1.0 - even)).max(0.0) })
    }

    /// Gives the number of equally large customers that would be as concentrated, `1/HHI`.
    pub fn n_eff(&self) -> Option<f64> {
        self.hhi().map(|hhi| 1.0 / hhi)
    }

    /// Gives the Gini coefficient: 0 when all are equal, near 1 when one has all.
    pub fn gini(&self) -> Option<f64> {
        let n = self.count();
        let ranked = (1_usize..).zip(self.sorted.iter().rev());
        let weighted = self.sum(ranked.map(|(place, share)| from_count(place) * share))?;
        Some((2.0 * weighted / n - (n + 1.0) / n).max(0.0))
    }

    /// Gives the Gini coefficient corrected for small numbers, `Gini · n/(n − 1)`; 0 for a single one.
    pub fn gini_corrected(&self) -> Option<f64> {
        let (gini, n) = (self.gini()?, self.count());
        Some(if self.sorted.len() < 2 { 0.0 } else { gini * n / (n - 1.0) })
    }

    /// Gives the points of the Lorenz curve from (0, 0) to (1, 1); none without turnover.
    pub fn lorenz(&self) -> Vec<LorenzPoint> {
        if self.sorted.is_empty() {
            return Vec::new();
        }
        let n = self.count();
        let mut turnover = 0.0;
        let mut points = vec![LorenzPoint { customers: 0.0, turnover }];
        for (place, share) in (1_usize..).zip(self.sorted.iter().rev()) {
            turnover += share;
            let customers = from_count(place) / n;
            points.push(LorenzPoint { customers, turnover: turnover.min(1.0) });
        }
        points
    }

    /// Gives the places of the customers with a share of at least [`DEPENDENCE`].
    pub fn dependent(&self) -> Vec<usize> {
        let large = |share: &Option<f64>| share.is_some_and(|share| share >= DEPENDENCE - 1e-12);
        let places = self.shares.iter().enumerate();
        places.filter(|(_, share)| large(share)).map(|(place, _)| place).collect()
    }

    /// Gives the figures CR1, CR3, CR5, HHI, `N_eff` and Gini of a day.
    ///
    /// The coverage is the share of the customers that count, the evidence their number.
    pub fn figures(&self, as_of: Date) -> Vec<Figure> {
        let values = [
            ("B5.cr1", self.cr(1), Unit::Fraction),
            ("B5.cr3", self.cr(3), Unit::Fraction),
            ("B5.cr5", self.cr(5), Unit::Fraction),
            ("B5.hhi", self.hhi(), Unit::Number),
            ("B5.n_eff", self.n_eff(), Unit::Number),
            ("B5.gini", self.gini(), Unit::Number),
        ];
        let mut warnings = Vec::new();
        if self.left_out > 0 {
            warnings.push(Warning::NegativeLeftOut);
        }
        if self.sorted.is_empty() {
            warnings.push(Warning::NoFacts);
        }
        let all = self.shares.len();
        let coverage =
            if self.sorted.is_empty() { 0.0 } else { from_count(self.customers) / from_count(all) };
        let figure = |(method, value, unit)| {
            let (evidence, warnings) = (self.customers, warnings.clone());
            Figure { method, value, unit, coverage, evidence, as_of, warnings }
        };
        values.into_iter().map(figure).collect()
    }

    fn count(&self) -> f64 {
        from_count(self.sorted.len())
    }

    fn sum(&self, parts: impl Iterator<Item = f64>) -> Option<f64> {
        (!self.sorted.is_empty()).then(|| parts.sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_single_customer_is_all_there_is() {
        let one = concentration(&[7]);
        assert_eq!((one.hhi(), one.hhi_star(), one.n_eff()), (Some(1.0), Some(1.0), Some(1.0)));
        assert_eq!((one.gini(), one.gini_corrected()), (Some(0.0), Some(0.0)));
        assert_eq!(one.lorenz().len(), 2);
    }

    #[test]
    fn nothing_sold_is_no_concentration() {
        for turnovers in [vec![], vec![0, 0], vec![-5]] {
            let none = concentration(&turnovers);
            assert_eq!(
                (none.hhi(), none.cr(1), none.gini(), none.n_eff()),
                (None, None, None, None)
            );
            assert!(none.lorenz().is_empty());
            let figures = none.figures(date(2026, 11, 16));
            assert!(figures.iter().all(|figure| figure.value.is_none() && figure.coverage == 0.0));
            assert!(figures.iter().all(|figure| figure.warnings.contains(&Warning::NoFacts)));
        }
    }

    #[test]
    fn a_net_credit_is_left_out_and_said() {
        let all = concentration(&[30, -10, 10]);
        assert_eq!(all.shares, [Some(0.75), None, Some(0.25)]);
        assert_eq!((all.customers, all.left_out), (2, 1));
        let figures = all.figures(date(2026, 11, 16));
        assert!(figures.iter().all(|figure| figure.warnings == [Warning::NegativeLeftOut]));
        assert!(figures.iter().all(|figure| (figure.coverage - 2.0 / 3.0).abs() < 1e-12));
    }

    #[test]
    fn a_customer_without_turnover_counts_as_one() {
        let all = concentration(&[10, 0]);
        assert_eq!(all.gini(), Some(0.5));
        assert_eq!(all.hhi_star(), Some(1.0));
    }
}
