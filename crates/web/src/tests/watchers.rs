//! What watchers ask: alive, ready, measured.

use super::house::{House, LOCAL, STRANGER};
use crate::metrics::Metrics;
use crate::state::Site;

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_stops_lives_and_is_not_ready() {
    let house = House::new().await;
    assert_eq!(house.get(STRANGER, "/readyz", &[]).await.status, 200);
    house.app.node.stop();
    assert_eq!(house.get(STRANGER, "/healthz", &[]).await.status, 200);
    assert_eq!(house.get(STRANGER, "/readyz", &[]).await.status, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_without_its_directory_or_with_silent_jobs_says_why_to_this_machine() {
    let house = House::new().await;
    house.app.node.looked(house.app.clock.now() - 120_000_000);
    assert_eq!(house.get(LOCAL, "/readyz", &[]).await.body, "jobs\n");
    house.app.node.looked(house.app.clock.now());
    assert_eq!(house.get(LOCAL, "/readyz", &[]).await.body, "ready\n");
    let folder = house.app.node.folder().unwrap().to_owned();
    std::fs::rename(&folder, folder.with_extension("gone")).unwrap();
    assert!(house.get(LOCAL, "/readyz", &[]).await.body.contains("disk"));
    std::fs::rename(folder.with_extension("gone"), &folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_measured_is_for_those_with_the_token_and_holds_nothing_of_people() {
    let closed = House::new().await;
    assert_eq!(closed.get(LOCAL, "/metrics", &[]).await.status, 404, "off by default");
    let token = "a token for the watchers";
    let metrics = Metrics::start(token).unwrap();
    let house = House::with(Site { metrics: Some(metrics), ..Site::default() }).await;
    for path in ["/nowhere/obrecht", "/search?q=obrecht", "/accounts/acc_0000000000001", "/sign-in"]
    {
        house.get(STRANGER, path, &[]).await;
    }
    for wrong in ["", "Bearer ", "Bearer a token for the watchfrs", token] {
        let refused = house.get(LOCAL, "/metrics", &[("authorization", wrong)]).await;
        assert_eq!(refused.status, 404, "{wrong}");
    }
    let bearer = format!("Bearer {token}");
    let shown = house.get(STRANGER, "/metrics", &[("authorization", &bearer)]).await;
    assert_eq!(shown.status, 200);
    for name in [
        "orchestre_http_requests_total{route=\"/accounts/{id}\",method=\"GET\",status=\"303\"} 1",
        "orchestre_http_request_duration_seconds_bucket{route=\"none\"",
        "orchestre_database_reads_total",
        "orchestre_chain_lag_seconds",
        "orchestre_jobs_due",
        "orchestre_ready 1",
    ] {
        assert!(shown.body.contains(name), "{name}\n{}", shown.body);
    }
    assert!(!shown.body.contains("obrecht") && !shown.body.contains("acc_"), "{}", shown.body);
    assert!(shown.body.lines().all(is_line), "{}", shown.body);
}

/// Says whether a line is one of the text format: a comment, or a name, labels and a number.
fn is_line(line: &str) -> bool {
    let is_value = |text: &str| text.parse::<f64>().is_ok() || text == "+Inf";
    let is_name = |text: &str| {
        text.split('{').next().is_some_and(|name| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        })
    };
    line.is_empty()
        || line.starts_with("# ")
        || line.rsplit_once(' ').is_some_and(|(name, value)| is_name(name) && is_value(value))
}
