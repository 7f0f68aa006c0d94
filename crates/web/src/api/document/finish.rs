//! What every operation has, put in once: summary, security, headers, problems, examples.

#![expect(clippy::indexing_slicing, reason = "a JSON value gives null for what it has not")]

use orchestre_domain::lang::Lang;
use orchestre_view::text;
use serde_json::{Map, Value, json};

use super::parameters::TEXT;
use super::{example, fields};
use crate::routes::{Door, ROUTES};

/// Problems that any operation may answer with.
const ANY: &[u16] = &[400, 429, 500, 503];
/// What a path parameter looks like.
const ID: &str = "^[A-Za-z0-9_.-]{1,64}$";

/// Gives the document as it is served.
pub(super) fn finished(mut document: Value) -> Value {
    document["servers"] = json!([{"url": "/"}]);
    document["components"]["securitySchemes"] = json!({"bearer": {
        "type": "http", "scheme": "bearer",
        "description": "The token of a session (`POST /api/v1/sessions`) or one of your own."
    }});
    document["components"]["headers"] = headers();
    let paths = document["paths"].as_object().cloned().unwrap_or_default();
    let mut tags: Vec<String> = Vec::new();
    let mut finished = Map::new();
    for (path, item) in paths {
        let mut operations = Map::new();
        for (method, operation) in item.as_object().cloned().unwrap_or_default() {
            let made = operation_of(&mut document, (&method, &path), operation);
            let tag = made["tags"][0].as_str().unwrap_or_default().to_owned();
            if !tags.contains(&tag) {
                tags.push(tag);
            }
            operations.insert(method, made);
        }
        finished.insert(path, Value::Object(operations));
    }
    document["paths"] = Value::Object(finished);
    document["tags"] = tags
        .iter()
        .map(|tag| json!({"name": tag, "description": text(Lang::En, &format!("page-api-tag-{tag}"))}))
        .collect();
    texts(&mut document["components"]["schemas"]);
    example::put(&mut document);
    document
}

/// No text that is sent has a NUL in it.
fn texts(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let is_sent = fields.contains_key("maxLength") && !fields.contains_key("pattern");
            if is_sent {
                fields.insert("pattern".to_owned(), TEXT.into());
            }
            fields.values_mut().for_each(texts);
        }
        Value::Array(parts) => parts.iter_mut().for_each(texts),
        _ => {}
    }
}

fn headers() -> Value {
    let text = |meaning: &str| json!({"description": meaning, "schema": {"type": "string"}});
    json!({
        "ETag": text("Changes with what you see of the thing."),
        "Link": text("`rel=\"next\"` leads to the next page."),
        "Location": text("The address of what is new."),
        "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}},
        "RateLimit": text("What is left of the limit, and seconds until it is whole again."),
        "RateLimit-Policy": text("How many requests in how many seconds."),
        "Allow": text("The methods of this address."),
    })
}

fn operation_of(document: &mut Value, (method, path): (&str, &str), mut operation: Value) -> Value {
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    operation["summary"] = text(Lang::En, &format!("page-api-op-{id}")).into();
    let is_open = ROUTES.iter().any(|route| {
        route.path == path && route.method.eq_ignore_ascii_case(method) && route.door == Door::Open
    });
    operation["security"] = if is_open { json!([]) } else { json!([{"bearer": []}]) };
    put_parameters(document, &mut operation, (method, path, is_open));
    put_patch(document, &mut operation);
    put_parts(document, &mut operation);
    put_answers(&mut operation, (method, path, is_open));
    operation
}

fn put_parameters(
    document: &Value,
    operation: &mut Value,
    (method, path, is_open): (&str, &str, bool),
) {
    let mut all = operation["parameters"].as_array().cloned().unwrap_or_default();
    for one in &mut all {
        name_fields(document, one);
    }
    for name in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        if all.iter().all(|one| one["name"] != name) {
            all.push(json!({"name": name, "in": "path", "required": true, "description": "The id.", "schema": {"type": "string", "pattern": ID}}));
        }
    }
    let header = |name: &str, is_required: bool, meaning: &str, schema: Value| json!({"name": name, "in": "header", "required": is_required, "description": meaning, "schema": schema});
    let any = json!({"type": "string"});
    all.push(header(
        "Accept-Language",
        false,
        "`en` or `fr`: the language of texts and errors.",
        any.clone(),
    ));
    let tag = json!({"type": "string", "pattern": "^(\\*|\"[0-9a-f]{24}\")$"});
    match method {
        "get" => all.push(header("If-None-Match", false, "Answers 304 when nothing changed.", any)),
        "post" if !is_open => {
            let key = json!({"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"});
            all.push(header(
                "Idempotency-Key",
                false,
                "Sent again with the same key, the request is answered and not done again.",
                key,
            ));
        }
        "put" | "patch" | "delete" if !is_open => {
            all.push(header("If-Match", true, "The `ETag` that you know.", tag));
        }
        _ => {}
    }
    operation["parameters"] = Value::Array(all);
}

/// Puts the names of the fields of a type in place of its mark.
fn name_fields(document: &Value, parameter: &mut Value) {
    let mark = parameter.pointer("/schema/items/pattern").and_then(Value::as_str);
    let Some(name) = mark.and_then(|mark| mark.strip_prefix('@')) else { return };
    let names: Vec<String> = fields(document, name).into_iter().collect();
    parameter["schema"]["items"] = json!({"type": "string", "enum": names});
}

