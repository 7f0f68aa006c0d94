//! What a row would change, in values that people read.

use orchestre_domain::import::Outcome;
use orchestre_domain::money::Currency;
use orchestre_store::Value;
use orchestre_store::imports::{ComparedRow, Fields, SalesLine};

use super::run::Run;

/// The fields that say what a row speaks of, the best first.
const LABELS: [&str; 6] = ["name", "subject", "title", "document", "reference", "number"];

/// Gives the line of something new.
pub(super) fn created(line: i64, fields: &Fields) -> ComparedRow {
    let (field, before, after) = (String::new(), None, None);
    ComparedRow { line, outcome: Outcome::Create, label: label(fields), field, before, after }
}

/// Gives the line of a new sales line.
pub(super) fn sold(sale: &SalesLine) -> ComparedRow {
    let amount = money(sale.amount_minor, Currency::parse(&sale.currency));
    ComparedRow {
        line: sale.line,
        outcome: Outcome::Create,
        label: sale.document.clone().unwrap_or_else(|| sale.day.clone()),
        field: "amount".to_owned(),
        before: None,
        after: Some(amount),
    }
}

/// Gives the line of a field that would change, or that contradicts what was set by hand.
pub(super) fn changed(
    run: &Run<'_>,
    line: i64,
    (stored, outcome): (&Fields, Outcome),
    (name, value): (&'static str, &Value),
) -> ComparedRow {
    let currency = stored.get("currency").and_then(Value::as_text);
    let currency = currency.and_then(|code| Currency::parse(&code));
    let read = |value: &Value| readable(run, (name, currency), value);
    ComparedRow {
        line,
        outcome,
        label: label(stored),
        field: plain(name).to_owned(),
        before: stored.get(name).and_then(read),
        after: read(value),
    }
}

/// Gives the line of an amount that would change.
pub(super) fn resold(sale: &SalesLine, (field, old, new): (&str, i64, i64)) -> ComparedRow {
    let currency = Currency::parse(&sale.currency);
    let read = |number: i64| match field {
        "amount_minor" | "cost_minor" => money(number, currency),
        "quantity_e4" => scaled(number, 4),
        _ => number.to_string(),
    };
    ComparedRow {
        line: sale.line,
        outcome: Outcome::Update,
        label: sale.document.clone().unwrap_or_else(|| sale.day.clone()),
        field: plain(field).to_owned(),
        before: Some(read(old)),
        after: Some(read(new)),
    }
}

/// Gives the value of a field of a record as people read it.
pub(super) fn told(
    run: &Run<'_>,
    stored: &Fields,
    (name, value): &(&'static str, Value),
) -> Option<String> {
    let currency = stored.get("currency").and_then(Value::as_text);
    let currency = currency.and_then(|code| Currency::parse(&code));
    readable(run, (name, currency), value)
}

fn label(fields: &Fields) -> String {
    let text = |name: &&str| fields.get(*name).and_then(Value::as_text);
    LABELS.iter().find_map(text).unwrap_or_default()
}

/// Gives the name of a field without its unit.
pub(super) fn plain(name: &str) -> &str {
    let units = ["_minor", "_e4", "_ppm", "_id", "_ref"];
    units.iter().find_map(|unit| name.strip_suffix(unit)).unwrap_or(name)
}

fn readable(
    run: &Run<'_>,
    (name, currency): (&str, Option<Currency>),
    value: &Value,
) -> Option<String> {
    let text = value.as_text()?;
    let Ok(number) = text.parse::<i64>() else { return Some(text) };
    Some(match name {
        _ if name.ends_with("_minor") => money(number, currency),
        _ if name.ends_with("_e4") => scaled(number, 4),
        _ if name.ends_with("_ppm") => format!("{} %", scaled(number, 4)),
        "party_id" => run.keys.parties.name_of(number).unwrap_or_default().to_owned(),
        "person_id" => run.keys.people.name_of(number).unwrap_or_default().to_owned(),
        "product_id" => run.keys.products.name_of(number).unwrap_or_default().to_owned(),
        _ => text,
    })
}

fn money(minor: i64, currency: Option<Currency>) -> String {
    let digits = currency.map_or(2, Currency::exponent);
    let amount = scaled(minor, digits);
    currency.map_or_else(|| amount.clone(), |currency| format!("{amount} {}", currency.as_str()))
}

/// Gives a whole number with its last digits behind a point; zeros at the end are left out beyond
/// two digits.
fn scaled(number: i64, digits: u32) -> String {
    let Some(unit) = 10_u64.checked_pow(digits).filter(|unit| *unit > 1) else {
        return number.to_string();
    };
    let sign = if number < 0 { "-" } else { "" };
    let (whole, rest) =
        (number.unsigned_abs().div_euclid(unit), number.unsigned_abs().rem_euclid(unit));
    let width = usize::try_from(digits).unwrap_or(0);
    let rest = format!("{rest:0width$}");
    let rest = if digits > 2 { rest.trim_end_matches('0') } else { rest.as_str() };
    let mark = if rest.is_empty() { "" } else { "." };
    format!("{sign}{whole}{mark}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_people_read_them() {
        assert_eq!(money(-1_842_000, Currency::parse("EUR")), "-18420.00 EUR");
        assert_eq!(money(1_500, Currency::parse("JPY")), "1500 JPY");
        assert_eq!((scaled(12_500, 4).as_str(), scaled(20_000, 4).as_str()), ("1.25", "2"));
        assert_eq!((plain("amount_minor"), plain("street")), ("amount", "street"));
    }
}
