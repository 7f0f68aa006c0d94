//! Jobs are shared by leases: one holder at a time, and nothing is forgotten.

use super::contract;
use crate::{Db, JobEnd, JobRow, NewJob, Stale, sql};

contract!(
    a_job_is_added_once,
    a_due_job_has_one_taker_until_its_lease_ends,
    a_job_comes_back_with_its_result,
    a_one_off_that_is_done_is_gone_and_one_that_failed_stays,
    a_holder_that_stops_gives_back_and_loses_what_it_holds,
    a_job_that_waits_for_a_person_can_be_woken,
    periodic_jobs_come_first,
    what_ended_long_ago_is_swept,
);

/// Gives a job of this name; one with a colon is a one-off.
fn new(name: &str, next_at: i64) -> NewJob {
    let kind = name.split(':').next().unwrap_or_default().to_owned();
    let is_once = name.contains(':');
    NewJob { name: name.to_owned(), kind, payload: "p".to_owned(), is_once, next_at }
}

async fn hold(db: &Db, name: &str, holder: i64, until: i64) -> bool {
    db.write(async |work| work.system_hold_job(name, holder, until).await).await.unwrap()
}

async fn add(db: &Db, job: &NewJob) -> bool {
    db.write(async |work| work.system_add_job(job).await).await.unwrap()
}

async fn take(db: &Db, name: &str, holder: i64, now: i64, until: i64) -> bool {
    db.write(async |work| work.system_take_job(name, holder, now, until).await).await.unwrap()
}

async fn end(db: &Db, name: &str, holder: i64, end: &JobEnd) {
    db.write(async |work| work.system_end_job(name, holder, end).await).await.unwrap();
}

async fn all(db: &Db) -> Vec<JobRow> {
    db.read(async |work| work.system_jobs(99).await).await.unwrap()
}

async fn due(db: &Db, now: i64) -> Vec<String> {
    let rows = db.read(async |work| work.system_due_jobs(now, 99).await).await.unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

async fn a_job_is_added_once(db: Db) {
    assert!(add(&db, &new("a", 5)).await);
    assert!(!add(&db, &new("a", 9)).await);
    let rows = all(&db).await;
    assert_eq!((rows.len(), rows[0].next_at, rows[0].tries), (1, Some(5), 0));
    let kinds = db.read(async |work| work.system_periodic_jobs().await).await.unwrap();
    assert_eq!(kinds, ["a"]);
}

async fn a_due_job_has_one_taker_until_its_lease_ends(db: Db) {
    add(&db, &new("a", 5)).await;
    let early = take(&db, "a", 1, 4, 20).await;
    let taken = take(&db, "a", 1, 5, 20).await;
    let second = take(&db, "a", 2, 6, 20).await;
    assert_eq!([early, taken, second], [false, true, false]);
    let held = hold(&db, "a", 1, 30).await;
    assert_eq!((held, due(&db, 29).await.len()), (true, 0), "a sign of life");
    let taken = take(&db, "a", 2, 30, 50).await;
    let held = hold(&db, "a", 1, 60).await;
    assert_eq!((taken, held), (true, false), "the first was silent");
    assert_eq!(all(&db).await[0].tries, 2);
}

async fn a_job_comes_back_with_its_result(db: Db) {
    add(&db, &new("a", 5)).await;
    take(&db, "a", 1, 5, 20).await;
    let failed = JobEnd { at: 6, next_at: Some(9), result: "internal".to_owned(), is_done: false };
    end(&db, "a", 2, &failed).await;
    assert_eq!(all(&db).await[0].result, None, "another holder ends nothing");
    end(&db, "a", 1, &failed).await;
    let row = all(&db).await.remove(0);
    assert_eq!((row.tries, row.next_at, row.holder, row.until_at), (1, Some(9), None, None));
    assert_eq!(
        (row.ended_at, row.started_at, row.result.as_deref()),
        (Some(6), Some(5), Some("internal"))
    );
    take(&db, "a", 1, 9, 20).await;
    end(&db, "a", 1, &JobEnd { is_done: true, result: "done".to_owned(), ..failed }).await;
    assert_eq!(all(&db).await[0].tries, 0, "counted anew");
}

async fn a_one_off_that_is_done_is_gone_and_one_that_failed_stays(db: Db) {
    add(&db, &new("mail:1", 5)).await;
    add(&db, &new("mail:2", 5)).await;
    take(&db, "mail:1", 1, 5, 20).await;
    take(&db, "mail:2", 1, 5, 20).await;
    let done = JobEnd { at: 6, next_at: None, result: "done".to_owned(), is_done: true };
    end(&db, "mail:1", 1, &done).await;
    let failed = JobEnd { is_done: false, result: "busy".to_owned(), ..done };
    end(&db, "mail:2", 1, &failed).await;
    let rows = all(&db).await;
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["mail:2"]);
    assert_eq!((rows[0].next_at, due(&db, 1_000).await.len()), (None, 0), "it waits for a person");
}

