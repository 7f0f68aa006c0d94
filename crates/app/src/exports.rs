//! Lists as files: CSV and XLSX with figures unrounded, only what the viewer may read.

pub mod events;

use jiff::Timestamp;
use orchestre_documents::workbook::{self, Cell, Column, ColumnKind, Sheet, Workbook};
use orchestre_domain::lang::Lang;
use orchestre_view::text;

use crate::portfolio::{AccountRow, Listing, Totals};
use crate::{AppError, Ctx, reads};

/// Gives the list as CSV: UTF-8 with a mark, comma, point; text never begins a formula.
///
/// # Errors
///
/// What the store says.
pub async fn portfolio_csv(ctx: &Ctx, listing: &Listing) -> Result<Vec<u8>, AppError> {
    let sheet = sheet(ctx.viewer.lang, listing);
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let decimals = listing.asked.currency.exponent();
    let head = sheet.columns.iter().map(|column| column.heading.clone());
    let mut is_written = writer.write_record(head).is_ok();
    for row in &sheet.rows {
        is_written &= writer.write_record(row.iter().map(|cell| words(cell, decimals))).is_ok();
    }
    reads::export(ctx, "portfolio", "csv", sheet.rows.len()).await?;
    let bytes = writer.into_inner().ok().filter(|_| is_written);
    bytes.ok_or(AppError::Code(crate::Code::Internal))
}

/// Gives the list as a workbook.
///
/// # Errors
///
/// What the store says; a document that could not be made.
pub async fn portfolio_xlsx(ctx: &Ctx, listing: &Listing) -> Result<Vec<u8>, AppError> {
    let lang = ctx.viewer.lang;
    let book = Workbook {
        title: text(lang, "page-portfolio-title"),
        author: "Orchestre".to_owned(),
        created_at: Timestamp::from_microsecond(ctx.now()).unwrap_or_default(),
        sheets: vec![sheet(lang, listing)],
    };
    let made = tokio::task::spawn_blocking(move || workbook::xlsx(&book)).await;
    reads::export(ctx, "portfolio", "xlsx", listing.rows.len()).await?;
    Ok(made.map_err(|_panicked| AppError::Code(crate::Code::Internal))??)
}

fn sheet(lang: Lang, listing: &Listing) -> Sheet {
    let money = ColumnKind::Money {
        decimals: u8::try_from(listing.asked.currency.exponent()).unwrap_or(2),
    };
    let has_margin = !listing.totals.margin.is_hidden();
    let mut columns = vec![
        column(lang, "word-rank", ColumnKind::Count, 6),
        column(lang, "word-account", ColumnKind::Text, 34),
        column(lang, "word-country", ColumnKind::Text, 8),
        column(lang, "word-tier", ColumnKind::Text, 16),
        column(lang, "word-status", ColumnKind::Text, 14),
        column(lang, "word-kam", ColumnKind::Text, 24),
        column(lang, "figure-turnover", money, 16),
        column(lang, "word-currency", ColumnKind::Text, 9),
        column(lang, "word-growth", ColumnKind::Percent, 11),
    ];
    if has_margin {
        columns.push(column(lang, "word-margin", ColumnKind::Percent, 11));
    }
    columns.push(column(lang, "word-score", ColumnKind::Text, 11));
    columns.push(column(lang, "word-coverage", ColumnKind::Percent, 11));
    Sheet {
        name: text(lang, "page-portfolio-title"),
        columns,
        rows: listing.rows.iter().map(|row| cells(lang, row, &listing.totals)).collect(),
        totals: Vec::new(),
        notes: listing
            .warnings
            .iter()
            .map(|warning| text(lang, &format!("warning-{warning}")))
            .collect(),
    }
}

fn column(lang: Lang, key: &str, kind: ColumnKind, width: u16) -> Column {
    Column { heading: text(lang, key), kind, width }
}

fn cells(lang: Lang, row: &AccountRow, totals: &Totals) -> Vec<Cell> {
    let words = |words: Option<String>| words.map_or(Cell::Empty, Cell::Text);
    let score = row.score.shown();
    let mut cells = vec![
        row.rank.and_then(|rank| i64::try_from(rank).ok()).map_or(Cell::Empty, Cell::Count),
        Cell::Text(row.name.clone()),
        words(row.country.clone()),
        words(row.tier.map(|tier| text(lang, &format!("state-tier-{tier}")))),
        words(row.status.map(|status| text(lang, &format!("state-status-{status}")))),
        words(row.kam.as_ref().map(|(_, name)| name.clone())),
        row.turnover_12m_minor.map_or(Cell::Empty, Cell::Money),
        Cell::Text(row.currency.to_string()),
        row.growth.map_or(Cell::Empty, Cell::Percent),
    ];
    if !totals.margin.is_hidden() {
        cells.push(
            row.margin
                .shown()
                .and_then(|margin| margin.fraction)
                .map_or(Cell::Empty, Cell::Percent),
        );
    }
    cells.push(words(score.and_then(|score| score.value).map(|value| format!("{value:.2}"))));
    cells.push(score.map_or(Cell::Empty, |score| Cell::Percent(score.coverage)));
    cells
}

/// Gives a text with an apostrophe before what a sheet would take for a formula.
fn safe(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

/// Gives a cell of a CSV file.
fn words(cell: &Cell, decimals: u32) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Wrong(text) => safe(text.clone()),
        Cell::Count(count) => count.to_string(),
        Cell::Money(minor) => major(*minor, decimals),
        Cell::Percent(share) => share.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

fn major(minor: i64, decimals: u32) -> String {
    let scale = 10_u64.pow(decimals);
    let (whole, rest) = (
        minor.unsigned_abs().checked_div(scale).unwrap_or(0),
        minor.unsigned_abs().checked_rem(scale).unwrap_or(0),
    );
    let sign = if minor < 0 { "-" } else { "" };
    match usize::try_from(decimals) {
        Ok(0) | Err(_) => format!("{sign}{whole}"),
        Ok(width) => format!("{sign}{whole}.{rest:0width$}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_never_begins_a_formula() {
        assert_eq!(words(&Cell::Text("=1+1".to_owned()), 2), "'=1+1");
        assert_eq!(words(&Cell::Text("A".to_owned()), 2), "A");
    }

    #[test]
    fn money_keeps_its_cents_and_its_sign() {
        assert_eq!(major(-1_205, 2), "-12.05");
        assert_eq!(major(504, 0), "504");
    }
}
