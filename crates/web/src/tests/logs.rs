//! The log of the whole story: what happened, and nobody's name, address, password or words.

use std::io::Write;
use std::sync::{Arc, Mutex};

use super::house::PASSWORD;
use super::story::Story;
use crate::routes::ROUTES;

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_a_whole_run_names_nobody() {
    let paper = Paper::default();
    let sink = paper.clone();
    let log = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG)
        .with_writer(move || sink.clone())
        .try_init();
    assert!(log.is_ok(), "this test has the log for itself");
    let story = Story::load().await;
    let account = story.account("LYS0").await.to_string();
    let mut tokens = Vec::new();
    for name in ["solene.kermarrec", "tobias.reinholt"] {
        let token = story.sign_in(name).await;
        for route in ROUTES.iter().filter(|route| route.path != "/sign-out") {
            let path = route.path.replace("{id}", &account).replace("{set}", "selection");
            let path = path.replace("{name}", "accounts").replace("{*path}", "none.css");
            story.send(&token, route.method, &format!("{path}?q=Obrecht&next=/secret-way")).await;
        }
        tokens.push(token);
    }
    let wrong = "email=claire.obrecht%40lysarel.example&password=wrong-secret";
    story.send_form("/sign-in", wrong).await;
    let text = String::from_utf8(paper.0.lock().unwrap().clone()).unwrap();
    let answered = text.lines().filter(|line| line.contains("\"answered\"")).count();
    assert!(answered >= ROUTES.len(), "{answered} lines for {} addresses", ROUTES.len());
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    let mut canaries: Vec<&str> = vec![
        "Obrecht",
        "Lysarel",
        "Kermarrec",
        "Reinholt",
        "Ardenval",
        "@",
        PASSWORD,
        "wrong-secret",
        "secret-way",
        "orchestre_session",
    ];
    canaries.extend(tokens.iter().map(String::as_str));
    for canary in canaries {
        let lower = canary.to_lowercase();
        let found = text.lines().find(|line| line.to_lowercase().contains(&lower));
        assert_eq!(found, None, "{canary}");
    }
}
