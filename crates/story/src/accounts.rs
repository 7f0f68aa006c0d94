//! The 25 accounts: what the programme and the finance department know of them.

use crate::amount;
use crate::table::rows;

/// The commercial facts of an account.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) code: &'static str,
    pub(crate) domain: &'static str,
    pub(crate) sector: &'static str,
    pub(crate) since: &'static str,
    pub(crate) tier: &'static str,
    pub(crate) status: &'static str,
    pub(crate) status_since: &'static str,
    /// Who leads the account.
    pub(crate) kam: &'static str,
    /// Gross margin of each story year, in thousandths of turnover.
    pub(crate) margin: [i128; 3],
    /// Cost-to-serve in thousandths of turnover.
    pub(crate) cost_to_serve: i128,
    /// Growth potential in hundredths.
    pub(crate) potential: i128,
    pub(crate) season: &'static str,
    /// Hundredths of the last year's turnover by family.
    mix: [i128; 8],
    /// Thousands of euros.
    pub(crate) wallet: i128,
    /// Our rank and the number of suppliers.
    pub(crate) rank: (i128, i128),
    /// Thousandths of deliveries on time and in full.
    pub(crate) otif: i128,
    pub(crate) note: &'static str,
}

impl Facts {
    /// Gives the code of the account's root party.
    pub(crate) fn root(&self) -> String {
        format!("{}0", self.code)
    }

    /// Gives the mix of a story year: foam had six points more two years before the last, three one year before,
    /// taken from moulded fibre, or from films where fibre is too small.
    pub(crate) fn mix(&self, year: usize) -> [i128; 8] {
        let mut mix = self.mix;
        let [fibre, foam, films, ..] = &mut mix;
        let more = match year {
            0 => 6,
            1 => 3,
            _ => 0,
        };
        if *foam > 0 {
            *foam += more;
            *(if *fibre >= more { fibre } else { films }) -= more;
        }
        mix
    }

    /// Gives the points of our rank: 1 of 2 gives 5, 1 of more 4, 2 gives 3, 3 gives 2, else 1.
    pub(crate) fn rank_points(&self) -> i128 {
        match self.rank {
            (1, 2) => 5,
            (1, _) => 4,
            (2, _) => 3,
            (3, _) => 2,
            _ => 1,
        }
    }
}

/// Reads the table of accounts.
pub(crate) fn all() -> Vec<Facts> {
    rows(include_str!("tables/accounts.txt")).filter_map(|row| read(&row)).collect()
}

fn read(row: &[&'static str]) -> Option<Facts> {
    let mut cells = row.iter().copied();
    let mut next = || cells.next();
    let (code, domain, sector, since) = (next()?, next()?, next()?, next()?);
    let (tier, status, status_since) = (next()?, next()?, next()?);
    let (kam, _sponsor) = next()?.split_once(", ")?;
    let margin = list(next()?, 1)?;
    let cost_to_serve = amount::read(next()?, 1)?;
    let potential = amount::read(next()?, 0)?;
    let season = next()?;
    let mix = list(next()?, 0)?;
    let wallet = amount::read(next()?, 0)?;
    let (rank, suppliers) = next()?.split_once('/')?;
    let rank = (rank.parse().ok()?, suppliers.parse().ok()?);
    let otif = amount::read(next()?, 1)?;
    let note = next()?;
    Some(Facts {
        code,
        domain,
        sector,
        since,
        tier,
        status,
        status_since,
        kam,
        margin,
        cost_to_serve,
        potential,
        season,
        mix,
        wallet,
        rank,
        otif,
        note,
    })
}

fn list<const N: usize>(text: &str, places: usize) -> Option<[i128; N]> {
    let numbers: Vec<i128> =
        text.split('/').map(|number| amount::read(number, places)).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_is_read_and_its_mix_is_whole() {
        let accounts = all();
        assert_eq!(accounts.len(), 25);
        for facts in &accounts {
            for year in 0..3 {
                assert_eq!(
                    facts.mix(year).iter().sum::<i128>(),
                    100,
                    "{} in year {year}",
                    facts.code
                );
                assert!(
                    facts.mix(year).iter().all(|part| *part >= 0),
                    "{} in year {year}",
                    facts.code
                );
            }
        }
    }

    #[test]
    fn foam_shrinks_from_year_to_year() {
        let accounts = all();
        let dairy = accounts.iter().find(|facts| facts.code == "CAS").unwrap();
        assert_eq!(dairy.mix(0), [4, 14, 32, 12, 10, 0, 24, 4]);
        assert_eq!(dairy.mix(1), [1, 11, 38, 12, 10, 0, 24, 4]);
    }

    #[test]
    fn a_row_with_a_missing_cell_is_no_account() {
        assert!(read(&["XYZ", "xyz", "steel"]).is_none());
    }
}
