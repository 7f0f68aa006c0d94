//! Values of rows as fields of tables; what a row does not say makes no field.

use jiff::civil::Date;
use orchestre_domain::money::{Currency, divide_half_even};
use orchestre_ingest::Price;
use orchestre_store::Value;
use orchestre_store::imports::{Fields, Wanted};

use super::keys::{self, Found};
use super::run::Run;
use super::tally::Doubt;

/// Sets fields that a row speaks of.
pub(super) trait Say {
    fn say(&mut self, name: &'static str, value: Option<impl Into<Value>>);

    fn text(&mut self, name: &'static str, value: Option<&str>) {
        self.say(name, value);
    }

    fn day(&mut self, name: &'static str, value: Option<Date>) {
        self.say(name, value.map(|day| day.to_string()));
    }

    fn currency(&mut self, name: &'static str, value: Option<Currency>) {
        self.say(name, value.map(|currency| currency.as_str().to_owned()));
    }
}

impl Say for Fields {
    fn say(&mut self, name: &'static str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.insert(name, value.into());
        }
    }
}

/// Gives a price in 1/10,000 of the currency's major unit.
pub(super) fn price_e4(price: Price) -> Option<i64> {
    let divisor = 10_i128.checked_pow(price.currency.exponent())?;
    divide_half_even(i128::from(price.minor_e4), divisor)
}

/// Gives the columns without a field as JSON, as they are kept.
pub(super) fn custom(pairs: &[(String, String)]) -> Option<String> {
    let object: serde_json::Map<String, serde_json::Value> =
        pairs.iter().map(|(heading, value)| (heading.clone(), value.clone().into())).collect();
    (!object.is_empty()).then(|| serde_json::Value::Object(object).to_string())
}

/// A reference of a row: the columns of its number and its text, and what it leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    pub(super) number: &'static str,
    pub(super) text: &'static str,
    /// The field of the file.
    pub(super) field: &'static str,
    pub(super) wanted: Wanted,
}

/// Follows a reference: its text stays beside the number, for the number may go again.
pub(super) fn refer(
    run: &Run<'_>,
    reference: Reference,
    text: Option<&String>,
    (line, fields, doubts): (i64, &mut Fields, &mut Vec<Doubt>),
) {
    let Some(text) = text else { return };
    let found = run.keys.of(reference.wanted).find(run.origin, text);
    fields.insert(reference.number, Value::Int(found.id()));
    fields.insert(reference.text, text.into());
    doubts.extend(doubt(reference.wanted, &found, (line, reference.field, text)));
}

/// Gives the doubt of a reference that leads nowhere.
pub(super) fn doubt(
    wanted: Wanted,
    found: &Found,
    (line, field, text): (i64, &'static str, &str),
) -> Option<Doubt> {
    if found.id().is_some() {
        return None;
    }
    let (code, candidate) = keys::code(wanted, found);
    Some(Doubt::new(code, line).at(field, text.to_owned()).with("candidate", candidate))
}
