//! Exchange rates: units of a currency for one euro, scaled by [`SCALE`].

use crate::money::{Currency, divide_half_even};

/// Rates are whole numbers of 1/100,000,000.
pub const SCALE: i64 = 100_000_000;

words! {
    /// How amounts of another currency are converted (design meaning 6).
    RateRule {
        /// The mean of the published days of the month of the fact.
        Month = "month",
        /// The budget rate of the fiscal year of the fact.
        Budget = "budget",
        /// The rate of the day of the fact, or the last published before.
        Day = "day",
    }
}

/// Converts an amount between two currencies, given both rates to the euro.
///
/// # Units
///
/// Minor units in and out; rates as units of the currency for one euro × [`SCALE`].
/// Rounded half-even once. `None` when a rate is not positive or the result does not fit.
///
/// ```
/// use orchestre_domain::{money::Currency, rate::{SCALE, convert}};
/// let (eur, jpy) = (Currency::EUR, Currency::parse("JPY").unwrap());
/// // ¥504,000,000 at 160 yen for a euro are €3,150,000.00.
/// assert_eq!(convert(504_000_000, (jpy, 160 * SCALE), (eur, SCALE)), Some(315_000_000));
/// ```
pub fn convert(minor: i64, from: (Currency, i64), to: (Currency, i64)) -> Option<i64> {
    if from == to {
        return Some(minor);
    }
    let up = i128::from(minor)
        .checked_mul(i128::from(to.1))?
        .checked_mul(10_i128.pow(to.0.exponent()))?;
    let down = i128::from(from.1).checked_mul(10_i128.pow(from.0.exponent()))?;
    divide_half_even(up, down)
}
