//! Counts, decimals and shares.

use std::sync::LazyLock;

use fixed_decimal::Decimal;
use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;

use super::{MISSING, NARROW, locale_of};
use crate::lang::Lang;

/// The signs with which a language writes numbers.
pub(crate) struct Signs {
    pub(crate) group: String,
    pub(crate) point: String,
    pub(crate) percent: String,
}

static SIGNS: LazyLock<[Signs; 2]> = LazyLock::new(|| [read(Lang::En), read(Lang::Fr)]);

pub(crate) fn signs(lang: Lang) -> &'static Signs {
    let [english, french] = &*SIGNS;
    match lang {
        Lang::En => english,
        Lang::Fr => french,
    }
}

/// Reads the signs off a number that icu writes.
fn read(lang: Lang) -> Signs {
    let percent = match lang {
        Lang::En => "%".to_owned(),
        Lang::Fr => format!("{NARROW}%"),
    };
    let plain = Signs { group: ",".to_owned(), point: ".".to_owned(), percent: percent.clone() };
    let Ok(formatter) =
        DecimalFormatter::try_new((&locale_of(lang)).into(), DecimalFormatterOptions::default())
    else {
        return plain;
    };
    let mut sample = Decimal::from(12_345_678_i64);
    sample.multiply_pow10(-2);
    let written = formatter.format(&sample).to_string();
    let mut signs = written.split(|letter: char| letter.is_ascii_digit()).filter(|s| !s.is_empty());
    match (signs.next(), signs.next()) {
        (Some(group), Some(point)) => {
            Signs { group: group.to_owned(), point: point.to_owned(), percent }
        }
        _ => plain,
    }
}

/// Appends whole digits in groups of three.
pub(crate) fn push_grouped(lang: Lang, out: &mut String, digits: &str) {
    let group = signs(lang).group.as_str();
    let length = digits.len();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (length - index).rem_euclid(3) == 0 {
            out.push_str(group);
        }
        out.push(digit);
    }
}

/// Appends a number without its sign.
pub(crate) fn push_decimal(lang: Lang, out: &mut String, value: f64, digits: u8) {
    let plain = format!("{:.*}", usize::from(digits), value.abs());
    let (whole, rest) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
    push_grouped(lang, out, whole);
    if !rest.is_empty() {
        out.push_str(&signs(lang).point);
        out.push_str(rest);
    }
}

/// Says whether a number is still below zero once it is rounded.
pub(crate) fn is_negative(value: f64, digits: u8) -> bool {
    value < 0.0 && value.abs() * 10_f64.powi(i32::from(digits)) >= 0.5
}

/// Gives a whole number: 12,418 or 12 418.
pub fn count(lang: Lang, number: i64) -> String {
    let mut out = String::with_capacity(16);
    if number < 0 {
        out.push('−');
    }
    push_grouped(lang, &mut out, &number.unsigned_abs().to_string());
    out
}

/// Gives the number of things.
pub fn count_of(lang: Lang, number: usize) -> String {
    count(lang, i64::try_from(number).unwrap_or(i64::MAX))
}

/// Gives a number with so many decimals; what is no number is missing.
pub fn decimal(lang: Lang, value: f64, digits: u8) -> String {
    if !value.is_finite() {
        return MISSING.to_owned();
    }
    let mut out = String::with_capacity(16);
    if is_negative(value, digits) {
        out.push('−');
    }
    push_decimal(lang, &mut out, value, digits);
    out
}

/// Gives a number with its sign, plus or minus; nothing before zero.
pub fn signed(lang: Lang, value: f64, digits: u8) -> String {
    if value > 0.0 && is_negative(-value, digits) {
        format!("+{}", decimal(lang, value, digits))
    } else {
        decimal(lang, value, digits)
    }
}

/// Gives a share with one decimal: 31.2% or 31,2 %.
///
/// # Units
/// Takes a fraction, 1 = 100 %.
pub fn percent(lang: Lang, fraction: f64) -> String {
    suffixed(lang, decimal(lang, fraction * 100.0, 1), fraction)
}

/// Gives a share without decimals: 31% or 31 %.
///
/// # Units
/// Takes a fraction, 1 = 100 %.
pub fn percent_whole(lang: Lang, fraction: f64) -> String {
    suffixed(lang, decimal(lang, fraction * 100.0, 0), fraction)
}

/// Gives a change with its sign: +6.4%, −2.1%.
///
/// # Units
/// Takes a fraction, 1 = 100 %.
pub fn change(lang: Lang, fraction: f64) -> String {
    suffixed(lang, signed(lang, fraction * 100.0, 1), fraction)
}

fn suffixed(lang: Lang, mut number: String, fraction: f64) -> String {
    if fraction.is_finite() {
        number.push_str(&signs(lang).percent);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_signs_of_their_language() {
        assert_eq!(count(Lang::En, 14_862_340), "14,862,340");
        assert_eq!(count(Lang::Fr, 14_862_340), "14\u{202f}862\u{202f}340");
        assert_eq!(count(Lang::Fr, -999), "−999");
        assert_eq!(count(Lang::En, i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!(decimal(Lang::Fr, 1284.5, 2), "1\u{202f}284,50");
        assert_eq!(decimal(Lang::En, -0.04, 1), "0.0");
        assert_eq!(decimal(Lang::En, f64::NAN, 1), "–");
    }

    #[test]
    fn a_change_has_its_sign_and_nothing_else_has_a_plus() {
        assert_eq!(change(Lang::En, 0.064), "+6.4%");
        assert_eq!(change(Lang::Fr, 0.064), "+6,4\u{202f}%");
        assert_eq!(change(Lang::En, -0.021), "−2.1%");
        assert_eq!(change(Lang::En, 0.0), "0.0%");
        assert_eq!(percent(Lang::Fr, 0.312), "31,2\u{202f}%");
        assert_eq!(percent_whole(Lang::En, 0.994), "99%");
    }
}
