//! What a watcher is told of the database.

use super::contract;
use super::sample::fill;
use crate::{Counter, Db, MIGRATIONS, NewJob, StoreError, sql};

contract!(
    the_measures_follow_what_happens,
    what_is_asked_is_counted,
    only_a_server_has_settings_by_which_data_may_be_lost,
);

async fn the_measures_follow_what_happens(db: Db) {
    fill(&db).await;
    let measures = async |now| db.read(async |work| work.system_measures(now).await).await.unwrap();
    let before = measures(1_000).await;
    assert_eq!(usize::try_from(before.migrations).unwrap(), MIGRATIONS.len());
    assert!(before.bytes > 0);
    assert_eq!((before.unsealed, before.due_jobs, before.people), (0, 0, 0));
    let rows = [
        "INSERT INTO events (id, name, at, object, payload) VALUES (1, 'x', 700, 'y', ''), (2, 'x', 600, 'y', '')",
        "INSERT INTO sessions (digest, login_id, csrf, opened_at, used_at, expires_at) \
         VALUES ('a', 1, 'c', 1, 500, 9000), ('b', 1, 'c', 1, 500, 9000), ('c', 1, 'c', 1, 500, 900)",
        "INSERT INTO jobs (name, kind, payload, is_once, tries) VALUES ('m:1', 'm', '', 1, 3)",
    ];
    let job = NewJob {
        name: "a:1".to_owned(),
        kind: "a".to_owned(),
        payload: String::new(),
        is_once: true,
        next_at: 400,
    };
    db.write(async |work| {
        for text in rows {
            work.run(sql(text)).await?;
        }
        work.system_add_job(&job).await?;
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    let after = measures(1_000).await;
    assert_eq!((after.unsealed, after.unsealed_since, after.sealed), (2, Some(600), 0));
    assert_eq!((after.due_jobs, after.due_since, after.stopped_jobs), (1, Some(400), 1));
    assert_eq!(after.people, 1, "one person twice, and a session that is over");
}

async fn what_is_asked_is_counted(db: Db) {
    let before = db.load();
    db.write(async |work| work.bump(Counter::Facts).await).await.unwrap();
    db.read(async |work| work.versions().await).await.unwrap();
    let after = db.load();
    assert_eq!((after.writes - before.writes, after.reads - before.reads), (1, 1));
    assert_eq!(after.readers_busy, 0);
}

async fn only_a_server_has_settings_by_which_data_may_be_lost(db: Db) {
    let risks = db.read(async |work| work.system_risks().await).await.unwrap();
    let wanted = if db.is_postgres() {
        let off = "SELECT name FROM pg_settings WHERE setting = 'off' AND name = 'fsync'";
        db.read(async |work| work.rows(sql(off)).await).await.unwrap().len()
    } else {
        0
    };
    assert_eq!(risks.iter().filter(|risk| *risk == "fsync").count(), wanted);
}
