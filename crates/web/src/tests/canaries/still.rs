//! What happens behind a wall moves nothing on the other side: no word, count, order or tag.

use orchestre_app::actions::{self, NewAction};
use orchestre_app::interactions::{self, Noted};
use orchestre_app::plans;
use orchestre_domain::interaction::InteractionType;

use crate::tests::story::Story;

/// What tells of many accounts at once.
const LISTS: &[&str] = &[
    "/portfolio.csv",
    "/api/v1/accounts",
    "/api/v1/accounts?sort=-turnover",
    "/api/v1/accounts.jsonl",
    "/api/v1/people",
    "/api/v1/plans",
    "/api/v1/portfolio",
    "/api/v1/events",
    "/api/v1/week",
    "/api/v1/search?q=Konkordanz",
];

type Told = Vec<(&'static str, (u16, String, String))>;

async fn told(story: &Story, token: &str) -> Told {
    let mut all = Vec::new();
    for path in LISTS {
        let (status, tag, bytes) = story.tagged(token, "GET", path).await;
        all.push((*path, (status, tag, String::from_utf8_lossy(&bytes).into_owned())));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_behind_a_wall_moves_no_count_no_order_and_no_tag() {
    let story = Story::load().await;
    let rival = story.sign_in("tobias.reinholt").await;
    let own = story.sign_in("aminata.lefort").await;
    let (before, own_before) = (told(&story, &rival).await, told(&story, &own).await);
    let shell = story.shell();
    let account = story.account("LYS0").await;
    let (kind, subject) = (InteractionType::Meeting, "Konkordanz".to_owned());
    let noted = Noted { account, kind, day: shell.today(), subject };
    interactions::note(&shell, noted).await.unwrap();
    let (text, due_on) = ("Konkordanz".to_owned(), Some(shell.today()));
    let new = NewAction { account, plan: None, objective: None, text, due_on, owner: None };
    actions::add(&shell, new).await.unwrap();
    if plans::of_account(&shell, account, shell.today()).await.unwrap().is_none() {
        plans::create(&shell, account).await.unwrap();
    }
    let (after, own_after) = (told(&story, &rival).await, told(&story, &own).await);
    assert!(before.iter().all(|(_, (status, ..))| *status == 200));
    assert_eq!(before, after, "the rival learns that something happened");
    assert_ne!(own_before, own_after, "nothing happened: the test proves nothing");
}
