//! The published totals of real files; without the files the tests say so and end.

use super::*;

fn data(path: &str) -> Option<Vec<u8>> {
    let path = format!("../../../shared/data/{path}");
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: no file {path}");
    }
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn the_crm_export_gives_its_published_totals() {
    crm(World::new().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_crm_export_gives_its_published_totals_on_postgres() {
    if let Some(world) = World::on_postgres("crm").await {
        crm(world).await;
    }
}

const WON: &str = "CAST(SUM(amount_minor) AS BIGINT) AS n FROM opportunities WHERE stage = 'won'";

async fn crm(world: World) {
    let (Some(accounts), Some(products), Some(pipeline)) = (
        data("crm_maven/accounts.csv"),
        data("crm_maven/products.csv"),
        data("crm_maven/sales_pipeline.csv"),
    ) else {
        return;
    };
    for (kind, file, rows) in
        [(ImportKind::Accounts, &accounts, 85), (ImportKind::Products, &products, 7)]
    {
        let report = world.import_with(kind, ("file.csv", file), usd()).await;
        assert_eq!(
            (report.rows, report.created, report.issues.len()),
            (rows, rows, 0),
            "{report:?}"
        );
    }
    let file = ("sales_pipeline.csv", &pipeline[..]);
    let report = world.import_with(ImportKind::Opportunities, file, usd()).await;
    let codes = codes(&report);
    let doubts =
        [IssueCode::PartyEmpty, IssueCode::ProductAlike].map(|code| codes.get(&code).copied());
    assert_eq!((report.created, doubts), (8_800, [Some(1_425), Some(1_480)]));
    let counts = [
        "COUNT(*) AS n FROM parties",
        "COUNT(*) AS n FROM party_links WHERE view_id = 4",
        "COUNT(*) AS n FROM accounts",
        "COUNT(*) AS n FROM opportunities WHERE party_id IS NULL",
        WON,
    ];
    assert_eq!(world.numbers(counts).await, [85, 15, 70, 1_425, 1_000_553_400]);
    // The answer attaches what waits, and the same file does nothing else.
    let map = vec![("product:GTXPro".to_owned(), "GTX Pro".to_owned())];
    let answered = ImportOptions { map, ..usd() };
    let report = world.import_with(ImportKind::Opportunities, file, answered).await;
    assert_eq!((report.created, report.updated), (0, 1_480), "{report:?}");
    let loose = "COUNT(*) AS n FROM opportunities WHERE product_id IS NULL";
    assert_eq!(world.numbers([loose]).await, [0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_currency_no_amount_is_taken_and_everything_else_is() {
    let world = World::new().await;
    let Some(pipeline) = data("crm_maven/sales_pipeline.csv") else { return };
    let report = world.import(ImportKind::Opportunities, "sales_pipeline.csv", &pipeline).await;
    assert_eq!(report.created, 8_800);
    assert!(report.issues.iter().any(|issue| issue.code == IssueCode::CurrencyMissing));
    let amounts = "SELECT COUNT(amount_minor) AS n FROM opportunities";
    assert_eq!(world.number(amounts).await, 0);
    let report = world
        .import_with(ImportKind::Opportunities, ("sales_pipeline.csv", &pipeline), usd())
        .await;
    assert_eq!(report.created, 0);
    let won =
        "SELECT CAST(SUM(amount_minor) AS BIGINT) AS n FROM opportunities WHERE stage = 'won'";
    assert_eq!(world.number(won).await, 1_000_553_400);
}

const FACTS: &str = "adventureworks_reseller/FactResellerSales.csv.gz";

#[tokio::test(flavor = "multi_thread")]
async fn the_warehouse_export_gives_its_published_totals_and_no_line_twice() {
    warehouse(World::new().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_warehouse_export_gives_its_published_totals_on_postgres() {
    if let Some(world) = World::on_postgres("warehouse").await {
        warehouse(world).await;
    }
}

/// Turnover, cost, lines, lines with a cost, quantity, turnover of a month, unattributed lines.
const SUMS: [&str; 7] = [
    "CAST(SUM(amount_minor) AS BIGINT) AS n FROM fact_party_month",
    "CAST(SUM(cost_minor) AS BIGINT) AS n FROM fact_party_product_month",
    "CAST(SUM(lines) AS BIGINT) AS n FROM fact_party_product_month",
    "CAST(SUM(costed_lines) AS BIGINT) AS n FROM fact_party_month",
    "CAST(SUM(quantity_e4) AS BIGINT) AS n FROM fact_party_month",
    "CAST(SUM(amount_minor) AS BIGINT) AS n FROM fact_party_month WHERE ym = 201707",
    "COUNT(*) AS n FROM sales_lines WHERE party_id = 0 OR product_id = 0",
];

async fn warehouse(world: World) {
    let (Some(resellers), Some(products), Some(facts)) = (
        data("adventureworks_reseller/Resellers.csv"),
        data("adventureworks_reseller/Product.csv"),
        data(FACTS),
    ) else {
        return;
    };
    let file = ("FactResellerSales.csv.gz", &facts[..]);
    for (kind, (name, bytes), rows) in [
        (ImportKind::Accounts, ("Resellers.csv", &resellers[..]), 701),
        (ImportKind::Products, ("Product.csv", &products[..]), 397),
        (ImportKind::Sales, file, 57_851),
    ] {
        let report = world.import_with(kind, (name, bytes), usd()).await;
        assert_eq!((report.rows, report.created, report.issues.len()), (rows, rows, 0), "{name}");
    }
    let amount = 7_754_857_020;
    let (lines, quantity, july) = (57_851, 204_114 * 10_000, 48_932_840);
    let sums = [amount, 7_642_769_720, lines, 57_775, quantity, july, 0];
    assert_eq!(world.numbers(SUMS).await, sums);
    let again = world.import_with(ImportKind::Sales, file, usd()).await;
    let code = again.issues.first().map(|issue| issue.code);
    assert_eq!((again.unchanged, code), (lines, Some(IssueCode::SeenBefore)));
    // Other words for the same file correct its lines.
    let map = vec![("cost".to_owned(), "StandardCost*OrderQuantity".to_owned())];
    let mapped = world.import_with(ImportKind::Sales, file, ImportOptions { map, ..usd() }).await;
    assert_eq!((mapped.created, mapped.skipped), (0, 0));
    let sums = [amount, 7_658_516_280, lines, lines, quantity, july, 0];
    assert_eq!(world.numbers(SUMS).await, sums);
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_before_their_accounts_and_in_two_parts_come_to_the_same_end() {
    let (Some(resellers), Some(products), Some(facts)) = (
        data("adventureworks_reseller/Resellers.csv"),
        data("adventureworks_reseller/Product.csv"),
        data(FACTS),
    ) else {
        return;
    };
    let (first, second) = halves("facts.csv.gz", &facts);
    let at_once = World::new().await;
    at_once.import(ImportKind::Accounts, "Resellers.csv", &resellers).await;
    at_once.import_with(ImportKind::Products, ("Product.csv", &products), usd()).await;
    at_once.import_with(ImportKind::Sales, ("facts.csv.gz", &facts), usd()).await;
    let in_parts = World::new().await;
    let report = in_parts.import_with(ImportKind::Sales, ("second.csv", &second), usd()).await;
    assert!(codes(&report).contains_key(&IssueCode::PartyUnknown));
    in_parts.import_with(ImportKind::Products, ("Product.csv", &products), usd()).await;
    in_parts.import_with(ImportKind::Sales, ("first.csv", &first), usd()).await;
    in_parts.import(ImportKind::Accounts, "Resellers.csv", &resellers).await;
    assert_eq!(at_once.rollups().await, in_parts.rollups().await);
}

/// Gives a delimited file as two.
fn halves(name: &str, bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let table = orchestre_ingest::table(name, bytes, 1 << 30).unwrap();
    let write = |rows: std::ops::Range<usize>| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&table.headings).unwrap();
        for row in rows {
            writer
                .write_record((0..table.headings.len()).map(|column| table.cell(row, column)))
                .unwrap();
        }
        writer.into_inner().unwrap()
    };
    let middle = table.len().div_euclid(2) + 17;
    (write(0..middle), write(middle..table.len()))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reference_rates_go_in_with_the_means_of_their_months() {
    let world = World::new().await;
    let Some(rates) = data("fx_ecb/eurofxref-hist.csv.gz") else { return };
    let report = world.import(ImportKind::Rates, "eurofxref-hist.csv.gz", &rates).await;
    assert_eq!((report.rows, report.created), (7_126, 7_126), "{:?}", report.issues.first());
    let day = "SELECT rate_e8 AS n FROM rates WHERE currency = 'USD' AND day = '2026-10-30'";
    assert_eq!(world.number(day).await, 111_720_000);
    let means =
        "SELECT COUNT(*) AS n FROM month_rates WHERE ym = 202610 AND rate_e8 > 0 AND days > 20";
    assert!(world.number(means).await > 25);
    let dead = "SELECT COUNT(*) AS n FROM month_rates WHERE currency = 'MTL' AND ym > 200712";
    assert_eq!(world.number(dead).await, 0);
}