async fn a_holder_that_stops_gives_back_and_loses_what_it_holds(db: Db) {
    add(&db, &new("a", 5)).await;
    add(&db, &new("b", 5)).await;
    take(&db, "a", 1, 5, 20).await;
    take(&db, "b", 2, 5, 20).await;
    db.write(async |work| work.system_give_back_jobs(1).await).await.unwrap();
    assert_eq!(due(&db, 6).await, ["a"]);
    assert_eq!(all(&db).await[0].tries, 0, "as if it had not been taken");
}

async fn a_job_that_waits_for_a_person_can_be_woken(db: Db) {
    add(&db, &new("mail:1", 5)).await;
    take(&db, "mail:1", 1, 5, 20).await;
    let failed = JobEnd { at: 6, next_at: None, result: "busy".to_owned(), is_done: false };
    end(&db, "mail:1", 1, &failed).await;
    assert!(db.write(async |work| work.system_wake_job("mail:1", 8).await).await.unwrap());
    assert!(!db.write(async |work| work.system_wake_job("mail:2", 8).await).await.unwrap());
    assert_eq!((due(&db, 8).await, all(&db).await[0].tries), (vec!["mail:1".to_owned()], 0));
}

async fn periodic_jobs_come_first(db: Db) {
    add(&db, &new("mail:1", 1)).await;
    add(&db, &new("z", 3)).await;
    add(&db, &new("a", 4)).await;
    assert_eq!(due(&db, 9).await, ["z", "a", "mail:1"]);
    let names: Vec<String> = all(&db).await.into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["a", "z", "mail:1"]);
}

async fn what_ended_long_ago_is_swept(db: Db) {
    super::sample::fill(&db).await;
    let before = Stale { ended: 1_000, unused: 500 };
    let stale =
        async |before| db.read(async |work| work.system_has_stale(before).await).await.unwrap();
    assert!(!stale(before).await);
    // Of each pair the first is stale; each table is enough to be asked for a sweep.
    let rows = [
        "INSERT INTO sessions (digest, login_id, csrf, opened_at, used_at, expires_at) \
         VALUES ('old', 1, 'c', 1, 1, 10), ('new', 1, 'c', 1, 1, 2000)",
        "INSERT INTO throttles (name, failures, wait_until) VALUES ('old', 1, 10), ('new', 1, 2000)",
        "INSERT INTO half_sessions (digest, login_id, tries, expires_at) \
         VALUES ('old', 1, 1, 10), ('new', 1, 1, 2000)",
        "INSERT INTO login_links (digest, purpose, login_id, made_at, expires_at) \
         VALUES ('old', 'reset', 1, 1, 10), ('new', 'reset', 1, 1, 2000)",
        "INSERT INTO pending_logins (digest, browser, provider, next, expires_at) \
         VALUES ('old', 'b', 'p', '/', 10), ('new', 'b', 'p', '/', 2000)",
        "INSERT INTO ceremonies (digest, login_id, content, expires_at) \
         VALUES ('old', NULL, 'c', 10), ('new', NULL, 'c', 2000)",
        "INSERT INTO devices (digest, login_id, used_at) VALUES ('old', 1, 400), ('new', 1, 600)",
        "INSERT INTO session_origins (digest, provider, issuer, subject) \
         VALUES ('gone', 'p', 'i', 's'), ('new', 'p', 'i', 's')",
    ];
    for text in rows {
        db.write(async |work| work.run(sql(text)).await).await.unwrap();
        assert!(stale(before).await, "{text}");
        db.write(async |work| work.system_sweep(before).await).await.unwrap();
        assert!(!stale(before).await, "{text}");
    }
    let kept = "SELECT digest AS kept FROM sessions UNION ALL SELECT name FROM throttles \
                UNION ALL SELECT digest FROM half_sessions UNION ALL SELECT digest FROM login_links \
                UNION ALL SELECT digest FROM pending_logins UNION ALL SELECT digest FROM ceremonies \
                UNION ALL SELECT digest FROM devices UNION ALL SELECT digest FROM session_origins";
    let rows = db.read(async |work| work.rows(sql(kept)).await).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.get::<String>("kept").unwrap()).collect::<Vec<_>>(),
        ["new"; 8]
    );
}
