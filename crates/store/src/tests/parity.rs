//! Both engines hold the same tables, and a database that is not ours is refused.

use crate::tests::{Server, sqlite};
use crate::{Db, MIGRATIONS, StoreError, sql};

/// Gives each column of each table as `table.column type null`.
async fn columns(db: &Db) -> Vec<String> {
    let text = if db.is_postgres() {
        "SELECT CAST(table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS TEXT) AS line \
             FROM information_schema.columns WHERE table_schema = current_schema()"
    } else {
        "SELECT m.name || '.' || c.name || ' ' || CASE c.type WHEN 'INTEGER' THEN 'bigint' \
             WHEN 'REAL' THEN 'double precision' WHEN 'BLOB' THEN 'bytea' ELSE lower(c.type) END || ' ' || \
             CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN 'NO' ELSE 'YES' END AS line \
             FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' \
             AND m.name NOT LIKE 'sqlite_%'"
    };
    let rows = db.read(async |work| work.rows(sql(text)).await).await.unwrap();
    let mut lines: Vec<String> = rows.iter().map(|row| row.get("line").unwrap()).collect();
    lines.sort();
    lines
}

/// Gives the unique indexes by name.
async fn keys(db: &Db) -> Vec<String> {
    let text = if db.is_postgres() {
        "SELECT CAST(indexname AS TEXT) AS line FROM pg_indexes \
             WHERE schemaname = current_schema() AND indexname NOT LIKE '%_pkey'"
    } else {
        "SELECT name AS line FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'"
    };
    let rows = db.read(async |work| work.rows(sql(text)).await).await.unwrap();
    let mut lines: Vec<String> = rows.iter().map(|row| row.get("line").unwrap()).collect();
    lines.sort();
    lines
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_hold_the_same_tables() {
    let place = tempfile::tempdir().unwrap();
    let small = sqlite(&place).await;
    let lines = columns(&small).await;
    assert!(lines.contains(&"plans.situation_en text YES".to_owned()), "{lines:?}");
    assert!(lines.contains(&"plans.label text NO".to_owned()));
    let Some(server) = Server::found() else {
        println!("skipped: ORCHESTRE_TEST_POSTGRES is not set");
        return;
    };
    let schema = server.schema().await;
    let large = server.db(&schema).await;
    let (other, indexes) = (columns(&large).await, keys(&large).await);
    let only = |a: &[String], b: &[String]| {
        a.iter().filter(|line| !b.contains(line)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(only(&lines, &other), Vec::<String>::new(), "only on SQLite");
    assert_eq!(only(&other, &lines), Vec::<String>::new(), "only on PostgreSQL");
    assert_eq!(keys(&small).await, indexes);
    server.drop_schema(&schema).await;
}

#[tokio::test]
async fn a_database_that_is_opened_again_runs_no_migration() {
    let place = tempfile::tempdir().unwrap();
    let count = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM migrations";
    for _ in 0..2 {
        let db = sqlite(&place).await;
        let row = db.read(async |work| work.row(sql(count)).await).await.unwrap().unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), i64::try_from(MIGRATIONS.len()).unwrap());
    }
}

/// Opens a database on which `text` was run before.
async fn opened_after(text: &'static str) -> StoreError {
    let place = tempfile::tempdir().unwrap();
    let db = sqlite(&place).await;
    db.write(async |work| work.run(sql(text)).await).await.unwrap();
    drop(db);
    let again = Db::sqlite(&place.path().join("orchestre.db"), &crate::Options::default()).await;
    again.expect_err("it is refused")
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let text = "INSERT INTO migrations (name, text) VALUES ('9999_tomorrow', 'x')";
    let error = opened_after(text).await;
    assert!(matches!(&error, StoreError::Newer(name) if name == "9999_tomorrow"), "{error:?}");
}

#[tokio::test]
async fn a_migration_that_was_changed_is_named() {
    let text = "UPDATE migrations SET text = 'x' WHERE name = '0003_accounts'";
    let error = opened_after(text).await;
    let is_named = matches!(&error, StoreError::MigrationChanged(name) if name == "0003_accounts");
    assert!(is_named, "{error:?}");
}
