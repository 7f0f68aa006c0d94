//! Meetings, calls, mails and weeks.

use super::reading::{Row, file};
use crate::FROZEN_T;
use jiff::ToSpan as _;
use jiff::civil::Date;

fn count(rows: &[Row], heading: &str, value: &str) -> usize {
    rows.iter().filter(|row| row[heading] == value).count()
}

#[test]
fn interactions_are_counted() {
    let rows = file("interactions.csv", FROZEN_T);
    assert_eq!(rows.len(), 1_657);
    let of_type = |word: &str| count(&rows, "type", word);
    assert_eq!(
        ["executive", "meeting", "call", "email", "workspace"].map(of_type),
        [146, 771, 473, 189, 78]
    );
    let of_account = |root: &str| count(&rows, "account", root);
    assert_eq!(["LYS0", "HAR0", "STW0", "AHO0"].map(of_account), [201, 239, 354, 34]);
}

#[test]
fn half_years_hold_as_many_events_as_the_stages_need() {
    let rows = file("interactions.csv", FROZEN_T);
    let events = |root: &str, ago: i64| {
        let to = FROZEN_T.saturating_sub(ago.days());
        let from = to.saturating_sub(180.days());
        let inside = |row: &&Row| {
            let day: Date = row["date"].parse().unwrap();
            row["account"] == root && from <= day && day < to
        };
        rows.iter().filter(inside).count()
    };
    assert_eq!([0, 182, 364].map(|ago| events("LYS0", ago)), [94, 74, 30]);
    assert_eq!(
        ["HAR0", "STW0", "AHO0", "WIS0", "VER0"].map(|root| events(root, 0)),
        [80, 116, 14, 25, 23]
    );
    assert_eq!([182, 0].map(|ago| events("RUH0", ago)), [39, 6]);
}

#[test]
fn people_of_interactions_are_known_and_the_wall_holds() {
    let people = file("people.csv", FROZEN_T);
    let known = |code: &str| people.iter().any(|row| row["id"] == code);
    let wall = ["S08", "S10", "S16", "S37"];
    for row in file("interactions.csv", FROZEN_T) {
        let both = [&row["supplier_people"], &row["customer_people"]];
        assert!(both.iter().all(|list| list.split(';').all(known)), "{row:?}");
        let ours = row["supplier_people"].as_str();
        assert!(
            row["account"] != "LYS0" || !wall.iter().any(|code| ours.contains(code)),
            "{row:?}"
        );
    }
}

#[test]
fn the_champion_has_been_silent_for_34_days() {
    let rows = file("interactions.csv", FROZEN_T);
    let last = rows
        .iter()
        .filter(|row| row["customer_people"].contains("LYS-e"))
        .map(|row| row["date"].clone())
        .max();
    assert_eq!(last, Some(FROZEN_T.saturating_sub(34.days()).to_string()));
    assert!(
        !rows.iter().any(|row| row["customer_people"].contains("HAR-a")),
        "a decider never met"
    );
}
