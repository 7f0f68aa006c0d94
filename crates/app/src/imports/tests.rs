//! Imports as users run them, on a database of their own each.

mod compare;
mod exchange;
mod laws;
mod real;
mod reversal;
mod story;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use orchestre_domain::clock::FixedClock;
use orchestre_domain::id::Ids;
use orchestre_domain::import::{ImportKind, ImportState, IssueCode};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Db, Options, Row, Sql};

use super::{ImportOptions, Report, Upload, import};
use crate::{App, Ctx};

/// A program with an empty database that ends with it.
struct World {
    ctx: Ctx,
    _dir: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options { is_durable: false, ..Options::default() };
        let db = Db::sqlite(&dir.path().join("orchestre.db"), &options).await.unwrap();
        Self::with(db, dir)
    }

    fn with(db: Db, dir: tempfile::TempDir) -> Self {
        let app = App::new(db, Arc::new(FixedClock::at(date(2026, 11, 16))), Ids::new(1));
        Self { ctx: app.ctx(Viewer::shell(Lang::En)), _dir: dir }
    }

    /// Gives a world on PostgreSQL; `None`, and a line that says so, without a server.
    #[expect(clippy::disallowed_methods, reason = "a test asks whether there is a server")]
    async fn on_postgres(schema: &str) -> Option<Self> {
        let Ok(url) = std::env::var("ORCHESTRE_TEST_POSTGRES") else {
            println!("skipped: ORCHESTRE_TEST_POSTGRES is not set");
            return None;
        };
        let schema = format!("imports_{schema}_{}", std::process::id());
        Db::make_schema(&url, &schema).await.unwrap();
        let db = Db::postgres(&url, &schema, &Options::default()).await.unwrap();
        Some(Self::with(db, tempfile::tempdir().unwrap()))
    }

    async fn import(&self, kind: ImportKind, name: &str, bytes: &[u8]) -> Report {
        self.import_with(kind, (name, bytes), ImportOptions::default()).await
    }

    async fn import_with(
        &self,
        kind: ImportKind,
        (name, bytes): (&str, &[u8]),
        options: ImportOptions,
    ) -> Report {
        let upload =
            Upload { file_name: name.to_owned(), kind: Some(kind), bytes: bytes.to_vec(), options };
        let report = import(&self.ctx, upload, &|_, _| {}).await.unwrap();
        let sum =
            report.created + report.updated + report.unchanged + report.skipped + report.conflicts;
        assert_eq!(sum, report.rows, "every row has one outcome: {report:?}");
        report
    }

    async fn rows(&self, text: &str) -> Vec<Row> {
        let text = text.to_owned();
        self.ctx.db().read(async |work| work.rows(Sql::built(text.clone())).await).await.unwrap()
    }

    async fn number(&self, text: &str) -> i64 {
        self.rows(text).await.first().and_then(|row| row.opt("n").unwrap()).unwrap_or(0)
    }

    /// Gives the first number of each statement.
    async fn numbers<const N: usize>(&self, texts: [&str; N]) -> [i64; N] {
        let mut numbers = [0; N];
        for (number, text) in numbers.iter_mut().zip(texts) {
            *number = self.number(&format!("SELECT {text}")).await;
        }
        numbers
    }

    /// Gives rows as lines of text, ordered, for comparison between worlds whose ids differ.
    async fn dump(&self, text: &str, columns: &[&str]) -> Vec<String> {
        let cell =
            |row: &Row, name: &str| row.as_text(name).unwrap().unwrap_or_else(|| "-".to_owned());
        let line =
            |row: &Row| columns.iter().map(|name| cell(row, name)).collect::<Vec<_>>().join("|");
        let mut lines: Vec<String> = self.rows(text).await.iter().map(line).collect();
        lines.sort();
        lines
    }

    /// Gives both roll-ups with names in the place of numbers.
    async fn rollups(&self) -> Vec<String> {
        let text = "SELECT COALESCE(p.name, '-') AS party, '' AS product, f.ym, f.currency, f.amount_minor, \
                    f.cost_minor, f.costed_minor, f.quantity_e4, f.lines, f.costed_lines \
                    FROM fact_party_month f LEFT JOIN parties p ON p.id = f.party_id UNION ALL \
                    SELECT COALESCE(p.name, '-'), COALESCE(d.name, '-'), f.ym, f.currency, f.amount_minor, \
                    f.cost_minor, f.costed_minor, f.quantity_e4, f.lines, f.costed_lines \
                    FROM fact_party_product_month f LEFT JOIN parties p ON p.id = f.party_id \
                    LEFT JOIN products d ON d.id = f.product_id";
        let columns = [
            "party",
            "product",
            "ym",
            "currency",
            "amount_minor",
            "cost_minor",
            "costed_minor",
            "quantity_e4",
            "lines",
            "costed_lines",
        ];
        self.dump(text, &columns).await
    }
}

fn usd() -> ImportOptions {
    ImportOptions { currency: Currency::parse("USD"), ..ImportOptions::default() }
}

/// Counts issues by code, each with the rows that it speaks of.
fn codes(report: &Report) -> BTreeMap<IssueCode, i64> {
    let mut codes = BTreeMap::new();
    for issue in &report.issues {
        let rows = issue
            .args
            .iter()
            .find(|(key, _)| key == "rows")
            .and_then(|(_, rows)| rows.parse().ok());
        *codes.entry(issue.code).or_default() += rows.unwrap_or(1);
    }
    codes
}

#[test]
fn the_future_of_an_import_may_move_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    let check = |ctx: &Ctx, upload: Upload| is_send(&import(ctx, upload, &|_, _| {}));
    let _: &dyn Fn(&Ctx, Upload) = &check;
}
