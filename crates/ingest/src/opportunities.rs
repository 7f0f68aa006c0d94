//! Rows of opportunities.

use orchestre_domain::opportunity::{OpportunityType, Stage};

use crate::cells::{Cells, read_rows};
use crate::issue::{Issue, IssueCode};
use crate::rows::OpportunityRow;
use crate::sheet::Sheet;

/// Reads the opportunities of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, OpportunityRow)>, Vec<Issue>) {
    read_rows(sheet, |cells| row(sheet, cells))
}

fn row(sheet: &Sheet<'_>, cells: &mut Cells<'_>) -> Option<OpportunityRow> {
    let column = |field: &str| sheet.column(field);
    let name = cells.text(column("name"));
    let id = cells.text(column("id"));
    let id = if sheet.has("id") { cells.need(column("id"), id) } else { name.clone() };
    if id.is_none() && !sheet.has("id") {
        cells.refuse(IssueCode::RequiredMissing, column("name"));
    }
    let stage = cells.word(column("stage")).and_then(Stage::parse);
    let stage = cells.need(column("stage"), stage);
    let currency = cells.currency(column("currency"));
    let row = OpportunityRow {
        id: id?,
        name,
        account: cells.text(column("account")),
        product: cells.text(column("product")),
        kind: cells.word(column("type")).and_then(OpportunityType::parse),
        amount: cells.money(column("amount"), currency),
        stage: stage.unwrap_or(Stage::Identified),
        stage_text: cells.text(column("stage")).unwrap_or_default(),
        probability: cells.share(column("probability")),
        opened_on: cells.day(column("opened_on")),
        close_on: cells.day(column("close_on")),
        owner: cells.text(column("owner")),
    };
    stage.map(|_| row)
}
