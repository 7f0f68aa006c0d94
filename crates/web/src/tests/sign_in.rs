//! The door by HTTP: its cookies, its waits, the same answers for everybody, forms that come again filled.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use orchestre_app::{links, roster, sign_in_rules};
use orchestre_domain::permission::Role;
use tower::ServiceExt as _;

use super::story::{PASSWORD, Story};

/// Sends a form and gives status, headers and body.
async fn send(
    story: &Story,
    cookie: &str,
    path: &str,
    form: &[(&str, &str)],
) -> (u16, HeaderMap, String) {
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(serde_urlencoded::to_string(form).unwrap()))
        .unwrap();
    let answer = story.router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let bytes = to_bytes(answer.into_body(), 50 << 20).await.unwrap();
    (status, headers, String::from_utf8_lossy(&bytes).into_owned())
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::SET_COOKIE).iter();
    lines.map(|line| line.to_str().unwrap().to_owned()).collect()
}

/// Gives the token of the forms of a session.
async fn csrf(story: &Story, token: &str) -> String {
    let (_, body) = story.send(token, "GET", "/settings").await;
    let rest = body.split("name=\"csrf\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_comes_again_filled_and_waits_in_the_end() {
    let story = Story::load().await;
    for email in ["solene.kermarrec@ardenval.example", "<b>nobody</b>@ardenval.example"] {
        let form = [("email", email), ("password", "wrong one"), ("next", "//evil.example")];
        for _ in 0..6 {
            let (status, _, body) = send(&story, "", "/sign-in", &form).await;
            assert_eq!(status, 401);
            assert!(!body.contains("wrong one") && !body.contains("<b>nobody"));
            assert!(body.contains("@ardenval.example") && !body.contains("evil.example"));
        }
        let (status, headers, _) = send(&story, "", "/sign-in", &form).await;
        assert_eq!(status, 429);
        let seconds: i64 = headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        assert!((1..=300).contains(&seconds));
    }
    let huge = "x".repeat(1 << 19);
    let (status, _, body) =
        send(&story, "", "/sign-in", &[("email", &huge), ("password", &huge)]).await;
    assert_eq!(status, 401);
    assert!(body.len() < 20_000, "what was sent is not sent back whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_for_the_door_alone_and_leaving_clears_the_browser() {
    let story = Story::load().await;
    let form = [("email", "solene.kermarrec@ardenval.example"), ("password", PASSWORD)];
    let (status, headers, _) = send(&story, "", "/sign-in", &form).await;
    assert_eq!((status, headers[header::LOCATION].to_str().unwrap()), (303, "/"));
    let lines = cookies(&headers);
    assert!(lines.iter().all(|line| line.contains("HttpOnly; SameSite=Lax")), "{lines:?}");
    let device = lines.iter().find(|line| line.starts_with("orchestre_device=")).unwrap();
    assert!(device.contains("Path=/sign-in;") && device.contains("Max-Age="), "{device}");
    let session = lines.iter().find(|line| line.starts_with("orchestre_session=")).unwrap();
    let token = session.split(['=', ';']).nth(1).unwrap();
    let csrf = csrf(&story, token).await;
    let cookie = format!("orchestre_session={token}");
    let (status, headers, _) = send(&story, &cookie, "/sign-out", &[("csrf", &csrf)]).await;
    assert_eq!(status, 303);
    assert!(headers["clear-site-data"].to_str().unwrap().contains("\"cache\""));
    assert!(cookies(&headers).iter().any(|line| line.contains("Max-Age=0")));
    assert_eq!(story.send(token, "GET", "/settings").await.0, 303, "the session is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_are_over_and_forged_ones_answer_alike() {
    let story = Story::load().await;
    let admin = story.shell();
    let lines = roster::list(&admin).await.unwrap().lines;
    let made = roster::new_password(&admin, lines[0].id).await.unwrap();
    let roster::Made::Link(link) = made else { panic!("no mail is set up") };
    let path = format!("/sign-in/link/{}", link.rsplit('/').next().unwrap());
    let (status, body) = story.send("", "GET", &path).await;
    assert_eq!(status, 200);
    assert!(body.contains(&lines[0].email));
    let weak = [("password", "password1")];
    let (status, _, body) = send(&story, "", &path, &weak).await;
    assert_eq!(status, 422);
    assert!(body.contains("easily guessed") && !body.contains("password1"));
    let good = [("password", "velvet tractor under nine moons")];
    assert_eq!(send(&story, "", &path, &good).await.0, 303);
    let (used, forged) =
        (send(&story, "", &path, &good).await, send(&story, "", "/sign-in/link/x", &good).await);
    assert_eq!((used.0, used.2), (410, forged.2));
    assert_eq!(story.send("", "GET", &path).await.0, 410);
    let (status, _, body) = send(&story, "", "/sign-in/forgotten", &[("email", "x@y")]).await;
    assert_eq!(status, 409, "no mail is set up: {body}");
    assert!(links::make_first(&story.app).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_needed_second_step_comes_before_everything_else() {
    let story = Story::load().await;
    let (mut rules, version, _) = sign_in_rules::get(&story.shell()).await.unwrap();
    rules.second_step_roles.insert(Role::Pd);
    sign_in_rules::put(&story.shell(), rules, version).await.unwrap();
    let token = story.sign_in("solene.kermarrec").await;
    let (status, _) = story.send(&token, "GET", "/portfolio").await;
    assert_eq!(status, 303);
    let (status, body) = story.send(&token, "GET", "/settings/security").await;
    assert_eq!(status, 200);
    assert!(body.contains("Your role needs a second step"));
    let (status, body) = story.send(&token, "GET", "/api/v1/portfolio").await;
    assert_eq!(status, 403);
    assert!(body.contains("second_step_required"), "{body}");
    let relay = story.sign_in("florian.bickelmann").await;
    assert_eq!(story.send(&relay, "GET", "/accounts").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_may_see_sign_ins_and_change_them() {
    let story = Story::load().await;
    let kam = story.sign_in("aminata.lefort").await;
    for path in ["/settings/logins", "/api/v1/logins"] {
        let (status, body) = story.send(&kam, "GET", path).await;
        assert_eq!(status, 403, "{path}");
        assert!(!body.contains("kermarrec"), "{path}");
    }
    let (status, body) = story
        .send_json(&kam, "/api/v1/logins", r#"{"email":"x@y.example","name":"X","roles":["KAM"]}"#)
        .await;
    assert_eq!(status, 403, "{body}");
    let (status, body) = story.send(&kam, "GET", "/settings/security").await;
    assert_eq!(status, 200);
    assert!(body.contains("this one"), "its own session is marked");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sensitive_asks_for_the_password_again_and_a_refused_form_comes_filled() {
    let story = Story::load().await;
    let token = story.sign_in("aminata.lefort").await;
    let (csrf, cookie) = (csrf(&story, &token).await, format!("orchestre_session={token}"));
    let path = "/settings/security/password";
    let form = [
        ("csrf", csrf.as_str()),
        ("present", "wrong"),
        ("password", "velvet tractor under nine moons"),
    ];
    let (status, _, body) = send(&story, &cookie, path, &form).await;
    assert_eq!(status, 401);
    assert!(
        body.contains("aria-invalid=\"true\"") && !body.contains("velvet"),
        "no password is sent back"
    );
    let begin = "/settings/security/second-step";
    let (status, headers, _) = send(&story, &cookie, begin, &[("csrf", &csrf)]).await;
    assert_eq!(
        (status, headers[header::LOCATION].to_str().unwrap()),
        (303, "/settings/security#h-step")
    );
    let (_, body) = story.send(&token, "GET", "/settings/security").await;
    assert!(body.contains("class=\"squares\""));
    let end = format!("{begin}/confirmation");
    let (status, _, body) =
        send(&story, &cookie, &end, &[("csrf", &csrf), ("code", "000000")]).await;
    assert_eq!(status, 401);
    assert!(body.contains("value=\"000000\""), "what was typed comes again");
    let proof = "/settings/security/proof";
    let form = [("csrf", csrf.as_str()), ("password", "wrong"), ("next", "https://evil.example")];
    let (status, _, body) = send(&story, &cookie, proof, &form).await;
    assert_eq!(status, 401);
    assert!(!body.contains("evil.example"));
}
