//! Shapes of what a body holds.

use orchestre_app::wire::words;
use orchestre_domain::id::{LoginId, PersonId};
use orchestre_domain::lang::Lang;
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, SchemaType, Type};

use super::parameters::TEXT;

/// Letters of a text at most.
const LONG: usize = 10_000;
/// A text without a NUL that is not blank.
const SOMETHING: &str = "^[^\\u0000]*[A-Za-z0-9][^\\u0000]*$";

fn shaped(pattern: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).pattern(Some(pattern))
}

fn or_null(pattern: &str) -> ObjectBuilder {
    let kinds = SchemaType::Array(vec![Type::String, Type::Null]);
    ObjectBuilder::new().schema_type(kinds).pattern(Some(pattern))
}

/// A text that may not be blank.
pub(crate) fn words_required() -> Object {
    let text = shaped(SOMETHING).min_length(Some(1)).max_length(Some(LONG));
    text.examples([serde_json::json!("Return empties by rail")]).build()
}

/// A text, or null.
pub(crate) fn words() -> Object {
    or_null(TEXT).max_length(Some(LONG)).build()
}

/// Some texts, or null.
pub(crate) fn many_words() -> Array {
    let item = shaped(TEXT).max_length(Some(LONG)).build();
    ArrayBuilder::new().items(item).max_items(Some(50)).build()
}

/// A currency, or null.
pub(crate) fn currency() -> Object {
    or_null("^(EUR|USD|GBP|PLN|JPY|CHF)$").examples([serde_json::json!("EUR")]).build()
}

/// The id of something of a kind.
pub(crate) fn id_of<T: Prefixed>() -> Object {
    shaped(&format!("^{}_[0-9a-hjkmnp-tv-z]{{13}}$", T::PREFIX)).build()
}

/// What has ids.
pub(crate) trait Prefixed {
    /// The beginning of the outside form.
    const PREFIX: &'static str;
}

impl Prefixed for PersonId {
    const PREFIX: &'static str = Self::PREFIX;
}

impl Prefixed for LoginId {
    const PREFIX: &'static str = Self::PREFIX;
}

/// The id of an account or of a unit, or null.
pub(crate) fn account_or_unit_id() -> Object {
    or_null("^(acc|unt)_[0-9a-hjkmnp-tv-z]{13}$").build()
}

/// Ids of accounts.
pub(crate) fn account_ids() -> Array {
    ArrayBuilder::new().items(account_id()).max_items(Some(1_000)).build()
}

/// A country, or null.
pub(crate) fn country() -> Object {
    or_null("^[A-Z]{2}$").examples([serde_json::json!("FR")]).build()
}

/// A language, or null.
pub(crate) fn lang() -> Object {
    words::or_null(Lang::ALL.iter().map(|lang| lang.as_str()))
}

/// A short name, or null.
pub(crate) fn short_name() -> Object {
    or_null(TEXT).max_length(Some(80)).examples([serde_json::json!("The office")]).build()
}

/// The id of an account.
pub(crate) fn account_id() -> Object {
    shaped("^acc_[0-9a-hjkmnp-tv-z]{13}$").build()
}

/// The id of a plan, or null.
pub(crate) fn plan_id() -> Object {
    or_null("^pln_[0-9a-hjkmnp-tv-z]{13}$").build()
}

/// The id of an objective, or null.
pub(crate) fn objective_id() -> Object {
    or_null("^obj_[0-9a-hjkmnp-tv-z]{13}$").build()
}

/// The id of a person, or null.
pub(crate) fn person_id() -> Object {
    or_null("^per_[0-9a-hjkmnp-tv-z]{13}$").build()
}

/// The id of a party, or null.
pub(crate) fn party_id() -> Object {
    or_null("^pty_[0-9a-hjkmnp-tv-z]{13}$").build()
}

/// A name that may be empty.
pub(crate) fn name() -> Object {
    shaped(TEXT).max_length(Some(200)).build()
}

/// The name of a passkey.
pub(crate) fn passkey_name() -> Object {
    let text = shaped(SOMETHING).min_length(Some(1)).max_length(Some(60));
    text.examples([serde_json::json!("Work laptop")]).build()
}

/// Light or dark.
pub(crate) fn theme() -> Object {
    let text = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
    text.enum_values(Some(["auto", "light", "dark"])).build()
}
