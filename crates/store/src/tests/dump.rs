//! Whole tables: one picture, one order, a stage that is settled.

use crate::tests::{Server, contract, sqlite};
use crate::{Cell, Db, Shape, StoreError, Value, sql};

contract!(a_snapshot_reads_one_picture_in_the_order_of_bytes, a_database_is_fresh_until_used);

fn shape(table: &str) -> &'static Shape {
    Shape::all().unwrap().iter().find(|shape| shape.table == table).unwrap()
}

async fn keep(db: &Db, key: &'static str) {
    let text = "INSERT INTO settings (key, value, version) VALUES ($1, 'x', 1)";
    db.write(async |work| work.run(sql(text).bind(key)).await).await.unwrap();
}

async fn keys(db: &Db, then: impl AsyncFnOnce()) -> Vec<String> {
    let mut found = Vec::new();
    db.snapshot(async |work| {
        work.system_is_fresh().await?;
        then().await;
        work.system_each(shape("settings"), async |rows: Vec<Vec<Cell>>| {
            for row in rows {
                let Some(Cell::Text(key)) = row.into_iter().next() else { panic!("a key") };
                found.push(key);
            }
            Ok::<(), StoreError>(())
        })
        .await
    })
    .await
    .unwrap();
    found
}

async fn a_snapshot_reads_one_picture_in_the_order_of_bytes(db: Db) {
    for key in ["b", "é", "B", "a"] {
        keep(&db, key).await;
    }
    let before = keys(&db, async || keep(&db, "later").await).await;
    assert_eq!(before, ["B", "a", "b", "é"], "what is written meanwhile is not seen");
    assert_eq!(keys(&db, async || {}).await.len(), 5);
}

async fn a_database_is_fresh_until_used(db: Db) {
    assert!(db.read(async |work| work.system_is_fresh().await).await.unwrap());
    let text = "INSERT INTO events (id, name, at, object, payload) VALUES (1, 'x', 1, 'x', '')";
    db.write(async |work| work.run(sql(text)).await).await.unwrap();
    assert!(!db.read(async |work| work.system_is_fresh().await).await.unwrap());
}

fn entry(event: i64) -> Vec<Value> {
    shape("event_values")
        .columns
        .iter()
        .map(|column| if *column == "event_id" { event.into() } else { "x".into() })
        .collect()
}

async fn fill_a_stage(stage: &Db) {
    stage.write(async |work| work.system_marks().await).await.unwrap();
    stage
        .write(async |work| {
            work.system_empty(shape("event_values")).await?;
            let columns = shape("event_values").columns;
            work.system_fill("event_values", columns, vec![entry(7)]).await?;
            work.system_mark("event_values", 1).await
        })
        .await
        .unwrap();
    let marks = stage.write(async |work| work.system_marks().await).await.unwrap();
    assert_eq!(marks, [("event_values".to_owned(), 1)]);
    assert!(matches!(stage.settle().await, Err(StoreError::Dangling(_))), "its event is missing");
    stage.write(async |work| work.system_empty(shape("event_values")).await).await.unwrap();
    stage.settle().await.unwrap();
    stage.write(async |work| work.system_end_marks().await).await.unwrap();
    let text = "INSERT INTO events (id, name, at, object, payload) VALUES (1, 'x', 1, 'x', '')";
    stage.write(async |work| work.run(sql(text)).await).await.unwrap();
    let emptied = stage.write(async |work| work.system_empty(shape("events")).await).await;
    assert!(emptied.is_err(), "settled, events are only added to");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stage_of_sqlite_is_filled_and_settled() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("stage.db");
    fill_a_stage(&Db::stage_sqlite(&path).await.unwrap()).await;
    drop(sqlite(&place).await);
    assert!(path.exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stage_of_postgres_takes_the_place_of_the_schema() {
    let Some(server) = Server::found() else {
        println!("skipped: ORCHESTRE_TEST_POSTGRES is not set");
        return;
    };
    let live = server.schema().await;
    let (stage, aside) = (format!("{live}_stage"), format!("{live}_aside"));
    Db::make_schema(&server.0, &stage).await.unwrap();
    let filled = Db::stage_postgres(&server.0, &stage).await.unwrap();
    fill_a_stage(&filled).await;
    keep(&filled, "mark").await;
    filled.swap_schema(&stage, &live, &aside).await.unwrap();
    assert_eq!(keys(&server.db(&live).await, async || {}).await, ["mark"]);
    filled.remove_schema(&aside).await.unwrap();
    server.drop_schema(&live).await;
}
