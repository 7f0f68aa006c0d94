//! A table whose columns have a meaning: which column holds which field, and how it is written.

use orchestre_domain::import::ImportKind;
use orchestre_domain::money::Currency;

use crate::cells::missing;
use crate::day::{DateOrder, Written, read_day};
use crate::heading::{CellType, Heading, Match, Taken, columns, matches};
use crate::issue::{Issue, IssueCode};
use crate::mapping::{Mapping, Product};
use crate::number::{Mark, Numeral, read_number};
use crate::options::Options;
use crate::table::Table;
use crate::unit::Unit;

/// The heading of the column in which we say what is wrong with a row: nothing to be read.
pub const REMARKS: &str = "(Orchestre)";

/// Where a field stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere.
    Absent,
    /// In one column.
    One(usize),
    /// It is the product of two columns.
    Product(usize, usize),
}

/// A field of the kind and how its column is written.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) field: &'static str,
    pub(crate) cells: CellType,
    pub(crate) required: bool,
    pub(crate) place: Place,
    pub(crate) heading: String,
    pub(crate) unit: Unit,
    pub(crate) style: Style,
    /// Left out: its amounts have no currency.
    pub(crate) left_out: bool,
}

/// How the cells of a column are written, as far as they themselves decide it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) mark: Option<Mark>,
    pub(crate) order: Option<DateOrder>,
    /// Bare shares are percents, for one of them is above 1.
    pub(crate) percent: bool,
}

/// A table and the meaning of its columns.
pub(crate) struct Sheet<'a> {
    pub(crate) table: &'a Table,
    pub(crate) columns: Vec<Column>,
    /// The two columns of each field that is a product.
    pub(crate) factors: Vec<(&'static str, [Column; 2])>,
    /// Columns of the file without a field.
    pub(crate) unmapped: Vec<(usize, String)>,
    pub(crate) currency: Option<Currency>,
    pub(crate) issues: Vec<Issue>,
}

/// Stands for every field that the file has not.
pub(crate) static ABSENT: Column = Column {
    field: "",
    cells: CellType::Text,
    required: false,
    place: Place::Absent,
    heading: String::new(),
    unit: Unit { currency: None, shared: false, percent: false, power: 0 },
    style: Style { mark: None, order: None, percent: false },
    left_out: false,
};

impl<'a> Sheet<'a> {
    /// Finds the columns of a kind in a table and decides how each is written.
    pub(crate) fn new(kind: ImportKind, table: &'a Table, options: &Options) -> Self {
        let headings: Vec<Heading> = table.headings.iter().map(|h| Heading::new(h)).collect();
        let mapping = Mapping::new(kind, &headings, &options.map);
        let mut issues = mapping.issues;
        let mut taken = Taken::default();
        taken.columns.extend(mapping.ones.iter().map(|(_, column)| *column));
        taken.columns.extend(&mapping.ignored);
        taken.fields.extend(mapping.ones.iter().map(|(field, _)| *field));
        taken.fields.extend(mapping.products.iter().map(|product| product.field));
        let found = matches(kind, &headings, &taken);
        issues.extend(found.iter().filter(|m| !m.twins.is_empty()).map(|m| {
            Issue::file(IssueCode::HeadingTwice)
                .in_column(headings.get(m.column).map_or("", |h| &h.text))
        }));
        let mut sheet = Self {
            table,
            columns: Vec::new(),
            factors: Vec::new(),
            unmapped: Vec::new(),
            currency: options.currency,
            issues,
        };
        for def in columns(kind) {
            let place = place(def.field, &mapping.ones, &mapping.products, &found);
            let unit = match place {
                Place::One(column) => headings.get(column).map(|h| unit_of(h, column, &found)),
                _ => None,
            };
            sheet.columns.push(Column {
                field: def.field,
                cells: def.cells,
                required: def.required,
                heading: sheet.heading(place, def.field),
                place,
                unit: unit.unwrap_or_default(),
                style: sheet.style(place, def.cells, options),
                left_out: false,
            });
        }
        sheet.factors = mapping.products.iter().map(|p| sheet.factors_of(p, options)).collect();
        let mentioned = |column: usize| {
            mapping.ignored.contains(&column)
                || table.headings.get(column).is_some_and(|heading| heading == REMARKS)
                || sheet.columns.iter().any(|c| match c.place {
                    Place::Absent => false,
                    Place::One(one) => one == column,
                    Place::Product(left, right) => left == column || right == column,
                })
        };
        sheet.unmapped = headings
            .into_iter()
            .enumerate()
            .filter(|(place, _)| !mentioned(*place))
            .map(|(place, heading)| (place, named(heading.text, place)))
            .collect();
        sheet
    }

    /// Gives the column of a field.
    pub(crate) fn column(&self, field: &str) -> &Column {
        self.columns.iter().find(|column| column.field == field).unwrap_or(&ABSENT)
    }

