//! Tools for assistants: every tool called, in both eras of the protocol; no wall is passed.

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use orchestre_domain::token::TokenScope;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::story::Story;
use super::tokens::{ask, made};

/// The present version of the protocol, and the one before.
const VERSIONS: [&str; 2] = ["2026-07-28", "2025-11-25"];

/// Calls a method with a token: status and JSON.
async fn call(
    story: &Story,
    token: &str,
    version: &str,
    (method, mut params): (&str, Value),
) -> (u16, Value) {
    let name = params.get("name").or(params.get("uri")).and_then(Value::as_str);
    let mut request = Request::builder()
        .method("POST")
        .uri("/mcp")
        .header(header::HOST, "orchestre.example")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream")
        .header("mcp-protocol-version", version);
    if version == VERSIONS[0] {
        request = request.header("mcp-method", method);
        if let Some(name) = name {
            request = request.header("mcp-name", name);
        }
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": version,
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        });
    }
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let request = request.body(Body::from(body.to_string())).unwrap();
    let answer = story.router.clone().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = to_bytes(answer.into_body(), 8 << 20).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

async fn tool(story: &Story, token: &str, name: &str, arguments: Value) -> Value {
    let params = json!({"name": name, "arguments": arguments});
    let (status, answer) = call(story, token, VERSIONS[0], ("tools/call", params)).await;
    assert_eq!(status, 200, "{name}: {answer}");
    answer["result"].clone()
}

async fn everything(story: &Story, who: &str) -> String {
    let session = story.sign_in(who).await;
    let all: Vec<&str> = TokenScope::ALL.iter().map(|scope| scope.as_str()).collect();
    made(story, &session, &all).await.1
}

