//! The other views at the end of the third year.

use std::collections::BTreeMap;

use super::reading::{file, parents, sales, thousands};
use crate::FROZEN_T;

/// Gives the share in percent of a party that belongs to an ancestor, over all paths of the legal view.
fn share(above: &BTreeMap<String, Vec<(String, i128)>>, party: &str, ancestor: &str) -> i128 {
    if party == ancestor {
        return 100;
    }
    let up = above.get(party).into_iter().flatten();
    up.map(|(parent, part)| (share(above, parent, ancestor) * part).div_euclid(100)).sum()
}

#[test]
fn legal_totals_hold() {
    let end = FROZEN_T.first_of_month().yesterday().unwrap();
    let above = parents("legal", end, FROZEN_T);
    let sales = sales(FROZEN_T);
    let total = |weight: &dyn Fn(&str) -> i128| {
        let last = sales.iter().filter(|sale| sale.year == 2);
        thousands(last.map(|sale| sale.euros() * weight(&sale.party)).sum::<i128>().div_euclid(100))
    };
    let whole =
        |root: &'static str| total(&|party| if share(&above, party, root) > 0 { 100 } else { 0 });
    let joint = |root: &'static str| {
        total(&|party| match share(&above, party, root) {
            0 => 0,
            _ if party.starts_with("KOG") => share(&above, party, root),
            _ => 100,
        })
    };
    assert_eq!(whole("LYS0"), 18_430);
    assert_eq!(joint("STW0"), 23_710);
    assert_eq!(joint("HOS0"), 7_020);
}

#[test]
fn countries_add_up() {
    let rows = file("accounts.csv", FROZEN_T);
    let country: BTreeMap<&str, &str> =
        rows.iter().map(|row| (row["id"].as_str(), row["country"].as_str())).collect();
    let mut sums: BTreeMap<&str, i128> = BTreeMap::new();
    for sale in sales(FROZEN_T).iter().filter(|sale| sale.year == 2) {
        *sums.entry(country[sale.party.as_str()]).or_default() += sale.euros();
    }
    let of = |country: &str| thousands(sums[country]);
    assert_eq!(
        ["FR", "DE", "US", "IT", "GB", "PL", "ES", "NL", "JP"].map(of),
        [84_480, 39_800, 31_590, 14_260, 14_100, 14_030, 13_160, 10_320, 5_190]
    );
    assert_eq!(sums.len(), 9);
}

#[test]
fn one_company_buys_for_the_whole_merged_group() {
    let end = FROZEN_T.first_of_month().yesterday().unwrap();
    let above = parents("purchasing", end, FROZEN_T);
    let under = |root: &str| above.values().flatten().filter(|(parent, _)| parent == root).count();
    assert_eq!((under("ELV16"), under("UNI0")), (22, 6));
}

#[test]
fn links_name_known_parties() {
    let parties: Vec<String> =
        file("accounts.csv", FROZEN_T).into_iter().map(|row| row["id"].clone()).collect();
    let links = file("links.csv", FROZEN_T);
    assert!(
        links.iter().all(|row| parties.contains(&row["parent"]) && parties.contains(&row["child"]))
    );
}
