//! One's own sign-in by the API: sessions, password, second step.

use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use super::story::{PASSWORD, Story};
use super::tokens::{ask, made};

#[tokio::test(flavor = "multi_thread")]
async fn one_names_and_ends_ones_own_sessions_and_nobody_elses() {
    let story = Story::load().await;
    let here = story.sign_in("aminata.lefort").await;
    let there = story.sign_in("aminata.lefort").await;
    let (_, all) = ask(&story, &here, "GET", "/api/v1/sessions", &Value::Null).await;
    let items = all["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{all}");
    assert_eq!(items.iter().filter(|one| one["is_this"] == true).count(), 1);
    let other = items.iter().find(|one| one["is_this"] == false).unwrap();
    let path = format!("/api/v1/sessions/{}", other["id"].as_str().unwrap());
    let (status, named) = ask(&story, &here, "PATCH", &path, &json!({"name": "Phone"})).await;
    assert_eq!((status, named["name"].as_str()), (200, Some("Phone")), "{named}");
    let stranger = story.sign_in("florian.bickelmann").await;
    for method in ["GET", "DELETE"] {
        assert_eq!(ask(&story, &stranger, method, &path, &Value::Null).await.0, 404, "{method}");
    }
    assert_eq!(ask(&story, &here, "DELETE", &path, &Value::Null).await.0, 204);
    assert_eq!(ask(&story, &there, "GET", "/api/v1/week", &Value::Null).await.0, 401);
    let third = story.sign_in("aminata.lefort").await;
    let others = "/api/v1/sessions/others/end";
    assert_eq!(ask(&story, &here, "POST", others, &Value::Null).await.0, 204);
    assert_eq!(ask(&story, &third, "GET", "/api/v1/week", &Value::Null).await.0, 401);
    assert_eq!(ask(&story, &here, "GET", "/api/v1/week", &Value::Null).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_whoever_knows_it() {
    let story = Story::load().await;
    let own = story.sign_in("aminata.lefort").await;
    let new = "velvet tractor under nine moons";
    let change = |present: &str| json!({"present": present, "password": new});
    let (status, told) = ask(&story, &own, "POST", "/api/v1/password", &change("wrong")).await;
    assert_eq!((status, told["code"].as_str()), (401, Some("sign_in_wrong")), "{told}");
    let (status, told) = ask(&story, &own, "POST", "/api/v1/password", &change(PASSWORD)).await;
    assert_eq!(status, 204, "{told}");
    let email = "aminata.lefort@ardenval.example";
    let come = |password: &str| json!({"email": email, "password": password});
    assert_eq!(ask(&story, "", "POST", "/api/v1/sessions", &come(PASSWORD)).await.0, 401);
    assert_eq!(ask(&story, "", "POST", "/api/v1/sessions", &come(new)).await.0, 201);
    let proof = json!({"password": new});
    assert_eq!(ask(&story, &own, "POST", "/api/v1/sessions/current/proof", &proof).await.0, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_step_is_begun_confirmed_and_taken_away_by_a_person_only() {
    let story = Story::load().await;
    let own = story.sign_in("aminata.lefort").await;
    let path = "/api/v1/second-step";
    let (_, token) = made(&story, &own, &["admin:read", "admin:write"]).await;
    let (status, told) = ask(&story, &token, "POST", path, &Value::Null).await;
    assert_eq!((status, told["code"].as_str()), (403, Some("person_needed")), "{told}");
    let (status, begun) = ask(&story, &own, "POST", path, &Value::Null).await;
    assert_eq!(status, 201, "{begun}");
    let (_, state) = ask(&story, &own, "GET", path, &Value::Null).await;
    assert_eq!((&state["is_begun"], &state["since"]), (&json!(true), &Value::Null));
    assert!(state.get("secret").is_none(), "the secret is given once");
    let confirm = "/api/v1/second-step/confirmation";
    let (status, told) = ask(&story, &own, "POST", confirm, &json!({"code": "000000"})).await;
    assert_eq!((status, told["code"].as_str()), (401, Some("code_wrong")), "{told}");
    let secret = Secret::try_from_base32(begun["secret"].as_str().unwrap()).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let now = u64::try_from(story.app.clock.now().div_euclid(1_000_000)).unwrap();
    let first = json!({"code": totp.generate(now).to_string()});
    let (status, told) = ask(&story, &own, "POST", confirm, &first).await;
    assert_eq!((status, told["codes"].as_array().map(Vec::len)), (200, Some(10)), "{told}");
    let codes = "/api/v1/second-step/codes";
    assert_eq!(ask(&story, &own, "POST", codes, &Value::Null).await.0, 200);
    let come = json!({"email": "aminata.lefort@ardenval.example", "password": PASSWORD});
    let (status, told) = ask(&story, "", "POST", "/api/v1/sessions", &come).await;
    assert_eq!((status, told["code"].as_str()), (401, Some("second_step_needed")), "{told}");
    assert_eq!(ask(&story, &own, "DELETE", path, &Value::Null).await.0, 204);
    assert_eq!(ask(&story, "", "POST", "/api/v1/sessions", &come).await.0, 201);
}
