//! Forwarded headers count when they come from our own proxies, and never otherwise.

use orchestre_domain::permission::Role;

use super::house::{Answer, House, LOCAL, PASSWORD, PROXY, STRANGER};

async fn sign_in(house: &House, peer: &str, headers: &[(&str, &str)]) -> Answer {
    let body = format!("email=a%40b.example&password={}", PASSWORD.replace(' ', "+"));
    house.ask(peer, ("POST", "/sign-in", &body), headers).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_is_for_tls_alone_when_our_proxy_says_that_it_came_that_way() {
    let house = House::new().await;
    house.enrol("a@b.example", Role::Pd).await;
    let https = [("x-forwarded-proto", "https")];
    let secure = sign_in(&house, PROXY, &https).await;
    let cookie = secure.header("set-cookie");
    assert!(cookie.starts_with("__Host-orchestre_session="), "{cookie}");
    assert!(cookie.contains("; Secure") && cookie.contains("Path=/;"), "{cookie}");
    assert!(!secure.header("strict-transport-security").is_empty());
    let forged = sign_in(&house, STRANGER, &https).await;
    assert!(forged.header("set-cookie").starts_with("orchestre_session="));
    assert_eq!(forged.header("strict-transport-security"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_a_cookie_that_a_neighbour_could_plant_is_not_read() {
    let house = House::new().await;
    house.enrol("a@b.example", Role::Pd).await;
    let https = ("x-forwarded-proto", "https");
    let signed = sign_in(&house, PROXY, &[https]).await;
    let token = signed.header("set-cookie").split(['=', ';']).nth(1).unwrap().to_owned();
    let as_cookie = |name: &str| format!("{name}={token}");
    let own = as_cookie("__Host-orchestre_session");
    assert_eq!(house.get(PROXY, "/settings", &[https, ("cookie", &own)]).await.status, 200);
    let planted = as_cookie("orchestre_session");
    assert_eq!(house.get(PROXY, "/settings", &[https, ("cookie", &planted)]).await.status, 303);
    assert_eq!(house.get(LOCAL, "/settings", &[("cookie", &planted)]).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_that_people_see_is_the_one_that_our_proxy_names() {
    let house = House::new().await;
    house.enrol("a@b.example", Role::Pd).await;
    let headers = [
        ("host", "127.0.0.1:8080"),
        ("origin", "https://kam.example"),
        ("x-forwarded-host", "kam.example"),
    ];
    assert_eq!(sign_in(&house, PROXY, &headers).await.status, 303);
    assert_eq!(sign_in(&house, STRANGER, &headers).await.status, 403, "a foreign site");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_cannot_pretend_to_be_this_machine() {
    let house = House::new().await;
    house.app.node.stop();
    for name in ["x-forwarded-for", "forwarded", "x-real-ip", "client-ip"] {
        let forged = house.get(STRANGER, "/readyz", &[(name, "127.0.0.1")]).await;
        assert_eq!((forged.status, forged.body.as_str()), (503, "not ready\n"), "{name}");
    }
    let behind = house.get(PROXY, "/readyz", &[("x-forwarded-for", "192.0.2.66")]).await;
    assert_eq!(behind.body, "not ready\n");
    let joined = house.get(PROXY, "/readyz", &[("x-forwarded-for", "127.0.0.1, 192.0.2.66")]).await;
    assert_eq!(joined.body, "not ready\n", "what the client wrote itself is not the nearest hop");
    assert_eq!(house.get(LOCAL, "/readyz", &[]).await.body, "stopping\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_after_failures_holds_for_the_client_and_not_for_who_it_says_it_is() {
    let house = House::new().await;
    let try_one = async |peer: &str, hop: String, number: usize| {
        let body = format!("email=nobody{number}%40b.example&password=x");
        let headers = [("x-forwarded-for", hop.as_str())];
        house.ask(peer, ("POST", "/sign-in", &body), &headers).await.status
    };
    let mut last = 0;
    for number in 0..40 {
        last = try_one(STRANGER, format!("198.51.100.{number}"), number).await;
    }
    assert_eq!(last, 429, "forged addresses do not help");
    assert_eq!(try_one(PROXY, "198.51.100.200".to_owned(), 99).await, 401, "others go on");
    assert_eq!(try_one(PROXY, "192.0.2.66".to_owned(), 98).await, 429, "the same by our proxy");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_has_a_number_that_is_ours_or_our_proxys() {
    let house = House::new().await;
    let asked = [("x-request-id", "edge-7.1_a")];
    let by_proxy = house.get(PROXY, "/healthz", &asked).await;
    assert_eq!(by_proxy.header("x-request-id"), "edge-7.1_a");
    let made = house.get(STRANGER, "/healthz", &asked).await;
    assert!(made.header("x-request-id").starts_with("req_"), "{}", made.header("x-request-id"));
    let ugly = "a\" level=error".to_owned();
    for id in [ugly, "x".repeat(65), String::new()] {
        let answer = house.get(PROXY, "/healthz", &[("x-request-id", &id)]).await;
        assert!(answer.header("x-request-id").starts_with("req_"), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_tells_the_number_of_its_request() {
    let house = House::new().await;
    house.enrol("a@b.example", Role::Pd).await;
    let signed = sign_in(&house, PROXY, &[]).await;
    let cookie = signed.header("set-cookie").split(';').next().unwrap();
    let asked = [("x-request-id", "edge-7"), ("cookie", cookie)];
    let page = house.get(PROXY, "/nowhere", &asked).await;
    assert!(page.status == 404 && page.body.contains("edge-7"), "{}", page.body);
    let answer = house.get(PROXY, "/api/v1/accounts", &asked[..1]).await;
    let has_number = answer.body.contains(r#""request_id":"edge-7""#);
    assert!(answer.status == 401 && has_number, "{}", answer.body);
}
