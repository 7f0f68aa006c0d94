//! Lines, totals, margins, families and units.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{budget, cents, file, number, sales, thousands};
use crate::{FROZEN_T, parties};
use jiff::civil::{Date, date};

#[test]
fn lines_are_counted() {
    let sales = sales(FROZEN_T);
    assert_eq!(sales.iter().filter(|sale| !sale.credit).count(), 19_902);
    assert_eq!(sales.iter().filter(|sale| sale.channel == "contract").count(), 420);
    let credits = sales.iter().filter(|sale| sale.credit).count();
    assert!((250..=420).contains(&credits), "{credits} credit notes");
}

#[test]
fn invoiced_totals_hold_in_every_currency_on_every_t() {
    for t in [FROZEN_T, date(2027, 3, 1), date(2025, 6, 30)] {
        let mut totals: BTreeMap<(String, usize), i128> = BTreeMap::new();
        for sale in sales(t) {
            *totals.entry((sale.currency.clone(), sale.year)).or_default() += sale.amount;
        }
        let of = |currency: &str| [0, 1, 2].map(|year| totals[&(currency.to_owned(), year)]);
        assert_eq!(of("EUR"), [150_160, 147_940, 162_020].map(|k| k * 100_000));
        assert_eq!(of("PLN"), [53_965, 57_233, 60_329].map(|k| k * 100_000));
        assert_eq!(of("GBP"), [10_578, 11_309, 12_126].map(|k| k * 100_000));
        assert_eq!(of("USD"), [28_270, 31_196, 34_749].map(|k| k * 100_000));
        assert_eq!(of("JPY"), [616_000, 707_200, 830_400].map(|k| k * 1_000));
    }
}

#[test]
fn turnover_and_margin_are_exact_by_party_and_year() {
    let mut sums: BTreeMap<(String, usize), (i128, i128)> = BTreeMap::new();
    for sale in sales(FROZEN_T) {
        let sum = sums.entry((sale.party.clone(), sale.year)).or_default();
        *sum = (sum.0 + sale.amount, sum.1 + sale.cost);
    }
    let facts = crate::accounts::all();
    let mut compared = 0;
    for party in parties::all() {
        let Some(facts) = facts.iter().find(|facts| facts.code == party.group()) else { continue };
        for year in (0..3).filter(|year| party.minor(*year) > 0) {
            let (amount, cost) = sums[&(party.code.to_owned(), year)];
            assert_eq!(amount, party.minor(year), "{} in year {year}", party.code);
            let margin = (amount - cost) * 1_000 - amount * facts.margin[year];
            assert!(margin.abs() <= 500, "{} in year {year}", party.code);
            compared += 1;
        }
    }
    assert!(compared > 300);
}

#[test]
fn totals_and_margins_hold_at_budget_rates() {
    for t in [FROZEN_T, date(2027, 3, 1)] {
        let (mut turnover, mut margin) = ([0; 3], [0; 3]);
        for sale in sales(t) {
            turnover[sale.year] += sale.euros();
            margin[sale.year] += sale.margin();
        }
        assert_eq!(turnover.map(thousands), [204_560, 207_180, 226_930]);
        let tens = margin.map(|sum| (cents(sum) * 2 + 1_000).div_euclid(2_000));
        assert_eq!(tens, [5_214_560, 5_313_029, 5_926_034]);
    }
}

#[test]
fn families_and_units_hold() {
    for t in [FROZEN_T, date(2027, 3, 1)] {
        let products = file("products.csv", t);
        let of = |product: &str| products.iter().find(|row| row["id"] == product).unwrap();
        let (mut units, mut foam) = (BTreeMap::new(), [0; 3]);
        for sale in sales(t) {
            let product = of(&sale.product);
            if sale.year == 2 {
                *units.entry(product["business_unit"].clone()).or_insert(0) += sale.euros();
            }
            if product["family"] == "Foam cushioning" {
                foam[sale.year] += sale.euros();
            }
        }
        let hundreds = |sum: i128| thousands(sum * 10);
        assert_eq!(hundreds(units["Protection"]), 1_217_018);
        assert_eq!(hundreds(units["Health & Cold"]), 564_088);
        assert_eq!(hundreds(units["Circular Services"]), 488_194);
        assert_eq!(foam.map(hundreds), [254_776, 204_180, 169_464]);
    }
}

