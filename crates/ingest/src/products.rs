//! Rows of products.

use crate::cells::{Cells, read_rows};
use crate::issue::{Issue, IssueCode};
use crate::rows::ProductRow;
use crate::sheet::Sheet;

/// Reads the products of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, ProductRow)>, Vec<Issue>) {
    read_rows(sheet, |cells| row(sheet, cells))
}

fn row(sheet: &Sheet<'_>, cells: &mut Cells<'_>) -> Option<ProductRow> {
    let column = |field: &str| sheet.column(field);
    let name = cells.text(column("name"));
    let id = cells.text(column("id"));
    let id = if sheet.has("id") { cells.need(column("id"), id) } else { name.clone() };
    if id.is_none() && !sheet.has("id") {
        cells.refuse(IssueCode::RequiredMissing, column("name"));
    }
    let currency = cells.currency(column("currency"));
    let row = ProductRow {
        id: id.clone().unwrap_or_default(),
        name,
        name_fr: cells.text(column("name_fr")),
        family: cells.text(column("family")),
        business_unit: cells.text(column("business_unit")),
        unit: cells.text(column("unit")),
        list_price: cells.price(column("list_price"), currency),
        unit_cost: cells.price(column("unit_cost"), currency),
        life_cycle: cells.text(column("life_cycle")),
        launched_on: cells.day(column("launched_on")),
        end_on: cells.day(column("end_on")),
        custom: cells.custom(),
    };
    id.map(|_| row)
}
