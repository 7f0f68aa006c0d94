//! The cells of one row as values; every mistake of a row is told, not only the first.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use orchestre_domain::money::{Currency, Money};

use crate::day::{DateOrder, Written, read_day, read_time};
use crate::heading::CellType;
use crate::issue::{Issue, IssueCode};
use crate::number::{Decimal, Mark, Numeral, read_number};
use crate::rows::Price;
use crate::sheet::{Column, Place, Sheet};
use crate::unit::{Unit, currency_cell};
use crate::words::known_word;

/// Gives the trimmed cell; `None` when it says that there is nothing.
pub(crate) fn missing(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    if cell.len() > 6 {
        return Some(cell);
    }
    let nothing =
        ["", "-", "–", "NULL", "null", "(null)", "N/A", "n/a", "#N/A", "\\N", "NaN", "nan"];
    (!nothing.contains(&cell)).then_some(cell)
}

/// The cells of one row.
pub(crate) struct Cells<'a> {
    sheet: &'a Sheet<'a>,
    /// The row of the table.
    pub(crate) row: usize,
    /// The line in which the row begins.
    pub(crate) line: u32,
    issues: Vec<Issue>,
    refused: bool,
}

impl<'a> Cells<'a> {
    /// Gives the cell of a column; `None` when it says nothing.
    pub(crate) fn raw(&self, column: &Column) -> Option<&'a str> {
        match column.place {
            Place::One(place) => missing(self.sheet.table.cell(self.row, place)),
            _ => None,
        }
    }

    /// Gives the cells of a column as an owned text.
    pub(crate) fn text(&self, column: &Column) -> Option<String> {
        self.raw(column).map(str::to_owned)
    }

    /// Adds an issue and lets the row go in.
    pub(crate) fn remark(&mut self, code: IssueCode, column: &Column) {
        let issue = Issue::row(code, self.line).in_column(&column.heading);
        let value = self.raw(column);
        self.issues.push(match value {
            Some(value) => issue.with_value(value),
            None => issue,
        });
    }

    /// Adds an issue and keeps the row out.
    pub(crate) fn refuse(&mut self, code: IssueCode, column: &Column) {
        self.remark(code, column);
        self.refused = true;
    }

    /// Gives the number of issues so far.
    pub(crate) fn issues(&self) -> usize {
        self.issues.len()
    }

    /// Keeps the row out for what was told already.
    pub(crate) const fn keep_out(&mut self) {
        self.refused = true;
    }

    /// Gives a value that the row must have.
    pub(crate) fn need<T>(&mut self, column: &Column, value: Option<T>) -> Option<T> {
        if value.is_none() && self.raw(column).is_none() && !column.left_out {
            self.refuse(IssueCode::RequiredMissing, column);
        }
        value
    }

    /// Gives a text that the row must have.
    pub(crate) fn needed_text(&mut self, column: &Column) -> Option<String> {
        let text = self.text(column);
        self.need(column, text)
    }

    /// Gives a day.
    pub(crate) fn day(&mut self, column: &Column) -> Option<Date> {
        let cell = self.raw(column)?;
        let Some(written) = read_day(cell) else {
            self.refuse(IssueCode::DateUnreadable, column);
            return None;
        };
        match (written, column.style.order) {
            (Written::Month(first), _) if column.cells == CellType::Until => {
                first.checked_add(1.month()).ok()
            }
            (Written::Sure(day) | Written::Month(day) | Written::Ordered(_, day), None) => {
                Some(day)
            }
            (Written::Either { .. }, None) => {
                self.refuse(IssueCode::AmbiguousDate, column);
                None
            }
            (written, Some(order)) => self.settled(column, written, order),
        }
    }

    fn settled(&mut self, column: &Column, written: Written, order: DateOrder) -> Option<Date> {
        let day = written.settle(order);
        if day.is_none() {
            self.refuse(IssueCode::DateUnreadable, column);
        }
        day
    }

    /// Gives a time of the day.
    pub(crate) fn time(&mut self, column: &Column) -> Option<Time> {
        let time = read_time(self.raw(column)?);
        if time.is_none() {
            self.refuse(IssueCode::DateUnreadable, column);
        }
        time
    }

    /// Gives a number and its unit.
    pub(crate) fn number(&mut self, column: &Column) -> Option<(Decimal, Unit)> {
        if let Place::Product(..) = column.place {
            return self.product(column);
        }
        let cell = self.raw(column)?;
        match parsed(cell, column) {
            Ok((number, unit)) => {
                let power = unit.power + if unit.power == 0 { column.unit.power } else { 0 };
                match number.shifted(power) {
                    Some(number) => Some((number, unit)),
                    None => self.out_of_range(column),
                }
            }
            Err(code) => {
                self.refuse(code, column);
                None
            }
        }
    }

    /// Gives the product of two columns; `None` when one of them says nothing.
    fn product(&mut self, column: &Column) -> Option<(Decimal, Unit)> {
        let sheet = self.sheet;
        let (_, [left, right]) = sheet.factors.iter().find(|(field, _)| *field == column.field)?;
        let (left, right) = (self.number(left), self.number(right));
        let ((left, unit), (right, other)) = (left?, right?);
        let unit = if unit.currency.is_some() { unit } else { other };
        match left.times(right) {
            Some(number) => Some((number, unit)),
            None => self.out_of_range(column),
        }
    }

    fn out_of_range<T>(&mut self, column: &Column) -> Option<T> {
        self.refuse(IssueCode::OutOfRange, column);
        None
    }

    /// Gives a number in units of `10^-decimals`.
    pub(crate) fn scaled(&mut self, column: &Column, decimals: u32) -> Option<i64> {
        let (number, unit) = self.number(column)?;
        if unit.currency.is_some() || unit.percent {
            self.refuse(IssueCode::NumberUnreadable, column);
            return None;
        }
        number.scaled(decimals).or_else(|| self.out_of_range(column))
    }

    /// Gives a whole number.
    pub(crate) fn integer(&mut self, column: &Column) -> Option<i64> {
        let e4 = self.scaled(column, 4)?;
        if e4.rem_euclid(10_000) != 0 {
            self.refuse(IssueCode::NumberUnreadable, column);
            return None;
        }
        Some(e4.div_euclid(10_000))
    }

    /// Gives a whole number within limits, or the number that a word stands for.
    pub(crate) fn level(&mut self, column: &Column, limits: (i64, i64)) -> Option<i64> {
        let cell = self.raw(column)?;
        if !cell.contains(|c: char| c.is_ascii_digit()) {
            let Some(level) = known_word("level", cell) else {
                self.remark(IssueCode::UnknownWord, column);
                return None;
            };
            return level.parse().ok().filter(|l| (limits.0..=limits.1).contains(l));
        }
        let level = self.integer(column)?;
        if !(limits.0..=limits.1).contains(&level) {
            return self.out_of_range(column);
        }
        Some(level)
    }

    /// Gives a share in parts per million.
    pub(crate) fn share(&mut self, column: &Column) -> Option<i64> {
        let (number, unit) = self.number(column)?;
        let percent = unit.percent || column.unit.percent || column.style.percent;
        number.scaled(if percent { 4 } else { 6 }).or_else(|| self.out_of_range(column))
    }

    /// Gives a currency.
    pub(crate) fn currency(&mut self, column: &Column) -> Option<Currency> {
        let currency = currency_cell(self.raw(column)?);
        if currency.is_none() {
            self.refuse(IssueCode::CurrencyUnknown, column);
        }
        currency
    }

    /// Gives an amount; `currency` is that of the row.
    pub(crate) fn money(&mut self, column: &Column, currency: Option<Currency>) -> Option<Money> {
        let (number, currency) = self.amount(column, currency)?;
        match number.scaled(currency.exponent()) {
            Some(minor) => Some(Money { minor, currency }),
            None => self.out_of_range(column),
        }
    }

    /// Gives a price or cost of one unit; `currency` is that of the row.
    pub(crate) fn price(&mut self, column: &Column, currency: Option<Currency>) -> Option<Price> {
        let (number, currency) = self.amount(column, currency)?;
        match number.scaled(currency.exponent() + 4) {
            Some(minor_e4) => Some(Price { minor_e4, currency }),
            None => self.out_of_range(column),
        }
    }

    fn amount(&mut self, column: &Column, of_row: Option<Currency>) -> Option<(Decimal, Currency)> {
        if column.left_out {
            return None;
        }
        let (number, unit) = self.number(column)?;
        if unit.percent {
            self.refuse(IssueCode::NumberUnreadable, column);
            return None;
        }
        let sign = if unit.shared { None } else { unit.currency };
        if sign.is_some() && of_row.is_some() && sign != of_row {
            // The cell says one currency and the row another: nobody can know which is right.
            self.refuse(IssueCode::NumberUnreadable, column);
            return None;
        }
        let found = of_row.or(sign).or(column.unit.currency);
        let found = found.or_else(|| shared(unit, self.sheet.currency)).or(self.sheet.currency);
        let Some(currency) = found else {
            self.remark(IssueCode::CurrencyMissing, column);
            self.refused |= column.required;
            return None;
        };
        Some((number, currency))
    }

    /// Gives a word of the column's list; an unknown one is told and left out.
    pub(crate) fn word(&mut self, column: &Column) -> Option<&'static str> {
        let CellType::Word(list) = column.cells else { return None };
        let word = known_word(list, self.raw(column)?);
        if word.is_none() && column.required {
            self.refuse(IssueCode::UnknownWord, column);
        } else if word.is_none() {
            self.remark(IssueCode::UnknownWord, column);
        }
        word
    }

    /// Gives yes or no.
    pub(crate) fn flag(&mut self, column: &Column) -> Option<bool> {
        let word = known_word("flag", self.raw(column)?);
        if word.is_none() {
            self.remark(IssueCode::UnknownWord, column);
        }
        word.map(|word| word == "yes")
    }

    /// Gives the parts of a cell that `;` parts.
    pub(crate) fn list(&self, column: &Column) -> Vec<String> {
        let parts = self.raw(column).unwrap_or_default().split([';', '|']);
        parts.filter_map(missing).map(str::to_owned).collect()
    }

    /// Gives the values of the columns that no field takes, under their headings.
    pub(crate) fn custom(&self) -> Vec<(String, String)> {
        let cell = |place: usize| missing(self.sheet.table.cell(self.row, place));
        let unmapped = self.sheet.unmapped.iter();
        unmapped.filter_map(|(place, h)| Some((h.clone(), cell(*place)?.to_owned()))).collect()
    }
}

