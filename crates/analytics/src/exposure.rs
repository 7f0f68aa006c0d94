//! B6: what it would cost if every member of a group paid the lowest price of the group.

use std::collections::BTreeMap;

use orchestre_domain::money::divide_half_even;

/// What one member of a group pays for one product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// The product.
    pub product: i64,
    /// The member.
    pub member: i64,
    /// The unit price × 10,000, in units of the common currency.
    pub price_e4: i64,
    /// The quantity of the period × 10,000.
    pub quantity_e4: i64,
}

/// The exposure of one product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposed {
    /// The product.
    pub product: i64,
    /// The lowest price × 10,000.
    pub lowest_e4: i64,
    /// How many members buy it.
    pub members: usize,
    /// The exposure, `Σ (price − lowest)·quantity`.
    pub exposure_minor: i64,
}

/// Computes the price exposure `Σ_products Σ_members (price − lowest)·quantity` by product.
///
/// # Shape
///
/// One [`Price`] for each member and product, in any order; products that one member alone buys are
/// not compared. The largest exposure stands first; the group's is the sum of the lines.
///
/// # Units
///
/// In: prices and quantities × 10,000, prices in one currency with `exponent` decimals. Out: minor
/// units of it, rounded half-even once a product.
///
/// # Edges
///
/// Quantities of zero or less (credits alone) set no price. A price that only one member pays has
/// no exposure. An amount that no 64-bit number holds is left out.
///
/// # Source
///
/// \[D\], design meaning 15; `docs/methods/en/B6.md`. The case of the demo story, six products that
/// four members buy:
///
/// ```
/// use orchestre_analytics::exposure::{Price, price_exposure};
/// let pieces = |product, rows: [(i64, i64); 4]| {
///     (1..).zip(rows).map(move |(member, (price, pieces))| {
///         Price { product, member, price_e4: price * 100, quantity_e4: pieces * 10_000 }
///     })
/// };
/// let prices: Vec<Price> = [
///     pieces(120, [(261, 240_000), (284, 192_000), (272, 216_000), (258, 150_000)]),
///     pieces(121, [(224, 240_000), (241, 192_000), (235, 216_000), (221, 150_000)]),
///     pieces(210, [(202, 210_000), (231, 162_000), (218, 192_000), (205, 120_000)]),
///     pieces(310, [(11_600, 4_200), (12_750, 3_600), (12_140, 3_900), (11_820, 2_520)]),
///     pieces(302, [(855, 42_000), (930, 36_000), (890, 38_400), (848, 24_000)]),
///     pieces(710, [(8_200, 2_400), (9_150, 2_040), (8_600, 2_100), (8_450, 1_320)]),
/// ]
/// .into_iter()
/// .flatten()
/// .collect();
/// let exposed = price_exposure(&prices, 2);
/// assert_eq!(exposed[0].exposure_minor, 8_736_000); // 87,360.00
/// let total: i64 = exposed.iter().map(|line| line.exposure_minor).sum();
/// assert_eq!(total, 39_217_200); // 392,172.00 a year
/// ```
pub fn price_exposure(prices: &[Price], exponent: u32) -> Vec<Exposed> {
    let mut products: BTreeMap<i64, Vec<Price>> = BTreeMap::new();
    for price in prices.iter().filter(|price| price.quantity_e4 > 0) {
        products.entry(price.product).or_default().push(*price);
    }
    let line = |(product, prices): (&i64, &Vec<Price>)| exposed(*product, prices, exponent);
    let mut lines: Vec<Exposed> = products.iter().filter_map(line).collect();
    lines.sort_by_key(|line| (std::cmp::Reverse(line.exposure_minor), line.product));
    lines
}

fn exposed(product: i64, prices: &[Price], exponent: u32) -> Option<Exposed> {
    let members: std::collections::BTreeSet<i64> = prices.iter().map(|one| one.member).collect();
    if members.len() < 2 {
        return None;
    }
    let lowest_e4 = prices.iter().map(|price| price.price_e4).min()?;
    let mut sum: i128 = 0;
    for price in prices {
        let gap = i128::from(price.price_e4) - i128::from(lowest_e4);
        sum = sum.checked_add(gap.checked_mul(i128::from(price.quantity_e4))?)?;
    }
    let minor = sum.checked_mul(10_i128.checked_pow(exponent)?)?;
    let exposure_minor = divide_half_even(minor, 100_000_000)?;
    Some(Exposed { product, lowest_e4, members: members.len(), exposure_minor })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(member: i64, price_e4: i64, quantity: i64) -> Price {
        Price { product: 1, member, price_e4, quantity_e4: quantity * 10_000 }
    }

    #[test]
    fn with_two_parties_only_the_dearer_one_counts() {
        let lines = price_exposure(&[price(1, 50_000, 100), price(2, 70_000, 10)], 2);
        assert_eq!(lines[0].exposure_minor, 2_000, "2.00 × 10");
        let yen = price_exposure(&[price(1, 50_000, 100), price(2, 70_000, 10)], 0);
        assert_eq!(yen[0].exposure_minor, 20);
    }

    #[test]
    fn one_member_alone_and_credits_alone_compare_with_nobody() {
        assert_eq!(price_exposure(&[price(1, 5, 9), price(1, 9, 9)], 2), []);
        assert_eq!(price_exposure(&[price(1, 5, -9), price(2, 9, 9)], 2), []);
    }
}
