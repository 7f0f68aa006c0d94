//! People, places, opinions and roles.

use std::collections::BTreeSet;

use super::reading::file;
use crate::FROZEN_T;

#[test]
fn people_are_counted() {
    let rows = file("people.csv", FROZEN_T);
    let of = |side: &str| {
        rows.iter().filter(|row| row["side"] == side).map(|row| &row["id"]).collect::<BTreeSet<_>>()
    };
    assert_eq!((of("supplier").len(), of("customer").len()), (39, 126));
}

#[test]
fn every_opinion_of_the_table_has_a_place() {
    let rows = file("people.csv", FROZEN_T);
    let opinions: Vec<_> = rows.iter().filter(|row| !row["stance"].is_empty()).collect();
    let table =
        include_str!("../tables/customers.txt").lines().filter(|line| !line.starts_with('#'));
    let written: usize =
        table.map(|line| line.split(" | ").nth(8).unwrap().split(' ').count()).sum();
    assert_eq!(opinions.len(), written);
    assert!(
        opinions.iter().all(|row| !row["organization"].is_empty() && !row["author"].is_empty())
    );
}

#[test]
fn a_buyer_changed_sides() {
    let rows = file("people.csv", FROZEN_T);
    let places: BTreeSet<_> = rows
        .iter()
        .filter(|row| row["id"] == "LYS-b" && !row["organization"].is_empty())
        .map(|row| (row["organization"].as_str(), row["from"].as_str(), row["to"].as_str()))
        .collect();
    assert_eq!(places, BTreeSet::from([("HAR2", "", "2025-10-02"), ("LYS0", "2025-10-02", "")]));
}

#[test]
fn two_raters_disagree() {
    let rows = file("people.csv", FROZEN_T);
    let opinions: Vec<_> = rows
        .iter()
        .filter(|row| row["id"] == "HAR-d" && !row["stance"].is_empty())
        .map(|row| (row["author"].as_str(), row["stance"].as_str()))
        .collect();
    assert_eq!(opinions, [("S10", "+1"), ("S08", "-1")]);
}

#[test]
fn every_place_and_assignment_is_a_known_party() {
    let parties: BTreeSet<String> =
        file("accounts.csv", FROZEN_T).into_iter().map(|row| row["id"].clone()).collect();
    for row in file("people.csv", FROZEN_T) {
        let known = |code: &str| code.is_empty() || parties.contains(code);
        assert!(known(&row["organization"]) && known(&row["account"]), "{row:?}");
    }
}

#[test]
fn every_account_has_somebody_in_charge() {
    let people = file("people.csv", FROZEN_T);
    let led = |root: &str| {
        people
            .iter()
            .any(|row| row["account"] == root && matches!(row["role"].as_str(), "KAM" | "SD"))
    };
    let accounts = file("accounts.csv", FROZEN_T);
    let roots: Vec<&str> = accounts
        .iter()
        .filter(|row| !row["status"].is_empty())
        .map(|row| row["id"].as_str())
        .collect();
    assert_eq!(roots.len(), 25);
    assert!(roots.iter().all(|root| led(root)));
}
