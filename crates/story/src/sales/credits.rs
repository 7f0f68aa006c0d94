//! Credit notes: some originals are raised and the difference is given back, so nets are untouched.

use super::Line;
use crate::amount::rounded;
use crate::calendar::Calendar;
use crate::random::Stream;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Adds credit notes to two lines in a hundred: between 5 and 20 % of the quantity.
///
/// Lines at agreed prices and those of the company bought in the middle of a month have none.
pub(super) fn with_credits(calendar: Calendar, mut lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut notes = Vec::new();
    let mut stream = Stream::new("credit", "");
    let mut party = "";
    for (number, line) in lines.iter_mut().enumerate() {
        if line.party.code != party {
            party = line.party.code;
            stream = Stream::new("credit", party);
        }
        let (hit, percent) = (stream.below(100) < 2, 5 + stream.below(16));
        if !hit || line.agreed.is_some() || party == "VER3" {
            continue;
        }
        let Some(day) = credited_on(calendar, line) else { continue };
        let quantity = rounded(line.quantity * percent, 100).max(1);
        let amount = rounded(line.amount * quantity, line.quantity);
        let cost = rounded(line.cost * quantity, line.quantity);
        let note = Line {
            day,
            quantity: -quantity,
            amount: -amount,
            cost: -cost,
            credits: Some(number),
            ..line.clone()
        };
        line.quantity += quantity;
        line.amount += amount;
        line.cost += cost;
        notes.push(note);
    }
    lines.extend(notes);
    lines
}

/// Gives the day of the credit note, 20 days later or the 8th of the next month for pounds; `None` when it would
/// lie in another half of a story year.
fn credited_on(calendar: Calendar, line: &Line<'_>) -> Option<Date> {
    let day = if line.party.currency == "GBP" {
        line.day.first_of_month().saturating_add(1.month()).saturating_add(7.days())
    } else {
        line.day.saturating_add(20.days())
    };
    let half = |day: Date| (1..=6).find(|half| day < calendar.month(36 - 6 * half));
    (half(day).is_some() && half(day) == half(line.day)).then_some(day)
}
