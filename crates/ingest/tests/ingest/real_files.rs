//! Files that other people publish, with their published totals.

use std::path::{Path, PathBuf};

use orchestre_domain::import::{ImportKind, IssueCode};
use orchestre_domain::money::Currency;
use orchestre_domain::opportunity::Stage;
use orchestre_ingest::{Limits, Options, Reading, Rows, open, read};

/// Gives a file of the shared data; prints a line when it is not there.
pub(crate) fn shared(path: &str) -> Option<(PathBuf, Vec<u8>)> {
    // A work tree beside the others lies one folder deeper.
    let roots = ["../../../shared/data", "../../../../shared/data"];
    let root = roots.into_iter().map(Path::new).find(|root| root.is_dir()).unwrap_or(Path::new(""));
    let path = root.join(path);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not here", path.display());
    }
    Some((path, bytes?))
}

/// Reads a file of the shared data without saying what it holds.
pub(crate) fn reading(path: &str, options: &Options) -> Option<Reading> {
    let (path, bytes) = shared(path)?;
    Some(read(None, &path.to_string_lossy(), &bytes, options))
}

pub(crate) fn dollars() -> Options {
    Options { currency: Currency::parse("USD"), ..Options::default() }
}

/// Gives how often each code occurs.
pub(crate) fn codes(reading: &Reading) -> Vec<(IssueCode, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for issue in &reading.issues {
        *counts.entry(issue.code).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

#[test]
fn maven_accounts_are_known_by_name_and_point_to_their_parents() {
    let Some(reading) = reading("crm_maven/accounts.csv", &dollars()) else { return };
    assert_eq!(reading.kind, Some(ImportKind::Accounts));
    assert_eq!(reading.issues, []);
    assert_eq!(reading.unmapped, ["year_established", "office_location"]);
    let Rows::Accounts(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!(rows.len(), 85);
    let first = &rows[0].value;
    assert_eq!(
        (first.id.as_str(), first.name.as_deref()),
        ("Acme Corporation", Some("Acme Corporation"))
    );
    assert_eq!(first.revenue.map(|money| money.minor), Some(110_004));
    assert_eq!(first.custom[0], ("year_established".to_owned(), "1996".to_owned()));
    assert_eq!(rows.iter().filter(|row| row.value.parent.is_some()).count(), 15);
}

#[test]
fn maven_opportunities_give_the_published_totals() {
    let Some(reading) = reading("crm_maven/sales_pipeline.csv", &dollars()) else { return };
    assert_eq!(reading.kind, Some(ImportKind::Opportunities));
    assert_eq!(reading.issues, []);
    assert_eq!(reading.unmapped, [""; 0]);
    let Rows::Opportunities(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!((rows.len(), reading.total_rows), (8_800, 8_800));
    let count = |stage| rows.iter().filter(|row| row.value.stage == stage).count();
    assert_eq!(
        [Stage::Won, Stage::Lost, Stage::Qualified, Stage::Identified].map(count),
        [4_238, 2_473, 1_589, 500]
    );
    assert_eq!(rows.iter().filter(|row| row.value.account.is_none()).count(), 1_425);
    let won = rows.iter().filter(|row| row.value.stage == Stage::Won);
    let won: i64 = won.filter_map(|row| row.value.amount).map(|money| money.minor).sum();
    assert_eq!(won, 1_000_553_400);
}

#[test]
fn maven_opportunities_without_a_currency_go_in_without_amounts() {
    let Some(reading) = reading("crm_maven/sales_pipeline.csv", &Options::default()) else {
        return;
    };
    assert_eq!(codes(&reading), [(IssueCode::CurrencyMissing, 1)]);
    let issue = &reading.issues[0];
    assert_eq!(
        (issue.column.as_deref(), issue.line, issue.rows),
        (Some("close_value"), None, 6_711)
    );
    let Rows::Opportunities(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!(rows.len(), 8_800);
    assert!(rows.iter().all(|row| row.value.amount.is_none()));
}

#[test]
fn maven_products_have_prices_and_tables_of_something_else_have_no_kind() {
    let Some(reading) = reading("crm_maven/products.csv", &dollars()) else { return };
    let Rows::Products(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!((rows.len(), reading.issues.len()), (7, 0));
    assert_eq!(rows[0].value.list_price.map(|price| price.minor_e4), Some(550_000_000));
    for path in ["crm_maven/sales_teams.csv", "crm_maven/data_dictionary.csv"] {
        let Some(reading) = self::reading(path, &dollars()) else { return };
        assert_eq!((reading.kind, codes(&reading)), (None, vec![(IssueCode::KindUnknown, 1)]));
    }
}

#[test]
fn adventureworks_sales_sum_to_the_cent() {
    let path = "adventureworks_reseller/FactResellerSales.csv.gz";
    let Some(reading) = reading(path, &dollars()) else { return };
    assert_eq!(reading.kind, Some(ImportKind::Sales));
    assert_eq!(reading.issues, []);
    assert_eq!(reading.unmapped, ["EmployeeKey", "SalesTerritoryKey"]);
    let Rows::Sales(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!((rows.len(), reading.total_rows), (57_851, 57_851));
    let amount: i64 = rows.iter().filter_map(|row| row.value.amount).map(|m| m.minor).sum();
    let cost: i64 = rows.iter().filter_map(|row| row.value.cost).map(|m| m.minor).sum();
    assert_eq!((amount, cost), (7_754_857_020, 7_642_769_720));
    assert_eq!(rows.iter().filter(|row| row.value.cost.is_none()).count(), 76);
    let quantity: i64 = rows.iter().filter_map(|row| row.value.quantity_e4).sum();
    assert_eq!(quantity, 204_114 * 10_000);
    assert_eq!(rows[0].value.account.as_deref(), Some("676"));
    assert_eq!(rows[0].value.product.as_deref(), Some("349"));
}

#[test]
fn a_cost_can_be_the_product_of_two_columns() {
    let path = "adventureworks_reseller/FactResellerSales.csv.gz";
    let map = vec![("cost".to_owned(), "StandardCost*OrderQuantity".to_owned())];
    let Some(reading) = reading(path, &Options { map, ..dollars() }) else { return };
    assert_eq!(reading.issues, []);
    assert!(reading.unmapped.contains(&"TotalProductCost".to_owned()));
    let Rows::Sales(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    let cost: i64 = rows.iter().filter_map(|row| row.value.cost).map(|m| m.minor).sum();
    assert_eq!(cost, 7_658_516_280);
}

#[test]
fn adventureworks_resellers_and_products_keep_key_and_name_apart() {
    let Some(reading) = reading("adventureworks_reseller/Resellers.csv", &dollars()) else {
        return;
    };
    let Rows::Accounts(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!((rows.len(), codes(&reading)), (701, vec![]));
    let first = &rows[0].value;
    assert_eq!((first.id.as_str(), first.name.as_deref()), ("1", Some("A Bike Store")));
    assert_eq!(first.country.as_deref(), Some("United States"));
    assert_eq!(first.region.as_deref(), Some("Washington"));
    let path = "adventureworks_reseller/Product.csv";
    let Some(reading) = self::reading(path, &dollars()) else { return };
    let Rows::Products(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!((rows.len(), codes(&reading)), (397, vec![]));
    let first = &rows[0].value;
    assert_eq!(
        (first.id.as_str(), first.name.as_deref()),
        ("210", Some("HL Road Frame - Black, 58"))
    );
    assert_eq!(first.family.as_deref(), Some("Components"));
    assert_eq!(first.unit_cost.map(|cost| cost.minor_e4), Some(868_630_000));
}

#[test]
fn reference_rates_of_28_years_are_read_with_their_gaps() {
    let Some(reading) = reading("fx_ecb/eurofxref-hist.csv.gz", &Options::default()) else {
        return;
    };
    assert_eq!(reading.kind, Some(ImportKind::Rates));
    assert_eq!((codes(&reading), reading.total_rows), (vec![], 7_126));
    assert_eq!(reading.unmapped, [""; 0]);
    let Rows::Rates(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    let on = |day: &str, currency: &str| {
        let found = rows.iter().find(|row| {
            row.value.date.is_some_and(|date| date.to_string() == day)
                && row.value.currency.as_str() == currency
        });
        found.map(|row| row.value.rate_e8)
    };
    assert_eq!(on("2026-10-30", "USD"), Some(111_720_000));
    assert_eq!(on("2026-10-30", "JPY"), Some(17_568_000_000));
    assert_eq!(on("2026-10-30", "CYP"), None);
    assert_eq!(on("1999-01-04", "CYP"), Some(58_231_000));
    let days: std::collections::BTreeSet<_> = rows.iter().map(|row| row.value.date).collect();
    assert_eq!(days.len(), 7_126);
}

#[test]
fn entities_and_relationships_of_the_lei_foundation_are_read_as_published() {
    let Some((_, expected)) = shared("groups_gleif/expected/cdf_xml.json") else { return };
    let expected: serde_json::Value = serde_json::from_slice(&expected).unwrap();
    let read_part = |name: &str| {
        let (_, bytes) = shared(&format!("groups_gleif/cdf_xml/{name}.xml"))?;
        let opened = open(&format!("{name}.xml"), bytes, Limits::default());
        assert_eq!(opened.issues, []);
        let part = opened.parts.into_iter().next()?;
        Some(read(None, &part.path, &part.bytes, &Options::default()))
    };
    let Some(entities) = read_part("lei-data") else { return };
    let Rows::Accounts(rows) = &entities.rows else { panic!("{:?}", entities.kind) };
    let wanted = expected["records"]["lei-data"].as_array().unwrap();
    assert_eq!(rows.len(), wanted.len());
    for (row, wanted) in rows.iter().zip(wanted) {
        assert_eq!(row.value.lei.as_deref(), wanted["lei"].as_str());
        assert_eq!(row.value.name.as_deref(), wanted["legal_name"].as_str());
        assert_eq!(row.value.country.as_deref(), wanted["country"].as_str());
    }
    let Some(relations) = read_part("rr-data") else { return };
    let Rows::Links(rows) = &relations.rows else { panic!("{:?}", relations.kind) };
    let wanted = expected["records"]["rr-data"].as_array().unwrap();
    assert_eq!(rows.len(), wanted.len());
    for (row, wanted) in rows.iter().zip(wanted) {
        assert_eq!(Some(row.value.child.as_str()), wanted["start"].as_str(), "{wanted}");
        assert_eq!(Some(row.value.parent.as_str()), wanted["end"].as_str(), "{wanted}");
    }
}

#[test]
fn sixty_seven_thousand_entities_are_accounts_with_their_identifiers() {
    let Some(reading) = reading("groups_gleif/lei_automotive.csv.gz", &Options::default()) else {
        return;
    };
    let Rows::Accounts(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!(rows.len(), 67_555);
    assert!(rows.iter().all(|row| row.value.lei.is_some() && row.value.name.is_some()));
}
