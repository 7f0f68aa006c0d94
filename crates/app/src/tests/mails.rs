//! Mails from their cause to their end.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use orchestre_domain::clock::Clock;
use orchestre_domain::lang::Lang;
use orchestre_outbound::mail::{Guard, Mailer, Server};
use orchestre_store::{StoreError, sql};
use orchestre_view::mail::LetterView;
use tokio::net::TcpListener;

use super::World;
use super::sink::{Sink, willing};
use crate::mails::{Draft, draft, has_due, tick};
use crate::vault::Vault;
use crate::{App, Outside};

/// A clock that is put forward by hand, µs.
#[derive(Debug)]
struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Post {
    app: App,
    clock: Arc<Hand>,
    _world: World,
}

impl Post {
    async fn to(port: u16) -> Self {
        let world = World::new().await;
        let clock = Arc::new(Hand(AtomicI64::new(1_763_280_000_000_000)));
        let mut app = world.shell.app.clone();
        app.clock = Arc::<Hand>::clone(&clock);
        let server = Server {
            host: "127.0.0.1".to_owned(),
            port,
            guard: Guard::Plain,
            user: String::new(),
            password: String::new(),
            authority: String::new(),
            from: "Orchestre <kam@ardenval.example>".to_owned(),
            patience: Duration::from_millis(500),
        };
        let mail = Some(Mailer::new(&server).unwrap());
        let outside = Outside { url: "https://kam.example".to_owned(), mail, ..Outside::default() };
        Self { app: app.with_outside(outside), clock, _world: world }
    }

    fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    async fn write_down(&self, to: &str) {
        let words = LetterView::new(Lang::Fr, "Titre").link("Ouvrir", "https://kam.example/s3cret");
        let letter = Draft { purpose: "reset", to, login: None, words, until_at: None };
        let mail = draft(&self.app, &letter).unwrap();
        self.app.db.write(async |work| work.add_mail(&mail).await).await.unwrap();
    }

    async fn ends(&self) -> Vec<(Option<String>, String, i64)> {
        let rows = self
            .app
            .db
            .read(async |work| {
                work.rows(sql("SELECT result, sealed, tries FROM mails ORDER BY id")).await
            })
            .await
            .unwrap();
        rows.iter()
            .map(|row| Ok((row.opt("result")?, row.get("sealed")?, row.get("tries")?)))
            .collect::<Result<_, StoreError>>()
            .unwrap()
    }
}

#[tokio::test]
async fn a_mail_goes_once_and_its_words_are_not_kept() {
    let sink = Sink::open(willing).await;
    let post = Post::to(sink.port).await;
    post.write_down("sami@ardenval.example").await;
    let before = post.ends().await;
    assert!(!before[0].1.contains("s3cret"), "sealed: {before:?}");
    assert!(has_due(&post.app).await.unwrap());
    tick(&post.app).await.unwrap();
    assert!(!has_due(&post.app).await.unwrap());
    tick(&post.app).await.unwrap();
    assert_eq!(post.ends().await, [(Some("sent".to_owned()), String::new(), 1)]);
    let letters = sink.letters();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("https://kam.example/s3cret") && letters[0].contains("mail_"));
}

#[tokio::test]
async fn a_refused_address_is_given_up_and_does_not_hold_the_others() {
    let answers = |line: &str| match line {
        line if line.contains("nobody@") => "550 no such\r\n",
        line => willing(line),
    };
    let sink = Sink::open(answers).await;
    let post = Post::to(sink.port).await;
    post.write_down("nobody@ardenval.example").await;
    post.write_down("sami@ardenval.example").await;
    tick(&post.app).await.unwrap();
    let ends: Vec<_> = post.ends().await.into_iter().map(|end| end.0.unwrap()).collect();
    assert_eq!(ends, ["refused", "sent"]);
}

#[tokio::test]
async fn an_absent_server_is_tried_again_later_and_later_until_it_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let absent = listener.local_addr().unwrap().port();
    drop(listener);
    let post = Post::to(absent).await;
    post.write_down("sami@ardenval.example").await;
    tick(&post.app).await.unwrap();
    assert!(!has_due(&post.app).await.unwrap(), "not at once");
    post.pass(29);
    assert!(!has_due(&post.app).await.unwrap());
    post.pass(1);
    assert!(has_due(&post.app).await.unwrap());
    for _ in 0..7 {
        tick(&post.app).await.unwrap();
        post.pass(12 * 3_600);
    }
    assert_eq!(post.ends().await, [(Some("late".to_owned()), String::new(), 8)]);
    let sink = Sink::open(willing).await;
    let post = Post::to(sink.port).await;
    post.write_down("sami@ardenval.example").await;
    post.pass(4 * 86_400);
    tick(&post.app).await.unwrap();
    assert_eq!(post.ends().await[0].0.as_deref(), Some("late"), "worth nothing any more");
    assert!(sink.letters().is_empty());
}

#[tokio::test]
async fn another_key_gives_the_mail_up_and_no_server_keeps_it() {
    let sink = Sink::open(willing).await;
    let post = Post::to(sink.port).await;
    post.write_down("sami@ardenval.example").await;
    let silent = post.app.clone().with_outside(Outside::default());
    tick(&silent).await.unwrap();
    assert_eq!(post.ends().await[0].2, 0, "it waits");
    tick(&post.app.clone().with_vault(Vault::of([9; 32]))).await.unwrap();
    assert_eq!(post.ends().await[0].0.as_deref(), Some("unreadable"));
    assert!(sink.letters().is_empty());
}
