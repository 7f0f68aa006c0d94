//! Rows of scores: judgements and measures for criteria.

use orchestre_domain::criterion::CriteriaSet;

use crate::cells::{Cells, read_rows};
use crate::issue::{Issue, IssueCode};
use crate::rows::ScoreRow;
use crate::sheet::Sheet;

/// Reads the scores of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, ScoreRow)>, Vec<Issue>) {
    read_rows(sheet, |cells| row(sheet, cells))
}

fn row(sheet: &Sheet<'_>, cells: &mut Cells<'_>) -> Option<ScoreRow> {
    let column = |field: &str| sheet.column(field);
    // A file without sets speaks of the selection.
    let set = match cells.raw(column("set")) {
        None => Some(CriteriaSet::Selection),
        Some(_) => cells.word(column("set")).and_then(CriteriaSet::parse),
    };
    if set.is_none() {
        cells.keep_out();
    }
    let criterion = cells.needed_text(column("criterion"));
    let account = cells.needed_text(column("account"));
    let value = cells.level(column("value"), (1, 5));
    let raw_e4 = cells.scaled(column("raw"), 4);
    if cells.raw(column("value")).or(cells.raw(column("raw"))).is_none() {
        let column = if sheet.has("value") { column("value") } else { column("raw") };
        cells.refuse(IssueCode::RequiredMissing, column);
    }
    let (judge, on) = (cells.text(column("judge")), cells.day(column("on")));
    let (evidence, round) = (cells.text(column("evidence")), cells.text(column("round")));
    let (set, criterion, account) = (set?, criterion?, account?);
    Some(ScoreRow { set, criterion, account, value, raw_e4, judge, on, evidence, round })
}
