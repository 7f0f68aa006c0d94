//! Events: the feed that a viewer sees, and the chain that nobody can change unseen.

use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, EventId, LoginId};
use orchestre_domain::permission::Role;

use super::contract;
use super::sample::{HAR, LYS, fill, viewer};
use crate::{Db, Event, FeedAsk, FeedRow, Sql, StoreError, Words, Wrong, sql};

contract!(
    the_feed_keeps_to_what_the_viewer_may_see,
    the_feed_finds_what_is_asked_for,
    the_feed_is_read_on_behind_its_last_entry,
    what_was_recorded_lately_is_known,
    the_chain_names_the_first_changed_event,
    a_removed_event_breaks_the_chain,
    an_erased_value_leaves_the_chain_whole_and_a_changed_one_breaks_it,
    the_tail_that_is_not_sealed_is_counted,
    events_are_only_added_to,
    the_first_broken_link_is_named_with_what_is_wrong,
    the_last_link_is_found_by_its_place,
    an_event_in_anothers_place_is_named,
);

fn event(id: i64, account: Option<AccountId>) -> Event {
    Event {
        id: EventId(id),
        stead: None,
        name: EventName::PlanUpdated,
        at: 1_000 + id,
        login: None,
        person: None,
        account,
        object: "plan",
        object_id: Some(500),
        payload: vec![("state", "live".to_owned()), ("by", "shell".to_owned())],
        values: Vec::new(),
    }
}

fn latest(account: Option<AccountId>) -> FeedAsk {
    FeedAsk { account, limit: 9, ..FeedAsk::default() }
}

