//! Every address of the one list: closed to strangers, closed to rivals, open to whom it is for.

use super::story::Story;
use crate::routes::{Door, ROUTES};

/// Gives an address with something in the place of its parameters.
fn filled(path: &str, account: &str) -> String {
    path.replace("{*path}", "nothing.css")
        .replace("{set}", "selection")
        .replace("{name}", "nothing")
        .replace("{delivery}", "dlv_0000000000001")
        .replace("{id}", account)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_door_is_closed_to_strangers() {
    let story = Story::load().await;
    for route in ROUTES.iter().filter(|route| route.door == Door::SignedIn) {
        let path = filled(route.path, "acc_0000000000001");
        let (status, body) = story.send("", route.method, &path).await;
        let wanted = if route.path.starts_with("/api/") { 401 } else { 303 };
        assert_eq!(status, wanted, "{} {}: {body}", route.method, route.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_behind_a_wall_is_not_there_at_any_address() {
    let story = Story::load().await;
    let walled = story.account("LYS0").await.to_string();
    let own = story.account("HAR0").await.to_string();
    let rival = story.sign_in("tobias.reinholt").await;
    let mut count = 0;
    for route in
        ROUTES.iter().filter(|route| route.path.contains("/accounts/{id}") && route.method == "GET")
    {
        let (status, body) = story.send(&rival, "GET", &filled(route.path, &walled)).await;
        assert_eq!(status, 404, "{}", route.path);
        assert!(!body.contains("Lysarel"), "{}", route.path);
        let (status, _) = story.send(&rival, "GET", &filled(route.path, &own)).await;
        assert_eq!(status, 200, "{} of one's own", route.path);
        count += 1;
    }
    assert!(count >= 7, "{count} addresses of an account");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_without_the_sessions_token_is_refused_and_changes_nothing() {
    let story = Story::load().await;
    let account = story.account("LYS0").await.to_string();
    let director = story.sign_in("solene.kermarrec").await;
    for route in ROUTES.iter().filter(|route| route.method != "GET" && route.door == Door::SignedIn)
    {
        let (status, _) = story.send(&director, route.method, &filled(route.path, &account)).await;
        assert!((400..500).contains(&status), "{} answers {status}", route.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_ids_and_foreign_kinds_of_ids_are_not_found() {
    let story = Story::load().await;
    let director = story.sign_in("solene.kermarrec").await;
    for id in
        ["acc_0000000000001", "pty_0000000000001", "acc_", "1", "%3Cscript%3E", "acc_zzzzzzzzzzzzz"]
    {
        let (status, body) = story.send(&director, "GET", &format!("/accounts/{id}")).await;
        assert_eq!(status, 404, "{id}");
        assert!(!body.contains("<script>"), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_answer_alike() {
    let story = Story::load().await;
    let sign_in = async |email: &str| {
        let credentials = orchestre_app::sessions::Credentials {
            email: email.to_owned(),
            password: "something else".to_owned(),
            network: email.to_owned(),
            agent: String::new(),
        };
        orchestre_app::sessions::sign_in(&story.app, &credentials).await.unwrap_err().code()
    };
    let wrong = sign_in("solene.kermarrec@ardenval.example").await;
    assert_eq!(wrong, sign_in("nobody@ardenval.example").await);
}
