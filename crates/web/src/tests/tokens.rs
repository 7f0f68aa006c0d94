//! Tokens: what a script may do with one, and that it is never more than its owner.

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use orchestre_app::logins::NewLogin;
use orchestre_app::{App, logins, tokens};
use orchestre_domain::clock::FixedClock;
use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::story::{PASSWORD, Story};

/// Asks with a bearer: status and JSON (null when the answer holds none).
pub(super) async fn ask(
    story: &Story,
    bearer: &str,
    method: &str,
    path: &str,
    body: &Value,
) -> (u16, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {bearer}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(if body.is_null() { Body::empty() } else { Body::from(body.to_string()) })
        .unwrap();
    let answer = story.router.clone().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

pub(super) async fn made(story: &Story, session: &str, scopes: &[&str]) -> (String, String) {
    let wanted = json!({"name": "nightly <b>", "scopes": scopes, "expires_on": "2027-01-31"});
    let (status, body) = ask(story, session, "POST", "/api/v1/tokens", &wanted).await;
    assert_eq!(status, 201, "{body}");
    (body["id"].as_str().unwrap().to_owned(), body["token"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_what_it_was_made_for_and_nothing_else() {
    let story = Story::load().await;
    let session = story.sign_in("aminata.lefort").await;
    let account = story.account("LYS0").await;
    let (_, token) = made(&story, &session, &["accounts:read"]).await;
    let get = async |path: &str| ask(&story, &token, "GET", path, &Value::Null).await;
    let (status, body) = get("/api/v1/accounts").await;
    assert_eq!(status, 200, "{body}");
    for (method, path) in [
        ("GET", format!("/api/v1/accounts/{account}/plan")),
        ("GET", "/api/v1/imports".to_owned()),
        ("GET", "/api/v1/tokens".to_owned()),
        ("POST", format!("/api/v1/accounts/{account}/judgements")),
    ] {
        let (status, body) = ask(&story, &token, method, &path, &Value::Null).await;
        assert_eq!((status, body["code"].as_str()), (403, Some("scope_missing")), "{path}: {body}");
    }
    let (status, body) = ask(&story, &token, "POST", "/api/v1/tokens", &json!({})).await;
    assert_eq!((status, body["code"].as_str()), (403, Some("person_needed")), "{body}");
    for page in ["/accounts", "/settings/tokens", "/"] {
        let (status, _) = get(page).await;
        assert_eq!(status, 403, "{page} is for people");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_never_has_more_than_its_owner() {
    let story = Story::load().await;
    let session = story.sign_in("tobias.reinholt").await;
    let walled = story.account("LYS0").await;
    let all: Vec<&str> =
        orchestre_domain::token::TokenScope::ALL.iter().map(|s| s.as_str()).collect();
    let (_, token) = made(&story, &session, &all).await;
    for path in ["", "/score", "/plan"] {
        let path = format!("/api/v1/accounts/{walled}{path}");
        let (status, body) = ask(&story, &token, "GET", &path, &Value::Null).await;
        assert_eq!(status, 404, "{path}: {body}");
    }
    let (_, body) = ask(&story, &token, "GET", "/api/v1/accounts", &Value::Null).await;
    let (_, own) = story.send(&session, "GET", "/api/v1/accounts").await;
    assert_eq!(body, serde_json::from_str::<Value>(&own).unwrap(), "the same as its owner");
    assert!(!body.to_string().contains("Lysarel"));
    let (status, _) = ask(&story, &token, "GET", "/api/v1/tokens?all=1", &Value::Null).await;
    assert_eq!(status, 403, "its owner reads no logins");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_dead_when_it_is_revoked_over_or_its_owner_is_out() {
    let story = Story::load().await;
    let session = story.sign_in("aminata.lefort").await;
    let (id, token) = made(&story, &session, &["accounts:read"]).await;
    let path = "/api/v1/accounts";
    let refused = async |token: &str| {
        let (status, body) = ask(&story, token, "GET", path, &Value::Null).await;
        assert_eq!((status, body["code"].as_str()), (401, Some("token_invalid")), "{body}");
    };
    refused(&token.replace("_pat_", "_pat_0")).await;
    refused("orchestre_pat_").await;
    let other = story.sign_in("florian.bickelmann").await;
    let gone = format!("/api/v1/tokens/{id}");
    assert_eq!(ask(&story, &other, "DELETE", &gone, &Value::Null).await.0, 404, "not one's own");
    assert_eq!(ask(&story, &session, "DELETE", &gone, &Value::Null).await.0, 204);
    refused(&token).await;
    assert_eq!(ask(&story, &session, "DELETE", &gone, &Value::Null).await.0, 409, "once");

    let (_, token) = made(&story, &session, &["accounts:read"]).await;
    let held = tokens::find(&story.app, &token).await.unwrap().unwrap();
    let later = std::sync::Arc::new(FixedClock::at(jiff::civil::date(2027, 2, 1)));
    let app = App { clock: later, ..story.app.clone() };
    assert!(tokens::find(&app, &token).await.unwrap().is_none(), "over");
    let login: LoginId = held.login.id;
    story.app.db.write(async |work| work.put_login_active(login, 0).await).await.unwrap();
    refused(&token).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_and_kept_as_a_digest() {
    let story = Story::load().await;
    let session = story.sign_in("aminata.lefort").await;
    let (id, token) = made(&story, &session, &["plans:read", "accounts:read"]).await;
    assert!(token.starts_with(tokens::PREFIX) && tokens::is_whole(&token), "{token}");
    assert_eq!(ask(&story, &token, "GET", "/api/v1/accounts", &Value::Null).await.0, 200);
    let secret_part: String = token.chars().take(40).collect();
    let (_, listed) = ask(&story, &session, "GET", "/api/v1/tokens", &Value::Null).await;
    let one = &listed["items"][0];
    assert_eq!((one["id"].as_str(), one["state"].as_str()), (Some(id.as_str()), Some("open")));
    assert_eq!(one["scopes"], json!(["accounts:read", "plans:read"]));
    assert!(one["used_at"].is_string(), "{one}");
    assert!(!listed.to_string().contains(secret_part.as_str()), "{listed}");
    for path in ["/settings/tokens".to_owned(), format!("/settings/tokens/{id}")] {
        let (status, body) = story.send(&session, "GET", &path).await;
        assert_eq!(status, 200, "{path}");
        assert!(
            body.contains("nightly &#60;b&#62;") && !body.contains(secret_part.as_str()),
            "{path}"
        );
    }
    let rows = story
        .app
        .db
        .read(async |work| work.rows(orchestre_store::sql("SELECT digest FROM tokens")).await);
    let digest: String = rows.await.unwrap()[0].get("digest").unwrap();
    assert_eq!(digest.len(), 64);
    assert!(!token.contains(&digest));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_without_name_scope_or_end_is_refused_with_its_field() {
    let story = Story::load().await;
    let session = story.sign_in("aminata.lefort").await;
    for (body, field) in [
        (json!({"name": " ", "scopes": ["plans:read"], "expires_on": "2027-01-31"}), "name"),
        (
            json!({"name": "n".repeat(101), "scopes": ["plans:read"], "expires_on": "2027-01-31"}),
            "name",
        ),
        (json!({"name": "n", "scopes": [], "expires_on": "2027-01-31"}), "scopes"),
        (json!({"name": "n", "scopes": ["root"], "expires_on": "2027-01-31"}), "scopes"),
        (json!({"name": "n", "scopes": ["plans:read"], "expires_on": "2020-01-31"}), "expires_on"),
        (json!({"name": "n", "scopes": ["plans:read"], "expires_on": "2029-01-31"}), "expires_on"),
        (json!({"name": "n", "scopes": ["plans:read"], "expires_on": "never"}), "expires_on"),
    ] {
        let (status, answer) = ask(&story, &session, "POST", "/api/v1/tokens", &body).await;
        assert_eq!((status, answer["field"].as_str()), (422, Some(field)), "{answer}");
    }
    let open = json!({"name": "n", "scopes": ["plans:read"]});
    assert_eq!(ask(&story, &session, "POST", "/api/v1/tokens", &open).await.0, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_sees_and_revokes_everybodys_tokens() {
    let story = Story::load().await;
    let session = story.sign_in("aminata.lefort").await;
    let (id, token) = made(&story, &session, &["accounts:read"]).await;
    let new = NewLogin {
        email: "ada@ardenval.example".to_owned(),
        name: "Ada".to_owned(),
        password: PASSWORD.to_owned(),
        roles: vec![Role::Adm],
        person: None,
        lang: Lang::Fr,
    };
    logins::create(&story.shell(), new).await.unwrap();
    let admin = story.sign_in("ada").await;
    let (status, body) = ask(&story, &admin, "GET", "/api/v1/tokens?all=1", &Value::Null).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["items"][0]["owner"]["name"], "Aminata Lefort");
    let path = format!("/api/v1/tokens/{id}");
    assert_eq!(ask(&story, &admin, "DELETE", &path, &Value::Null).await.0, 204);
    assert_eq!(ask(&story, &token, "GET", "/api/v1/accounts", &Value::Null).await.0, 401);
}
