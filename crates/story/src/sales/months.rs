//! The twelve amounts of a party's year.

use crate::accounts::Facts;
use crate::amount::spread;
use crate::calendar::Calendar;
use crate::parties::Party;
use crate::random::Stream;

/// Seasons from January to December, each with a sum of 1,200.
const SEASONS: [(&str, [i128; 12]); 5] = [
    ("A", [100, 98, 108, 104, 100, 106, 96, 56, 108, 112, 108, 104]),
    ("B", [78, 76, 86, 90, 92, 94, 96, 90, 112, 128, 138, 120]),
    ("C", [104, 96, 100, 94, 92, 94, 90, 80, 118, 124, 112, 96]),
    ("F", [88, 86, 94, 100, 110, 118, 116, 98, 98, 98, 96, 98]),
    ("P", [40, 60, 120, 170, 190, 160, 110, 60, 90, 80, 70, 50]),
];

/// Gives the amounts of a story year, oldest month first: season × (1 + 0.06 u), by largest remainder.
///
/// The parties of the merged group take 48 % in the first half and 52 % in the second; the company that began in
/// the last half takes all there.
pub(super) fn amounts(
    calendar: Calendar,
    party: &Party,
    (facts, year): (&Facts, usize),
    stream: &mut Stream,
) -> Vec<i128> {
    let season = SEASONS
        .iter()
        .find(|(letter, _)| *letter == facts.season)
        .map_or([100; 12], |(_, months)| *months);
    let first = usize::try_from(calendar.year(year).0.month()).unwrap_or(1) - 1;
    let weights: Vec<i128> = season
        .iter()
        .cycle()
        .skip(first)
        .take(12)
        .map(|weight| weight * (100_000_000 + 6 * stream.swing()))
        .collect();
    let total = party.minor(year);
    if party.group() != "ELV" {
        return spread(total, &weights);
    }
    let early = if party.code == "ELV16" { 0 } else { (total * 48).div_euclid(100) };
    let (first, second) = weights.split_at_checked(6).unwrap_or((&weights, &[]));
    let mut amounts = spread(early, first);
    amounts.extend(spread(total - early, second));
    amounts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_season_is_a_year() {
        assert!(SEASONS.iter().all(|(_, months)| months.iter().sum::<i128>() == 1_200));
    }
}
