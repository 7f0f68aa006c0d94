//! Jobs: shared by nodes, tried again, given up, taken over; an idle program writes nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use orchestre_domain::clock::Clock;
use orchestre_domain::id::Ids;
use orchestre_domain::job::Rhythm;
use orchestre_store::{Counter, Db, JobRow, Options, StoreError};
use tokio::task::JoinSet;

use crate::jobs::{Job, Runner, Task, once};
use crate::{App, AppError, Code};

const SECOND: i64 = 1_000_000;
const START: i64 = 1_790_000_000 * SECOND;

#[derive(Debug)]
struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct House {
    app: App,
    clock: Arc<HandClock>,
    _dir: tempfile::TempDir,
}

impl House {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options { is_durable: false, ..Options::default() };
        let db = Db::sqlite(&dir.path().join("orchestre.db"), &options).await.unwrap();
        let clock = Arc::new(HandClock(AtomicI64::new(START)));
        let shared: Arc<dyn Clock> = Arc::<HandClock>::clone(&clock);
        Self { app: App::new(db, shared, Ids::new(1)), clock, _dir: dir }
    }

    fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * SECOND, Ordering::Relaxed);
    }

    async fn rows(&self) -> Vec<JobRow> {
        self.app.db.read(async |work| work.system_jobs(99).await).await.unwrap()
    }

    /// Gives how often the job of the tests did something, told by a counter of the database.
    async fn done(&self) -> i64 {
        self.app.db.read(async |work| work.versions().await).await.unwrap().scores
    }
}

async fn round(runner: &Runner) {
    let mut tasks = JoinSet::new();
    runner.round(&mut tasks).await.unwrap();
    tasks.join_all().await;
}

async fn count(task: Task) -> Result<(), AppError> {
    task.app.db.write(async |work| work.bump(Counter::Scores).await).await?;
    match task.payload.as_str() {
        "bad" => Err(AppError::Code(Code::Busy)),
        "worst" => panic!("a bug in a job"),
        _ => Ok(()),
    }
}

const MINUTELY: Job = Job {
    kind: "count",
    rhythm: Some(Rhythm::Every(60)),
    hold: 30,
    pauses: &[10, 20],
    asks: None,
    run: |task| Box::pin(count(task)),
};
const JOBS: &[Job] = &[MINUTELY];
const ONE_OFF: &[Job] = &[Job { kind: "once", rhythm: None, ..MINUTELY }];
const IDLE: &[Job] = &[Job { asks: Some(|_app| Box::pin(async { Ok(false) })), ..MINUTELY }];
const FAILING: &[Job] =
    &[Job { run: |task| Box::pin(count(Task { payload: "bad".to_owned(), ..task })), ..MINUTELY }];

