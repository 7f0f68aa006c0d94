//! Who is told that a subscription ended.

use orchestre_domain::webhook::WebhookState;
use orchestre_outbound::mail::{Guard, Mailer, Server};
use orchestre_store::sql;

use super::{Mood, Post, Receiver};
use crate::Outside;

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_a_subscription_that_ended_is_told_by_mail() {
    let mut post = Post::open().await;
    let server = Server {
        host: "127.0.0.1".to_owned(),
        port: 9,
        guard: Guard::Plain,
        user: String::new(),
        password: String::new(),
        authority: String::new(),
        from: "Orchestre <kam@ardenval.example>".to_owned(),
        patience: std::time::Duration::from_millis(500),
    };
    let mail = Some(Mailer::new(&server).unwrap());
    let url = "https://kam.example".to_owned();
    post.app = post.app.clone().with_outside(Outside { url, mail, ..Outside::default() });
    let receiver = Receiver::start(&[Mood::Says(410)]).await;
    let made = post.subscribe(&receiver).await;
    post.happen(post.accounts[0], 1).await;
    post.run().await;
    assert_eq!(post.state(made.id).await, WebhookState::Gone);
    let text = sql("SELECT purpose, login_id FROM mails");
    let mails = post.app.db.read(async |work| work.rows(text).await).await.unwrap();
    let told: Vec<(String, i64)> = mails
        .iter()
        .map(|mail| (mail.get("purpose").unwrap(), mail.get("login_id").unwrap()))
        .collect();
    let owner = post.director.viewer.login.unwrap().as_i64();
    assert_eq!(told, [("webhook_ended".to_owned(), owner)], "once");
}
