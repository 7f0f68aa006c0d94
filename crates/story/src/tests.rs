//! The control figures of the story, from the text of its files.

mod accounts;
mod concentration;
mod interactions;
mod judgements;
mod past;
mod people;
mod reading;
mod sales;
mod views;

use crate::{FROZEN_T, files};
use jiff::civil::date;

#[test]
fn the_same_day_gives_the_same_bytes() {
    assert_eq!(files(FROZEN_T), files(FROZEN_T));
}

#[test]
fn files_come_in_the_order_of_their_references() {
    let names: Vec<&str> = files(FROZEN_T).iter().map(|file| file.name).collect();
    assert_eq!(
        names,
        [
            "accounts.csv",
            "links.csv",
            "people.csv",
            "products.csv",
            "rates.csv",
            "budget_rates.csv",
            "sales.csv",
            "costs.csv",
            "opportunities.csv",
            "interactions.csv",
            "scores.csv",
            "plans.json",
        ]
    );
}

#[test]
fn every_row_has_as_many_cells_as_headings() {
    for t in [FROZEN_T, date(2027, 3, 1)] {
        for file in files(t).iter().filter(|file| file.kind != "plans") {
            assert!(reading::is_regular(&file.text), "{}", file.name);
        }
    }
}

#[test]
fn rates_fill_thirty_seven_months_of_working_days() {
    let rates = reading::file("rates.csv", FROZEN_T);
    assert_eq!(rates.first().map(|row| row["Date"].as_str()), Some("2026-11-16"));
    assert_eq!(rates.last().map(|row| row["Date"].as_str()), Some("2023-11-01"));
    let of = |day: &str| rates.iter().find(|row| row["Date"] == day).map(|row| row["GBP"].as_str());
    assert_eq!(of("2023-11-01"), Some("0.872"));
    assert_eq!(of("2024-02-01"), Some("0.868"));
    assert_eq!(of("2026-10-30"), Some("0.870"));
    assert_eq!(of("2026-11-13"), Some("0.870"));
    assert_eq!(of("2026-11-14"), None);
    assert_eq!(reading::file("budget_rates.csv", FROZEN_T).len(), 4 * 5);
}
