//! The rows of a file that stay out, to be mended and dropped again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use orchestre_documents::workbook::{self, Cell, Column, ColumnKind, Sheet, Workbook};
use orchestre_domain::id::ImportId;
use orchestre_domain::import::Outcome;
use orchestre_ingest::{REMARKS, Table, table};
use orchestre_store::imports::IssueRecord;
use orchestre_view::text;

use super::compare::{read_again, said};
use super::may_read;
use super::rehearsal::{Rehearsed, rehearse};
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::reads;

/// The most bytes that a text may have after unpacking.
const LIMIT: u64 = 512 * 1024 * 1024;

/// Gives a workbook with the rows of an import that are not in, bad cells marked, and a column that
/// says what is wrong; with its headings it can be dropped again.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::NotFound`]; when the store fails.
pub async fn corrections(ctx: &Ctx, id: ImportId) -> Result<Vec<u8>, AppError> {
    may_read(ctx)?;
    let found = ctx.db().read(async |work| work.system_import(id).await).await?;
    let record = found.ok_or(AppError::NOT_FOUND)?;
    let options = said(&record);
    let (record, file) = read_again(ctx, record, options).await?;
    let cells = table(&file.name, &file.bytes, LIMIT).map_err(|_issue| AppError::NOT_FOUND)?;
    let (rows, kind, id) = (&file.reading.rows, record.kind, record.id.as_i64());
    let files = [Rehearsed { file: &file, kind, rows, id }];
    let tried = rehearse(ctx, &files, &|_, _| {}).await?.into_iter().next().unwrap_or_default();
    let lines = rows.lines();
    let is_in = |(place, line): (usize, u32)| {
        tried.tally.outcome(place).is_some_and(|outcome| outcome != Outcome::Skip).then_some(line)
    };
    let going_in: BTreeSet<u32> = lines.into_iter().enumerate().filter_map(is_in).collect();
    let sheet = sheet(ctx, &cells, (&going_in, &tried.issues));
    let book = Workbook {
        title: record.file_name.clone(),
        author: "Orchestre".to_owned(),
        created_at: Timestamp::from_microsecond(ctx.now()).unwrap_or_default(),
        sheets: vec![sheet],
    };
    let count = book.sheets.iter().map(|sheet| sheet.rows.len()).sum();
    let made = tokio::task::spawn_blocking(move || workbook::xlsx(&book)).await;
    reads::export(ctx, "corrections", "xlsx", count).await?;
    Ok(made.map_err(|_panicked| AppError::Code(Code::Internal))??)
}

fn sheet(ctx: &Ctx, cells: &Table, (going_in, issues): (&BTreeSet<u32>, &[IssueRecord])) -> Sheet {
    let mut by_line: BTreeMap<i64, Vec<&IssueRecord>> = BTreeMap::new();
    for issue in issues {
        by_line.entry(issue.line.unwrap_or(0)).or_default().push(issue);
    }
    let reasons = |line: u32| {
        let of_line = by_line.get(&i64::from(line)).map_or(&[][..], Vec::as_slice);
        // One issue stands for all rows that say the same: a row without its own has one of these.
        let of_all = by_line
            .values()
            .flatten()
            .filter(|issue| issue.args.iter().any(|(key, _)| key == "rows"));
        if of_line.is_empty() { of_all.copied().collect() } else { of_line.to_vec() }
    };
    let column =
        |heading: &str| Column { heading: heading.to_owned(), kind: ColumnKind::Text, width: 18 };
    let mut columns: Vec<Column> = cells.headings.iter().map(|heading| column(heading)).collect();
    columns.push(Column { width: 60, ..column(REMARKS) });
    let rows = (0..cells.len()).filter(|row| !going_in.contains(&cells.line(*row))).map(|row| {
        let line = cells.line(row);
        let own: Vec<&IssueRecord> = reasons(line);
        let mut said: Vec<Cell> =
            (0..cells.headings.len()).map(|place| cell(cells, (row, place), &own)).collect();
        let mut why: Vec<String> = own
            .iter()
            .filter(|issue| issue.line == Some(i64::from(line)) || speaks_of(cells, row, issue))
            .map(|issue| text(ctx.viewer.lang, &format!("state-issue-{}", issue.code)))
            .collect();
        why.dedup();
        said.push(Cell::Text(format!("{line}: {}", why.join(" "))));
        said
    });
    let name = "Orchestre".to_owned();
    Sheet { name, rows: rows.collect(), columns, totals: Vec::new(), notes: Vec::new() }
}

/// Says whether an issue of another line has the value of a cell of this row.
fn speaks_of(cells: &Table, row: usize, issue: &IssueRecord) -> bool {
    let value = issue.value.as_deref().unwrap_or_default();
    !value.is_empty() && (0..cells.headings.len()).any(|place| cells.cell(row, place) == value)
}

fn cell(cells: &Table, (row, place): (usize, usize), own: &[&IssueRecord]) -> Cell {
    let content = cells.cell(row, place);
    let heading = cells.headings.get(place).map(String::as_str);
    let is_wrong = own.iter().any(|issue| {
        let is_here = issue.column.as_deref() == heading || issue.value.as_deref() == Some(content);
        is_here && issue.value.as_deref().unwrap_or_default() == content
    });
    let content = content.to_owned();
    if is_wrong { Cell::Wrong(content) } else { Cell::Text(content) }
}