/// The reading tools with what they take for an account.
fn reading(account: &str) -> Vec<(&'static str, Value)> {
    let of = json!({"account": account});
    vec![
        ("account_show", of.clone()),
        ("accounts_list", json!({"words": "lys", "count": 5})),
        ("accounts_list", json!({})),
        ("people_list", json!({})),
        ("plan_show", of.clone()),
        ("portfolio_show", json!({})),
        ("score_why", of),
        ("search", json!({"words": "lys"})),
        ("week_show", json!({})),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_tool_is_listed_with_its_schemas_and_reads_what_its_owner_reads() {
    let story = Story::load().await;
    let token = everything(&story, "aminata.lefort").await;
    let (_, listed) = call(&story, &token, VERSIONS[0], ("tools/list", json!({}))).await;
    let tools = listed["result"]["tools"].as_array().unwrap().clone();
    assert_eq!(tools.len(), 11, "{listed}");
    assert_eq!(listed["result"]["cacheScope"].as_str().unwrap_or("private"), "private");
    for one in &tools {
        let name = one["name"].as_str().unwrap();
        assert_eq!(one["inputSchema"]["type"], "object", "{name}");
        assert_eq!(one["outputSchema"]["type"], "object", "{name}");
        let is_reading = !name.starts_with("propose_");
        assert_eq!(one["annotations"]["readOnlyHint"], is_reading, "{name}");
    }
    let account = story.account("LYS0").await.to_string();
    for (name, arguments) in reading(&account) {
        let result = tool(&story, &token, name, arguments).await;
        assert_ne!(result["isError"], true, "{name}: {result}");
        let told: Value =
            serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(told, result["structuredContent"], "{name}");
        let one = tools.iter().find(|one| one["name"] == name).unwrap();
        for field in one["outputSchema"]["required"].as_array().unwrap() {
            let field = field.as_str().unwrap();
            let kind = one["outputSchema"]["properties"][field]["type"].as_str().unwrap();
            let value = &told[field];
            let fits = match kind {
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64(),
                _ => false,
            };
            assert!(fits, "{name}.{field} is no {kind}: {value}");
        }
    }
    assert!(
        tool(&story, &token, "search", json!({"words": "lys"}))
            .await
            .to_string()
            .contains("Lysarel")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_era_before_is_answered_too() {
    let story = Story::load().await;
    let token = everything(&story, "aminata.lefort").await;
    let hello = json!({
        "protocolVersion": VERSIONS[1], "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    });
    let (status, answer) = call(&story, &token, VERSIONS[1], ("initialize", hello)).await;
    assert_eq!((status, &answer["result"]["serverInfo"]["name"]), (200, &json!("orchestre")));
    let (_, listed) = call(&story, &token, VERSIONS[1], ("tools/list", json!({}))).await;
    assert_eq!(listed["result"]["tools"].as_array().unwrap().len(), 11, "{listed}");
    let params = json!({"name": "search", "arguments": {"words": "lysarel"}});
    let (_, found) = call(&story, &token, VERSIONS[1], ("tools/call", params)).await;
    assert!(found.to_string().contains("Lysarel"), "{found}");
    let (_, met) = call(&story, &token, VERSIONS[0], ("server/discover", json!({}))).await;
    assert!(met["result"].to_string().contains(VERSIONS[0]), "{met}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_tool_passes_a_wall() {
    let story = Story::load().await;
    let token = everything(&story, "tobias.reinholt").await;
    let walled = story.account("LYS0").await.to_string();
    for (name, arguments) in reading(&walled) {
        let is_of_account = arguments.get("account").is_some();
        let result = tool(&story, &token, name, arguments).await;
        assert_eq!(result["isError"] == true, is_of_account, "{name}: {result}");
        assert!(!result.to_string().contains("Lysarel"), "{name}: {result}");
    }
    for name in ["propose_action", "propose_objective", "propose_interaction"] {
        for account in [walled.as_str(), "Lysarel", "LYS0"] {
            let arguments =
                json!({"account": account, "text": "x", "kind": "call", "day": "2026-11-01"});
            let result = tool(&story, &token, name, arguments).await;
            let told = result["content"][0]["text"].as_str().unwrap();
            assert!(told.starts_with("not_found"), "{name} {account}: {told}");
        }
    }
    let uri = format!("orchestre://account/{walled}/plan");
    let (_, answer) =
        call(&story, &token, VERSIONS[0], ("resources/read", json!({"uri": uri}))).await;
    assert_eq!(answer["error"]["code"], -32_602, "{answer}");
    let relay = everything(&story, "florian.bickelmann").await;
    let page = tool(&story, &relay, "account_show", json!({"account": walled})).await;
    assert_eq!(page["isError"], false, "{page}");
    assert!(page["structuredContent"].get("margin").is_none(), "no margin for a relay");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_a_resource() {
    let story = Story::load().await;
    let token = everything(&story, "aminata.lefort").await;
    let account = story.account("LYS0").await;
    let uri = format!("orchestre://account/{account}/plan");
    let (_, answer) =
        call(&story, &token, VERSIONS[0], ("resources/read", json!({"uri": uri}))).await;
    let text = answer["result"]["contents"][0]["text"].as_str().unwrap();
    let plan: Value = serde_json::from_str(text).unwrap();
    assert_eq!(plan["account"], account.to_string());
    let method = ("resources/templates/list", json!({}));
    let (_, listed) = call(&story, &token, VERSIONS[0], method).await;
    assert_eq!(listed["result"]["resourceTemplates"].as_array().unwrap().len(), 1, "{listed}");
    for uri in ["orchestre://account/acc_1/plan", "orchestre://account/LYS0/plan", "file:///x"] {
        let (_, answer) =
            call(&story, &token, VERSIONS[0], ("resources/read", json!({"uri": uri}))).await;
        assert_eq!(answer["error"]["code"], -32_602, "{uri}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_is_for_tokens_of_our_own_site_with_the_scope() {
    let story = Story::load().await;
    let session = story.sign_in("aminata.lefort").await;
    let list = || ("tools/list", json!({}));
    for stranger in ["", "x", session.as_str()] {
        let (status, answer) = call(&story, stranger, VERSIONS[0], list()).await;
        assert_eq!(status, 401, "{stranger}: {answer}");
    }
    let (_, token) = made(&story, &session, &["plans:read"]).await;
    let result = tool(&story, &token, "accounts_list", json!({})).await;
    let told = result["content"][0]["text"].as_str().unwrap();
    assert!(result["isError"] == true && told.starts_with("scope_missing"), "{result}");
    let (_, unknown) =
        call(&story, &token, VERSIONS[0], ("tools/call", json!({"name": "drop_all"}))).await;
    assert_eq!(unknown["error"]["code"], -32_602, "{unknown}");
    let request = Request::builder()
        .method("POST")
        .uri("/mcp")
        .header(header::HOST, "orchestre.example")
        .header(header::ORIGIN, "https://evil.example")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::empty())
        .unwrap();
    assert_eq!(story.router.clone().oneshot(request).await.unwrap().status(), 403);
    let read = Request::builder().uri("/mcp").header(header::HOST, "orchestre.example");
    let answer = story.router.clone().oneshot(read.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.headers().get(header::ALLOW).unwrap(), "POST");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_proposed_is_written_only_when_a_person_confirms() {
    let story = Story::load().await;
    let session = story.sign_in("aminata.lefort").await;
    let token = everything(&story, "aminata.lefort").await;
    let account = story.account("LYS0").await.to_string();
    let plan = async || {
        let path = format!("/api/v1/accounts/{account}/plan");
        ask(&story, &session, "GET", &path, &Value::Null).await.1.to_string()
    };
    let before = plan().await;
    let wanted =
        json!({"account": account, "text": "Call the <b>plant</b>", "due_on": "2026-12-01"});
    let mut ids = Vec::new();
    for name in ["propose_action", "propose_objective", "propose_action"] {
        let result = tool(&story, &token, name, wanted.clone()).await;
        assert_eq!(result["structuredContent"]["state"], "open", "{result}");
        ids.push(result["structuredContent"]["id"].as_str().unwrap().to_owned());
    }
    let contact =
        json!({"account": account, "text": "Fair", "kind": "meeting", "day": "2027-01-01"});
    let result = tool(&story, &token, "propose_interaction", contact).await;
    assert!(result["content"][0]["text"].as_str().unwrap().starts_with("field_invalid"));
    assert_eq!(plan().await, before, "nothing is written");
    let decide = async |who: &str, id: &str, what: &str| {
        let path = format!("/api/v1/proposals/{id}/{what}");
        ask(&story, who, "POST", &path, &json!({"version": 1})).await
    };
    let (status, answer) = decide(&token, &ids[0], "confirmation").await;
    assert_eq!((status, answer["code"].as_str()), (403, Some("person_needed")), "{answer}");
    let other = story.sign_in("solene.kermarrec").await;
    assert_eq!(decide(&other, &ids[0], "confirmation").await.0, 404, "not hers");
    assert_eq!(decide(&session, &ids[0], "confirmation").await.0, 204);
    assert_eq!(decide(&session, &ids[0], "confirmation").await.0, 409, "once");
    let after = plan().await;
    assert_eq!(after.matches("Call the <b>plant</b>").count(), 1, "{after}");
    assert_eq!(decide(&session, &ids[1], "confirmation").await.0, 204);
    assert_eq!(decide(&session, &ids[2], "refusal").await.0, 204);
    let after = plan().await;
    assert_eq!(after.matches("Call the <b>plant</b>").count(), 2, "{after}");
    let (_, listed) = ask(&story, &session, "GET", "/api/v1/proposals", &Value::Null).await;
    let decided: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|one| one["state"].clone()).collect();
    assert_eq!(decided, ["refused", "confirmed", "confirmed"]);
    let (status, page) = story.send(&session, "GET", "/proposals").await;
    assert!(status == 200 && page.contains("Call the &#60;b&#62;plant"), "{page}");
}
