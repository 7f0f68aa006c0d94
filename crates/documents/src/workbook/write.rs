//! From the plain tables to the file.

use std::collections::BTreeSet;

use jiff::civil::Date;
use orchestre_domain::float;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

use super::{Cell, Column, ColumnKind, Sheet, Workbook};
use crate::DocumentError;

/// How many rows a spreadsheet holds.
const ROW_LIMIT: usize = 1_048_576;
/// How many letters a cell holds.
const CELL_LIMIT: usize = 32_767;
/// How many letters the name of a sheet holds.
const NAME_LIMIT: usize = 31;
/// Letters with which a spreadsheet begins a formula when a cell is edited or the sheet is saved as CSV.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

const INK: Color = Color::RGB(0x13_1a_20);
const INK_2: Color = Color::RGB(0x44_50_5a);
const WRONG: Color = Color::RGB(0xff_d9_d6);
const PAPER_3: Color = Color::RGB(0xea_ee_f0);

/// Which rows a format is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Row,
    Totals,
}

/// Gives the file of a workbook.
pub(super) fn workbook(workbook: &Workbook) -> Result<Vec<u8>, DocumentError> {
    let mut file = rust_xlsxwriter::Workbook::new();
    file.set_properties(
        &DocProperties::new()
            .set_title(&workbook.title)
            .set_author(&workbook.author)
            .set_company("")
            .set_creation_datetime(&ExcelDateTime::from_timestamp(
                workbook.created_at.as_second(),
            )?),
    );
    let mut names = BTreeSet::new();
    for sheet in &workbook.sheets {
        let name = free_name(&sheet.name, &mut names);
        write_sheet(file.add_worksheet().set_name(name)?, sheet)?;
    }
    Ok(file.save_to_buffer()?)
}

fn write_sheet(page: &mut Worksheet, sheet: &Sheet) -> Result<(), DocumentError> {
    let needed = sheet.rows.len().saturating_add(sheet.notes.len()).saturating_add(4);
    if needed > ROW_LIMIT {
        return Err(DocumentError::TooManyRows { sheet: sheet.name.clone(), limit: ROW_LIMIT });
    }
    write_head(page, sheet)?;
    let mut row = 1_u32;
    let formats = formats(&sheet.columns, Place::Row);
    for cells in &sheet.rows {
        write_row(page, row, cells, &formats)?;
        row = row.saturating_add(1);
    }
    if let Some(last) = last_column(sheet) {
        page.autofilter(0, 0, row.saturating_sub(1), last)?;
    }
    if !sheet.totals.is_empty() {
        write_row(page, row, &sheet.totals, &self::formats(&sheet.columns, Place::Totals))?;
        row = row.saturating_add(1);
    }
    let note_format = Format::new().set_font_color(INK_2);
    for note in &sheet.notes {
        row = row.saturating_add(1);
        write_text(page, (row, 0), note, &note_format)?;
    }
    Ok(())
}

