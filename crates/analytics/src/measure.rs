//! B1 and B4: figures as the measures that brackets turn into scores of 1 to 5.

use orchestre_domain::float::round;
use orchestre_domain::money::{Money, divide_half_even};

/// Gives an amount as thousands of the currency × 10,000, the unit of brackets of money.
///
/// # Edges
///
/// An amount that no 64-bit number holds has no measure.
///
/// ```
/// use orchestre_analytics::measure::thousands_e4;
/// use orchestre_domain::criterion::{CriteriaSet, defaults};
/// use orchestre_domain::money::{Currency, Money};
/// let turnover = Money { minor: 1_789_000_000, currency: Currency::EUR };
/// let measure = thousands_e4(turnover).unwrap();
/// assert_eq!(measure, 17_890 * 10_000);
/// assert_eq!(defaults(CriteriaSet::Selection)[0].bracket(measure), Some(5));
/// ```
pub fn thousands_e4(amount: Money) -> Option<i64> {
    let dividend = i128::from(amount.minor).checked_mul(10)?;
    divide_half_even(dividend, 10_i128.checked_pow(amount.currency.exponent())?)
}

/// Gives a fraction × 10,000, the unit of brackets of shares and changes.
///
/// ```
/// use orchestre_analytics::measure::fraction_e4;
/// // A contribution of 16.5 % − 8.5 % lies on the limit of 8 %, whatever the last bits say.
/// assert_eq!(fraction_e4(0.165 - 0.085), 800);
/// ```
pub fn fraction_e4(value: f64) -> i64 {
    round(value * 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use orchestre_domain::money::Currency;

    #[test]
    fn a_currency_without_decimals_has_the_same_thousands() {
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(thousands_e4(Money { minor: 72_000_000, currency: yen }), Some(72_000 * 10_000));
        assert_eq!(thousands_e4(Money { minor: i64::MAX, currency: yen }), None);
    }
}
