//! Examples: what every answer and every body looks like, made from the schemas.

#![expect(clippy::indexing_slicing, reason = "a JSON value gives null for what it has not")]

use serde_json::{Map, Value, json};

/// How deep an example goes.
const DEEP: usize = 7;
/// The day of examples.
const DAY: &str = "2026-11-23";

/// Puts an example where a body or a parameter has none.
pub(super) fn put(document: &mut Value) {
    let known = document.clone();
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    let operations = paths.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten());
    for (_, operation) in operations {
        for one in operation["parameters"].as_array_mut().into_iter().flatten() {
            if one["required"] == true && one["in"] != "path" && one.get("example").is_none() {
                one["example"] = match one["name"].as_str() {
                    Some("If-Match") => "*".into(),
                    Some("name") => "accounts.csv".into(),
                    _ => made(&known, &one["schema"], "", DEEP),
                };
            }
        }
        bodies(&known, &mut operation["requestBody"]["content"]);
        if operation["requestBody"]["content"].is_null()
            && let Some(fields) = operation.as_object_mut()
        {
            fields.remove("requestBody");
        }
        for (status, answer) in operation["responses"].as_object_mut().into_iter().flatten() {
            if answer.get("content").is_none() {
                continue;
            }
            bodies(&known, &mut answer["content"]);
            told(status, &mut answer["content"]);
        }
    }
}

fn bodies(document: &Value, content: &mut Value) {
    for (kind, body) in content.as_object_mut().into_iter().flatten() {
        if kind.contains("json") && !kind.contains("jsonl") && body.get("example").is_none() {
            body["example"] = made(document, &body["schema"], "", DEEP);
        }
    }
}

/// An example of a problem has the status under which it stands.
fn told(status: &str, content: &mut Value) {
    let Some(problem) = content.get_mut("application/problem+json") else { return };
    let Ok(status) = status.parse::<u16>() else { return };
    let code = orchestre_app::Code::ALL.iter().find(|code| code.status() == status);
    let Some(code) = code else { return };
    let title =
        orchestre_view::text(orchestre_domain::lang::Lang::En, &format!("error-{}", code.text()));
    problem["example"] = json!({
        "type": format!("/api/docs#{}", code.text()), "title": title, "status": status,
        "detail": title, "instance": "/api/v1/accounts", "code": code.text(), "request_id": "req_00gq4s6k00401", "errors": [],
    });
}

/// Makes a value of a schema; `name` is the field in which it stands.
fn made(document: &Value, schema: &Value, name: &str, deep: usize) -> Value {
    if deep == 0 {
        return Value::Null;
    }
    if let Some(example) = schema.pointer("/examples/0").or_else(|| schema.get("example")) {
        return example.clone();
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = document.pointer(reference.trim_start_matches('#'));
        return target.map_or(Value::Null, |target| made(document, target, name, deep - 1));
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let mut all = Map::new();
        for part in parts {
            if let Value::Object(fields) = made(document, part, name, deep) {
                all.extend(fields);
            }
        }
        return Value::Object(all);
    }
    for choice in ["oneOf", "anyOf"] {
        let some = schema.get(choice).and_then(Value::as_array);
        if let Some(one) = some.and_then(|some| some.iter().find(|one| one["type"] != "null")) {
            return made(document, one, name, deep);
        }
    }
    if let Some(word) = schema.pointer("/enum/0") {
        return word.clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.first().cloned().unwrap_or_default(),
        kind => kind.clone(),
    };
    match kind.as_str() {
        Some("object") => object(document, schema, deep),
        Some("array") => json!([made(document, &schema["items"], name, deep - 1)]),
        Some("integer") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        Some("number") => json!(0.5),
        Some("boolean") => json!(true),
        Some("string") => word(schema, name).into(),
        _ => Value::Null,
    }
}

fn object(document: &Value, schema: &Value, deep: usize) -> Value {
    let fields = schema.get("properties").and_then(Value::as_object);
    let mut all: Map<String, Value> = fields
        .into_iter()
        .flatten()
        .map(|(name, field)| (name.clone(), made(document, field, name, deep - 1)))
        .collect();
    let more = schema.get("additionalProperties").filter(|more| more.is_object());
    if let Some(more) = more {
        all.insert("T12.turnover".to_owned(), made(document, more, "", deep - 1));
    }
    Value::Object(all)
}

fn word(schema: &Value, name: &str) -> &'static str {
    match (schema["format"].as_str(), name) {
        (Some("date"), _) => DAY,
        (Some("date-time"), _) => "2026-11-23T08:30:00Z",
        (_, "currency") => "EUR",
        (_, "email") => "aminata.lefort@ardenval.example",
        (_, "name" | "account_name" | "title") => "Lysarel",
        (_, "en") => "Return empties by rail",
        (_, "fr") => "Rendre les vides par le rail",
        (_, "id" | "account") => "acc_00gq4s6k00401",
        (_, "plan") => "pln_00gq4s6k00402",
        (_, "owner" | "customer_owner") => "per_00gq4s6k00403",
        _ => "…",
    }
}
