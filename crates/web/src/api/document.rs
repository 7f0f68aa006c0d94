//! The OpenAPI document: gathered from the handlers and the types, finished here, and the contract
//! by which the gate judges requests.

mod example;
mod finish;
pub(crate) mod parameters;
pub(crate) mod rules;
mod shapes;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use utoipa::{OpenApi, ToSchema};

use crate::api;

/// Every operation; a test compares the list with the one of the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Orchestre",
        version = "1",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        api::sessions::create,
        api::sessions::delete,
        api::openapi::show,
        api::own::list,
        api::own::show,
        api::own::name,
        api::own::end,
        api::own::end_others,
        api::own::prove,
        api::own::password,
        api::own::step,
        api::own::begin_step,
        api::own::confirm_step,
        api::own::codes,
        api::own::remove_step,
        api::accounts::list,
        api::accounts::lines,
        api::accounts::show,
        api::relations::group,
        api::relations::people,
        api::relations::contacts,
        api::relations::note,
        api::scores::show,
        api::scores::judge,
        api::plans::of_account,
        api::plans::create,
        api::plans::print,
        api::plans::list,
        api::plans::show,
        api::plans::update,
        api::plans::step,
        api::plans::add_objective,
        api::plans::objective,
        api::plans::put_objective,
        api::plans::remove_objective,
        api::plans::add_risk,
        api::plans::risk,
        api::plans::put_risk,
        api::plans::remove_risk,
        api::actions::list,
        api::actions::show,
        api::actions::create,
        api::actions::update,
        api::actions::complete,
        api::week::show,
        api::week::look,
        api::participants::list,
        api::participants::decide,
        api::people::list,
        api::people::lines,
        api::people::show,
        api::events::list,
        api::events::lines,
        api::events::of_account,
        api::company::show,
        api::company::update,
        api::company::show_own,
        api::company::update_own,
        api::company::criteria_show,
        api::company::criteria_update,
        api::portfolio::show,
        api::portfolio::csv,
        api::portfolio::xlsx,
        api::passkeys::list,
        api::passkeys::create,
        api::passkeys::options,
        api::passkeys::show,
        api::passkeys::update,
        api::passkeys::delete,
        api::passkeys::identities,
        api::passkeys::identity,
        api::passkeys::unlink,
        api::search::list,
        api::audit::show,
        api::audit::verify,
        api::audit::give,
        api::audit::checkpoint,
        api::backups::show,
        api::backups::ask,
        api::backups::rules,
        api::backups::update,
        api::system::show,
        api::system::run,
        api::rights::list,
        api::rights::show,
        api::rights::give,
        api::rights::end,
        api::rights::assign,
        api::rights::units,
        api::rights::unit,
        api::rights::unit_account,
        api::rights::walls,
        api::rights::put_up,
        api::rights::take_down,
        api::loans::list,
        api::loans::lend,
        api::loans::end,
        api::loans::view_as,
        api::loans::leave,
        api::loans::show,
        api::logins::list,
        api::logins::invite,
        api::logins::show,
        api::logins::change,
        api::logins::rules,
        api::logins::put_rules,
        api::tokens::list,
        api::tokens::create,
        api::tokens::show,
        api::tokens::revoke,
        api::proposals::list,
        api::proposals::show,
        api::proposals::confirm,
        api::proposals::refuse,
        api::webhooks::list,
        api::webhooks::create,
        api::webhooks::show,
        api::webhooks::update,
        api::webhooks::remove,
        api::webhooks::rotate,
        api::webhooks::deliveries,
        api::webhooks::delivery,
        api::webhooks::replay,
        api::imports::list,
        api::imports::create,
        api::imports::show,
        api::comparisons::show,
        api::comparisons::answer,
        api::comparisons::apply,
        api::comparisons::discard,
        api::comparisons::corrections,
        api::reversals::show,
        api::reversals::create,
        api::recipes::list,
        api::recipes::create,
        api::recipes::show,
        api::recipes::remove,
    ),
    components(schemas(crate::problem::Told))
)]
struct Gathered;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let gathered = serde_json::to_value(Gathered::openapi()).unwrap_or_default();
    finish::finished(gathered)
});

/// Gives the finished document.
pub(crate) fn document() -> &'static Value {
    &DOCUMENT
}

/// Gives the names of the fields of a type, those of its parts too.
pub(crate) fn fields_of<T: ToSchema>() -> BTreeSet<String> {
    fields(document(), &T::name())
}

/// Gives the names of the fields of a schema of the document.
fn fields(document: &Value, name: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open = vec![document.pointer(&format!("/components/schemas/{name}"))];
    while let Some(schema) = open.pop() {
        let Some(schema) = schema else { continue };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            open.push(document.pointer(reference.trim_start_matches('#')));
        }
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            names.extend(properties.keys().cloned());
        }
        open.extend(schema.get("allOf").and_then(Value::as_array).into_iter().flatten().map(Some));
    }
    names
}
