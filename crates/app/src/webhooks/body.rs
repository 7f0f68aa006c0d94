//! What a message says: which event, on what, and which fields; never their values.

use jiff::Timestamp;
use orchestre_domain::id;
use orchestre_domain::permission::{Capability, Object, Scope, may, reads};
use orchestre_domain::viewer::Viewer;
use orchestre_store::OutEvent;
use serde_json::{Value, json};

/// Gives the body of a message.
pub(super) fn of(event: &OutEvent) -> String {
    let keys = event.payload.lines().filter_map(|line| line.split_once('=')).map(|(key, _)| key);
    // In whose place somebody acted is no field.
    let fields: Vec<&str> = keys.filter(|key| !matches!(*key, "for" | "as")).collect();
    let at = Timestamp::from_microsecond(event.at).map(|at| at.to_string());
    let data = json!({
        "id": event.id.to_string(),
        "account_id": event.account.map(|account| account.to_string()),
        "object": event.object,
        "object_id": event.object_id.map(|number| object_id(&event.object, number)),
        "login_id": event.login.map(|login| login.to_string()),
        "fields": fields,
    });
    json!({"type": event.name.as_str(), "timestamp": at.ok().map_or(Value::Null, Value::from), "data": data})
        .to_string()
}

/// Gives an object's number as the API writes it.
fn object_id(object: &str, number: i64) -> String {
    let prefix = match object {
        "account" => id::AccountId::PREFIX,
        "action" => id::ActionId::PREFIX,
        "import" => id::ImportId::PREFIX,
        "interaction" => id::InteractionId::PREFIX,
        "judgement" => id::JudgementId::PREFIX,
        "login" => id::LoginId::PREFIX,
        "objective" => id::ObjectiveId::PREFIX,
        "person" => id::PersonId::PREFIX,
        "plan" => id::PlanId::PREFIX,
        "proposal" => id::ProposalId::PREFIX,
        "risk" => id::RiskId::PREFIX,
        _ => return number.to_string(),
    };
    id::write(prefix, number)
}

/// Says whether a viewer reads the kind of thing that an event is about, besides the event itself.
pub(super) fn is_readable(viewer: &Viewer, event: &OutEvent) -> bool {
    let object = match event.object.as_str() {
        "judgement" => Object::Score,
        "criteria" | "criterion" => Object::Criterion,
        "objective" | "risk" => Object::Plan,
        "proposal" => return event.login.is_some() && event.login == viewer.login,
        word => match Object::parse(word) {
            Some(object) => object,
            None => return true,
        },
    };
    match event.account {
        Some(account) => reads(viewer, object, account),
        None => may(viewer, Capability::Read, object, Scope::Company),
    }
}
