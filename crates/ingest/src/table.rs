//! A file as a table of texts, before anybody asks what it means.

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use crate::dialect::{self, Dialect, Form};
use crate::encoding::{Text, decode};
use crate::issue::{Issue, IssueCode};
use crate::item;
use crate::json;
use crate::options::Options;
use crate::unpack::unpack;

/// The cells of a file under their headings.
///
/// # Shape
///
/// Every row has as many cells as there are headings; rows that had not are issues instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How the file is written.
    pub dialect: Dialect,
    /// The headings as they stand.
    pub headings: Vec<String>,
    /// What could not be read.
    pub issues: Vec<Issue>,
    /// How many rows the file has, the unreadable ones too.
    pub total_rows: usize,
    lines: Vec<u32>,
    cells: String,
    ends: Vec<usize>,
}

impl Table {
    /// Makes a table without rows.
    pub(crate) fn new(dialect: Dialect, headings: Vec<String>) -> Self {
        Self {
            dialect,
            headings,
            issues: Vec::new(),
            total_rows: 0,
            lines: Vec::new(),
            cells: String::new(),
            ends: vec![0],
        }
    }

    /// Gives the number of readable rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Says whether there is no readable row.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Gives the line of the file in which a row begins, counted from 1.
    pub fn line(&self, row: usize) -> u32 {
        self.lines.get(row).copied().unwrap_or(0)
    }

    /// Gives a cell; empty when there is none.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let place = row * self.headings.len() + column;
        match (self.ends.get(place), self.ends.get(place + 1)) {
            (Some(start), Some(end)) => self.cells.get(*start..*end).unwrap_or_default(),
            _ => "",
        }
    }

    /// Adds a row; cells beyond the headings are left out.
    pub(crate) fn push<'a>(&mut self, line: u32, cells: impl Iterator<Item = &'a str>) {
        self.lines.push(line);
        for cell in cells.take(self.headings.len()) {
            self.cells.push_str(cell);
            self.ends.push(self.cells.len());
        }
        self.ends.resize(self.lines.len() * self.headings.len() + 1, self.cells.len());
    }

    /// Adds an issue of a row that cannot go in.
    pub(crate) fn refuse(&mut self, code: IssueCode, line: u32, value: &str) {
        self.total_rows += 1;
        self.issues.push(Issue::row(code, line).with_value(value));
    }
}

/// Reads the cells of a file, whatever they mean.
///
/// `limit` is the most bytes that a text may have after unpacking.
///
/// # Errors
///
/// The one issue of a file that is no table at all: empty, too large, of another format.
pub fn table(file_name: &str, bytes: &[u8], limit: u64) -> Result<Table, Issue> {
    let options = Options { unpacked_limit: limit, ..Options::default() };
    Ok(text(file_name, bytes, limit)?.table(&options))
}

/// The text of a file and its form.
pub(crate) struct FileText {
    pub(crate) text: Text,
    pub(crate) gzip: bool,
    pub(crate) json: bool,
    /// The form of a file of items.
    pub(crate) item: Option<Form>,
    /// The bytes of mail, whose messages have each an encoding of their own.
    pub(crate) bytes: Vec<u8>,
}

impl FileText {
    /// Gives the cells.
    pub(crate) fn table(self, options: &Options) -> Table {
        if self.item.is_some() {
            return item::table(&self, options);
        }
        if self.json {
            return json::table(&self);
        }
        delimited(self)
    }

    /// Gives the dialect of a text that is not delimited.
    pub(crate) fn dialect(&self) -> Dialect {
        let encoding = self.text.encoding;
        Dialect {
            gzip: self.gzip,
            encoding,
            form: self.item.unwrap_or(Form::Json),
            delimiter: None,
        }
    }
}

/// Unpacks and decodes a file.
pub(crate) fn text(file_name: &str, bytes: &[u8], limit: u64) -> Result<FileText, Issue> {
    let unpacked = unpack(bytes, limit)?;
    let item = item::form(file_name, &unpacked.bytes);
    let is_mail = item == Some(Form::Mail);
    let text = decode(if is_mail { b"" } else { &unpacked.bytes });
    let json = item.is_none() && json::is_json(file_name, &text.content)?;
    let bytes = if is_mail { unpacked.bytes.into_owned() } else { Vec::new() };
    Ok(FileText { text, gzip: unpacked.gzip, json, item, bytes })
}

fn delimited(FileText { mut text, gzip, .. }: FileText) -> Table {
    if !text.content.contains('\n') {
        // Old spreadsheets end their lines with a carriage return alone.
        text.content = text.content.replace('\r', "\n");
    }
    let declared = dialect::declared(&text.content);
    let delimiter = declared.map_or_else(|| dialect::delimiter(&text.content), |(sign, _)| sign);
    let dialect = Dialect {
        gzip,
        encoding: text.encoding,
        form: Form::Delimited,
        delimiter: Some(char::from(delimiter)),
    };
    let from = declared.map_or(0, |(_, rest)| text.content.len() - rest.len());
    let mut records = Records {
        text: &text,
        delimiter,
        lines: LineCount { place: 0, line: 1 },
        table: Table::new(dialect, Vec::new()),
        short: Vec::new(),
    };
    records.read(from);
    records.end()
}

