//! Exact money: spreading by largest remainder, budget rates, and the text of an amount.

use std::cmp::Reverse;

/// The story's budget rates: units of the currency for 100 euros.
pub(crate) const BUDGET: [(&str, i128); 4] =
    [("GBP", 86), ("USD", 110), ("PLN", 430), ("JPY", 16_000)];

/// Gives the units of a currency for 100 euros at budget rates.
pub(crate) fn per_hundred_euros(currency: &str) -> i128 {
    BUDGET.iter().find(|(code, _)| *code == currency).map_or(100, |(_, rate)| *rate)
}

/// Gives the number of minor units in a thousand units of a currency.
pub(crate) fn thousand(currency: &str) -> i128 {
    if currency == "JPY" { 1_000 } else { 100_000 }
}

/// Gives hundredths of a unit from minor units: the same number but for currencies without minor units.
pub(crate) fn hundredths(minor: i128, currency: &str) -> i128 {
    if currency == "JPY" { minor * 100 } else { minor }
}

/// Gives euro cents at budget rates, rounded half up.
pub(crate) fn euro_cents(minor: i128, currency: &str) -> i128 {
    rounded(hundredths(minor, currency) * 100, per_hundred_euros(currency))
}

/// Divides and rounds half up; 0 when there is nothing to divide by.
pub(crate) fn rounded(dividend: i128, divisor: i128) -> i128 {
    (2 * dividend + divisor).checked_div_euclid(2 * divisor).unwrap_or(0)
}

/// Spreads a total over weights by largest remainder; ties go to the earlier one.
pub(crate) fn spread(total: i128, weights: &[i128]) -> Vec<i128> {
    let sum: i128 = weights.iter().sum();
    if sum <= 0 {
        return vec![0; weights.len()];
    }
    let mut parts: Vec<i128> =
        weights.iter().map(|weight| (total * weight).div_euclid(sum)).collect();
    let missing = total - parts.iter().sum::<i128>();
    let mut remainders: Vec<(i128, &mut i128)> = weights
        .iter()
        .map(|weight| (total * weight).rem_euclid(sum))
        .zip(parts.iter_mut())
        .collect();
    remainders.sort_by_key(|(remainder, _)| Reverse(*remainder));
    for (_, part) in remainders.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        *part += 1;
    }
    parts
}

/// Gives the text of minor units in major units.
pub(crate) fn text(minor: i128, currency: &str) -> String {
    if currency == "JPY" { minor.to_string() } else { decimals(minor, 2) }
}

/// Gives the text of a number that counts units of 10 to the minus `places`.
pub(crate) fn decimals(number: i128, places: usize) -> String {
    let digits = format!("{:0>width$}", number.abs(), width = places + 1);
    let (whole, part) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
    let sign = if number < 0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Reads a decimal number as units of 10 to the minus `places`; more decimals are refused.
pub(crate) fn read(text: &str, places: usize) -> Option<i128> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > places {
        return None;
    }
    format!("{whole}{part:0<places$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_adds_up_and_ties_go_to_the_earlier() {
        assert_eq!(spread(10, &[1, 1, 1]), vec![4, 3, 3]);
        assert_eq!(spread(7, &[3, 0, 1]), vec![5, 0, 2]);
        assert_eq!(spread(7, &[0, 0]), vec![0, 0]);
    }

    #[test]
    fn numbers_are_read_and_written() {
        assert_eq!(read("24.6", 1), Some(246));
        assert_eq!(read(".35", 2), Some(35));
        assert_eq!(read("-20", 2), Some(-2000));
        assert_eq!(read("1.234", 2), None);
        assert_eq!(decimals(-5, 2), "-0.05");
        assert_eq!(decimals(125_000, 2), "1250.00");
        assert_eq!(text(1250, "JPY"), "1250");
    }

    #[test]
    fn euros_are_at_budget_rates() {
        assert_eq!(euro_cents(8_600, "GBP"), 10_000);
        assert_eq!(euro_cents(160, "JPY"), 100);
    }
}