/// A change of something takes the same fields as the whole of it, none of them required.
fn put_patch(document: &mut Value, operation: &mut Value) {
    let place = "/requestBody/content/application~1merge-patch+json/schema/$ref";
    let Some(reference) = operation.pointer(place).and_then(Value::as_str).map(str::to_owned)
    else {
        return;
    };
    let whole = document.pointer(reference.trim_start_matches('#')).cloned().unwrap_or_default();
    let mut part = whole;
    if let Some(part) = part.as_object_mut() {
        part.remove("required");
    }
    let name = format!("{}Change", reference.rsplit('/').next().unwrap_or_default());
    let changed = format!("#/components/schemas/{name}");
    document["components"]["schemas"][name] = part;
    if let Some(place) = operation.pointer_mut(place) {
        *place = changed.clone().into();
    }
    operation["requestBody"]["content"]["application/json"] = json!({"schema": {"$ref": changed}});
    operation["requestBody"]["required"] = true.into();
}

/// An answer of which one may choose the fields promises none of them.
fn put_parts(document: &Value, operation: &mut Value) {
    let names = operation["parameters"].as_array().into_iter().flatten();
    if names.clone().all(|one| one["name"] != "fields") {
        return;
    }
    let Some(schema) = operation.pointer_mut("/responses/200/content/application~1json/schema")
    else {
        return;
    };
    let name = schema["$ref"].as_str().unwrap_or_default().to_owned();
    let name = name.rsplit('/').next().unwrap_or_default();
    let whole = known(document, schema);
    let mut made = whole.clone();
    if name.starts_with("Page_") {
        made["properties"]["items"]["items"] =
            part(document, &whole["properties"]["items"]["items"]);
    } else {
        made = part(document, &whole);
    }
    made["title"] = name.into();
    *schema = made;
}

/// Gives the schema that a reference names.
fn known(document: &Value, schema: &Value) -> Value {
    let target = schema["$ref"].as_str().map(|name| name.trim_start_matches('#').to_owned());
    target.and_then(|target| document.pointer(&target)).unwrap_or(schema).clone()
}

/// Gives a schema without required fields.
fn part(document: &Value, schema: &Value) -> Value {
    let mut part = known(document, schema);
    for inner in part["allOf"].as_array_mut().into_iter().flatten() {
        *inner = self::part(document, inner);
    }
    if let Some(fields) = part.as_object_mut() {
        fields.remove("required");
        fields.retain(|_, value| !value.is_null());
    }
    part
}

fn put_answers(operation: &mut Value, (method, path, is_open): (&str, &str, bool)) {
    let has_query = operation["parameters"].as_array().is_some_and(|all| !all.is_empty());
    let is_read = method == "get";
    let mut statuses: Vec<u16> = ANY.to_vec();
    if !is_open || path.ends_with("/sessions") {
        statuses.extend([401, 403]);
    }
    if path.contains('{') || (!is_open && has_query) {
        statuses.extend([404, 409]);
    }
    if has_query {
        statuses.push(422);
    }
    if !is_read {
        statuses.extend([403, 409, 413, 415, 422, 507]);
        if !is_open {
            statuses.push(412);
        }
        if method != "post" && !is_open {
            statuses.push(428);
        }
    }
    let answers = &mut operation["responses"];
    for (status, answer) in answers.as_object_mut().into_iter().flatten() {
        let reference = |name: &str| json!({"$ref": format!("#/components/headers/{name}")});
        let mut headers = answer["headers"].as_object().cloned().unwrap_or_default();
        if status == "200" && is_read {
            headers.insert("ETag".to_owned(), reference("ETag"));
        }
        if status == "201" && !is_open {
            headers.insert("Location".to_owned(), reference("Location"));
        }
        let page = answer.pointer("/content/application~1json/schema/title");
        if page.and_then(Value::as_str).is_some_and(|name| name.starts_with("Page_")) {
            headers.insert("Link".to_owned(), reference("Link"));
            answer["content"]["application/jsonl"] = json!({"schema": {"type": "string"}});
        }
        answer["headers"] = Value::Object(headers);
        if answer["description"].as_str().unwrap_or_default().is_empty() {
            answer["description"] = if status == "201" { "Made." } else { "Done." }.into();
        }
    }
    if is_read {
        answers["304"] = json!({"description": "Nothing changed since the tag that you sent."});
    }
    for status in statuses {
        answers[status.to_string()] = problem(status);
    }
}

fn problem(status: u16) -> Value {
    let codes = orchestre_app::Code::ALL.iter().filter(|code| code.status() == status);
    let names: Vec<String> = codes.map(|code| format!("`{}`", code.text())).collect();
    let mut headers = Map::new();
    let name = match status {
        429 | 503 => Some("Retry-After"),
        412 => Some("ETag"),
        _ => None,
    };
    if let Some(name) = name {
        headers.insert(name.to_owned(), json!({"$ref": format!("#/components/headers/{name}")}));
    }
    json!({
        "description": names.join(", "),
        "headers": headers,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    })
}