async fn recorded(db: &Db, events: &[Event]) {
    db.write(async |work| {
        for event in events {
            work.record(event).await?;
        }
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn the_feed_keeps_to_what_the_viewer_may_see(db: Db) {
    fill(&db).await;
    let door = Event { object: "login", ..event(4, None) };
    recorded(&db, &[event(1, Some(LYS)), event(2, Some(HAR)), event(3, None), door]).await;
    db.read(async |work| {
        let ids = |rows: Vec<FeedRow>| rows.iter().map(|row| row.id.0).collect::<Vec<_>>();
        let kam = viewer(Role::Kam, &[LYS], &[]);
        assert_eq!(ids(work.feed(&kam, &latest(None)).await?), [1]);
        assert!(work.feed(&kam, &latest(Some(HAR))).await?.is_empty());
        let director = viewer(Role::Pd, &[], &[HAR]);
        assert_eq!(ids(work.feed(&director, &latest(None)).await?), [3, 1]);
        let director = viewer(Role::Pd, &[], &[]);
        assert_eq!(ids(work.feed(&director, &latest(None)).await?), [3, 2, 1], "nobody's sign-ins");
        assert_eq!(
            ids(work
                .feed(&director, &FeedAsk { since: Some(1_001), limit: 1, ..latest(None) })
                .await?),
            [3]
        );
        assert_eq!(ids(work.feed(&director, &latest(Some(LYS))).await?), [1]);
        let row = work.feed(&kam, &latest(None)).await?.remove(0);
        assert_eq!(row.account_name.as_deref(), Some("Laboratoires Lysarel SA"));
        assert_eq!((row.payload.as_str(), row.object_id), ("state=live\nby=shell", Some(500)));
        assert_eq!((row.login, row.who), (None::<LoginId>, None));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn sealed(db: &Db) -> usize {
    db.write(async |work| work.system_seal().await).await.unwrap()
}

async fn broken(db: &Db) -> Option<i64> {
    db.read(async |work| work.system_verify_chain().await).await.unwrap().broken_at
}

/// Changes events behind the back of the program: whoever can do that can take out the triggers.
async fn change(db: &Db, text: &'static str) {
    for (table, trigger) in [
        ("events", "events_no_update"),
        ("events", "events_no_delete"),
        ("event_values", "event_values_no_update"),
    ] {
        let of = if db.is_postgres() { format!(" ON {table}") } else { String::new() };
        let drop = format!("DROP TRIGGER IF EXISTS {trigger}{of}");
        db.write(async |work| work.run(Sql::built(drop)).await).await.unwrap();
    }
    db.write(async |work| work.run(sql(text)).await).await.unwrap();
}

async fn the_feed_finds_what_is_asked_for(db: Db) {
    fill(&db).await;
    let by = |id, login, name| Event { login: Some(LoginId(login)), name, ..event(id, Some(LYS)) };
    let opinion =
        Event { object: "person", object_id: Some(7), ..by(4, 2, EventName::OpinionRead) };
    let all = [
        by(1, 1, EventName::PlanCreated),
        by(2, 2, EventName::PlanUpdated),
        event(3, Some(HAR)),
        opinion,
    ];
    recorded(&db, &all).await;
    let director = viewer(Role::Aud, &[], &[]);
    let none = FeedAsk { limit: 9, ..FeedAsk::default() };
    let words = |folded: &str, names: &[EventName]| {
        Some(Words { folded: folded.to_owned(), names: names.to_vec() })
    };
    let asks: [(FeedAsk, &[i64]); 11] = [
        (none.clone(), &[4, 3, 2, 1]),
        (FeedAsk { login: Some(LoginId(2)), ..none.clone() }, &[4, 2]),
        (FeedAsk { object: Some("person".to_owned()), ..none.clone() }, &[4]),
        (FeedAsk { object_id: Some(500), ..none.clone() }, &[3, 2, 1]),
        (FeedAsk { names: vec![EventName::PlanCreated], ..none.clone() }, &[1]),
        (FeedAsk { since: Some(1_001), until: Some(1_004), ..none.clone() }, &[3, 2]),
        (FeedAsk { words: words("hadd", &[]), ..none.clone() }, &[1]),
        (FeedAsk { words: words("nobody", &[]), ..none.clone() }, &[]),
        (FeedAsk { words: words("x", &[EventName::PlanCreated]), ..none.clone() }, &[1]),
        (FeedAsk { account: Some(HAR), ..none.clone() }, &[3]),
        (FeedAsk { limit: 2, ..none.clone() }, &[4, 3]),
    ];
    let kam = viewer(Role::Kam, &[LYS], &[]);
    db.read(async |work| {
        let ids = |rows: Vec<FeedRow>| rows.iter().map(|row| row.id.0).collect::<Vec<_>>();
        for (ask, wanted) in &asks {
            assert_eq!(ids(work.feed(&director, ask).await?), *wanted, "{ask:?}");
        }
        assert_eq!(ids(work.feed(&kam, &none).await?), [2, 1], "who read opinions is not theirs");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn the_feed_is_read_on_behind_its_last_entry(db: Db) {
    fill(&db).await;
    let same = |id| Event { at: 5_000, ..event(id, Some(LYS)) };
    recorded(&db, &[event(1, Some(LYS)), same(2), same(3), same(4)]).await;
    let director = viewer(Role::Pd, &[], &[]);
    let mut ask = FeedAsk { limit: 2, ..FeedAsk::default() };
    let mut read = Vec::new();
    db.read(async |work| {
        loop {
            let rows = work.feed(&director, &ask).await?;
            let Some(last) = rows.last() else { break };
            ask.before = Some((last.at, last.id.0));
            read.extend(rows.iter().map(|row| row.id.0));
        }
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    assert_eq!(read, [4, 3, 2, 1]);
}

async fn what_was_recorded_lately_is_known(db: Db) {
    let kept = Event { login: Some(LoginId(3)), ..event(1, None) };
    recorded(&db, std::slice::from_ref(&kept)).await;
    let others = [
        Event { login: None, ..kept.clone() },
        Event { object_id: Some(501), ..kept.clone() },
        Event { name: EventName::PlanCreated, ..kept.clone() },
        Event { object: "risk", ..kept.clone() },
    ];
    db.read(async |work| {
        assert!(work.has_recorded(&kept, 1_000).await?);
        assert!(!work.has_recorded(&kept, 1_001).await?, "longer ago");
        for other in &others {
            assert!(!work.has_recorded(other, 0).await?, "{other:?}");
        }
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn the_chain_names_the_first_changed_event(db: Db) {
    fill(&db).await;
    let events: Vec<Event> = (1..=5).map(|id| event(id, Some(LYS))).collect();
    recorded(&db, &events).await;
    assert_eq!(sealed(&db).await, 5);
    assert_eq!(broken(&db).await, None);
    change(&db, "UPDATE events SET payload = 'state=draft' WHERE id = 4").await;
    assert_eq!(broken(&db).await, Some(4));
    change(&db, "UPDATE events SET at = 7 WHERE id = 2").await;
    assert_eq!(broken(&db).await, Some(2));
}

async fn a_removed_event_breaks_the_chain(db: Db) {
    fill(&db).await;
    recorded(&db, &[event(1, None), event(2, None), event(3, None)]).await;
    assert_eq!(sealed(&db).await, 3);
    change(&db, "DELETE FROM events WHERE id = 2").await;
    assert_eq!(broken(&db).await, Some(2));
}

async fn an_erased_value_leaves_the_chain_whole_and_a_changed_one_breaks_it(db: Db) {
    let personal = |id: i64| Event {
        values: vec![
            ("email", "claire@lysarel.example".to_owned(), "s1".to_owned()),
            ("name", "Claire Obrecht".to_owned(), "s2".to_owned()),
        ],
        ..event(id, None)
    };
    recorded(&db, &[personal(1), personal(2), event(3, None)]).await;
    assert_eq!(sealed(&db).await, 3);
    db.write(async |work| work.system_erase_values(EventId(1)).await).await.unwrap();
    assert_eq!(broken(&db).await, None, "the salted digests stay");
    let left = "SELECT value FROM event_values WHERE event_id = 1 AND value IS NOT NULL";
    assert!(db.read(async |work| work.rows(sql(left)).await).await.unwrap().is_empty());
    change(&db, "UPDATE event_values SET value = 'Karl' WHERE event_id = 2 AND name = 'name'")
        .await;
    assert_eq!(broken(&db).await, Some(2));
    change(&db, "UPDATE event_values SET digest = 'x' WHERE event_id = 1 AND name = 'name'").await;
    assert_eq!(broken(&db).await, Some(1));
}

/// Gives what is sealed, what is not, and the first broken link.
async fn state(db: &Db) -> (i64, i64, Option<i64>) {
    let state = db.read(async |work| work.system_verify_chain().await).await.unwrap();
    (state.sealed, state.unsealed, state.broken_at)
}

async fn has_tail(db: &Db) -> bool {
    db.read(async |work| work.system_has_unsealed().await).await.unwrap()
}

async fn the_tail_that_is_not_sealed_is_counted(db: Db) {
    recorded(&db, &[event(1, None), event(2, None)]).await;
    assert!(has_tail(&db).await);
    let rounds = [sealed(&db).await, sealed(&db).await];
    assert_eq!((rounds, has_tail(&db).await), ([2, 0], false), "nothing is sealed twice");
    // An event with an earlier id that was committed later is linked behind the others.
    recorded(&db, &[event(0, None)]).await;
    let states = [state(&db).await, (0, 0, Some(sealed_count(&db).await)), state(&db).await];
    assert_eq!(states, [(2, 1, None), (0, 0, Some(1)), (3, 0, None)]);
}

async fn sealed_count(db: &Db) -> i64 {
    i64::try_from(sealed(db).await).unwrap()
}

async fn events_are_only_added_to(db: Db) {
    let personal = Event {
        values: vec![("name", "Claire Obrecht".to_owned(), "s".to_owned())],
        ..event(1, None)
    };
    recorded(&db, &[personal, event(2, None)]).await;
    for text in ["UPDATE events SET payload = 'x' WHERE id = 2", "DELETE FROM events WHERE id = 2"]
    {
        assert!(db.write(async |work| work.run(sql(text)).await).await.is_err(), "{text}");
    }
    assert_eq!(sealed(&db).await, 2, "it is linked once");
    for text in [
        "UPDATE events SET seq = NULL WHERE id = 2",
        "UPDATE events SET hash = 'x' WHERE id = 2",
        "UPDATE events SET form = 1 WHERE id = 2",
        "DELETE FROM events",
        "UPDATE event_values SET value = 'Karl'",
        "UPDATE event_values SET value = NULL, digest = 'x'",
        "DELETE FROM event_values",
    ] {
        assert!(db.write(async |work| work.run(sql(text)).await).await.is_err(), "{text}");
    }
    db.write(async |work| work.system_erase_values(EventId(1)).await).await.unwrap();
    assert_eq!(state(&db).await, (2, 0, None));
}

async fn the_last_link_is_found_by_its_place(db: Db) {
    recorded(&db, &[event(1, None), event(2, None)]).await;
    assert_eq!(sealed(&db).await, 2);
    let (last, link) = db
        .read(async |work| {
            Ok::<_, StoreError>((work.system_last_link().await?, work.system_link(2).await?))
        })
        .await
        .unwrap();
    assert_eq!((last.0, Some(last.1)), (2, link));
}

/// Gives the first broken link, what is wrong, which event stands there, and how far it holds.
async fn wrong(db: &Db) -> (i64, Wrong, i64, i64, i64) {
    let state = db.read(async |work| work.system_verify_chain().await).await.unwrap();
    let broken = state.broken.unwrap();
    (broken.seq, broken.wrong, broken.id, broken.at, state.sealed)
}

async fn the_first_broken_link_is_named_with_what_is_wrong(db: Db) {
    let events: Vec<Event> = (1..=6).map(|id| event(id * 10, None)).collect();
    recorded(&db, &events).await;
    assert_eq!(sealed(&db).await, 6);
    change(&db, "DELETE FROM events WHERE seq = 6").await;
    assert_eq!(state(&db).await, (5, 0, None), "why checkpoints are kept elsewhere");
    change(&db, "UPDATE events SET payload = 'x' WHERE seq = 5").await;
    assert_eq!(wrong(&db).await, (5, Wrong::Changed, 50, 1_050, 4));
    change(&db, "DELETE FROM events WHERE seq = 4").await;
    assert_eq!(wrong(&db).await, (4, Wrong::Missing, 50, 1_050, 3));
}

async fn an_event_in_anothers_place_is_named(db: Db) {
    recorded(&db, &[event(10, None), event(20, None), event(30, None)]).await;
    assert_eq!(sealed(&db).await, 3);
    for text in [
        "UPDATE events SET seq = 99 WHERE seq = 1",
        "UPDATE events SET seq = 1 WHERE seq = 2",
        "UPDATE events SET seq = 2 WHERE seq = 99",
    ] {
        change(&db, text).await;
    }
    assert_eq!(wrong(&db).await, (1, Wrong::Moved, 20, 1_020, 0));
}
