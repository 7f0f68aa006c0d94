//! Invented identifiers with true check digits, by rule from the number of a party.

use super::Party;

/// Gives LEI, SIREN, SIRET, VAT number, register number, ERP and CRM number of a party.
pub(super) fn of(party: &Party) -> [String; 7] {
    let number = party.number;
    let (erp, crm) = (format!("{number:010}"), crm(number));
    if matches!(party.kind, "site" | "business_unit") {
        return [
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            erp,
            crm,
        ];
    }
    let mut codes =
        [lei(number), String::new(), String::new(), String::new(), String::new(), erp, crm];
    let [_, siren, site, vat, register, ..] = &mut codes;
    match party.country {
        "FR" => {
            *siren = with_luhn(&format!("0001{number:04}"));
            *site = with_luhn(&format!("{siren}0001"));
            *vat = format!("FR{:02}{siren}", key(siren));
        }
        "PL" => *vat = format!("PL{}", nip(number)),
        "ES" => *register = format!("CIF X{number:07}"),
        "DE" => *register = format!("HRB 9{number:03}"),
        "IT" => *register = format!("REA 9{number:03}"),
        "NL" => *register = format!("KVK 9{number:03}"),
        "GB" => *register = format!("CRN 9{number:03}"),
        "US" => *register = format!("EIN 9{number:03}"),
        _ => *register = format!("JCN 9{number:03}"),
    }
    codes
}

fn base36(mut number: i64) -> String {
    let mut digits = Vec::new();
    while number > 0 {
        let digit = u32::try_from(number.rem_euclid(36)).unwrap_or(0);
        digits.extend(char::from_digit(digit, 36).map(|digit| digit.to_ascii_uppercase()));
        number = number.div_euclid(36);
    }
    digits.into_iter().rev().collect()
}

/// Gives a number of ISO 17442: two check digits by ISO 7064 modulo 97-10.
fn lei(number: i64) -> String {
    let body = format!("ZZ2600{:0>12}", base36(number * 7_919));
    let rest = body.chars().chain("00".chars()).filter_map(|sign| sign.to_digit(36)).fold(
        0_u32,
        |rest, digit| {
            let shift = if digit > 9 { 100 } else { 10 };
            (rest * shift + digit).rem_euclid(97)
        },
    );
    format!("{body}{:02}", 98 - rest)
}

/// Appends the Luhn digit.
fn with_luhn(digits: &str) -> String {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|sign| sign.to_digit(10))
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, factor)| digit * factor)
        .map(|product| if product > 9 { product - 9 } else { product })
        .sum();
    format!("{digits}{}", (10 - sum.rem_euclid(10)).rem_euclid(10))
}

/// Gives the key of a French VAT number.
fn key(siren: &str) -> i64 {
    let number: i64 = siren.parse().unwrap_or(0);
    (12 + 3 * number.rem_euclid(97)).rem_euclid(97)
}

/// Gives a Polish tax number; a remainder of 10 takes the number a thousand further.
fn nip(number: i64) -> String {
    let body = format!("000{number:06}");
    let sum: u32 = body
        .chars()
        .filter_map(|sign| sign.to_digit(10))
        .zip([6, 5, 7, 2, 3, 4, 5, 6, 7])
        .map(|(d, f)| d * f)
        .sum();
    match sum.rem_euclid(11) {
        10 => nip(number + 1_000),
        check => format!("{body}{check}"),
    }
}

/// Gives a record id of eighteen characters: fifteen, and three that say which of them are capitals.
fn crm(number: i64) -> String {
    let body = format!("001ZZ0000000{number:03}");
    let bits: Vec<bool> = body.chars().map(|sign| sign.is_ascii_uppercase()).collect();
    let suffix: String = bits
        .chunks(5)
        .map(|chunk| {
            chunk.iter().rev().fold(0_usize, |sum, capital| sum * 2 + usize::from(*capital))
        })
        .filter_map(|position| "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".chars().nth(position))
        .collect();
    format!("{body}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_right() {
        // 5493001KJTIIGC8Y1R12 and 732829320 are published examples of the two rules.
        assert_eq!(with_luhn("73282932"), "732829320");
        assert_eq!(key("732829320"), 44);
        assert_eq!(lei(1).len(), 20);
        let rest =
            lei(25).chars().filter_map(|sign| sign.to_digit(36)).fold(0_u32, |rest, digit| {
                (rest * if digit > 9 { 100 } else { 10 } + digit).rem_euclid(97)
            });
        assert_eq!(rest, 1);
    }

    #[test]
    fn a_polish_number_never_ends_with_ten() {
        assert!((1..=150).map(nip).all(|nip| nip.len() == 10));
    }

    #[test]
    fn the_suffix_names_the_capitals() {
        assert_eq!(crm(7), "001ZZ0000000007YAA");
    }
}
