//! `opportunities.csv`.

use crate::accounts::Facts;
use crate::amount::{self, thousand};
use crate::calendar::Calendar;
use crate::parties::group_of;
use crate::table::{Sheet, capitalized, rows};
use jiff::ToSpan as _;

/// Gives `opportunities.csv`; each was opened 180 days before it closes, or before T when it is still to close.
pub(crate) fn file(calendar: Calendar, facts: &[Facts]) -> String {
    let mut sheet = Sheet::new(
        "id,name,account,type,amount,currency,stage,probability,opened_on,close_on,owner",
    );
    for row in rows(include_str!("tables/opportunities.txt")) {
        if let Some(cells) = opportunity(calendar, facts, &row) {
            sheet.row(cells);
        }
    }
    sheet.finish()
}

fn opportunity(calendar: Calendar, facts: &[Facts], row: &[&'static str]) -> Option<Vec<String>> {
    let [code, party, name, kind, worth, stage, probability, close] = row.try_into().ok()?;
    let (thousands, currency) = worth.split_once(' ')?;
    let minor = thousands.parse::<i128>().ok()? * thousand(currency);
    let close = calendar.read(close)?;
    let opened = close.min(calendar.t()).saturating_sub(180.days());
    let facts = facts.iter().find(|facts| facts.code == group_of(party))?;
    // The account was handed over after this one had been lost.
    let owner = if code == "O27" { "S03" } else { facts.kam };
    Some(vec![
        code.to_owned(),
        capitalized(name),
        party.to_owned(),
        kind.to_owned(),
        amount::text(minor, currency),
        currency.to_owned(),
        stage.to_owned(),
        amount::decimals(amount::read(probability, 2)?, 2),
        opened.to_string(),
        close.to_string(),
        owner.to_owned(),
    ])
}
