//! Reading the files as an import would.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::{FROZEN_T, StoryFile, files};
use jiff::civil::Date;

static FROZEN: OnceLock<Vec<StoryFile>> = OnceLock::new();

/// A row by heading.
pub(super) type Row = BTreeMap<String, String>;

/// Gives the rows of a file told on T.
pub(super) fn file(name: &str, t: Date) -> Vec<Row> {
    let told;
    let files = if t == FROZEN_T {
        FROZEN.get_or_init(|| files(FROZEN_T))
    } else {
        told = files(t);
        &told
    };
    let text = &files.iter().find(|file| file.name == name).unwrap().text;
    let mut lines = text.lines();
    let headings: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line: &str| {
        headings.iter().map(|heading| (*heading).to_owned()).zip(cells(line)).collect()
    };
    lines.map(row).collect()
}

/// Says whether every line has as many cells as the first.
pub(super) fn is_regular(text: &str) -> bool {
    let mut counts = text.lines().map(|line| cells(line).len());
    let headings = counts.next().unwrap();
    counts.all(|count| count == headings)
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut before = ' ';
    for sign in line.chars() {
        match sign {
            '"' if quoted => quoted = false,
            '"' => {
                if before == '"' {
                    cells.last_mut().unwrap().push('"');
                }
                quoted = true;
            }
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(sign),
        }
        before = sign;
    }
    cells
}

/// A line of sales, as far as the figures need it.
#[derive(Debug)]
pub(super) struct Sale {
    pub(super) party: String,
    pub(super) product: String,
    pub(super) day: Date,
    /// 0 to 2.
    pub(super) year: usize,
    pub(super) currency: String,
    pub(super) credit: bool,
    pub(super) channel: String,
    pub(super) quantity: i128,
    /// Ten-thousandths.
    pub(super) price: i128,
    /// Minor units.
    pub(super) amount: i128,
    pub(super) cost: i128,
}

impl Sale {
    /// Gives the amount at budget rates, in ten-thousandths of a euro cent.
    pub(super) fn euros(&self) -> i128 {
        budget(self.amount, &self.currency)
    }

    pub(super) fn margin(&self) -> i128 {
        budget(self.amount - self.cost, &self.currency)
    }
}

/// Gives ten-thousandths of a euro cent, exact enough that sums of thousands do not move.
pub(super) fn budget(minor: i128, currency: &str) -> i128 {
    let (hundredths, rate) = match currency {
        "JPY" => (minor * 100, 16_000),
        "GBP" => (minor, 86),
        "USD" => (minor, 110),
        "PLN" => (minor, 430),
        _ => (minor, 100),
    };
    (hundredths * 100 * 10_000 * 2 + rate).div_euclid(2 * rate)
}

/// Rounds ten-thousandths of a cent to cents.
pub(super) fn cents(sum: i128) -> i128 {
    (sum * 2 + 10_000).div_euclid(20_000)
}

/// Rounds ten-thousandths of a cent to thousands of euros.
pub(super) fn thousands(sum: i128) -> i128 {
    let whole = 100_000 * 10_000;
    (sum * 2 + whole).div_euclid(2 * whole)
}

/// Reads a decimal as units of 10 to the minus `places`.
pub(super) fn number(text: &str, places: usize) -> i128 {
    crate::amount::read(text, places).unwrap()
}

static FROZEN_SALES: OnceLock<Vec<Sale>> = OnceLock::new();

/// Gives the lines of sales told on T; those of a T that is not frozen live as long as the tests.
pub(super) fn sales(t: Date) -> &'static [Sale] {
    if t == FROZEN_T { FROZEN_SALES.get_or_init(|| read_sales(t)) } else { read_sales(t).leak() }
}

fn read_sales(t: Date) -> Vec<Sale> {
    let first = t.first_of_month();
    let age = |day: Date| {
        12 * i64::from(first.year() - day.year()) + i64::from(first.month())
            - i64::from(day.month())
    };
    file("sales.csv", t)
        .into_iter()
        .map(|row| {
            let day: Date = row["date"].parse().unwrap();
            let places = if row["currency"] == "JPY" { 0 } else { 2 };
            Sale {
                year: usize::try_from((36 - age(day)).div_euclid(12)).unwrap(),
                day,
                credit: row["type"] == "credit_note",
                quantity: number(&row["quantity"], 0),
                price: number(&row["unit_price"], 4),
                amount: number(&row["amount"], places),
                cost: number(&row["cost"], places),
                party: row["account"].clone(),
                product: row["product"].clone(),
                currency: row["currency"].clone(),
                channel: row["channel"].clone(),
            }
        })
        .collect()
}

/// Gives the parents of a view on a day: child to parent and share in percent.
pub(super) fn parents(view: &str, day: Date, t: Date) -> BTreeMap<String, Vec<(String, i128)>> {
    let mut parents: BTreeMap<String, Vec<(String, i128)>> = BTreeMap::new();
    let links = file("links.csv", t);
    let valid = |row: &Row| {
        let from = row["valid_from"].parse::<Date>().unwrap_or(Date::MIN);
        let to = row["valid_to"].parse::<Date>().unwrap_or(Date::MAX);
        from <= day && day < to
    };
    for row in links.iter().filter(|row| row["view"] == view && valid(row)) {
        let share = number(row["share"].trim_end_matches('%'), 0);
        parents.entry(row["child"].clone()).or_default().push((row["parent"].clone(), share));
    }
    parents
}

/// Gives the root above a party, by the first parent.
pub(super) fn root(parents: &BTreeMap<String, Vec<(String, i128)>>, party: &str) -> String {
    match parents.get(party).and_then(|above| above.first()) {
        Some((parent, _)) => root(parents, parent),
        None => party.to_owned(),
    }
}
