//! Every address × every role × {own, other, walled, absent}: the status that the reviewed table
//! and the matrix give, and the same body for what is not there and what may not be known.

mod expected;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use expected::{Expected, Row, Target, rows};
use world::{Walker, World};

use crate::routes::{Door, ROUTES};

#[test]
fn every_address_behind_the_door_has_a_reviewed_row_and_every_row_an_address() {
    let known: BTreeSet<(String, String)> = rows()
        .iter()
        .map(|row| (row.method.clone(), row.path.split('?').next().unwrap_or_default().to_owned()))
        .collect();
    let routes: BTreeSet<(String, String)> = ROUTES
        .iter()
        .filter(|route| route.door == Door::SignedIn)
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    let missing: Vec<_> = routes.difference(&known).collect();
    assert!(missing.is_empty(), "add to crates/web/src/routes.csv: {missing:?}");
    let left: Vec<_> = known.difference(&routes).collect();
    assert!(left.is_empty(), "no address has these: {left:?}");
}

/// What was found wrong at a cell.
fn fault(walker: &Walker, row: &Row, target: Target, (wanted, status): (Expected, u16)) -> String {
    format!("{} {} {} {target:?}: {status}, not {wanted:?}", walker.name, row.method, row.path)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_answers_each_role_as_the_table_says() {
    let world = World::load().await;
    let (mut cells, mut faults) = (0, Vec::new());
    let mut absent: BTreeMap<String, String> = BTreeMap::new();
    for walker in &world.walkers {
        for row in rows().iter().filter(|row| !["ends", "elsewhere"].contains(&row.scope.as_str()))
        {
            for &target in row.targets() {
                let wanted = row.expects(walker, target);
                let (status, body) = world.send(walker, row, target).await;
                if !wanted.holds(status) {
                    faults.push(fault(walker, row, target, (wanted, status)));
                }
                if status == 404 {
                    let key = format!("{} {} {}", walker.name, row.method, row.path);
                    let first = absent.entry(key).or_insert_with(|| body.clone());
                    if *first != body {
                        faults.push(format!("{} {}: absent bodies differ", walker.name, row.path));
                    }
                }
                cells += 1;
            }
        }
    }
    println!("{cells} cells walked");
    assert!(faults.is_empty(), "{} of {cells}:\n{}", faults.len(), faults.join("\n"));
    assert!(cells >= 3_000, "{cells} cells");
}
