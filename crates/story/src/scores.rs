//! `scores.csv`: three rounds of the selection, and what places an account in the matrix.

use crate::accounts::Facts;
use crate::amount::{decimals, rounded};
use crate::calendar::Calendar;
use crate::table::{Sheet, rows};

/// The judges in the order of the strings.
const JUDGES: [&str; 5] = ["S03", "S04", "S08", "S28", "S07"];

/// The judged criteria, C4 to C7.
const JUDGED: [&str; 4] = ["fit", "harmony", "prescription", "reference"];

/// Days of judgement, between opening and decision of each round.
const ROUNDS: [(&str, i64); 3] = [("R1", 725), ("R2", 365), ("R3", 35)];

/// A line of the file.
struct Score {
    set: &'static str,
    criterion: &'static str,
    account: String,
    value: String,
    raw: String,
    judge: &'static str,
    age: i64,
    evidence: &'static str,
    round: &'static str,
}

/// Gives `scores.csv`, round by round, then the measures of the two other sets.
pub(crate) fn file(calendar: Calendar, facts: &[Facts]) -> String {
    let table: Vec<Vec<&'static str>> = rows(include_str!("tables/rounds.txt")).collect();
    let mut scores: Vec<Score> = Vec::new();
    for (column, (round, age)) in [2, 5].into_iter().zip(ROUNDS) {
        scores.extend(table.iter().filter_map(|row| by_rule(row, column, (round, age))).flatten());
    }
    scores.extend(table.iter().filter_map(|row| judged(row)).flatten());
    scores.extend(facts.iter().flat_map(measured));
    scores.extend(rows(include_str!("tables/answers.txt")).filter_map(|row| answers(&row)));
    let mut sheet = Sheet::new("set,criterion,account,value,raw,judge,on,evidence,round");
    for score in scores {
        let on = calendar.ago(score.age).to_string();
        sheet.row([
            score.set,
            score.criterion,
            score.account.as_str(),
            score.value.as_str(),
            score.raw.as_str(),
            score.judge,
            on.as_str(),
            score.evidence,
            score.round,
        ]);
    }
    sheet.finish()
}

/// Gives the code of the root party of a row: the brands before the mergers are named by their party.
fn root(account: &str) -> String {
    if account.len() > 3 { account.to_owned() } else { format!("{account}0") }
}

/// Says whether a judge stays away: he may not see one of the rivals and stepped back from the other.
fn recused(judge: &str, account: &str) -> bool {
    judge == "S08" && matches!(account, "LYS" | "HAR")
}

/// Gives the scores of an early round: all judges on the median but one, who is a point off.
fn by_rule(
    row: &[&'static str],
    column: usize,
    (round, age): (&'static str, i64),
) -> Option<Vec<Score>> {
    let (number, account, medians) =
        (row.first()?.parse::<i64>().ok()?, *row.get(1)?, *row.get(column)?);
    let evidence = evidence(account);
    let mut scores = Vec::new();
    for (criterion, digit) in (1..).zip(medians.chars()) {
        let Some(median) = digit.to_digit(10).map(i64::from) else { continue };
        if criterion == 3 {
            let (set, raw, judge) = ("selection", String::new(), "");
            let (account, value) = (root(account), median.to_string());
            scores.push(Score {
                set,
                criterion: "growth",
                account,
                value,
                raw,
                judge,
                age,
                evidence: "",
                round,
            });
        }
        let Some(name) = usize::try_from(criterion - 4).ok().and_then(|n| JUDGED.get(n)).copied()
        else {
            continue;
        };
        let off = (number + criterion).rem_euclid(5);
        for (turn, judge) in (0..).zip(JUDGES).filter(|(_, judge)| !recused(judge, account)) {
            let step = if number.rem_euclid(2) == 0 { 1 } else { -1 };
            let value = if turn == off { (median + step).clamp(1, 5) } else { median }.to_string();
            let (account, raw) = (root(account), String::new());
            scores.push(Score {
                set: "selection",
                criterion: name,
                account,
                value,
                raw,
                judge,
                age,
                evidence,
                round,
            });
        }
    }
    Some(scores)
}

/// Gives the judges' scores of the third round.
fn judged(row: &[&'static str]) -> Option<Vec<Score>> {
    let account = *row.get(1)?;
    let evidence = evidence(account);
    let mut scores = Vec::new();
    for (criterion, digits) in JUDGED.into_iter().zip(row.get(10)?.split(' ')) {
        for (judge, digit) in
            JUDGES.into_iter().zip(digits.chars()).filter(|(_, digit)| digit.is_ascii_digit())
        {
            let (account, value, raw) = (root(account), digit.to_string(), String::new());
            let (set, age, round) = ("selection", 35, "R3");
            scores.push(Score { set, criterion, account, value, raw, judge, age, evidence, round });
        }
    }
    Some(scores)
}

fn evidence(account: &str) -> &'static str {
    match account {
        "AHO" => "Letter of the purchasing director: no relation beyond price",
        "CEL" => "Pilot of cryo shippers; founders on two standards committees",
        "STW" => "Joint governance board and shared stock system",
        "DUV" => "Three meetings a year, no project",
        _ => "",
    }
}

/// Gives the potential of the third round and the measures of both other sets.
fn measured(facts: &Facts) -> Vec<Score> {
    let score = |set, criterion, raw, round| {
        let (account, value) = (facts.root(), String::new());
        Score { set, criterion, account, value, raw, judge: "", age: 35, evidence: "", round }
    };
    vec![
        score("selection", "growth", decimals(facts.potential, 2), "R3"),
        score("attractiveness", "wallet", facts.wallet.to_string(), ""),
        score("strength", "rank", facts.rank_points().to_string(), ""),
        score("strength", "otif", decimals(facts.otif, 3), ""),
    ]
}

/// Gives the mean answer of an account in the second wave.
fn answers(row: &[&'static str]) -> Option<Score> {
    let account = root(row.first()?);
    let answers: Vec<i128> =
        row.get(1)?.split(' ').map(|answer| answer.parse().ok()).collect::<Option<_>>()?;
    let mean = rounded(answers.iter().sum::<i128>() * 10_000, i128::try_from(answers.len()).ok()?);
    let (set, criterion, value, raw) = ("strength", "nps", String::new(), decimals(mean, 4));
    Some(Score { set, criterion, account, value, raw, judge: "", age: 30, evidence: "", round: "" })
}