/// Writes the headings and what keeps them in sight: frozen on the screen, repeated on paper.
fn write_head(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    for (index, column) in (0_u16..).zip(&sheet.columns) {
        let format = aligned(Format::new(), column.kind)
            .set_bold()
            .set_font_color(INK)
            .set_background_color(PAPER_3)
            .set_border_bottom(FormatBorder::Thin)
            .set_text_wrap();
        page.set_column_width(index, f64::from(column.width.clamp(4, 255)))?;
        write_text(page, (0, index), &column.heading, &format)?;
    }
    page.set_freeze_panes(1, 0)?
        .set_repeat_rows(0, 0)?
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

fn last_column(sheet: &Sheet) -> Option<u16> {
    u16::try_from(sheet.columns.len()).ok()?.checked_sub(1)
}

/// The looks of a column: of its numbers, of words, of words that begin like a formula.
struct Look {
    kind: ColumnKind,
    value: Format,
    words: Format,
    quoted: Format,
}

fn formats(columns: &[Column], place: Place) -> Vec<Look> {
    columns
        .iter()
        .map(|column| {
            let plain = match place {
                Place::Row => Format::new(),
                Place::Totals => Format::new()
                    .set_bold()
                    .set_border_top(FormatBorder::Thin)
                    .set_border_bottom(FormatBorder::Thin),
            };
            let plain = aligned(plain, column.kind);
            let words = if column.kind == ColumnKind::Text {
                plain.clone()
            } else {
                plain.clone().set_font_color(INK_2)
            };
            Look {
                kind: column.kind,
                value: plain.set_num_format(number_format(column.kind)),
                quoted: words.clone().set_quote_prefix(),
                words,
            }
        })
        .collect()
}

/// Words stand left, numbers and days right.
fn aligned(format: Format, kind: ColumnKind) -> Format {
    match kind {
        ColumnKind::Text => format.set_align(FormatAlign::Left),
        _ => format.set_align(FormatAlign::Right),
    }
}

/// Gives the number format; the reader's program puts its own signs between thousands and before decimals.
fn number_format(kind: ColumnKind) -> String {
    match kind {
        ColumnKind::Text => "General".to_owned(),
        ColumnKind::Count | ColumnKind::Money { decimals: 0 } => "#,##0".to_owned(),
        ColumnKind::Money { decimals } => {
            format!("#,##0.{}", "0".repeat(usize::from(decimals)))
        }
        ColumnKind::Percent => "0.0%".to_owned(),
        ColumnKind::Day => "yyyy-mm-dd".to_owned(),
    }
}

fn write_row(
    page: &mut Worksheet,
    row: u32,
    cells: &[Cell],
    looks: &[Look],
) -> Result<(), XlsxError> {
    for ((column, look), cell) in (0_u16..).zip(looks).zip(cells) {
        let value = &look.value;
        match cell {
            Cell::Text(words) => {
                let format =
                    if words.starts_with(FORMULA_SIGNS) { &look.quoted } else { &look.words };
                write_text(page, (row, column), words, format)?;
            }
            Cell::Wrong(words) => {
                let ground = look.words.clone().set_background_color(WRONG).set_quote_prefix();
                write_text(page, (row, column), words, &ground)?;
            }
            Cell::Count(count) => {
                page.write_number_with_format(row, column, float::from_minor(*count), value)?;
            }
            Cell::Money(minor) => {
                let amount = float::from_minor(*minor) / unit(look.kind);
                page.write_number_with_format(row, column, amount, value)?;
            }
            Cell::Percent(fraction) if fraction.is_finite() => {
                page.write_number_with_format(row, column, *fraction, value)?;
            }
            Cell::Empty | Cell::Percent(_) => {
                page.write_blank(row, column, &look.words)?;
            }
            Cell::Day(day) => match excel_day(*day) {
                Some(found) => {
                    page.write_datetime_with_format(row, column, &found, value)?;
                }
                None => write_text(page, (row, column), &day.to_string(), &look.words)?,
            },
        }
    }
    Ok(())
}

/// Gives how many minor units make one of the currency of a column.
fn unit(kind: ColumnKind) -> f64 {
    match kind {
        ColumnKind::Money { decimals } => 10_f64.powi(i32::from(decimals)),
        _ => 1.0,
    }
}

/// Gives a day as a spreadsheet counts it; `None` before 1 March 1900, from where its calendar is right.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    if day < jiff::civil::date(1900, 3, 1) {
        return None;
    }
    ExcelDateTime::from_ymd(
        u16::try_from(day.year()).ok()?,
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    )
    .ok()
}

/// Writes words as words; what a cell cannot hold gives way to an ellipsis.
fn write_text(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if words.encode_utf16().count() <= CELL_LIMIT {
        page.write_string_with_format(row, column, words, format)?;
        return Ok(());
    }
    let mut room = CELL_LIMIT.saturating_sub(1);
    let mut kept: String = words
        .chars()
        .take_while(|sign| {
            let left = room.checked_sub(sign.len_utf16());
            room = left.unwrap_or(0);
            left.is_some()
        })
        .collect();
    kept.push('…');
    page.write_string_with_format(row, column, kept, format)?;
    Ok(())
}

/// Gives a name that a spreadsheet takes and that no sheet before has.
fn free_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let clean: String = wanted
        .chars()
        .map(|sign| if "[]:*?/\\".contains(sign) || sign.is_control() { ' ' } else { sign })
        .collect();
    let clean = clean.trim_matches([' ', '\'']);
    let base = if clean.is_empty() { "1" } else { clean };
    let mut count = 1_u32;
    loop {
        let end = if count == 1 { String::new() } else { format!(" {count}") };
        let mut room = NAME_LIMIT.saturating_sub(end.len());
        let start: String = base
            .chars()
            .take_while(|sign| {
                let left = room.checked_sub(sign.len_utf16());
                room = left.unwrap_or(0);
                left.is_some()
            })
            .collect();
        let name = format!("{}{end}", start.trim_end_matches([' ', '\'']));
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        count = count.saturating_add(1);
    }
}
