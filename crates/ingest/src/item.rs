//! Files of items: contact cards, calendars and mail, each item a row of a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar;
use crate::dialect::{Dialect, Form};
use crate::issue::{Issue, IssueCode};
use crate::mail;
use crate::options::Options;
use crate::table::{FileText, Table};
use crate::vcard;

/// Gives the form of a file of items, from its first bytes and its name.
pub(crate) fn form(file_name: &str, bytes: &[u8]) -> Option<Form> {
    let start = bytes.iter().position(|b| {
        !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF | 0xFE | 0xFF | 0)
    })?;
    let plain: Vec<u8> = bytes.get(start..)?.iter().copied().filter(|b| *b != 0).take(24).collect();
    let begins = |word: &str| {
        plain.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word.as_bytes()))
    };
    let name = file_name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let named = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if begins("BEGIN:VCARD") || named(&[".vcf", ".vcard"]) {
        return Some(Form::Cards);
    }
    if begins("BEGIN:V") || named(&[".ics", ".ical", ".ifb", ".icalendar"]) {
        return Some(Form::Calendar);
    }
    (named(&[".eml", ".mbox", ".mbx", ".msg"]) || mail::looks_like_mail(bytes))
        .then_some(Form::Mail)
}

/// Gives the table of a file of items.
pub(crate) fn table(file: &FileText, options: &Options) -> Table {
    let dialect = file.dialect();
    let items = match dialect.form {
        Form::Cards => vcard::items(&file.text.content),
        Form::Calendar => calendar::items(&file.text.content, options),
        _ => mail::items(&file.bytes, options),
    };
    items.table(dialect)
}

/// The items of a file: what they say under our names, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Items {
    rows: Vec<(u32, BTreeMap<String, String>)>,
    issues: Vec<Issue>,
    left_out: usize,
}

impl Items {
    /// Adds an item.
    pub(crate) fn push(&mut self, line: u32, cells: BTreeMap<String, String>) {
        self.rows.push((line, cells));
    }

    /// Adds an item that cannot be read.
    pub(crate) fn refuse(&mut self, issue: Issue) {
        self.left_out += 1;
        self.issues.push(issue);
    }

    /// Counts an item that is left out on purpose: one issue for all of a kind.
    pub(crate) fn leave_out(&mut self, code: IssueCode, line: u32) {
        self.left_out += 1;
        match self.issues.iter_mut().find(|issue| issue.code == code) {
            Some(issue) => issue.rows = issue.rows.saturating_add(1),
            None => self.issues.push(Issue::row(code, line)),
        }
    }

    /// Notes a doubt about an item that goes in.
    pub(crate) fn remark(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    fn table(self, dialect: Dialect) -> Table {
        // Columns that rows cannot do without stand there even when every item was left out.
        let needed: [&str; 2] = match dialect.form {
            Form::Cards => ["id", "name"],
            _ => ["date", "type"],
        };
        let needed = needed.map(str::to_owned);
        let mut headings: Vec<String> = needed.to_vec();
        let mut known: BTreeSet<&String> = needed.iter().collect();
        for name in self.rows.iter().flat_map(|(_, cells)| cells.keys()) {
            if known.insert(name) {
                headings.push(name.clone());
            }
        }
        let mut table = Table::new(dialect, headings);
        table.total_rows = self.rows.len() + self.left_out;
        table.issues = self.issues;
        let headings = table.headings.clone();
        for (line, cells) in &self.rows {
            let cell = |heading: &String| cells.get(heading).map_or("", String::as_str);
            table.push(*line, headings.iter().map(cell));
        }
        table
    }
}

/// Gives a person as the list of participants writes it: `Name <address>`.
pub(crate) fn participant(name: Option<&str>, address: &str) -> Option<String> {
    // Some programs forget the brackets: the last word is the address then.
    let (before, last) = address.trim().rsplit_once(' ').unwrap_or(("", address));
    let name = name.or(Some(before));
    let address = last.trim().trim_matches(['<', '>', '"', '\'']).to_lowercase();
    let plain = !address.contains([' ', ';', '|', '<', '>', ',']);
    let is_address =
        plain && address.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    let name: String = name
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_control() || matches!(c, ';' | '|' | '<' | '>' | '"') { ' ' } else { c })
        .collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches('\'');
    if !is_address {
        return None;
    }
    let is_known = name.is_empty() || name.to_lowercase() == address;
    Some(if is_known { address } else { format!("{name} <{address}>") })
}

/// What people write before a subject that is nobody else's.
const PRIVATE: [&str; 8] =
    ["[perso]", "[privé]", "[prive]", "[private]", "[personnel]", "[personal]", "perso:", "privé:"];

/// Says whether a subject marks its item as private.
pub(crate) fn is_marked_private(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    PRIVATE.iter().any(|mark| subject.starts_with(mark))
}
