//! Rows of links: who belongs to whom, in which view, from when to when.

use crate::cells::{Cells, read_rows};
use crate::issue::Issue;
use crate::rows::LinkRow;
use crate::sheet::Sheet;
use crate::words::known_word;

/// Reads the links of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, LinkRow)>, Vec<Issue>) {
    read_rows(sheet, |cells| row(sheet, cells))
}

fn row(sheet: &Sheet<'_>, cells: &mut Cells<'_>) -> Option<LinkRow> {
    let column = |field: &str| sheet.column(field);
    let (parent, child) = (cells.needed_text(column("parent")), cells.needed_text(column("child")));
    // Views are rows of the database, not a closed list: other words stay as they are.
    let view = cells.text(column("view"));
    let view = view.map(|view| known_word("view", &view).map_or(view, str::to_owned));
    let (share, valid_from) = (cells.share(column("share")), cells.day(column("valid_from")));
    let (valid_to, source) = (cells.day(column("valid_to")), cells.text(column("source")));
    Some(LinkRow { view, parent: parent?, child: child?, share, valid_from, valid_to, source })
}
