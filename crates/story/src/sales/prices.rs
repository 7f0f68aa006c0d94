//! Agreed prices of the last year: their lines come first, one a month.
//!
//! The products under agreement in a group are sold there at these prices only, so the group's exposure is exactly
//! what the table says.

use crate::amount::{self, per_hundred_euros, spread};
use crate::parties::{Party, group_of};
use crate::products::Product;
use crate::table::rows;

/// A row of the table: one product, one party.
#[derive(Debug)]
pub(super) struct Agreed {
    pub(super) product: &'static str,
    party: &'static str,
    /// Euro cents.
    price: i128,
    pieces: i128,
}

impl Agreed {
    pub(super) fn group(&self) -> &'static str {
        group_of(self.party)
    }
}

/// The months of an agreed price.
pub(super) struct Cell<'a> {
    pub(super) product: &'a Product,
    /// Ten-thousandths of the currency.
    pub(super) price: i128,
    /// Quantity and amount of each month.
    pub(super) months: Vec<(i128, i128)>,
}

/// Reads the table of agreed prices.
pub(super) fn all() -> Vec<Agreed> {
    let mut agreed = Vec::new();
    for row in rows(include_str!("../tables/prices.txt")) {
        let Some((product, cells)) = row.split_first() else { continue };
        agreed.extend(cells.iter().filter_map(|cell| read(product, cell)));
    }
    agreed
}

fn read(product: &'static str, cell: &'static str) -> Option<Agreed> {
    let (party, rest) = cell.split_once(' ')?;
    let (price, pieces) = rest.split_once(' ')?;
    Some(Agreed { product, party, price: amount::read(price, 2)?, pieces: pieces.parse().ok()? })
}

/// Gives the cells of a party; quantities follow the month's amounts in steps of ten.
pub(super) fn of<'a>(
    agreed: &[Agreed],
    party: &Party,
    products: &'a [Product],
    months: &[i128],
) -> Vec<Cell<'a>> {
    let mut cells = Vec::new();
    for cell in agreed.iter().filter(|cell| cell.party == party.code) {
        let Some(product) = products.iter().find(|product| product.code == cell.product) else {
            continue;
        };
        let price = cell.price * per_hundred_euros(party.currency);
        let quantities =
            spread(cell.pieces.div_euclid(10), months).into_iter().map(|tens| tens * 10);
        let months =
            quantities.map(|quantity| (quantity, (quantity * price).div_euclid(100))).collect();
        cells.push(Cell { product, price, months });
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_thirty_five_agreed_prices() {
        assert_eq!(all().len(), 35);
        assert!(all().iter().all(|cell| cell.pieces.rem_euclid(10) == 0));
    }

    #[test]
    fn a_price_that_is_no_number_is_left_out() {
        assert!(read("FB-120", "ELV2 dear 10").is_none());
    }
}
