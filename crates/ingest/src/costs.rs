//! Rows of costs of serving an account.

use crate::cells::{Cells, read_rows};
use crate::issue::Issue;
use crate::rows::CostRow;
use crate::sheet::Sheet;

/// Reads the costs of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, CostRow)>, Vec<Issue>) {
    read_rows(sheet, |cells| row(sheet, cells))
}

fn row(sheet: &Sheet<'_>, cells: &mut Cells<'_>) -> Option<CostRow> {
    let column = |field: &str| sheet.column(field);
    let account = cells.needed_text(column("account"));
    let from = cells.day(column("from"));
    let from = cells.need(column("from"), from);
    let currency = cells.currency(column("currency"));
    let amount = cells.money(column("amount"), currency);
    let amount = cells.need(column("amount"), amount);
    let (kind, to) = (cells.text(column("type")), cells.day(column("to")));
    Some(CostRow { account: account?, kind, from: from?, to, amount })
}
