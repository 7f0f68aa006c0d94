//! Rows of interactions.

use orchestre_domain::interaction::InteractionType;

use crate::cells::{Cells, read_rows};
use crate::day::read_time;
use crate::issue::Issue;
use crate::rows::InteractionRow;
use crate::sheet::Sheet;

/// Reads the interactions of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, InteractionRow)>, Vec<Issue>) {
    read_rows(sheet, |cells| row(sheet, cells))
}

fn row(sheet: &Sheet<'_>, cells: &mut Cells<'_>) -> Option<InteractionRow> {
    let column = |field: &str| sheet.column(field);
    let date = cells.day(column("date"));
    let date = cells.need(column("date"), date);
    let kind = cells.word(column("type")).and_then(InteractionType::parse);
    let kind = cells.need(column("type"), kind);
    let time = if sheet.has("time") {
        cells.time(column("time"))
    } else {
        cells.raw(column("date")).filter(|cell| cell.contains('T')).and_then(read_time)
    };
    let minutes = cells.scaled(column("minutes"), 0);
    let row = InteractionRow {
        id: cells.text(column("id")),
        date: date.unwrap_or_default(),
        time,
        kind: kind.unwrap_or(InteractionType::Meeting),
        account: cells.text(column("account")),
        subject: cells.text(column("subject")),
        supplier_people: cells.list(column("supplier_people")),
        customer_people: cells.list(column("customer_people")),
        minutes,
        source: cells.text(column("source")),
    };
    date.and(kind).map(|_| row)
}
