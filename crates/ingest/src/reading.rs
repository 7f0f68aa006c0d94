//! From bytes to typed rows and issues.

use orchestre_domain::import::ImportKind;

use crate::cells::missing;
use crate::dialect::{Dialect, Form};
use crate::digest::{Digest, Feed};
use crate::heading::{CellType, Heading};
use crate::issue::{Issue, IssueCode};
use crate::number::Mark;
use crate::options::Options;
use crate::plan::{PlanRow, looks_like_plans, read_plans};
use crate::recognize::recognize;
use crate::rows::{
    AccountRow, CostRow, InteractionRow, LinkRow, OpportunityRow, PersonRow, ProductRow, RateRow,
    Row, SaleRow, ScoreRow,
};
use crate::sheet::{Place, Sheet};
use crate::table::{FileText, Table, text};
use crate::{
    DateOrder, accounts, costs, interactions, links, opportunities, people, products, rates, sales,
    scores,
};

/// The rows of a file, by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Nothing: the file is no table, or nobody knows of what.
    Nothing,
    /// Parties.
    Accounts(Vec<Row<AccountRow>>),
    /// People.
    People(Vec<Row<PersonRow>>),
    /// Links between parties.
    Links(Vec<Row<LinkRow>>),
    /// Products.
    Products(Vec<Row<ProductRow>>),
    /// Sales lines.
    Sales(Vec<Row<SaleRow>>),
    /// Opportunities.
    Opportunities(Vec<Row<OpportunityRow>>),
    /// Interactions.
    Interactions(Vec<Row<InteractionRow>>),
    /// Costs of serving.
    Costs(Vec<Row<CostRow>>),
    /// Rates of exchange; a wide row gives one for each currency.
    Rates(Vec<Row<RateRow>>),
    /// Account plans.
    Plans(Vec<Row<PlanRow>>),
    /// Scores.
    Scores(Vec<Row<ScoreRow>>),
}

impl Rows {
    /// Gives the number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Accounts(rows) => rows.len(),
            Self::People(rows) => rows.len(),
            Self::Links(rows) => rows.len(),
            Self::Products(rows) => rows.len(),
            Self::Sales(rows) => rows.len(),
            Self::Opportunities(rows) => rows.len(),
            Self::Interactions(rows) => rows.len(),
            Self::Costs(rows) => rows.len(),
            Self::Rates(rows) => rows.len(),
            Self::Plans(rows) => rows.len(),
            Self::Scores(rows) => rows.len(),
        }
    }

    /// Gives the line of the file of each row.
    pub fn lines(&self) -> Vec<u32> {
        fn of<T>(rows: &[Row<T>]) -> Vec<u32> {
            rows.iter().map(|row| row.line).collect()
        }
        match self {
            Self::Nothing => Vec::new(),
            Self::Accounts(rows) => of(rows),
            Self::People(rows) => of(rows),
            Self::Links(rows) => of(rows),
            Self::Products(rows) => of(rows),
            Self::Sales(rows) => of(rows),
            Self::Opportunities(rows) => of(rows),
            Self::Interactions(rows) => of(rows),
            Self::Costs(rows) => of(rows),
            Self::Rates(rows) => of(rows),
            Self::Plans(rows) => of(rows),
            Self::Scores(rows) => of(rows),
        }
    }

    /// Says whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Values of a column that are shown beside it.
const SAMPLES: usize = 3;
/// The values among which they are looked for.
const SAMPLED: usize = 50;
/// So long is a shown value.
const SAMPLE_LENGTH: usize = 60;

/// What became of a column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnReading {
    /// The heading as it stands.
    pub heading: String,
    /// The field that it fills.
    pub field: Option<&'static str>,
    /// The decimal mark, where its numbers show one.
    pub decimal: Option<Mark>,
    /// The order of day and month, where its dates show one.
    pub date_order: Option<DateOrder>,
    /// The first values that differ, at most three.
    pub samples: Vec<String>,
    /// How many rows hold a value.
    pub filled: usize,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it holds; `None` when nobody can see it.
    pub kind: Option<ImportKind>,
    /// How it is written; `None` when it is no text.
    pub dialect: Option<Dialect>,
    /// Its columns in their order.
    pub columns: Vec<ColumnReading>,
    /// The headings of columns that no field takes.
    pub unmapped: Vec<String>,
    /// The rows that can go in.
    pub rows: Rows,
    /// What could not be taken as it stands, in the order of the lines.
    pub issues: Vec<Issue>,
    /// How many rows the file has, those that cannot go in too.
    pub total_rows: usize,
}

