//! Contracts of the store: each holds on SQLite and on PostgreSQL.
//!
//! The PostgreSQL half runs when `ORCHESTRE_TEST_POSTGRES` names a server, in a schema of its own
//! for each test, and says so when it is skipped.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::Connection as _;

use crate::{Db, Options};

mod answers;
mod backups;
mod checkpoints;
mod checkup;
mod comparisons;
mod doors;
mod dump;
mod events;
mod faults;
mod identities;
mod imports;
mod jobs;
mod mails;
mod measures;
mod parity;
mod participants;
mod people;
mod places;
mod plans;
mod proposals;
mod reading;
mod reversals;
mod rights;
mod sales;
mod sample;
mod sign_in;
mod tokens;
mod webhooks;

/// Makes `on_sqlite::a` and `on_postgres::a` of each contract `a(db)`.
macro_rules! contract {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let place = tempfile::tempdir().expect("a directory");
                super::$name($crate::tests::sqlite(&place).await).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let Some(server) = $crate::tests::Server::found() else {
                    println!("skipped: ORCHESTRE_TEST_POSTGRES is not set");
                    return;
                };
                let schema = server.schema().await;
                super::$name(server.db(&schema).await).await;
                server.drop_schema(&schema).await;
            })+
        }
    };
}
pub(crate) use contract;

/// Gives a fresh database in a file.
pub(crate) async fn sqlite(place: &tempfile::TempDir) -> Db {
    let options = Options { is_durable: false, ..Options::default() };
    Db::sqlite(&place.path().join("orchestre.db"), &options).await.expect("a database")
}

/// A PostgreSQL server for tests.
pub(crate) struct Server(String);

impl Server {
    #[expect(clippy::disallowed_methods, reason = "a test asks whether there is a server")]
    pub(crate) fn found() -> Option<Self> {
        std::env::var("ORCHESTRE_TEST_POSTGRES").ok().map(Self)
    }

    async fn run(&self, text: String) {
        let mut conn = sqlx::PgConnection::connect(&self.0).await.expect("a server");
        sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut conn).await.expect("a statement");
        conn.close().await.expect("a close");
    }

    pub(crate) async fn schema(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let schema = format!("contract_{}_{number}", std::process::id());
        Db::make_schema(&self.0, &schema).await.expect("a schema");
        schema
    }

    pub(crate) async fn db(&self, schema: &str) -> Db {
        let options = Options { readers: 2, ..Options::default() };
        Db::postgres(&self.0, schema, &options).await.expect("a database")
    }

    pub(crate) async fn drop_schema(&self, schema: &str) {
        self.run(format!("DROP SCHEMA {schema} CASCADE")).await;
    }
}