/// A row with too few cells; the last of them may be the footer of a report.
struct Short {
    line: u32,
    cells: usize,
    begin: String,
    after_gap: bool,
}

/// Reads the records of a text into a table.
struct Records<'a> {
    text: &'a Text,
    delimiter: u8,
    lines: LineCount,
    table: Table,
    /// Rows with too few cells that no good row has followed yet.
    short: Vec<Short>,
}

/// So often is the reading resumed behind a quote that is never closed.
const RESUMPTIONS: usize = 100;

impl Records<'_> {
    fn read(&mut self, mut from: usize) {
        for _ in 0..RESUMPTIONS {
            match self.segment(from) {
                Some(resume) => from = resume,
                None => return,
            }
        }
        let line = self.lines.at(&self.text.content, from);
        self.table.refuse(IssueCode::RowUnreadable, line, "");
    }

    /// Reads to the end, or to a quote that is never closed; gives the place to resume behind it.
    fn segment(&mut self, from: usize) -> Option<usize> {
        let rest = self.text.content.get(from..)?;
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(rest.as_bytes());
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).unwrap_or(false) {
            let begin = record.position().map_or(0, csv::Position::byte);
            let begin = from + usize::try_from(begin).unwrap_or(0);
            let end = from + usize::try_from(reader.position().byte()).unwrap_or(0);
            let raw = self.text.content.get(begin..end).unwrap_or_default();
            let trimmed = raw.trim_start_matches(['\r', '\n']);
            let start = begin + raw.len() - trimmed.len();
            let line = self.lines.at(&self.text.content, start);
            if end == self.text.content.len() && ends_inside_quotes(trimmed, self.delimiter) {
                let first = trimmed.split('\n').next().unwrap_or_default();
                self.table.refuse(IssueCode::RowUnreadable, line, first);
                let resume = start + first.len() + 1;
                return (resume < self.text.content.len()).then_some(resume);
            }
            self.take(&record, line, start..end);
        }
        None
    }

    fn take(&mut self, record: &StringRecord, line: u32, place: Range<usize>) {
        if record.len() == 1 && record.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let broken = self.text.broken.partition_point(|at| *at < place.start);
        let broken = self.text.broken.get(broken).is_some_and(|at| *at < place.end);
        if self.table.headings.is_empty() {
            self.table.headings = headings(record);
            if broken {
                self.table.issues.push(Issue::row(IssueCode::EncodingBroken, line));
            }
            return;
        }
        let width = self.table.headings.len();
        if record.len() < width {
            let begin = record.iter().next().unwrap_or_default().to_owned();
            let gap = self.text.content.get(..place.start).is_some_and(ends_in_blank_line);
            self.short.push(Short { line, cells: record.len(), begin, after_gap: gap });
            return;
        }
        self.refuse_short();
        if record.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
            let extra = record.get(width).unwrap_or_default();
            self.table.refuse(IssueCode::TooManyCells, line, extra);
        } else if broken {
            let value = record.iter().find(|c| c.contains(char::REPLACEMENT_CHARACTER));
            self.table.refuse(IssueCode::EncodingBroken, line, value.unwrap_or_default());
        } else {
            self.table.total_rows += 1;
            self.table.push(line, record.iter());
        }
    }

    fn refuse_short(&mut self) {
        for short in std::mem::take(&mut self.short) {
            self.table.refuse(IssueCode::TooFewCells, short.line, &short.begin);
        }
    }

    /// Drops the footer of a report: lines of one cell behind an empty line, at the very end.
    fn end(mut self) -> Table {
        let footer = self.short.iter().rposition(|short| short.after_gap);
        if let Some(first) = footer
            && self.short.iter().skip(first).all(|short| short.cells == 1)
        {
            self.short.truncate(first);
        }
        self.refuse_short();
        self.table
    }
}

/// Gives the headings without the empty ones at the end, which a trailing delimiter makes.
fn headings(record: &StringRecord) -> Vec<String> {
    let mut headings: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
    while headings.len() > 1 && headings.last().is_some_and(String::is_empty) {
        headings.pop();
    }
    headings
}

fn ends_in_blank_line(text: &str) -> bool {
    let mut lines = text.rsplit('\n');
    lines.next();
    lines.next().is_some_and(|line| line.trim().is_empty())
}

/// Says whether a quote that opened in the text is still open at its end.
fn ends_inside_quotes(raw: &str, delimiter: u8) -> bool {
    let (mut inside, mut at_start) = (false, true);
    for byte in raw.bytes() {
        match byte {
            b'"' if inside || at_start => (inside, at_start) = (!inside, inside),
            b'\n' | b'\r' if !inside => at_start = true,
            _ if !inside => at_start = byte == delimiter,
            _ => {}
        }
    }
    inside
}

/// Counts lines while places of a text are asked for in order.
struct LineCount {
    place: usize,
    line: u32,
}

impl LineCount {
    fn at(&mut self, text: &str, place: usize) -> u32 {
        let lines = text.get(self.place..place).unwrap_or_default().matches('\n').count();
        self.place = self.place.max(place);
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.line
    }
}