impl Reading {
    fn nothing(issue: Issue) -> Self {
        Self {
            kind: None,
            dialect: None,
            columns: Vec::new(),
            unmapped: Vec::new(),
            rows: Rows::Nothing,
            issues: vec![issue],
            total_rows: 0,
        }
    }

    /// Gives the sorted issues, those of the whole file first.
    fn sorted(mut self) -> Self {
        self.issues.sort_by_key(|issue| issue.line);
        self
    }
}

/// Reads a file: never fails, whatever it holds.
///
/// `kind` is what the user says the file holds; without it the headings decide.
///
/// ```
/// use orchestre_domain::import::{ImportKind, IssueCode};
/// use orchestre_ingest::{Options, Rows, read};
/// let file = "N° client;Raison sociale;Effectif\n4711;Été SA;1 250\n;;trois\n";
/// let reading = read(None, "clients.csv", file.as_bytes(), &Options::default());
/// assert_eq!(reading.kind, Some(ImportKind::Accounts));
/// let Rows::Accounts(rows) = &reading.rows else { panic!() };
/// assert_eq!(rows[0].value.name.as_deref(), Some("Été SA"));
/// assert_eq!(rows[0].value.employees, Some(1250));
/// // The second row has two mistakes, and both are told.
/// let codes: Vec<_> = reading.issues.iter().map(|issue| (issue.line, issue.code)).collect();
/// assert_eq!(codes, [
///     (Some(3), IssueCode::RequiredMissing),
///     (Some(3), IssueCode::NumberUnreadable),
/// ]);
/// ```
pub fn read(kind: Option<ImportKind>, file_name: &str, bytes: &[u8], options: &Options) -> Reading {
    let text = match text(file_name, bytes, options.unpacked_limit) {
        Ok(text) => text,
        Err(issue) => return Reading { kind, ..Reading::nothing(issue) },
    };
    let plan = |kind: ImportKind| kind == ImportKind::Plans;
    if text.json && kind.map_or_else(|| looks_like_plans(&text.text.content), plan) {
        return plans(&text);
    }
    let kind = kind.or_else(|| text.item.map(holds));
    let table = text.table(options);
    let headings: Vec<Heading> = table.headings.iter().map(|h| Heading::new(h)).collect();
    let Some(kind) = kind.or_else(|| recognize(file_name, &headings)) else {
        let mut issues = vec![Issue::file(IssueCode::KindUnknown)];
        issues.extend(table.issues.iter().cloned());
        return Reading {
            dialect: Some(table.dialect),
            columns: (0..table.headings.len()).map(|place| unread(&table, place)).collect(),
            unmapped: table.headings,
            issues,
            total_rows: table.total_rows,
            ..Reading::nothing(Issue::file(IssueCode::KindUnknown))
        };
    };
    read_table(kind, &table, options)
}

/// Gives what a file of items holds.
fn holds(form: Form) -> ImportKind {
    if form == Form::Cards { ImportKind::People } else { ImportKind::Interactions }
}

/// Gives a column that no field takes.
fn unread(table: &Table, place: usize) -> ColumnReading {
    let values = || (0..table.len()).filter_map(|row| missing(table.cell(row, place)));
    let mut samples: Vec<String> = Vec::new();
    for value in values().take(SAMPLED) {
        if samples.len() < SAMPLES && !samples.iter().any(|known| known == value) {
            samples.push(value.chars().take(SAMPLE_LENGTH).collect());
        }
    }
    ColumnReading {
        heading: table.headings.get(place).cloned().unwrap_or_default(),
        field: None,
        decimal: None,
        date_order: None,
        samples,
        filled: values().count(),
    }
}

fn read_table(kind: ImportKind, table: &Table, options: &Options) -> Reading {
    let mut sheet = Sheet::new(kind, table, options);
    sheet.leave_out_money_without_currency(|field| match field {
        "wallet" => "wallet_currency",
        _ => "currency",
    });
    let wide = kind == ImportKind::Rates && !sheet.has("rate");
    let wide = if wide { currencies(table) } else { Vec::new() };
    sheet.unmapped.retain(|(place, _)| !wide.contains(place));
    let mut issues = table.issues.clone();
    issues.append(&mut sheet.issues);
    let missing = missing_columns(kind, &sheet, &wide);
    let rows = if missing.is_empty() {
        let (rows, found) = rows(kind, &sheet);
        issues.extend(found);
        rows
    } else {
        Rows::Nothing
    };
    issues.extend(missing);
    Reading {
        kind: Some(kind),
        dialect: Some(table.dialect),
        columns: column_readings(&sheet),
        unmapped: sheet.unmapped.into_iter().map(|(_, heading)| heading).collect(),
        rows,
        issues,
        total_rows: table.total_rows,
    }
    .sorted()
}

