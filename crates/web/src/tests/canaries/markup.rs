//! What people write is never markup: signs that a browser would take as such are planted wherever
//! something can be written, and stand escaped on every page.

use serde_json::{Value, json};

use super::crawl;
use crate::tests::story::Story;

/// Gives a text whose first letters are a tag with a name of its own.
fn marked(name: &str) -> String {
    format!("<i data-planted-{name}>\"'& planted")
}

/// Plants texts by the API; gives their names.
async fn plant(story: &Story, (manager, director): (&str, &str)) -> Vec<&'static str> {
    let account = story.account("LYS0").await;
    let (_, told) = story.send(manager, "GET", &format!("/api/v1/accounts/{account}/plan")).await;
    let plan: Value = serde_json::from_str(&told).unwrap();
    let plan = plan["id"].as_str().expect("the account has a plan").to_owned();
    let day = story.shell().today().to_string();
    let interaction = json!({"kind": "meeting", "day": day, "subject": marked("subject")});
    let judgement =
        json!({"set": "selection", "criterion": "fit", "value": 3, "evidence": marked("evidence")});
    let token =
        json!({"name": marked("token"), "scopes": ["plans:read"], "expires_on": "2026-12-01"});
    let all = [
        ("subject", manager, format!("/api/v1/accounts/{account}/interactions"), interaction),
        ("action", manager, "/api/v1/actions".to_owned(), {
            json!({"account": account.to_string(), "text": marked("action"), "due_on": day})
        }),
        ("objective", manager, format!("/api/v1/plans/{plan}/objectives"), {
            json!({"text": marked("objective"), "state": "proposed"})
        }),
        ("risk", manager, format!("/api/v1/plans/{plan}/risks"), json!({"text": marked("risk")})),
        ("evidence", manager, format!("/api/v1/accounts/{account}/judgements"), judgement),
        ("token", manager, "/api/v1/tokens".to_owned(), token),
        ("unit", director, "/api/v1/units".to_owned(), json!({"name": marked("unit")})),
    ];
    let mut names = Vec::new();
    for (name, token, path, body) in all {
        let (status, told) = story.send_json(token, &path, &body.to_string()).await;
        assert_eq!(status, 201, "{path}: {told}");
        names.push(name);
    }
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_write_stands_escaped_on_every_page() {
    let story = Story::load().await;
    let manager = story.sign_in("aminata.lefort").await;
    let director = story.sign_in("solene.kermarrec").await;
    let names = plant(&story, (&manager, &director)).await;
    let account = story.account("LYS0").await;
    let mut pages = crawl(&story, &manager).await;
    pages.extend(crawl(&story, &director).await);
    for (token, path) in [
        (&manager, format!("/accounts/{account}/plan")),
        (&manager, format!("/accounts/{account}/history")),
        (&manager, format!("/accounts/{account}/score")),
        (&manager, "/settings/tokens".to_owned()),
        (&director, "/settings/rights".to_owned()),
    ] {
        let (status, body) = story.send(token, "GET", &path).await;
        assert_eq!(status, 200, "{path}");
        pages.push((path, body));
    }
    let pages: Vec<_> = pages.iter().filter(|(_, body)| body.starts_with("<!doctype")).collect();
    let (mut places, mut faults) = (0, Vec::new());
    for (path, body) in &pages {
        places += body.matches("data-planted-").count();
        faults.extend(body.contains("<i data-planted-").then_some(path));
    }
    println!("{places} places on {} pages hold what was planted", pages.len());
    assert!(faults.is_empty(), "markup of people at {faults:?}");
    for name in names {
        let word = format!("data-planted-{name}&");
        assert!(pages.iter().any(|(_, body)| body.contains(&word)), "{name} is on no page");
    }
}
