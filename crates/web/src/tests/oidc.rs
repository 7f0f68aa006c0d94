//! Signing in over a provider that lies: each lie is refused, recorded, and opens nothing.

mod hostile;
mod house;

use orchestre_app::identity::Rules;
use orchestre_domain::permission::Role;
use serde_json::{Value, json};

use hostile::{CLIENT, Mood};
use house::{Gone, House};

use super::story::PASSWORD;
use crate::door::encode;

fn claims(pairs: &[(&'static str, Value)]) -> Mood {
    Mood { claims: pairs.iter().cloned().collect(), ..Mood::default() }
}

fn without(name: &'static str) -> Mood {
    Mood { without: vec![name], ..Mood::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_answer_lets_in_and_the_question_has_all_that_it_needs() {
    let house = House::open().await;
    let gone = house.begin("one").await;
    let asked = |name: &str| gone.query[name].as_str();
    assert_eq!(asked("response_type"), "code");
    assert_eq!(asked("code_challenge_method"), "S256");
    assert_eq!(asked("client_id"), CLIENT);
    assert_eq!(asked("scope"), "openid email");
    assert_eq!(asked("redirect_uri"), "https://kam.example/sign-in/oidc/one/callback");
    assert!(asked("state").len() >= 43 && asked("nonce").len() >= 43);
    let again = house.begin("one").await;
    assert_ne!(again.query["state"], gone.query["state"]);
    assert_ne!(again.query["nonce"], gone.query["nonce"]);
    let cookie = house.try_in(Mood::default()).await.unwrap();
    assert!(house.is_in(&cookie).await);
    let form = house.one.asked().pop().unwrap();
    assert_eq!(form["grant_type"], "authorization_code");
    assert!(form["code_verifier"].len() >= 43);
    let (_, _, page) = house.ask("GET", "/sign-in", "", "").await;
    assert!(page.contains("/sign-in/oidc/one?next=") && page.contains("House other"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_lie_of_a_token_is_refused_and_recorded_with_its_reason() {
    let house = House::open().await;
    let now = house.now();
    let lies: Vec<(&str, Mood, &str)> = vec![
        ("another issuer", claims(&[("iss", json!("https://evil.example"))]), "issuer"),
        ("no issuer", without("iss"), "form"),
        ("another audience", claims(&[("aud", json!("other"))]), "audience"),
        ("a second audience", claims(&[("aud", json!([CLIENT, "evil"]))]), "audience"),
        ("another party", claims(&[("azp", json!("other"))]), "audience"),
        ("another nonce", claims(&[("nonce", json!("n"))]), "nonce"),
        ("no nonce", without("nonce"), "nonce"),
        ("no signature", Mood { alg: "none", ..Mood::default() }, "signature"),
        ("a shared secret", Mood { alg: "HS256", ..Mood::default() }, "signature"),
        ("another key", Mood { key: 2, ..Mood::default() }, "signature"),
        ("a changed payload", Mood { is_forged: true, ..Mood::default() }, "signature"),
        ("an unknown key id", Mood { kid: "k9", ..Mood::default() }, "key"),
        (
            "over for 61 s",
            claims(&[("exp", json!(now - 61)), ("iat", json!(now - 400))]),
            "expired",
        ),
        (
            "over for 60 s",
            claims(&[("exp", json!(now - 60)), ("iat", json!(now - 400))]),
            "expired",
        ),
        ("of the future", claims(&[("iat", json!(now + 61))]), "early"),
        ("not yet good", claims(&[("nbf", json!(now + 61))]), "early"),
        (
            "a foreign access token",
            claims(&[("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA"))]),
            "signature",
        ),
        ("nobody", without("sub"), "form"),
        ("a code used before", Mood { refuses_code: true, ..Mood::default() }, "code"),
    ];
    let mut wanted = Vec::new();
    for (name, mood, reason) in lies {
        assert_eq!(house.try_in(mood).await, Err(401), "{name}");
        wanted.push(reason.to_owned());
        assert_eq!(house.reasons().await, wanted, "{name}");
    }
    assert!(house.try_in(Mood::default()).await.is_ok(), "and the truth still lets in");
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_may_differ_by_a_minute() {
    let house = House::open().await;
    let now = house.now();
    for near in [
        claims(&[("exp", json!(now - 59)), ("iat", json!(now - 400))]),
        claims(&[("iat", json!(now + 60)), ("exp", json!(now + 400))]),
        claims(&[("nbf", json!(now + 60))]),
    ] {
        assert!(house.try_in(near.clone()).await.is_ok(), "{near:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_belongs_to_one_question_of_one_browser() {
    let mut house = House::open().await;
    let iss = House::iss(&house.one);
    let gone = house.begin("one").await;
    let foreign = Gone { cookie: String::new(), query: gone.query.clone() };
    assert_eq!(house.back("one", &foreign, &iss).await.0, 401, "another browser");
    assert_eq!(house.back("one", &gone, &iss).await.0, 401, "the question is used up by it");
    let gone = house.begin("one").await;
    assert_eq!(house.back("one", &gone, &iss).await.0, 303);
    assert_eq!(house.back("one", &gone, &iss).await.0, 401, "played again");
    let path = "/sign-in/oidc/one/callback?code=c";
    assert_eq!(house.ask("GET", path, &gone.cookie, "").await.0, 401, "no state");
    let gone = house.begin("one").await;
    house.later(601);
    assert_eq!(house.back("one", &gone, &iss).await.0, 401, "too late");
    assert_eq!(house.reasons().await, vec!["state"; 5]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_another_provider_is_refused() {
    let house = House::open().await;
    let gone = house.begin("one").await;
    let mixed = house.back("one", &gone, &House::iss(&house.other)).await;
    assert_eq!(mixed.0, 401, "another issuer answers (RFC 9207)");
    let gone = house.begin("one").await;
    assert_eq!(house.back("one", &gone, "").await.0, 401, "one that says its name is silent");
    let gone = house.begin("one").await;
    let mixed = house.back("other", &gone, &House::iss(&house.other)).await;
    assert_eq!(mixed.0, 401, "the state of another provider");
    let gone = house.begin("one").await;
    let denied =
        house.back("one", &gone, &format!("&error=access_denied{}", House::iss(&house.one))).await;
    assert_eq!(denied.0, 401, "the person says no");
    assert_eq!(house.reasons().await, ["issuer", "issuer", "state", "denied"]);
    assert!(house.one.asked().is_empty() && house.other.asked().is_empty(), "no code was sent");
    assert_eq!(house.ask("GET", "/sign-in/oidc/nobody", "", "").await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_key_of_the_provider_is_found() {
    let house = House::open().await;
    assert!(house.try_in(Mood::default()).await.is_ok());
    let turned = Mood { kid: "k2", key: 2, published: vec![("k2", 2)], ..Mood::default() };
    assert!(house.try_in(turned).await.is_ok());
    let gone = Mood { published: vec![("k2", 2)], ..Mood::default() };
    assert_eq!(house.try_in(gone).await, Err(401), "the old key is no longer believed");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_known_by_issuer_and_subject_whatever_the_address() {
    let house = House::open().await;
    let who = "aminata.lefort@ardenval.example";
    let unproved = claims(&[("email_verified", json!(false))]);
    assert_eq!(house.try_in(unproved).await, Err(403), "anybody could claim the address");
    assert!(house.try_in(Mood::default()).await.is_ok());
    let renamed = claims(&[("email", json!("a.lefort@ardenval.example"))]);
    assert!(house.try_in(renamed).await.is_ok(), "the same subject");
    let foreign = claims(&[("email", json!("aminata@evil.example")), ("sub", json!("s-2"))]);
    assert_eq!(house.try_in(foreign).await, Err(403), "another domain");
    let new = claims(&[("email", json!("new@ardenval.example")), ("sub", json!("s-3"))]);
    assert_eq!(house.try_in(new).await, Err(403), "a new person without a role");
    let login =
        house.app.db.read(async |work| work.system_login(who).await).await.unwrap().unwrap();
    house.app.db.write(async |work| work.put_login_active(login.id, 0).await).await.unwrap();
    assert_eq!(house.try_in(Mood::default()).await, Err(403), "let out here");
    assert_eq!(house.reasons().await, ["email", "domain", "no_role", "inactive"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_follow_the_groups_and_what_a_hand_gave_stays() {
    let house = House::open().await;
    let who = "new@ardenval.example";
    let with =
        |groups: Value| claims(&[("email", json!(who)), ("sub", json!("s-9")), ("groups", groups)]);
    house.come("one", with(json!(["KAM", "unknown"]))).await;
    assert_eq!(house.roles(who).await, [Role::Kam]);
    house.give(who, Role::Aud).await;
    house.come("one", with(json!("heads"))).await;
    assert_eq!(house.roles(who).await, [Role::Aud, Role::Pd]);
    house.come("one", Mood { without: vec!["groups"], ..with(json!([])) }).await;
    assert_eq!(house.roles(who).await, [Role::Aud], "no claim is no group");
    house.come("one", with(json!(["heads"]))).await;
    house.give(who, Role::Pd).await;
    house.come("one", with(json!([]))).await;
    assert_eq!(house.roles(who).await, [Role::Aud, Role::Pd], "given by hand since");
    house.come("one", with(json!(["heads"]))).await;
    house.come("one", with(json!([]))).await;
    assert_eq!(house.roles(who).await, [Role::Aud, Role::Pd], "given by hand before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_two_providers_bring_stays_until_neither_does() {
    let house = House::open().await;
    let who = "new@ardenval.example";
    let with =
        |groups: Value| claims(&[("email", json!(who)), ("sub", json!("s-9")), ("groups", groups)]);
    house.come("one", with(json!(["kam"]))).await;
    house.come("other", with(json!(["kam"]))).await;
    house.come("one", with(json!([]))).await;
    assert_eq!(house.roles(who).await, [Role::Kam], "the other still says so");
    house.come("other", with(json!([]))).await;
    assert_eq!(house.roles(who).await, []);
    house.come("one", with(json!(["kam"]))).await;
    let cookie = house.try_in(with(json!(["kam"]))).await.unwrap();
    let (_, _, page) = house.ask("GET", "/settings/passkeys", &cookie, "").await;
    let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
    let csrf = rest.split('"').next().unwrap();
    let issuer = encode(&house.one.issuer);
    let form = format!("csrf={csrf}&issuer={issuer}&subject=s-9");
    let path = "/settings/identities/removal";
    assert_eq!(house.ask("POST", path, &cookie, &form).await.0, 303);
    assert_eq!(house.roles(who).await, [], "whoever vouches no more brings no role");
    assert_eq!(house.ask("POST", path, &cookie, &form).await.0, 404, "it is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_out_at_the_provider_is_out_here() {
    let house = House::open().await;
    let cookie = house.try_in(Mood::default()).await.unwrap();
    let event = json!({"http://schemas.openid.net/event/backchannel-logout": {}});
    let now = house.now();
    let token = |change: &[(&str, Value)]| {
        let mut claims = json!({
            "iss": house.one.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "jti": "j",
            "sub": "s-1", "events": event,
        });
        for (name, value) in change {
            claims[*name] = value.clone();
        }
        format!("logout_token={}", house.one.signed(&claims, "logout+jwt"))
    };
    let send =
        async |body: String| house.ask("POST", "/sign-in/oidc/one/sign-out", "", &body).await.0;
    for (name, lie) in [
        ("issuer", token(&[("iss", json!("https://evil.example"))])),
        ("audience", token(&[("aud", json!("other"))])),
        ("a nonce", token(&[("nonce", json!("n"))])),
        ("no event", token(&[("events", json!({}))])),
        ("nobody", token(&[("sub", Value::Null)])),
        ("old", token(&[("iat", json!(now - 400)), ("exp", json!(now - 300))])),
        ("early", token(&[("iat", json!(now + 90))])),
        ("no token", "logout_token=x".to_owned()),
    ] {
        assert_eq!(send(lie).await, 400, "{name}");
        assert!(house.is_in(&cookie).await, "{name}");
    }
    house.one.feel(Mood { key: 3, ..Mood::default() });
    assert_eq!(send(token(&[])).await, 400, "another key");
    house.one.feel(Mood { alg: "none", ..Mood::default() });
    assert_eq!(send(token(&[])).await, 400, "no signature");
    house.one.feel(Mood::default());
    assert!(house.is_in(&cookie).await);
    assert_eq!(send(token(&[("sub", json!("s-2"))])).await, 200, "somebody else");
    assert!(house.is_in(&cookie).await);
    assert_eq!(send(token(&[("sid", json!("at-home"))])).await, 200);
    assert!(!house.is_in(&cookie).await, "out at the next request");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_shows_the_way_out_of_the_provider() {
    let house = House::open().await;
    let cookie = house.try_in(Mood::default()).await.unwrap();
    let (_, _, page) = house.ask("GET", "/settings/passkeys", &cookie, "").await;
    let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
    let csrf = rest.split('"').next().unwrap();
    let (status, headers, page) =
        house.ask("POST", "/sign-out", &cookie, &format!("csrf={csrf}")).await;
    assert_eq!(status, 200);
    assert!(headers["set-cookie"].contains("Max-Age=0"));
    assert!(page.contains(&format!("{}/out?", house.one.issuer)), "{page}");
    assert!(!house.is_in(&cookie).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_providers_are_the_only_way_in_break_glass_administrators_still_come_in() {
    let rules = Rules {
        is_sso_only: true,
        break_glass: ["solene.kermarrec@ardenval.example".to_owned()].into(),
    };
    let house = House::with(rules).await;
    let form = |name: &str| {
        let password = encode(PASSWORD);
        format!("email={name}%40ardenval.example&password={password}&next=%2F&lang=en")
    };
    let (status, _, page) = house.ask("POST", "/sign-in", "", &form("aminata.lefort")).await;
    assert_eq!(status, 403);
    assert!(page.contains("No password is kept here for you"), "{page}");
    let (status, _, same) = house.ask("POST", "/sign-in", "", &form("nobody")).await;
    assert_eq!(
        (status, same.contains("No password is kept here for you")),
        (403, true),
        "no difference"
    );
    assert_eq!(house.ask("POST", "/sign-in", "", &form("solene.kermarrec")).await.0, 303);
    assert!(house.try_in(Mood::default()).await.is_ok());
}