fn currencies(table: &Table) -> Vec<usize> {
    let headings: Vec<Heading> = table.headings.iter().map(|h| Heading::new(h)).collect();
    rates::wide_currencies(&headings).into_iter().map(|(place, _)| place).collect()
}

/// Gives an issue for every column that the kind cannot do without.
fn missing_columns(kind: ImportKind, sheet: &Sheet<'_>, wide: &[usize]) -> Vec<Issue> {
    let one_of: &[&[&str]] = match kind {
        ImportKind::Accounts | ImportKind::Products | ImportKind::Opportunities => {
            &[&["id", "name"]]
        }
        ImportKind::People => &[&["id", "email", "name", "last_name"]],
        ImportKind::Sales => &[&["amount", "quantity"]],
        ImportKind::Scores => &[&["value", "raw"]],
        ImportKind::Rates if !wide.is_empty() => &[&["date"]],
        ImportKind::Rates => &[&["date", "fiscal_year"], &["currency"], &["rate"]],
        _ => &[],
    };
    let required =
        sheet.columns.iter().filter(|column| column.required && !sheet.has(column.field));
    let required = required.map(|column| column.field.to_owned());
    let groups = one_of.iter().filter(|group| !group.iter().any(|field| sheet.has(field)));
    let groups = groups.map(|group| group.join("|"));
    required
        .chain(groups)
        .map(|field| Issue::file(IssueCode::ColumnMissing).in_column(&field))
        .collect()
}

fn column_readings(sheet: &Sheet<'_>) -> Vec<ColumnReading> {
    let reading = |place: usize| {
        let bare = unread(sheet.table, place);
        let column = sheet.columns.iter().find(|column| column.place == Place::One(place));
        let Some(column) = column else { return bare };
        let dated = matches!(column.cells, CellType::Date | CellType::Until);
        ColumnReading {
            field: Some(column.field),
            decimal: column.style.mark,
            date_order: column.style.order.filter(|_| dated),
            ..bare
        }
    };
    (0..sheet.table.headings.len()).map(reading).collect()
}

fn rows(kind: ImportKind, sheet: &Sheet<'_>) -> (Rows, Vec<Issue>) {
    match kind {
        ImportKind::Accounts => finished(accounts::read(sheet), Rows::Accounts),
        ImportKind::People => finished(people::read(sheet), Rows::People),
        ImportKind::Links => finished(links::read(sheet), Rows::Links),
        ImportKind::Products => finished(products::read(sheet), Rows::Products),
        ImportKind::Sales => finished(sales::read(sheet), Rows::Sales),
        ImportKind::Opportunities => finished(opportunities::read(sheet), Rows::Opportunities),
        ImportKind::Interactions => finished(interactions::read(sheet), Rows::Interactions),
        ImportKind::Costs => finished(costs::read(sheet), Rows::Costs),
        ImportKind::Rates => finished(rates::read(sheet), Rows::Rates),
        ImportKind::Scores => finished(scores::read(sheet), Rows::Scores),
        // Plans are nested: a table cannot hold them.
        ImportKind::Plans => {
            let issue = Issue::file(IssueCode::FormatMismatch).with_value("table");
            (Rows::Nothing, vec![issue])
        }
    }
}

fn finished<T: Feed>(
    (rows, issues): (Vec<(u32, T)>, Vec<Issue>),
    wrap: fn(Vec<Row<T>>) -> Rows,
) -> (Rows, Vec<Issue>) {
    let finished = |(line, value): (u32, T)| {
        let mut digest = Digest::new();
        value.feed(&mut digest);
        Row { line, digest: digest.end(), value }
    };
    (wrap(rows.into_iter().map(finished).collect()), issues)
}

/// Reads a file of plans.
fn plans(text: &FileText) -> Reading {
    let plans = read_plans(&text.text.content);
    let row = |(line, value): (u32, PlanRow)| {
        let mut digest = Digest::new();
        format!("{value:?}").feed(&mut digest);
        Row { line, digest: digest.end(), value }
    };
    let reading = Reading {
        kind: Some(ImportKind::Plans),
        dialect: Some(text.dialect()),
        columns: Vec::new(),
        unmapped: Vec::new(),
        rows: Rows::Plans(plans.rows.into_iter().map(row).collect()),
        issues: plans.issues,
        total_rows: plans.total,
    };
    reading.sorted()
}
