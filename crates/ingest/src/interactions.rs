//! Rows of interactions.

use orchestre_domain::interaction::InteractionType;

use crate::cells::{Cells, read_rows};
use crate::day::read_time;
use crate::digest::{Digest, Feed};
use crate::issue::Issue;
use crate::rows::InteractionRow;
use crate::sheet::Sheet;

/// What mail and calendars say of an interaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchange {
    /// The people, each `Name <address>` or an address alone; nobody knows their sides yet.
    pub participants: Vec<String>,
    /// The key of the messages or meetings that belong together.
    pub thread: Option<String>,
    /// The start that an occurrence of a series has by its rule.
    pub occurrence: Option<String>,
}

impl Feed for Exchange {
    /// Feeds nothing where there is nothing: rows of tables keep their fingerprints.
    fn feed(&self, digest: &mut Digest) {
        if *self != Self::default() {
            self.participants.feed(digest);
            self.thread.feed(digest);
            self.occurrence.feed(digest);
        }
    }
}

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
        exchange: Exchange {
            participants: cells.list(column("participants")),
            thread: cells.text(column("thread")),
            occurrence: cells.text(column("occurrence")),
        },
    };
    date.and(kind).map(|_| row)
}