#[tokio::test(flavor = "multi_thread")]
async fn a_periodic_job_runs_at_its_time_and_once_for_all_nodes() {
    let house = House::new().await;
    let nodes = [Runner::of(house.app.clone(), JOBS), Runner::of(house.app.clone(), JOBS)];
    for _ in 0..3 {
        for node in &nodes {
            round(node).await;
        }
    }
    assert_eq!(house.done().await, 1, "once in this minute, whoever looks");
    house.pass(60);
    let (mut first, mut second) = (JoinSet::new(), JoinSet::new());
    let (a, b) = tokio::join!(nodes[0].round(&mut first), nodes[1].round(&mut second));
    a.unwrap();
    b.unwrap();
    first.join_all().await;
    second.join_all().await;
    assert_eq!(house.done().await, 2);
    let row = house.rows().await.remove(0);
    assert_eq!((row.result.as_deref(), row.tries), (Some("done"), 0));
    assert_eq!(row.next_at, Some(START + 120 * SECOND));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_fails_is_tried_again_with_growing_pauses_and_says_so() {
    let house = House::new().await;
    let node = Runner::of(house.app.clone(), FAILING);
    round(&node).await;
    round(&node).await;
    for (tries, pause) in [(1, 10), (2, 20), (3, 20)] {
        let row = house.rows().await.remove(0);
        assert_eq!((row.tries, row.result.as_deref()), (tries, Some("busy")));
        assert_eq!(row.next_at, Some(house.app.clock.now() + pause * SECOND));
        round(&node).await;
        assert_eq!(house.done().await, tries, "not before its time");
        house.pass(pause);
        round(&node).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_off_runs_once_and_is_gone_and_a_bad_one_is_given_up() {
    let house = House::new().await;
    let node = Runner::of(house.app.clone(), ONE_OFF);
    for payload in ["good", "bad"] {
        let job = once(&house.app, "once", payload.to_owned(), START);
        house.app.db.write(async |work| work.system_add_job(&job).await).await.unwrap();
    }
    for _ in 0..6 {
        round(&node).await;
        house.pass(100);
    }
    assert_eq!(house.done().await, 1 + 3, "the bad one after two pauses no more");
    let rows = house.rows().await;
    assert_eq!((rows.len(), rows[0].next_at, rows[0].payload.as_str()), (1, None, "bad"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_off_is_wanted_exactly_when_what_wants_it_is_stored() {
    let house = House::new().await;
    let job = once(&house.app, "once", String::new(), START);
    let undone: Result<(), AppError> = house
        .app
        .db
        .write(async |work| {
            work.system_add_job(&job).await?;
            Err(AppError::Code(Code::StepRefused))
        })
        .await;
    assert!(undone.is_err());
    assert!(house.rows().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_with_a_bug_does_not_take_the_program_with_it() {
    let house = House::new().await;
    let node = Runner::of(house.app.clone(), ONE_OFF);
    let job = once(&house.app, "once", "worst".to_owned(), START);
    house.app.db.write(async |work| work.system_add_job(&job).await).await.unwrap();
    round(&node).await;
    let row = house.rows().await.remove(0);
    assert_eq!((row.result.as_deref(), row.tries), (Some("internal"), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_a_node_that_died_is_taken_over_when_its_lease_ends() {
    let house = House::new().await;
    let node = Runner::of(house.app.clone(), JOBS);
    round(&node).await;
    house.pass(60);
    let (now, dead) = (house.app.clock.now(), 7);
    let taken = house
        .app
        .db
        .write(async |work| work.system_take_job("count", dead, now, now + 30 * SECOND).await)
        .await;
    assert!(taken.unwrap());
    round(&node).await;
    assert_eq!(house.done().await, 1, "the dead node may still live");
    house.pass(30);
    round(&node).await;
    assert_eq!(house.done().await, 2);
    let end = orchestre_store::JobEnd {
        at: now,
        next_at: None,
        result: "busy".to_owned(),
        is_done: false,
    };
    let late: Result<(), StoreError> =
        house.app.db.write(async |work| work.system_end_job("count", dead, &end).await).await;
    late.unwrap();
    assert_eq!(house.rows().await[0].result.as_deref(), Some("done"), "the dead say nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_a_dead_node_had_finished_is_closed_and_not_done_again() {
    let house = House::new().await;
    let node = Runner::of(house.app.clone(), IDLE);
    round(&node).await;
    let (now, dead) = (house.app.clock.now(), 7);
    let taken = house
        .app
        .db
        .write(async |work| work.system_take_job("count", dead, now, now + 30 * SECOND).await)
        .await;
    assert!(taken.unwrap());
    house.pass(30);
    round(&node).await;
    let row = house.rows().await.remove(0);
    assert_eq!((row.holder, row.result.as_deref(), row.tries), (None, Some("done"), 0));
    assert_eq!((row.next_at, house.done().await), (Some(START + 90 * SECOND), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_with_nothing_to_do_writes_nothing() {
    let house = House::new().await;
    let node = Runner::of(house.app.clone(), IDLE);
    round(&node).await;
    let before = house.rows().await;
    for _ in 0..5 {
        house.pass(60);
        round(&node).await;
    }
    assert_eq!((house.rows().await, house.done().await), (before, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_that_this_version_does_not_know_waits_for_one_that_does() {
    let house = House::new().await;
    let job = once(&house.app, "of_a_newer_version", String::new(), START);
    house.app.db.write(async |work| work.system_add_job(&job).await).await.unwrap();
    round(&Runner::of(house.app.clone(), ONE_OFF)).await;
    assert_eq!(house.rows().await[0].tries, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runner_that_stops_gives_back_what_it_holds() {
    let house = House::new().await;
    let node = Runner::of(house.app.clone(), JOBS);
    round(&node).await;
    node.run(std::future::ready(())).await;
    assert_eq!(house.rows().await[0].holder, None);
}
