//! The sheets of a workbook as texts of cells: values only, never formulas or links.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xls, Xlsb, Xlsx};

use super::{Budget, Csv, Opened, Part, archive, too_large};
use crate::issue::{Issue, IssueCode};

/// The format of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

impl Kind {
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Some(Self::Xls);
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return None;
        }
        let kinds = [
            ("xl/workbook.xml", Self::Xlsx),
            ("xl/workbook.bin", Self::Xlsb),
            ("META-INF/manifest.xml", Self::Ods),
        ];
        let found = kinds.into_iter().find(|(name, _)| archive::has(bytes, name));
        found.map(|(_, kind)| kind)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
        }
    }
}

/// So many columns has a sheet at most; cells beyond are left out.
const COLUMNS: u32 = 16_384;

/// Opens the sheets of a workbook; empty ones are left out.
pub(super) fn open(
    opened: &mut Opened,
    (path, bytes, kind): (&str, Vec<u8>, Kind),
    budget: &mut Budget,
) {
    if kind != Kind::Xls
        && let Err(issue) = archive::fits(&bytes, budget)
    {
        return opened.refuse(path, issue);
    }
    let whole = budget.limits.whole;
    if kind != Kind::Xlsx && u64::try_from(bytes.len()).is_ok_and(|size| size > whole) {
        return opened.refuse(path, too_large(whole));
    }
    let bytes = Cursor::new(bytes);
    let sheets = match kind {
        Kind::Xlsx => Xlsx::new(bytes).ok().map(|book| streamed(book, budget.left)),
        Kind::Xlsb => Xlsb::new(bytes).ok().map(whole_sheets),
        Kind::Xls => Xls::new(bytes).ok().map(whole_sheets),
        Kind::Ods => Ods::new(bytes).ok().map(whole_sheets),
    };
    let Some(sheets) = sheets else { return opened.refuse(path, broken(kind)) };
    for (name, sheet) in sheets {
        let path = format!("{path}/{name}");
        match sheet {
            Some(bytes) if bytes.is_empty() => {}
            Some(bytes) => {
                budget.take(bytes.len());
                opened.parts.push(Part { path, bytes });
            }
            None => opened.refuse(&path, broken(kind)),
        }
    }
}

fn broken(kind: Kind) -> Issue {
    Issue::file(IssueCode::FormatMismatch).with_value(kind.name())
}

/// The sheets by name; `None` for one that cannot be read.
type Sheets = Vec<(String, Option<Vec<u8>>)>;

/// Reads the sheets cell by cell: what a sheet declares to hold costs nothing.
fn streamed(mut book: Xlsx<Cursor<Vec<u8>>>, most: u64) -> Sheets {
    let names = book.sheet_names();
    let sheet = |name: String| {
        let text = stream(&mut book, &name, most);
        (name, text)
    };
    names.into_iter().map(sheet).collect()
}

fn stream(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, most: u64) -> Option<Vec<u8>> {
    let mut reader = book.worksheet_cells_reader(name).ok()?;
    let mut rows = Rows::new(most);
    while let Some(cell) = reader.next_cell().ok()? {
        let (row, column) = cell.get_position();
        rows.cell((row, column), text_of(cell.get_value()))?;
    }
    Some(rows.end())
}

fn whole_sheets<R>(mut book: R) -> Sheets
where
    R: Reader<Cursor<Vec<u8>>>,
{
    let names = book.sheet_names();
    let sheet = |name: String| {
        let text = book.worksheet_range(&name).ok().and_then(|range| {
            let mut rows = Rows::new(u64::MAX);
            let (first_row, first_column) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let row = first_row.saturating_add(u32::try_from(row).ok()?);
                let column = first_column.saturating_add(u32::try_from(column).ok()?);
                rows.cell((row, column), text_of(&borrowed(value)))?;
            }
            Some(rows.end())
        });
        (name, text)
    };
    names.into_iter().map(sheet).collect()
}

/// Rows of cells that come in order, with a line of the text for each row of the sheet.
struct Rows {
    csv: Csv,
    next: u32,
    row: Vec<String>,
    size: u64,
    most: u64,
    /// Whether a row of headings stands above: a title alone is none.
    has_head: bool,
}

/// Rows before the headings that stay as empty lines, so that lines keep their numbers.
const GAP: u32 = 1_000;

impl Rows {
    fn new(most: u64) -> Self {
        Self { csv: Csv::new(), next: 0, row: Vec::new(), size: 0, most, has_head: false }
    }

    /// Takes a cell; `None` when the sheet is larger than allowed.
    fn cell(&mut self, (row, column): (u32, u32), text: Cow<'_, str>) -> Option<()> {
        if text.trim().is_empty() || column >= COLUMNS {
            return Some(());
        }
        if row != self.next {
            self.flush();
            let gap = row.saturating_sub(self.next).min(GAP);
            for _ in 0..gap {
                self.csv.row([Cow::Borrowed("")]);
            }
            self.next = row;
        }
        let column = usize::try_from(column).ok()?;
        if self.row.len() <= column {
            self.row.resize(column + 1, String::new());
        }
        self.size = self.size.saturating_add(u64::try_from(text.len()).ok()?);
        if let Some(cell) = self.row.get_mut(column) {
            *cell = text.into_owned();
        }
        (self.size <= self.most).then_some(())
    }

    /// Ends a row. A title above the headings is one cell alone: it makes an empty line.
    fn flush(&mut self) {
        if self.row.is_empty() {
            return;
        }
        let filled = self.row.iter().filter(|cell| !cell.is_empty()).count();
        self.has_head |= filled > 1;
        let row = std::mem::take(&mut self.row);
        if self.has_head {
            self.csv.row(row.into_iter().map(Cow::Owned));
        } else {
            self.csv.row([Cow::Borrowed("")]);
        }
        self.next = self.next.saturating_add(1);
    }

    fn end(mut self) -> Vec<u8> {
        self.flush();
        if self.has_head { self.csv.end() } else { Vec::new() }
    }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            DataRef::SharedString(text)
        }
        Data::Bool(yes) => DataRef::Bool(*yes),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::Error(_) | Data::Empty => DataRef::Empty,
    }
}

/// Gives what a reader of the sheet sees, in a form that can be read in one way only.
fn text_of<'a>(value: &'a DataRef<'_>) -> Cow<'a, str> {
    match value {
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(number_text(*number)),
        DataRef::SharedString(text) => Cow::Borrowed(*text),
        DataRef::Bool(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
        DataRef::DateTime(moment) => Cow::Owned(moment_text(moment)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cow::Borrowed(text.as_str())
        }
        DataRef::Error(_) | DataRef::Empty => Cow::Borrowed(""),
    }
}

/// Gives a number with a point, without the noise of binary fractions; never with three decimals
/// alone, which could be thousands.
pub(super) fn number_text(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    // A spreadsheet shows fifteen digits; what stands behind them is not the user's.
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = rounded.to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => format!("{text}0"),
        _ => text,
    }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        let minutes = (moment.as_f64() * 1_440.0).round();
        return number_text(minutes);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    if moment.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}
