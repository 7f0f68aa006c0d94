//! Rates of exchange: the wide form of the European Central Bank, or one rate a line.

use jiff::civil::Date;
use orchestre_domain::money::Currency;
use orchestre_domain::rate::RateRule;

use crate::cells::{Cells, missing, read_rows};
use crate::day::{Written, read_day};
use crate::heading::Heading;
use crate::issue::{Issue, IssueCode};
use crate::number::{Mark, Numeral, read_number};
use crate::rows::RateRow;
use crate::sheet::{Column, Sheet};
use crate::table::Table;
use crate::unit::{Unit, iso_currency};

/// Rates are kept with eight decimals.
const DECIMALS: u32 = 8;

/// Gives the columns whose headings are currencies.
pub(crate) fn wide_currencies(headings: &[Heading]) -> Vec<(usize, Currency)> {
    let code = |heading: &Heading| {
        let text = heading.text.as_str();
        let plain = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        plain.then(|| iso_currency(text)).flatten()
    };
    let found = headings.iter().enumerate();
    found.filter_map(|(place, heading)| Some((place, code(heading)?))).collect()
}

/// Reads the rates of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, RateRow)>, Vec<Issue>) {
    let headings: Vec<Heading> = sheet.table.headings.iter().map(|h| Heading::new(h)).collect();
    let wide = wide_currencies(&headings);
    if wide.is_empty() || sheet.has("rate") {
        return read_rows(sheet, |cells| row(sheet, cells));
    }
    read_wide(sheet, &wide)
}

fn row(sheet: &Sheet<'_>, cells: &mut Cells<'_>) -> Option<RateRow> {
    let column = |field: &str| sheet.column(field);
    let date = cells.day(column("date"));
    let fiscal_year = cells.integer(column("fiscal_year"));
    if fiscal_year.is_none() {
        cells.need(column("date"), date);
    }
    let month = matches!(cells.raw(column("date")).and_then(read_day), Some(Written::Month(_)));
    let currency = cells.currency(column("currency"));
    let currency = cells.need(column("currency"), currency);
    let rate = cells.raw(column("rate")).map(|_| cells.scaled(column("rate"), DECIMALS));
    if rate.flatten().is_some_and(|rate| rate <= 0) {
        cells.refuse(IssueCode::OutOfRange, column("rate"));
    }
    let rule = cells.raw(column("rule")).map(|word| RateRule::parse(&word.to_lowercase()));
    if rule == Some(None) {
        cells.refuse(IssueCode::UnknownWord, column("rule"));
    }
    // A rate that was not published is no mistake: the row says nothing.
    let rate_e8 = rate??;
    Some(RateRow { date, month, currency: currency?, rate_e8, rule: rule.flatten(), fiscal_year })
}

/// Reads one row a day, one column a currency; cells that say nothing were not published.
fn read_wide(sheet: &Sheet<'_>, wide: &[(usize, Currency)]) -> (Vec<(u32, RateRow)>, Vec<Issue>) {
    let table = sheet.table;
    let mark = wide_mark(table, wide, sheet.column("date").style.mark);
    let (mut rows, mut issues) = (Vec::new(), Vec::new());
    let (days, day_issues) = read_rows(sheet, |cells| day(cells, sheet.column("date")));
    issues.extend(day_issues);
    for (line, (row, date, month)) in days {
        for (place, currency) in wide {
            let Some(cell) = missing(table.cell(row, *place)) else { continue };
            match rate(cell, mark) {
                Ok(rate_e8) => rows.push((
                    line,
                    RateRow {
                        date: Some(date),
                        month,
                        currency: *currency,
                        rate_e8,
                        rule: None,
                        fiscal_year: None,
                    },
                )),
                Err(code) => issues
                    .push(Issue::row(code, line).in_column(currency.as_str()).with_value(cell)),
            }
        }
    }
    (rows, issues)
}

fn day(cells: &mut Cells<'_>, column: &Column) -> Option<(usize, Date, bool)> {
    let date = cells.day(column);
    let month = matches!(cells.raw(column).and_then(read_day), Some(Written::Month(_)));
    cells.need(column, date).map(|date| (cells.row, date, month))
}

/// Gives the decimal mark of all columns together: one program wrote them.
fn wide_mark(table: &Table, wide: &[(usize, Currency)], known: Option<Mark>) -> Option<Mark> {
    if known.is_some() || table.dialect.delimiter.is_none() {
        return known.or(Some(Mark::Point));
    }
    let (mut point, mut comma) = (false, false);
    for row in 0..table.len() {
        for (place, _) in wide {
            let numeral = missing(table.cell(row, *place)).and_then(read_number);
            if let Some((Numeral::Marked(mark, _), _)) = numeral {
                point |= mark == Mark::Point;
                comma |= mark == Mark::Comma;
            }
        }
        if point && comma {
            return None;
        }
    }
    match (point, comma) {
        (true, false) => Some(Mark::Point),
        (false, true) => Some(Mark::Comma),
        _ => None,
    }
}

fn rate(cell: &str, mark: Option<Mark>) -> Result<i64, IssueCode> {
    let (numeral, unit) = read_number(cell).ok_or(IssueCode::NumberUnreadable)?;
    let number = match (numeral, mark) {
        (Numeral::Either { .. }, None) => return Err(IssueCode::AmbiguousNumber),
        (numeral, None) => numeral.settle(Mark::Point).or_else(|| numeral.settle(Mark::Comma)),
        (numeral, Some(mark)) => numeral.settle(mark),
    };
    let number = number.filter(|_| unit == Unit::default()).ok_or(IssueCode::NumberUnreadable)?;
    number.scaled(DECIMALS).filter(|rate| *rate > 0).ok_or(IssueCode::OutOfRange)
}
