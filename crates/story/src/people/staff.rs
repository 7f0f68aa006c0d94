//! Our own people: languages, roles and accounts.

use super::{Row, address, split_name};
use crate::amount;
use crate::calendar::{self, Calendar};
use crate::table::{capitalized, rows};

/// A role on an account, or on every account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub(crate) role: &'static str,
    /// The letters of the account; empty for all.
    pub(crate) account: &'static str,
    /// Hundredths of a full-time post.
    fte: Option<i128>,
    /// Ages in days of the first and of the last day.
    from: Option<i64>,
    to: Option<i64>,
}

/// A person of the supplier.
#[derive(Debug, Clone)]
pub(crate) struct Staff {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    title: &'static str,
    pub(crate) language: &'static str,
    pub(crate) assignments: Vec<Assignment>,
}

/// Reads the table of our people.
pub(super) fn all() -> Vec<Staff> {
    rows(include_str!("../tables/staff.txt")).filter_map(|row| read(&row)).collect()
}

fn read(row: &[&'static str]) -> Option<Staff> {
    let [code, name, title, language, roles] = row.try_into().ok()?;
    let mut assignments = Vec::new();
    for part in roles.split("; ") {
        let mut words = part.split(' ');
        let (role, days) =
            words.next()?.split_once('@').map_or((part.split(' ').next()?, ""), |pair| pair);
        let (from, to) = days.split_once("..").unwrap_or((days, ""));
        let (from, to) = (from.parse().ok(), to.parse().ok());
        let mut accounts: Vec<&'static str> = words.collect();
        if accounts.is_empty() {
            accounts.push("");
        }
        for account in accounts {
            let (account, fte) = account.split_once('=').unwrap_or((account, ""));
            let fte = if fte.is_empty() { None } else { Some(amount::read(fte, 2)?) };
            assignments.push(Assignment { role, account, fte, from, to });
        }
    }
    Some(Staff { code, name, title, language, assignments })
}

impl Staff {
    /// Gives one line an assignment.
    pub(super) fn rows(&self, calendar: Calendar) -> Vec<Row> {
        let (first_name, last_name) = split_name(self.name);
        let person = Row {
            id: self.code.to_owned(),
            side: "supplier".to_owned(),
            first_name,
            last_name,
            title: capitalized(self.title),
            function: self.function().to_owned(),
            email: self.email(),
            language: self.language.to_owned(),
            ..Row::default()
        };
        let row = |assignment: &Assignment| Row {
            from: calendar::text(assignment.from.map(|age| calendar.ago(age))),
            to: calendar::text(assignment.to.map(|age| calendar.ago(age))),
            role: assignment.role.to_owned(),
            account: if assignment.account.is_empty() {
                String::new()
            } else {
                format!("{}0", assignment.account)
            },
            fte: assignment.fte.map(|fte| amount::decimals(fte, 2)).unwrap_or_default(),
            ..person.clone()
        };
        self.assignments.iter().map(row).collect()
    }

    pub(crate) fn email(&self) -> String {
        address(self.name, "ardenval")
    }

    /// Gives the function that meets its mirror at the customer.
    fn function(&self) -> &'static str {
        match self.code {
            "S09" | "S10" | "S11" | "S12" | "S13" | "S14" => "KAM",
            "S29" | "S32" | "S37" => "LOG",
            "S31" => "QUA",
            "S30" | "S36" => "RND",
            "S04" | "S25" => "FIN",
            "S33" => "SUS",
            "S38" => "IT",
            "S01" | "S05" | "S06" | "S07" | "S08" => "EXE",
            "S15" => "OPS",
            code if self.assignments.iter().any(|held| held.role == "REL") || code == "S35" => {
                "REL"
            }
            _ => "",
        }
    }
}
