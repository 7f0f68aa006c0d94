//! How much hangs on how few.

use super::accounts::turnover;
use crate::FROZEN_T;

fn shares() -> Vec<f64> {
    let sums: Vec<f64> =
        turnover(FROZEN_T).values().map(|years| years[2].to_string().parse().unwrap()).collect();
    let total: f64 = sums.iter().sum();
    let mut shares: Vec<f64> = sums.iter().map(|sum| sum / total).collect();
    shares.sort_by(|one, other| other.total_cmp(one));
    shares
}

#[test]
fn concentration_holds() {
    let shares = shares();
    let first = |n: usize| format!("{:.6}", shares.iter().take(n).sum::<f64>());
    assert_eq!([1, 3, 5].map(first), ["0.117217", "0.324021", "0.466620"]);
    let hhi: f64 = shares.iter().map(|share| share * share).sum();
    assert_eq!(format!("{hhi:.6} {:.4}", 1.0 / hhi), "0.062707 15.9473");
    assert_eq!(format!("{:.6}", (hhi - 1.0 / 25.0) / (1.0 - 1.0 / 25.0)), "0.023653");
    assert_eq!(shares.iter().filter(|share| **share >= 0.10).count(), 3);
}

#[test]
fn inequality_holds() {
    let mut place = 0.0;
    let mut sum = 0.0;
    for share in shares().iter().rev() {
        place += 1.0;
        sum += place * share;
    }
    let gini = 2.0 * sum / 25.0 - 26.0 / 25.0;
    assert_eq!(format!("{gini:.6} {:.6}", gini * 25.0 / 24.0), "0.387326 0.403465");
}
