//! Accounts as they are at the end of the third year.

use std::collections::BTreeMap;

use super::reading::{file, number, parents, root, sales, thousands};
use crate::FROZEN_T;
use jiff::civil::{Date, date};

const ACCOUNTS: &str = "ELV 26220/26000/26600 LYS 13750/15600/17890 HAR 13180/13790/14470 STW 19600/21160/22970 \
    AHO 8900/9300/9600 UNI 5100/5440/5830 HOS 5500/5850/6280 KOG 0/640/1480 CEL 260/620/1310 DUV 24100/23970/23960 \
    DEL 3700/3760/3860 VER 3800/4400/5200 RUH 10100/8200/5700 MEU 5600/5050/4570 WIS 4500/4820/5020 \
    VEN 8900/1100/6500 TRO 7600/10000/12800 TIL 9300/9750/10200 VAL 5900/5840/5630 NUS 2800/2880/3100 \
    CAS 7700/7930/8650 ZAN 3600/3670/3750 VOT 2400/4600/7800 BLS 4750/5020/5350 CRW 7300/7790/8410";

/// Gives the turnover of each root of the programme view at E, in thousands of euros.
pub(super) fn turnover(t: Date) -> BTreeMap<String, [i128; 3]> {
    let end = t.first_of_month().yesterday().unwrap();
    let above = parents("programme", end, t);
    let mut sums: BTreeMap<String, [i128; 3]> = BTreeMap::new();
    for sale in sales(t) {
        sums.entry(root(&above, &sale.party)).or_default()[sale.year] += sale.euros();
    }
    sums.into_iter().map(|(account, sums)| (account, sums.map(thousands))).collect()
}

#[test]
fn twenty_five_accounts_have_their_turnover() {
    for t in [FROZEN_T, date(2027, 3, 1)] {
        let turnover = turnover(t);
        let mut words = ACCOUNTS.split_whitespace();
        let mut accounts = 0;
        while let (Some(code), Some(years)) = (words.next(), words.next()) {
            let years: Vec<i128> = years.split('/').map(|year| year.parse().unwrap()).collect();
            assert_eq!(turnover[&format!("{code}0")].to_vec(), years, "{code}");
            accounts += 1;
        }
        assert_eq!((accounts, turnover.len()), (25, 25));
    }
}

#[test]
fn only_the_fund_is_a_root_without_turnover() {
    let end = FROZEN_T.first_of_month().yesterday().unwrap();
    let (above, turnover) = (parents("programme", end, FROZEN_T), turnover(FROZEN_T));
    let idle: Vec<String> = file("accounts.csv", FROZEN_T)
        .into_iter()
        .map(|row| row["id"].clone())
        .filter(|party| !above.contains_key(party) && !turnover.contains_key(party))
        .collect();
    assert_eq!(idle, ["NUS9"]);
}

#[test]
fn fourteen_accounts_are_key_or_uncoupling() {
    let turnover = turnover(FROZEN_T);
    let rows = file("accounts.csv", FROZEN_T);
    let chosen: Vec<_> = rows
        .iter()
        .filter(|row| matches!(row["status"].as_str(), "key" | "uncoupling"))
        .map(|row| &row["id"])
        .collect();
    let sum = |year: usize| chosen.iter().map(|root| turnover[*root][year]).sum::<i128>();
    assert_eq!(chosen.len(), 14);
    assert_eq!([0, 1, 2].map(sum), [135_950, 144_690, 156_480]);
}

#[test]
fn opportunities_add_up() {
    let rows = file("opportunities.csv", FROZEN_T);
    let euros = |stages: &[&str], weighted: bool| -> i128 {
        let chosen = rows.iter().filter(|row| stages.contains(&row["stage"].as_str()));
        chosen
            .map(|row| {
                let places = if row["currency"] == "JPY" { 0 } else { 2 };
                let euros =
                    super::reading::budget(number(&row["amount"], places), &row["currency"]);
                let weight = if weighted { number(&row["probability"], 2) } else { 100 };
                (euros * weight).div_euclid(100)
            })
            .sum()
    };
    let open = ["identified", "qualified", "proposed", "negotiated"];
    let count =
        |stages: &[&str]| rows.iter().filter(|row| stages.contains(&row["stage"].as_str())).count();
    assert_eq!(
        [count(&open), count(&["won"]), count(&["lost"]), count(&["postponed"])],
        [23, 5, 1, 1]
    );
    assert_eq!(thousands(euros(&open, false)), 31_590);
    assert_eq!(thousands(euros(&open, true) * 100), 1_579_400);
    assert_eq!(thousands(euros(&["won"], false)), 14_530);
}

#[test]
fn cost_to_serve_has_a_row_an_account_and_year() {
    let rows = file("costs.csv", FROZEN_T);
    assert_eq!(rows.len(), 74, "one account began in the second year");
    let lysarel: Vec<&str> = rows
        .iter()
        .filter(|row| row["account"] == "LYS0")
        .map(|row| row["amount"].as_str())
        .collect();
    assert_eq!(lysarel, ["2200000.00", "2496000.00", "2862400.00"]);
}