#[test]
fn exposure_of_the_agreed_prices_holds() {
    let mut cells: BTreeMap<(&str, String), Vec<(i128, i128)>> = BTreeMap::new();
    let sales = sales(FROZEN_T);
    for (set, parties) in [
        ("one group", ["ELV2", "ELV6", "ELV9", "ELV12"].as_slice()),
        ("two rivals", &["LYS1", "HAR1"]),
    ] {
        for party in parties {
            let lines: Vec<_> = sales
                .iter()
                .filter(|sale| sale.party == *party && sale.channel == "contract")
                .collect();
            let products: BTreeSet<&str> = lines.iter().map(|sale| sale.product.as_str()).collect();
            for product in products {
                let of: Vec<_> = lines.iter().filter(|sale| sale.product == product).collect();
                let price = budget(of[0].price, &of[0].currency).div_euclid(1_000_000);
                assert_eq!(of.len(), 12);
                assert!(of.iter().all(|sale| sale.price == of[0].price));
                let quantity = of.iter().map(|sale| sale.quantity).sum();
                cells.entry((set, product.to_owned())).or_default().push((price, quantity));
            }
        }
    }
    let exposure = |set: &str| -> i128 {
        let of = cells.iter().filter(|((name, _), _)| *name == set);
        of.map(|(_, prices)| {
            let lowest = prices.iter().map(|(price, _)| *price).min().unwrap();
            prices.iter().map(|(price, quantity)| (price - lowest) * quantity).sum::<i128>()
        })
        .sum()
    };
    assert_eq!(exposure("one group"), 39_217_200);
    assert_eq!(exposure("two rivals"), 6_585_000);
}

#[test]
fn agreed_products_are_sold_at_agreed_prices_only() {
    let stray = sales(FROZEN_T).iter().find(|sale| {
        sale.year == 2
            && sale.party.starts_with("ELV")
            && sale.product == "FB-120"
            && sale.channel != "contract"
    });
    assert!(stray.is_none(), "{stray:?}");
}

#[test]
fn the_breach_of_the_corridor_is_there() {
    let lines: Vec<_> = sales(FROZEN_T)
        .iter()
        .filter(|sale| sale.party == "WIS1" && sale.channel == "contract")
        .collect();
    assert_eq!(lines.iter().map(|sale| sale.quantity).sum::<i128>(), 6_400);
    assert!(lines.iter().all(|sale| sale.price == 941_700 && sale.product == "IS-402"));
}

#[test]
fn credit_notes_name_an_invoice_of_the_same_half_year() {
    let rows = file("sales.csv", FROZEN_T);
    let invoices: BTreeMap<&str, &str> = rows
        .iter()
        .filter(|row| row["type"] == "invoice")
        .map(|row| (row["document"].as_str(), row["date"].as_str()))
        .collect();
    let half = |day: &str| (5..=10).contains(&day.parse::<Date>().unwrap().month());
    for row in rows.iter().filter(|row| row["type"] == "credit_note") {
        let day = invoices[row["original"].as_str()];
        assert!(day < row["date"].as_str() && half(day) == half(&row["date"]), "{row:?}");
        assert!(number(&row["quantity"], 0) < 0 && row["amount"].starts_with('-'), "{row:?}");
    }
}

#[test]
fn documents_and_lines_are_unique() {
    let rows = file("sales.csv", FROZEN_T);
    let keys: BTreeSet<_> = rows.iter().map(|row| (&row["document"], &row["line"])).collect();
    assert_eq!(keys.len(), rows.len());
}