/// Gives the currency of a sign that several use: the one the user named, if it is one of them.
fn shared(unit: Unit, named: Option<Currency>) -> Option<Currency> {
    let sign = unit.currency.filter(|_| unit.shared)?;
    let others: &[&str] = match sign.as_str() {
        "USD" => &["CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "CLP", "COP", "ARS"],
        _ => &["CNY"],
    };
    Some(named.filter(|named| others.contains(&named.as_str())).unwrap_or(sign))
}

fn parsed(cell: &str, column: &Column) -> Result<(Decimal, Unit), IssueCode> {
    let (numeral, unit) = read_number(cell).ok_or(IssueCode::NumberUnreadable)?;
    let number = match (numeral, column.style.mark) {
        (Numeral::Either { point, comma }, None) if column.cells == CellType::Integer => {
            // Nobody counts in thousandths: the separator parts thousands.
            Some(if point.scale == 0 { point } else { comma })
        }
        (Numeral::Either { .. }, None) => return Err(IssueCode::AmbiguousNumber),
        (numeral, None) => numeral.settle(Mark::Point).or_else(|| numeral.settle(Mark::Comma)),
        (numeral, Some(mark)) => numeral.settle(mark),
    };
    Ok((number.ok_or(IssueCode::NumberUnreadable)?, unit))
}

/// Reads every row of a sheet; what `build` refuses is left out, with all its mistakes told.
pub(crate) fn read_rows<T>(
    sheet: &Sheet<'_>,
    mut build: impl FnMut(&mut Cells<'_>) -> Option<T>,
) -> (Vec<(u32, T)>, Vec<Issue>) {
    let mut rows = Vec::with_capacity(sheet.table.len());
    let mut told = Told::default();
    for row in 0..sheet.table.len() {
        let line = sheet.table.line(row);
        let mut cells = Cells { sheet, row, line, issues: Vec::new(), refused: false };
        let blank =
            (0..sheet.table.headings.len()).all(|c| sheet.table.cell(row, c).trim().is_empty());
        if blank {
            continue;
        }
        let value = build(&mut cells);
        let (issues, refused) = (cells.issues, cells.refused);
        if let Some(value) = value
            && !refused
        {
            rows.push((line, value));
        }
        told.add(issues);
    }
    (rows, told.issues)
}

/// Issues of all rows; the same unknown word of a column is told once, with the number of rows.
#[derive(Default)]
struct Told {
    issues: Vec<Issue>,
    words: BTreeMap<(Option<String>, Option<String>), usize>,
}

impl Told {
    fn add(&mut self, issues: Vec<Issue>) {
        for issue in issues {
            if issue.code == IssueCode::UnknownWord {
                let key = (issue.column.clone(), issue.value.clone());
                let place = *self.words.entry(key).or_insert(self.issues.len());
                if let Some(known) = self.issues.get_mut(place) {
                    known.rows = known.rows.saturating_add(1);
                    continue;
                }
            }
            self.issues.push(issue);
        }
    }
}