    /// Says whether the file has a column for the field.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.column(field).place != Place::Absent
    }

    fn factors_of(&self, product: &Product, options: &Options) -> (&'static str, [Column; 2]) {
        let factor = |place: usize| Column {
            field: product.field,
            cells: CellType::Number,
            place: Place::One(place),
            heading: self.heading(Place::One(place), ""),
            style: self.style(Place::One(place), CellType::Number, options),
            ..ABSENT.clone()
        };
        (product.field, [factor(product.left), factor(product.right)])
    }

    fn heading(&self, place: Place, field: &str) -> String {
        match place {
            Place::One(column) => self.table.headings.get(column).cloned().unwrap_or_default(),
            _ => field.to_owned(),
        }
    }

    /// Gives the cells of a column that hold something.
    pub(crate) fn values(&self, column: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let table = self.table;
        (0..table.len()).filter_map(move |row| missing(table.cell(row, column)))
    }

    fn style(&self, place: Place, cells: CellType, options: &Options) -> Style {
        let Place::One(column) = place else { return Style::default() };
        let values = self.values(column);
        let heading = self.table.headings.get(column).map_or("", String::as_str);
        match cells {
            CellType::Date | CellType::Until => Style {
                order: options.order_of(heading).or_else(|| date_order(values)),
                ..Style::default()
            },
            CellType::Money
            | CellType::Price
            | CellType::Number
            | CellType::Integer
            | CellType::Level
            | CellType::Share => {
                let (mark, percent) = number_style(values);
                let json = self.table.dialect.delimiter.is_none().then_some(Mark::Point);
                Style { mark: options.mark_of(heading).or(json).or(mark), percent, order: None }
            }
            _ => Style::default(),
        }
    }

    /// Leaves out the money columns that no currency can be found for, with an issue each.
    pub(crate) fn leave_out_money_without_currency(&mut self, currency_field: fn(&str) -> &str) {
        let fits = |column: &Column| matches!(column.cells, CellType::Money | CellType::Price);
        let mut left_out = Vec::new();
        for (index, column) in self.columns.iter().enumerate().filter(|(_, c)| fits(c)) {
            let place = match column.place {
                Place::One(place) | Place::Product(place, _) => place,
                Place::Absent => continue,
            };
            let by_row = |field: &str| match self.column(field).place {
                Place::One(currency) => self.values(currency).next().is_some(),
                _ => false,
            };
            if self.currency.is_some()
                || column.unit.currency.is_some()
                || by_row(currency_field(column.field))
                || by_row("currency")
            {
                continue;
            }
            let signed =
                |value: &str| read_number(value).is_some_and(|(_, u)| u.currency.is_some());
            let amounts = self.values(place).count();
            if amounts > 0 && !self.values(place).any(signed) {
                left_out.push((index, u32::try_from(amounts).unwrap_or(u32::MAX)));
            }
        }
        for (index, rows) in left_out {
            let Some(column) = self.columns.get_mut(index) else { continue };
            column.left_out = true;
            let issue = Issue::file(IssueCode::CurrencyMissing).in_column(&column.heading);
            self.issues.push(Issue { rows, ..issue });
        }
    }
}

/// Gives the unit that a heading names: always where the user mapped it.
fn unit_of(heading: &Heading, column: usize, found: &[Match]) -> Unit {
    let known = found.iter().find(|m| m.column == column);
    known.map_or_else(|| heading.unit(), |m| m.unit)
}

/// Gives a name to a column without a heading.
fn named(heading: String, place: usize) -> String {
    if heading.is_empty() { format!("#{}", place + 1) } else { heading }
}

fn place(
    field: &str,
    ones: &[(&'static str, usize)],
    products: &[Product],
    found: &[Match],
) -> Place {
    if let Some(product) = products.iter().find(|product| product.field == field) {
        return Place::Product(product.left, product.right);
    }
    let mapped = ones.iter().find(|(mapped, _)| *mapped == field).map(|(_, column)| *column);
    let known = || found.iter().find(|m| m.field == field).map(|m| m.column);
    mapped.or_else(known).map_or(Place::Absent, Place::One)
}

/// Gives the order of days and months of a column; `None` when nothing or both decide.
fn date_order<'a>(values: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for value in values {
        match read_day(value) {
            Some(Written::Ordered(DateOrder::DayFirst, _)) => day_first = true,
            Some(Written::Ordered(DateOrder::MonthFirst, _)) => month_first = true,
            _ => {}
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// Gives the decimal mark of a column, and whether its bare numbers go beyond 1.
fn number_style<'a>(values: impl Iterator<Item = &'a str>) -> (Option<Mark>, bool) {
    let (mut point, mut comma, mut beyond) = (false, false, false);
    for value in values {
        let Some((numeral, unit)) = read_number(value) else { continue };
        let number = match numeral {
            Numeral::Plain(number) => number,
            Numeral::Marked(Mark::Point, number) => {
                point = true;
                number
            }
            Numeral::Marked(Mark::Comma, number) => {
                comma = true;
                number
            }
            Numeral::Either { point, .. } => point,
        };
        beyond |= !unit.percent && number.scaled(6).is_some_and(|ppm| ppm.abs() > 1_000_000);
    }
    let mark = match (point, comma) {
        (true, false) => Some(Mark::Point),
        (false, true) => Some(Mark::Comma),
        _ => None,
    };
    (mark, beyond)
}
