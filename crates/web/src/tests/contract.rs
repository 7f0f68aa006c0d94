//! What the API promises of every address: who is refused before what, tags, keys, pages, problems.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::story::Story;
use crate::routes::{Door, ROUTES};

/// An answer.
struct Told {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Told {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The code of a problem that has all that a problem has.
    fn code(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let told = self.json();
        for field in ["type", "title", "detail", "instance", "errors"] {
            assert!(!told[field].is_null(), "{field}: {told}");
        }
        assert_eq!(told["status"], self.status);
        told["code"].as_str().unwrap().to_owned()
    }
}

async fn ask(
    story: &Story,
    token: &str,
    (method, path): (&str, &str),
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Told {
    let mut request = Request::builder().method(method).uri(path);
    if !token.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = story.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, 50 << 20).await.unwrap();
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Told { status: parts.status.as_u16(), headers: parts.headers, body }
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_refused_before_body_id_or_tag_is_read() {
    let story = Story::load().await;
    let doors = ROUTES.iter().filter(|route| route.path.starts_with("/api/v1/"));
    for route in doors.filter(|route| route.door == Door::SignedIn) {
        let path =
            format!("{}?colour=red", route.path.replace("{id}", "%00").replace("{set}", "x"));
        let told = ask(&story, "", (route.method, &path), &[JSON, ("if-match", "x")], "{").await;
        assert_eq!((told.status, told.code().as_str()), (401, "sign_in_needed"), "{}", route.path);
        assert_eq!(told.header("www-authenticate"), "Bearer", "{}", route.path);
    }
    let told = ask(&story, "", ("GET", "/api/v1/nothing"), &[], "").await;
    assert_eq!(told.status, 401, "an address that is none tells a stranger nothing");
}

/// Addresses that are refused: method, address, status, code.
const REFUSED: [(&str, &str, u16, &str); 7] = [
    ("GET", "/api/v1/nothing", 404, "not_found"),
    ("GET", "/api/v1/plans/pln_x", 404, "not_found"),
    ("PUT", "/api/v1/plans", 405, "method_not_allowed"),
    ("GET", "/api/v1/plans?colour=red", 400, "parameter_invalid"),
    ("GET", "/api/v1/week?as_of=2026-02-30", 400, "parameter_invalid"),
    ("GET", "/api/v1/plans?fields=id,x", 400, "parameter_invalid"),
    ("GET", "/api/v1/plans?token=abc", 400, "token_in_query"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_a_problem_with_a_code_in_the_language_that_is_asked_for() {
    let story = Story::load().await;
    let director = story.sign_in("solene.kermarrec").await;
    for (method, path, status, code) in REFUSED {
        let told = ask(&story, &director, (method, path), &[], "").await;
        assert_eq!((told.status, told.code().as_str()), (status, code), "{path}: {}", told.body);
    }
    let told = ask(&story, &director, ("DELETE", "/api/v1/plans"), &[], "").await;
    assert_eq!(told.header("allow"), "GET, HEAD");
    let french = [("accept-language", "fr-FR,fr;q=0.9")];
    let told = ask(&story, &director, ("GET", "/api/v1/nothing"), &french, "").await;
    let title = told.json()["title"].as_str().unwrap().to_owned();
    assert_eq!(title, orchestre_view::text(orchestre_domain::lang::Lang::Fr, "error-not_found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_cannot_be_is_refused_with_its_reason() {
    let story = Story::load().await;
    let director = story.sign_in("solene.kermarrec").await;
    let deep = format!("{{\"text\": {}1{}}}", "[".repeat(50_000), "]".repeat(50_000));
    let large = "x".repeat(20 << 20);
    let unknown = r#"{"account": "a", "text": "b", "colour": 1}"#;
    let plain = ("content-type", "text/plain");
    for (kind, body, status, code) in [
        (plain, "{}", 415, "media_type"),
        (JSON, "{", 400, "request_unreadable"),
        (JSON, deep.as_str(), 400, "request_unreadable"),
        (JSON, large.as_str(), 413, "body_too_large"),
        (JSON, unknown, 400, "request_unreadable"),
        (JSON, r#"{"account": "a", "text": "\u0000"}"#, 400, "request_unreadable"),
    ] {
        let actions = ("POST", "/api/v1/actions");
        let told = ask(&story, &director, actions, &[kind], body.to_owned()).await;
        assert_eq!((told.status, told.code().as_str()), (status, code), "{}", told.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_the_same_thing_the_second_is_told() {
    let story = Story::load().await;
    let kam = story.sign_in("aminata.lefort").await;
    let account = story.account("LYS0").await;
    let new = json!({"account": account.to_string(), "text": "Ask the depot"}).to_string();
    let made = ask(&story, &kam, ("POST", "/api/v1/actions"), &[JSON], new).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let path = made.header("location").to_owned();
    let read = ask(&story, &kam, ("GET", &path), &[], "").await;
    let tag = read.header("etag").to_owned();
    assert_eq!(tag, made.header("etag"));
    let again = ask(&story, &kam, ("GET", &path), &[("if-none-match", &tag)], "").await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let merge = ("content-type", "application/merge-patch+json");
    let change = r#"{"note": "by phone"}"#;
    let loose = ask(&story, &kam, ("PATCH", &path), &[merge], change).await;
    assert_eq!((loose.status, loose.code().as_str()), (428, "match_needed"));
    let first = ask(&story, &kam, ("PATCH", &path), &[merge, ("if-match", &tag)], change).await;
    assert_eq!(first.status, 200, "{}", first.body);
    let second = ask(&story, &kam, ("PATCH", &path), &[merge, ("if-match", &tag)], change).await;
    assert_eq!((second.status, second.code().as_str()), (412, "changed_since"));
    assert_eq!(second.header("etag"), first.header("etag"), "the present tag is told");
    let null = r#"{"text": null}"#;
    let star = [merge, ("if-match", "*")];
    let refused = ask(&story, &kam, ("PATCH", &path), &star, null).await;
    assert_eq!(refused.status, 400, "a text cannot be taken away: {}", refused.body);
    assert_eq!(first.json()["text"]["en"], "Ask the depot", "what is not named stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_sent_again_with_its_key_is_done_once() {
    let story = Story::load().await;
    let kam = story.sign_in("aminata.lefort").await;
    let account = story.account("LYS0").await;
    let new = |text: &str| json!({"account": account.to_string(), "text": text}).to_string();
    let headers = [JSON, ("idempotency-key", "k-1")];
    let post = ("POST", "/api/v1/actions");
    let first = ask(&story, &kam, post, &headers, new("Once")).await;
    assert_eq!(first.status, 201, "{}", first.body);
    for _ in 0..10 {
        let again = ask(&story, &kam, post, &headers, new("Once")).await;
        assert_eq!((again.status, &again.body), (201, &first.body));
        assert_eq!(again.header("location"), first.header("location"));
    }
    let other = ask(&story, &kam, post, &headers, new("Another")).await;
    assert_eq!((other.status, other.code().as_str()), (422, "key_reused"));
    let path = format!("/api/v1/actions?account={account}");
    let all = ask(&story, &kam, ("GET", &path), &[], "").await.json();
    let once = all["items"].as_array().unwrap().iter().filter(|one| one["text"]["en"] == "Once");
    assert_eq!(once.count(), 1);
    let bad = ask(&story, &kam, post, &[JSON, ("idempotency-key", "a b")], new("x")).await;
    assert_eq!((bad.status, bad.code().as_str()), (400, "parameter_invalid"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_one_another_and_lines_give_all_at_once() {
    let story = Story::load().await;
    let director = story.sign_in("solene.kermarrec").await;
    let (mut seen, mut path) =
        (Vec::new(), "/api/v1/accounts?limit=7&sort=name&fields=id".to_owned());
    loop {
        let told = ask(&story, &director, ("GET", &path), &[], "").await;
        let page = told.json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 7 && items.iter().all(|one| one.as_object().unwrap().len() == 1));
        seen.extend(items.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        let link = told.header("link").to_owned();
        if page["next_cursor"].is_null() {
            assert!(link.is_empty());
            assert_eq!(page["found"], seen.len());
            break;
        }
        path = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
    }
    let told = ask(&story, &director, ("GET", "/api/v1/accounts.jsonl"), &[], "").await;
    assert_eq!(told.header("content-type"), "application/jsonl");
    let mut lines: Vec<String> = told
        .body
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    seen.sort();
    lines.sort();
    assert_eq!(seen, lines);
    let whole = ("accept", "application/jsonl");
    let same = ask(&story, &director, ("GET", "/api/v1/accounts"), &[whole], "").await;
    assert_eq!(same.body, told.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_given_once_is_kept_sealed() {
    let story = Story::load().await;
    let kam = story.sign_in("aminata.lefort").await;
    let new = json!({"name": "n", "scopes": ["plans:read"], "expires_on": "2027-01-31"});
    let headers = [JSON, ("idempotency-key", "once")];
    let post = ("POST", "/api/v1/tokens");
    let first = ask(&story, &kam, post, &headers, new.to_string()).await;
    assert_eq!(first.status, 201, "{}", first.body);
    let again = ask(&story, &kam, post, &headers, new.to_string()).await;
    assert_eq!((again.status, &again.body), (201, &first.body), "one token, not two");
    let text = orchestre_store::sql("SELECT body FROM api_answers");
    let rows = story.app.db.read(async |work| work.rows(text).await).await.unwrap();
    let kept: String = rows[0].get("body").unwrap();
    let token = first.json()["token"].as_str().unwrap().to_owned();
    assert!(!kept.is_empty() && !kept.contains(&token) && !kept.contains("orchestre_pat"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_taken_whole_is_written_down() {
    let story = Story::load().await;
    let director = story.sign_in("solene.kermarrec").await;
    for (path, headers) in [
        ("/api/v1/people.jsonl", &[][..]),
        ("/api/v1/plans", &[("accept", "application/jsonl")][..]),
        ("/api/v1/plans", &[][..]),
    ] {
        assert_eq!(ask(&story, &director, ("GET", path), headers, "").await.status, 200, "{path}");
    }
    let text = "SELECT payload FROM events WHERE name = 'list.exported' ORDER BY id";
    let rows = story.app.db.read(async |work| work.rows(orchestre_store::sql(text)).await);
    let rows = rows.await.unwrap();
    let lists: Vec<String> = rows.iter().map(|row| row.get("payload").unwrap()).collect();
    assert_eq!(lists.len(), 2, "a page of a list is none: {lists:?}");
    assert!(lists[0].contains("people") && lists[1].contains("plans"), "{lists:?}");
}
