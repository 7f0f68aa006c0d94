//! The document and the list of addresses are the same thing.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::api::document::document;
use crate::routes::{Door, ROUTES};

/// Addresses whose operations are not in the document yet; the list may only shrink.
const UNTOLD: &[&str] = &[
    "/api/v1/access",
    "/api/v1/accounts/{id}/assignments",
    "/api/v1/delegations",
    "/api/v1/logins",
    "/api/v1/proposals",
    "/api/v1/rights",
    "/api/v1/tokens",
    "/api/v1/units",
    "/api/v1/view-as",
    "/api/v1/walls",
    "/api/v1/webhooks",
];

fn operations() -> Vec<(String, String, Value)> {
    let paths = document()["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap();
        methods.iter().map(move |(method, one)| (method.to_uppercase(), path.clone(), one.clone()))
    });
    all.collect()
}

#[test]
fn every_address_of_the_api_is_in_the_document_and_nothing_else_is() {
    let routes: BTreeSet<(String, String)> = ROUTES
        .iter()
        .filter(|route| route.path.starts_with("/api/v1/"))
        .filter(|route| !UNTOLD.iter().any(|path| route.path.starts_with(path)))
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    let told: BTreeSet<(String, String)> =
        operations().into_iter().map(|(method, path, _)| (method, path)).collect();
    assert_eq!(told, routes, "crates/web/src/api/document.rs and crates/web/src/routes.rs differ");
}

#[test]
fn every_operation_has_words_security_an_example_and_its_problems() {
    let mut ids = BTreeSet::new();
    for (method, path, one) in operations() {
        let id = one["operationId"].as_str().unwrap().to_owned();
        let summary = one["summary"].as_str().unwrap();
        assert!(!summary.is_empty() && !summary.contains('⟦'), "{id} has no text page-api-op-{id}");
        let tag = one["tags"][0].as_str().unwrap();
        for key in [format!("page-api-op-{id}"), format!("page-api-tag-{tag}")] {
            for lang in orchestre_domain::lang::Lang::ALL {
                assert!(!orchestre_view::text(*lang, &key).contains('⟦'), "{key} in {lang}");
            }
        }
        let route = ROUTES.iter().find(|route| route.path == path && route.method == method);
        let is_open = route.unwrap().door == Door::Open;
        assert_eq!(one["security"].as_array().unwrap().is_empty(), is_open, "{id}");
        let answers = one["responses"].as_object().unwrap();
        for status in ["400", "429", "500"] {
            assert!(answers.contains_key(status), "{id} has no {status}");
        }
        assert_eq!(answers.contains_key("401"), !is_open || id == "sessions-create", "{id}");
        for (status, answer) in answers {
            for (kind, body) in answer["content"].as_object().into_iter().flatten() {
                let has_example = body.get("example").is_some_and(|example| !example.is_null());
                assert!(has_example || !kind.ends_with("json"), "{id} {status} {kind}");
            }
        }
        assert!(ids.insert(id.clone()), "{id} twice");
    }
}

#[test]
fn the_document_holds_nothing_of_a_tenant() {
    let words = document().to_string();
    for word in ["orchestre_session", "/tmp", "localhost", "⟦"] {
        assert!(!words.contains(word), "{word}");
    }
}
