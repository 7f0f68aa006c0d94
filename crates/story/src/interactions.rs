//! `interactions.csv`: the patterns of 18 months.

use std::collections::BTreeMap;

use crate::calendar::Calendar;
use crate::people::{Customer, Staff};
use crate::table::Sheet;
use jiff::SignedDuration;
use jiff::civil::{Date, time};

/// The oldest age in days.
const OLDEST: i64 = 546;

/// Some of our people meet some of theirs again and again.
#[derive(Debug, Clone)]
struct Pattern {
    account: &'static str,
    ours: Vec<&'static str>,
    theirs: Vec<String>,
    kind: Kind,
    every: i64,
    last: i64,
    oldest: i64,
    review: bool,
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    word: &'static str,
    minutes: &'static str,
}

/// One meeting, call, thread or week.
struct Item<'a> {
    pattern: &'a Pattern,
    day: Date,
}

fn patterns() -> Vec<Pattern> {
    let lines = include_str!("tables/interactions.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(read).collect()
}

fn read(line: &'static str) -> Option<Pattern> {
    let (account, rest) = line.split_once(' ')?;
    let (pattern, review) =
        rest.strip_suffix(" (KAR)").map_or((rest, false), |pattern| (pattern, true));
    let (people, rhythm) = pattern.split_once(' ')?;
    let (ours, theirs) = people.split_once('>')?;
    let (kind, days) = rhythm.split_once('/')?;
    let (every, ages) = days.split_once('@')?;
    let (last, oldest) = match ages.split_once("..") {
        Some((last, oldest)) => (last, oldest.parse().ok()?),
        None => (ages, OLDEST),
    };
    let kind = match kind {
        "X" => Kind { word: "executive", minutes: "90" },
        "M" => Kind { word: "meeting", minutes: "60" },
        "C" => Kind { word: "call", minutes: "30" },
        "E" => Kind { word: "email", minutes: "" },
        "W" => Kind { word: "workspace", minutes: "" },
        _ => return None,
    };
    Some(Pattern {
        account,
        ours: ours.split('+').collect(),
        theirs: theirs.split('+').map(|letter| format!("{account}-{letter}")).collect(),
        kind,
        every: every.parse().ok()?,
        last: last.parse().ok()?,
        oldest,
        review,
    })
}

impl Pattern {
    fn ages(&self) -> impl Iterator<Item = i64> + use<> {
        let (last, every, oldest) = (self.last, self.every.max(1), self.oldest);
        (0..).map(move |n| last + n * every).take_while(move |age| *age <= oldest)
    }
}

/// Gives `interactions.csv`, the oldest first; the n-th of a day starts at 9:00 + 30 n minutes.
pub(crate) fn file(calendar: Calendar, staff: &[Staff], customers: &[Customer]) -> String {
    let patterns = patterns();
    let mut items: Vec<Item<'_>> = patterns
        .iter()
        .flat_map(|pattern| pattern.ages().map(move |age| Item { pattern, day: calendar.ago(age) }))
        .collect();
    items.sort_by_key(|item| item.day);
    let mut sheet = Sheet::new(
        "id,date,time,type,account,subject,supplier_people,customer_people,minutes,source",
    );
    let mut of_account: BTreeMap<&str, i64> = BTreeMap::new();
    let mut of_day: BTreeMap<Date, i64> = BTreeMap::new();
    for Item { pattern, day } in items {
        let number = of_account.entry(pattern.account).or_insert(0);
        *number += 1;
        let turn = of_day.entry(day).or_insert(0);
        let start = time(9, 0, 0, 0).saturating_add(SignedDuration::from_mins(30 * *turn));
        *turn += 1;
        let source = match pattern.kind.word {
            "email" => "mail",
            "workspace" => "workspace",
            _ => "calendar",
        };
        sheet.row([
            format!("IX-{}-{number:03}", pattern.account),
            day.to_string(),
            start.strftime("%H:%M").to_string(),
            pattern.kind.word.to_owned(),
            format!("{}0", pattern.account),
            subject(pattern, staff, customers),
            pattern.ours.join(";"),
            pattern.theirs.join(";"),
            pattern.kind.minutes.to_owned(),
            source.to_owned(),
        ]);
    }
    sheet.finish()
}

/// Gives the subject in the language of our first person: French or English.
fn subject(pattern: &Pattern, staff: &[Staff], customers: &[Customer]) -> String {
    let first = |code: &str| staff.iter().find(|person| person.code == code);
    let french = pattern
        .ours
        .first()
        .and_then(|code| first(code))
        .is_some_and(|person| person.language == "fr");
    let function = pattern
        .theirs
        .first()
        .and_then(|code| customers.iter().find(|person| person.code == code))
        .map_or("", |person| person.function);
    let (en, fr) = if pattern.review {
        ("Key account review", "Revue de compte clé")
    } else {
        match (pattern.kind.word, function) {
            ("email", _) => ("Current questions", "Questions en cours"),
            ("workspace", _) => ("Week in the joint workspace", "Semaine dans l’espace commun"),
            ("executive", "EXE" | "FIN") => ("Executive exchange", "Échange entre dirigeants"),
            (_, "PRO") => ("Supply and prices", "Approvisionnement et prix"),
            (_, "LOG") => ("Logistics follow-up", "Suivi logistique"),
            (_, "QUA") => ("Quality follow-up", "Suivi qualité"),
            (_, "RND") => ("Joint development", "Développement commun"),
            (_, "FIN") => ("Value and invoices", "Valeur et factures"),
            (_, "SUS") => ("CO₂ follow-up", "Suivi CO₂"),
            (_, "IT") => ("Interface follow-up", "Suivi des interfaces"),
            (_, "PRD") => ("Production follow-up", "Suivi de production"),
            (_, "EXE") => ("State of the cooperation", "Point sur la coopération"),
            _ => ("Operations follow-up", "Suivi des opérations"),
        }
    };
    if french { fr.to_owned() } else { en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_read_and_falls_on_working_days() {
        let patterns = patterns();
        assert_eq!(patterns.len(), 128);
        for pattern in &patterns {
            for age in pattern.ages() {
                // T is a Monday: one day before is a Sunday, two days before a Saturday.
                assert!(
                    !matches!(age.rem_euclid(7), 1 | 2),
                    "{} {:?} at {age}",
                    pattern.account,
                    pattern.theirs
                );
            }
        }
    }
}
