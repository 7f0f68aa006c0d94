//! The customers' people: places, moves, and what is thought of them.

use super::{Row, address, split_name};
use crate::accounts::Facts;
use crate::calendar::{self, Calendar};
use crate::parties::group_of;
use crate::table::{capitalized, rows};

/// A stance at an age in days, by the account's manager unless another author is named.
#[derive(Debug, Clone)]
struct Opinion {
    stance: &'static str,
    age: i64,
    author: Option<&'static str>,
}

/// A person of a customer.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    pub(crate) code: &'static str,
    name: &'static str,
    title: &'static str,
    party: &'static str,
    pub(crate) function: &'static str,
    language: &'static str,
    roles: &'static str,
    influence: &'static str,
    opinions: Vec<Opinion>,
    strength: &'static str,
    motive: &'static str,
}

/// A place that a person has or had.
struct Place {
    party: &'static str,
    span: &'static str,
}

/// Reads the table of the customers' people.
pub(super) fn all() -> Vec<Customer> {
    rows(include_str!("../tables/customers.txt")).filter_map(|row| read(&row)).collect()
}

fn read(row: &[&'static str]) -> Option<Customer> {
    let [
        code,
        name,
        title,
        party,
        function,
        languages,
        roles,
        influence,
        history,
        strength,
        motive,
    ] = row.try_into().ok()?;
    let opinions = history.split(' ').map(|word| opinion(code, word)).collect::<Option<_>>()?;
    let language = languages.split(' ').next()?;
    Some(Customer {
        code,
        name,
        title,
        party,
        function,
        language: if language == "-" { "" } else { language },
        roles,
        influence,
        opinions,
        strength,
        motive: if motive == "-" { "" } else { motive },
    })
}

/// Reads `+1@60`, `-1@139/S08`, or `+1` alone, which is 98 days old; of those who have left it is older.
fn opinion(code: &str, word: &'static str) -> Option<Opinion> {
    let usual = match code {
        "ELV-i" => 400,
        "RUH-b" => 240,
        _ => 98,
    };
    let Some((stance, rest)) = word.split_once('@') else {
        return Some(Opinion { stance: word, age: usual, author: None });
    };
    let (age, author) =
        rest.split_once('/').map_or((rest, None), |(age, author)| (age, Some(author)));
    Some(Opinion { stance, age: age.parse().ok()?, author })
}

impl Customer {
    /// Says whether somebody is expected whose name is not known.
    pub(crate) fn is_placeholder(&self) -> bool {
        self.language.is_empty()
    }

    /// Gives one line an opinion, with the place where the person was then, and one line a place without opinions.
    pub(super) fn rows(&self, calendar: Calendar, facts: &[Facts]) -> Vec<Row> {
        let (first_name, last_name) = if self.is_placeholder() {
            (String::new(), self.name.to_owned())
        } else {
            split_name(self.name)
        };
        let person = Row {
            id: self.code.to_owned(),
            side: "customer".to_owned(),
            first_name,
            last_name,
            title: capitalized(self.title),
            function: self.function.to_owned(),
            email: self.email(facts),
            language: self.language.to_owned(),
            ..Row::default()
        };
        let mut rows = Vec::new();
        for place in self.places() {
            let (from, to) = calendar.span(place.span).unwrap_or_default();
            let there = Row {
                organization: place.party.to_owned(),
                from: calendar::text(from),
                to: calendar::text(to),
                ..person.clone()
            };
            let inside = |opinion: &&Opinion| {
                let day = calendar.ago(opinion.age);
                from.is_none_or(|from| from <= day) && to.is_none_or(|to| day < to)
            };
            let before = rows.len();
            rows.extend(
                self.opinions
                    .iter()
                    .filter(inside)
                    .map(|opinion| self.row(calendar, facts, opinion, &there)),
            );
            if rows.len() == before {
                rows.push(there);
            }
        }
        rows
    }

    fn row(&self, calendar: Calendar, facts: &[Facts], opinion: &Opinion, there: &Row) -> Row {
        let newest = self.opinions.iter().map(|opinion| opinion.age).min() == Some(opinion.age);
        // Two opinions of different authors stand beside each other: both are of today.
        let present = newest || opinion.author.is_some();
        Row {
            buying_roles: self.roles.chars().filter_map(role).collect::<Vec<_>>().join(";"),
            influence: self.influence.to_owned(),
            stance: opinion.stance.to_owned(),
            strength: if present { self.strength.to_owned() } else { String::new() },
            assessed_on: calendar.ago(opinion.age).to_string(),
            author: self.author(opinion, facts).to_owned(),
            motive: self.motive.to_owned(),
            ..there.clone()
        }
    }

    fn author(&self, opinion: &Opinion, facts: &[Facts]) -> &'static str {
        let kam = facts
            .iter()
            .find(|facts| facts.code == group_of(self.code))
            .map_or("", |facts| facts.kam);
        opinion.author.unwrap_or(kam)
    }

    fn places(&self) -> Vec<Place> {
        let moved = match self.code {
            "LYS-b" => vec![("HAR2", "..T-410"), ("LYS0", "T-410..")],
            "RUH-b" => vec![("RUH0", "..T-210"), ("STW7", "T-210..")],
            "ELV-b" => vec![("ELV2", "..M-6"), ("ELV16", "M-6..")],
            "NUS-a" => vec![("VAL0", "..M-12"), ("NUS0", "M-12..")],
            "ELV-i" => vec![("ELV12", "..M-6")],
            "AHO-a" => vec![("AHO0", "T-400..")],
            "RUH-c" => vec![("RUH0", "T-300..")],
            "HAR-g" => vec![("HAR2", "T-380..")],
            _ => vec![(self.party, "..")],
        };
        moved.into_iter().map(|(party, span)| Place { party, span }).collect()
    }

    fn email(&self, facts: &[Facts]) -> String {
        let group = match self.code {
            "RUH-b" => "STW",
            code => group_of(code),
        };
        let domain = match self.party {
            "ELV2" | "ELV5" | "ELV15" => "vestrali",
            "ELV6" => "halbrook",
            "ELV9" => "bellorme",
            "ELV12" => "kessmar",
            _ => facts.iter().find(|facts| facts.code == group).map_or("", |facts| facts.domain),
        };
        if self.is_placeholder() { String::new() } else { address(self.name, domain) }
    }
}

fn role(letter: char) -> Option<&'static str> {
    match letter {
        'D' => Some("decider"),
        'B' => Some("buyer"),
        'U' => Some("user"),
        'I' => Some("influencer"),
        'N' => Some("initiator"),
        'G' => Some("gatekeeper"),
        'A' => Some("approver"),
        _ => None,
    }
}
