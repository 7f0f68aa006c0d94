//! Money: whole, exact, short and in thousands.

use orchestre_domain::float;
use orchestre_domain::money::{Currency, divide_half_even};

use super::number::{is_negative, push_decimal, push_grouped};
use super::{FIRM, count};
use crate::lang::Lang;

/// Gives the sign of a currency as the language writes it, or its code.
pub fn currency_sign(lang: Lang, currency: Currency) -> String {
    let sign = match (currency.as_str(), lang) {
        ("EUR", _) => "€",
        ("GBP", _) => "£",
        ("USD", Lang::En) => "$",
        ("USD", Lang::Fr) => "$US",
        ("JPY", Lang::En) => "¥",
        ("JPY", Lang::Fr) => "JPY",
        (code, _) => return code.to_owned(),
    };
    sign.to_owned()
}

/// Gives an amount in whole units: €14,862,340 or 14 862 340 €.
///
/// # Units
/// Takes minor units; rounds half-even to whole ones.
pub fn money(lang: Lang, minor: i64, currency: Currency) -> String {
    let whole = divided(minor, 10_i128.pow(currency.exponent()));
    let mut digits = String::with_capacity(24);
    push_grouped(lang, &mut digits, &whole.unsigned_abs().to_string());
    dressed(lang, minus_of(whole), &digits, "", currency)
}

/// Gives an amount with the decimals of its currency: €1,284.50 or 1 284,50 €.
///
/// # Units
/// Takes minor units.
pub fn money_exact(lang: Lang, minor: i64, currency: Currency) -> String {
    let exponent = usize::try_from(currency.exponent()).unwrap_or(2);
    let plain = format!("{:0>width$}", minor.unsigned_abs(), width = exponent + 1);
    let (whole, rest) = plain.split_at_checked(plain.len() - exponent).unwrap_or((&plain, ""));
    let mut digits = String::with_capacity(24);
    push_grouped(lang, &mut digits, whole);
    if !rest.is_empty() {
        digits.push_str(&super::number::signs(lang).point);
        digits.push_str(rest);
    }
    dressed(lang, minus_of(minor), &digits, "", currency)
}

/// Gives an amount in at most four digits: €14.9m, €342k, €862 or 14,9 M€, 342 k€, 862 €.
///
/// # Units
/// Takes minor units.
pub fn money_short(lang: Lang, minor: i64, currency: Currency) -> String {
    let units =
        float::from_minor(minor) / 10_f64.powi(i32::try_from(currency.exponent()).unwrap_or(2));
    let (divisor, digits, english, french) = match units.abs() {
        size if size < 999.5 => (1.0, 0, "", ""),
        size if size < 9_950.0 => (1e3, 1, "k", "k"),
        size if size < 999_500.0 => (1e3, 0, "k", "k"),
        size if size < 999_950_000.0 => (1e6, 1, "m", "M"),
        _ => (1e9, 1, "bn", "Md"),
    };
    let mut written = String::with_capacity(16);
    push_decimal(lang, &mut written, units / divisor, digits);
    let minus = if is_negative(units / divisor, digits) { "−" } else { "" };
    let scale = match lang {
        Lang::En => english,
        Lang::Fr => french,
    };
    dressed(lang, minus, &written, scale, currency)
}

/// Gives a difference of amounts, short and with its sign: +€342k, −€342k.
///
/// # Units
/// Takes minor units.
pub fn money_change(lang: Lang, minor: i64, currency: Currency) -> String {
    let short = money_short(lang, minor, currency);
    if minor > 0 { format!("+{short}") } else { short }
}

/// Gives an amount in thousands without a unit, for cells under a head that names it: 14,862.
///
/// # Units
/// Takes minor units; rounds half-even.
pub fn thousands(lang: Lang, minor: i64, currency: Currency) -> String {
    count(lang, divided(minor, 1_000 * 10_i128.pow(currency.exponent())))
}

