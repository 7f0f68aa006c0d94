//! The scores of three rounds, and the places in the matrix.

use std::collections::BTreeMap;

use super::accounts::turnover;
use super::reading::{Row, file, number};
use crate::FROZEN_T;
use crate::table::rows;

/// Gives the median of the judges × 2.
fn median(scores: &[Row], account: &str, criterion: &str, round: &str) -> Option<i128> {
    let mut values: Vec<i128> = scores
        .iter()
        .filter(|row| {
            row["account"] == account && row["criterion"] == criterion && row["round"] == round
        })
        .filter(|row| !row["value"].is_empty())
        .map(|row| number(&row["value"], 0))
        .collect();
    values.sort_unstable();
    let last = values.len().checked_sub(1)?;
    Some(values[last.div_euclid(2)] + values[(last + 1).div_euclid(2)])
}

fn bracket(measure: i128, limits: [i128; 4]) -> i128 {
    1 + i128::try_from(limits.iter().filter(|limit| measure >= **limit).count()).unwrap()
}

fn raw(scores: &[Row], account: &str, criterion: &str) -> Option<i128> {
    let row = scores.iter().find(|row| {
        row["account"] == account && row["criterion"] == criterion && !row["raw"].is_empty()
    })?;
    Some(number(&row["raw"], 4))
}

/// Gives C1 and C2 of the third round, computed from the facts.
fn computed(account: &str) -> (i128, i128) {
    let facts = crate::accounts::all();
    let facts = facts.iter().find(|facts| facts.root() == account).unwrap();
    let turnover = turnover_of(account);
    let contribution = facts.margin[2] - facts.cost_to_serve;
    (bracket(turnover, [1_000, 4_000, 8_000, 15_000]), bracket(contribution, [40, 80, 120, 160]))
}

fn turnover_of(account: &str) -> i128 {
    let parties = crate::parties::all();
    let of = parties.iter().filter(|party| format!("{}0", party.group()) == account);
    of.map(|party| crate::amount::euro_cents(party.minor(2), party.currency))
        .sum::<i128>()
        .div_euclid(100_000)
}

fn table() -> Vec<Vec<&'static str>> {
    rows(include_str!("../tables/rounds.txt")).collect()
}

fn root(code: &str) -> String {
    if code.len() > 3 { code.to_owned() } else { format!("{code}0") }
}

/// Gives 100 × the score of 0 to 100 from points of 1 to 5 × 2 with weights in percent.
fn score(points: &[(i128, i128)]) -> i128 {
    let weights: i128 = points.iter().map(|(weight, _)| weight).sum();
    let sum: i128 = points.iter().map(|(weight, twice)| weight * (twice - 2) * 10_000).sum();
    (sum * 2 + weights * 8).div_euclid(2 * weights * 8)
}

#[test]
fn the_third_round_gives_its_scores() {
    let scores = file("scores.csv", FROZEN_T);
    let weights = [20, 15, 20, 15, 10, 12, 8];
    let mut compared = 0;
    for row in table().iter().filter(|row| row[8] != "-") {
        let account = root(row[1]);
        let (turnover, profit) = computed(&account);
        let potential = bracket(raw(&scores, &account, "growth").unwrap(), [0, 300, 600, 900]);
        let judged = ["fit", "harmony", "prescription", "reference"]
            .map(|criterion| median(&scores, &account, criterion, "R3").unwrap());
        let mut points: Vec<(i128, i128)> = weights
            .into_iter()
            .zip([turnover, profit, potential].map(|c| 2 * c).into_iter().chain(judged))
            .collect();
        // The margin of this account is unknown in the story's round, though its invoices have costs.
        if row[1] == "CEL" {
            points.remove(1);
        }
        assert_eq!(score(&points), number(row[9], 2), "{account}");
        compared += 1;
    }
    assert_eq!(compared, 25);
}

#[test]
fn early_rounds_give_their_medians() {
    let scores = file("scores.csv", FROZEN_T);
    let mut compared = 0;
    for row in table() {
        for (column, round) in [(2, "R1"), (5, "R2")] {
            let digits: Vec<char> = row[column].chars().collect();
            if digits.len() < 7 {
                continue;
            }
            let criteria =
                [(2, "growth"), (3, "fit"), (4, "harmony"), (5, "prescription"), (6, "reference")];
            for (place, criterion) in criteria {
                let twice = median(&scores, &root(row[1]), criterion, round).unwrap();
                assert_eq!(
                    twice,
                    2 * i128::from(digits[place].to_digit(10).unwrap()),
                    "{} {criterion}",
                    row[1]
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 200);
}

#[test]
fn the_matrix_has_its_places() {
    let expected = "ELV 6500/5000 LYS 9000/6875 HAR 7000/4375 STW 8000/10000 AHO 3500/3125 UNI 6000/5625 \
        HOS 6500/5625 KOG 5000/5833 DUV 4000/9167 DEL 4500/8750 VER 8000/5833 RUH 3500/1875 MEU 1500/5000 \
        WIS 4500/3750 VEN 6000/6667 TRO 7500/5000 TIL 6500/6875 VAL 3500/5833 NUS 4500/6667 CAS 6000/6875 \
        ZAN 3500/6667 VOT 7000/6250 BLS 6500/5000 CRW 7500/8125";
    let expected: BTreeMap<&str, &str> = {
        let words: Vec<&str> = expected.split_whitespace().collect();
        words.chunks(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let scores = file("scores.csv", FROZEN_T);
    assert_eq!(expected.len(), 24);
    for (code, places) in expected {
        let account = root(code);
        let (_, profit) = computed(&account);
        let thousands = raw(&scores, &account, "wallet").unwrap().div_euclid(10_000);
        let wallet = bracket(thousands, [5_000, 12_000, 20_000, 35_000]);
        let potential = bracket(raw(&scores, &account, "growth").unwrap(), [0, 300, 600, 900]);
        let of = |criterion: &str| median(&scores, &account, criterion, "R3").unwrap();
        let attractive = [2 * wallet, 2 * potential, 2 * profit, of("prescription"), of("harmony")]
            .map(|points| (1, points));
        let share = (turnover_of(&account) * 10_000).div_euclid(thousands);
        let mut strong = vec![
            raw(&scores, &account, "rank").unwrap().div_euclid(10_000),
            bracket(raw(&scores, &account, "otif").unwrap(), [9_200, 9_400, 9_600, 9_800]),
            bracket(share, [2_000, 3_500, 5_000, 6_500]),
        ];
        strong.extend(
            raw(&scores, &account, "nps")
                .map(|mean| bracket(mean, [60_000, 70_000, 80_000, 90_000])),
        );
        let strong: Vec<(i128, i128)> = strong.into_iter().map(|points| (1, 2 * points)).collect();
        assert_eq!(format!("{}/{}", score(&attractive), score(&strong)), places, "{code}");
    }
    assert_eq!(turnover(FROZEN_T)["LYS0"][2], turnover_of("LYS0"));
}

#[test]
fn the_judge_behind_the_wall_is_silent() {
    let scores = file("scores.csv", FROZEN_T);
    let of = |account: &str| {
        scores.iter().filter(|row| row["judge"] == "S08" && row["account"] == account).count()
    };
    assert_eq!((of("LYS0"), of("HAR0")), (0, 0));
    assert!(of("STW0") > 0);
}
