//! Shapes of what a body holds.

use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, SchemaType, Type};

/// Letters of a text at most.
const LONG: usize = 10_000;
/// A text without a NUL that is not blank.
const SOMETHING: &str = "^[^\\u0000]*[A-Za-z0-9][^\\u0000]*$";
/// Any text without a NUL.
const TEXT: &str = "^[^\\u0000]*$";

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