/// Gives the unit of thousands for the head of a table or an axis: €k or k€.
pub fn thousands_unit(lang: Lang, currency: Currency) -> String {
    let sign = currency_sign(lang, currency);
    let is_code = sign.len() == 3 && sign.is_ascii();
    match (lang, is_code) {
        (Lang::En, false) => format!("{sign}k"),
        (Lang::En, true) => format!("{sign}{FIRM}k"),
        (Lang::Fr, false) => format!("k{sign}"),
        (Lang::Fr, true) => format!("k{FIRM}{sign}"),
    }
}

fn divided(minor: i64, divisor: i128) -> i64 {
    divide_half_even(i128::from(minor), divisor).unwrap_or(minor)
}

const fn minus_of(number: i64) -> &'static str {
    if number < 0 { "−" } else { "" }
}

/// Puts sign, scale and currency around digits.
fn dressed(lang: Lang, minus: &str, digits: &str, scale: &str, currency: Currency) -> String {
    let sign = currency_sign(lang, currency);
    let is_code = sign.len() == 3 && sign.is_ascii();
    match (lang, is_code, scale.is_empty()) {
        (Lang::En, false, _) => format!("{minus}{sign}{digits}{scale}"),
        (Lang::En, true, _) => format!("{minus}{sign}{FIRM}{digits}{scale}"),
        (Lang::Fr, false, _) | (Lang::Fr, true, true) => {
            format!("{minus}{digits}{FIRM}{scale}{sign}")
        }
        (Lang::Fr, true, false) => format!("{minus}{digits}{FIRM}{scale}{FIRM}{sign}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Currency {
        Currency::parse(text).unwrap()
    }

    #[test]
    fn money_is_written_in_both_languages() {
        let eur = Currency::EUR;
        assert_eq!(money(Lang::En, 1_486_234_049, eur), "€14,862,340");
        assert_eq!(money(Lang::Fr, 1_486_234_049, eur), "14\u{202f}862\u{202f}340\u{a0}€");
        assert_eq!(money_exact(Lang::En, -128_450, eur), "−€1,284.50");
        assert_eq!(money_exact(Lang::Fr, 5, eur), "0,05\u{a0}€");
        assert_eq!(money_exact(Lang::En, 1234, code("JPY")), "¥1,234");
        assert_eq!(money(Lang::En, 1_234_500, code("CHF")), "CHF\u{a0}12,345");
    }

    #[test]
    fn short_money_goes_up_to_the_next_scale_when_rounding_does() {
        let eur = Currency::EUR;
        let short = |lang, units: i64| money_short(lang, units * 100, eur);
        assert_eq!(short(Lang::En, 14_862_340), "€14.9m");
        assert_eq!(short(Lang::Fr, 14_862_340), "14,9\u{a0}M€");
        assert_eq!(short(Lang::En, 342_000), "€342k");
        assert_eq!(short(Lang::En, 999_600), "€1.0m");
        assert_eq!(short(Lang::En, 1_020), "€1.0k");
        assert_eq!(short(Lang::En, 862), "€862");
        assert_eq!(short(Lang::Fr, 1_200_000_000), "1,2\u{a0}Md€");
        assert_eq!(short(Lang::En, -342_000), "−€342k");
        assert_eq!(money_change(Lang::Fr, 34_200_000, eur), "+342\u{a0}k€");
        assert_eq!(money_short(Lang::Fr, 125_000_000, code("CHF")), "1,2\u{a0}M\u{a0}CHF");
    }

    #[test]
    fn a_cell_in_thousands_has_no_unit() {
        assert_eq!(thousands(Lang::En, 1_486_234_000, Currency::EUR), "14,862");
        assert_eq!(thousands_unit(Lang::En, Currency::EUR), "€k");
        assert_eq!(thousands_unit(Lang::Fr, Currency::EUR), "k€");
    }
}
