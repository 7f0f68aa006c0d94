//! Columns by month or year, with the year before as ink ticks and the open month dashed.

use super::drawing::{Canvas, Drawing, Heading, Key, Palette, Plot, drawn, key};
use super::pen::{At, Path, Pen};
use super::placing::width_of;
use super::scale::{Area, Scale};
use crate::format;
use crate::lang::Lang;
use crate::table::{self, Table};
use crate::text::text;

/// One column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// The word under the axis.
    pub label: String,
    /// The value; `None` is a gap, never zero.
    pub value: Option<f64>,
    /// The value of the same time a year before.
    pub before: Option<f64>,
    /// Whether the time is not closed yet.
    pub is_open: bool,
    /// Whether the value is a target or a forecast, drawn pale.
    pub is_target: bool,
    /// Where it leads.
    pub href: Option<String>,
}

/// Columns from zero up, red below zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    /// What is said around it.
    pub heading: Heading,
    /// The unit of the axis: `€k`.
    pub unit: String,
    /// How many decimals a value is written with.
    pub digits: u8,
    /// What a column is, for the head of the table: "Month".
    pub label: String,
    /// What a value is: "Turnover".
    pub measure: String,
    /// The columns from left to right.
    pub columns: Vec<Column>,
}

impl Columns {
    /// Gives the picture.
    pub fn draw(&self, lang: Lang, palette: Palette) -> Drawing {
        drawn(self, lang, palette)
    }

    fn scale(&self) -> Scale {
        let values = self.columns.iter().flat_map(|column| [column.value, column.before]).flatten();
        let (low, high) =
            values.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        Scale::covering(low, high)
    }

    /// Says which values are written: the highest, the lowest that stands out, the last closed.
    fn written(&self) -> Vec<bool> {
        let closed = || self.columns.iter().filter(|column| !column.is_open);
        let values = || closed().filter_map(|column| column.value);
        let highest = values().fold(f64::NEG_INFINITY, f64::max);
        let lowest = values().fold(f64::INFINITY, f64::min);
        let last = closed().rfind(|column| column.value.is_some());
        let shows = |column: &Column| {
            let Some(value) = column.value else { return false };
            let is_last = last.is_some_and(|last| std::ptr::eq(last, column));
            let stands_out = lowest < 0.0 || lowest < highest * 0.65;
            !column.is_open
                && (value >= highest
                    || is_last
                    || column.is_target
                    || (stands_out && value <= lowest))
        };
        self.columns.iter().map(shows).collect()
    }

    fn says(&self, lang: Lang, column: &Column) -> String {
        let value = |value: Option<f64>| {
            value.map_or_else(
                || text(lang, "chart-unknown"),
                |v| format::decimal(lang, v, self.digits),
            )
        };
        let mut says = format!("{}, {} {}", column.label, value(column.value), self.unit);
        if column.before.is_some() {
            says.push_str(", ");
            says.push_str(&text(lang, "chart-year_before"));
            says.push(' ');
            says.push_str(&value(column.before));
        }
        says
    }

    fn column(&self, lang: Lang, pen: &mut Pen, place: &Slot<'_>, column: &Column) {
        let (area, scale) = (place.area, place.scale);
        let left = place.middle - place.width / 2.0;
        let zero = area.down(scale, 0.0);
        if let Some(value) = column.value {
            let down = area.down(scale, value);
            let (top, high) = (down.min(zero), (down - zero).abs());
            let class = match (column.is_open || column.is_target, value < 0.0) {
                (true, _) => "c-wash s1 thin dashed",
                (false, true) => "c-bad",
                (false, false) => "c1",
            };
            pen.rect((left, top), (place.width, high), class);
        }
        if let Some(before) = column.before {
            let down = area.down(scale, before);
            pen.line((left - 3.0, down), (left + place.width + 3.0, down), "si bold");
        }
        if let (true, Some(value)) = (place.is_written, column.value) {
            let (right, mut down) = area.beside(scale, place.middle, value);
            let over = column.before.map(|before| area.down(scale, before));
            if let Some(tick) =
                over.filter(|tick| value >= 0.0 && *tick < down + 8.0 && *tick > down - 14.0)
            {
                down = tick - 6.0;
            }
            pen.text((right, down), "say halo mid", &format::decimal(lang, value, self.digits));
        }
    }
}

struct Slot<'a> {
    area: &'a Area,
    scale: &'a Scale,
    middle: f64,
    width: f64,
    is_written: bool,
}

impl Plot for Columns {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn height(&self, width: f64) -> f64 {
        if width > 600.0 {
            250.0
        } else if width > 320.0 {
            220.0
        } else {
            140.0
        }
    }

    fn is_linked(&self) -> bool {
        self.columns.iter().any(|column| column.href.is_some())
    }

    fn paint(&self, lang: Lang, pen: &mut Pen, canvas: Canvas) {
        let scale = self.scale();
        let area = Area {
            left: scale.margin(lang),
            top: 26.0,
            right: canvas.width - 8.0,
            bottom: canvas.height - 22.0,
        };
        area.upright(pen, lang, &scale, &self.unit);
        let count = orchestre_domain::float::from_count(self.columns.len().max(1));
        let slot = (area.right - area.left) / count;
        let width = (slot * 0.56).clamp(2.0, 40.0);
        let widest = self.columns.iter().map(|column| width_of(&column.label, 11.0) + 4.0);
        let every = (widest.fold(0.0, f64::max) / slot).ceil().max(1.0);
        let every = usize::try_from(orchestre_domain::float::round(every)).unwrap_or(1);
        let mut middle = area.left + slot / 2.0;
        let mut free_from = 0.0;
        for (index, (column, is_wanted)) in self.columns.iter().zip(self.written()).enumerate() {
            let number =
                column.value.map_or_else(String::new, |v| format::decimal(lang, v, self.digits));
            let half = width_of(&number, 12.0) / 2.0 + 2.0;
            let is_written = is_wanted && middle - half >= free_from;
            if is_written {
                free_from = middle + half;
            }
            let place = Slot { area: &area, scale: &scale, middle, width, is_written };
            pen.reachable(column.href.as_deref(), &self.says(lang, column), |pen| {
                self.column(lang, pen, &place, column);
            });
            if index.rem_euclid(every) == 0 {
                area.under(pen, middle, &column.label);
            }
            middle += slot;
        }
    }

    fn legend(&self, lang: Lang) -> Vec<Key> {
        let mut keys = Vec::new();
        if self.columns.iter().any(|column| column.before.is_some()) {
            keys.push(key(text(lang, "chart-closed"), |pen| {
                pen.rect((1.0, 2.0), (10.0, 10.0), "c1");
            }));
            if self.columns.iter().any(|column| column.is_open) {
                keys.push(key(text(lang, "chart-open"), |pen| {
                    pen.rect((1.5, 2.0), (9.0, 9.5), "c-wash s1 thin dashed");
                }));
            }
            keys.push(key(text(lang, "chart-year_before_tick"), |pen| {
                pen.line((0.0, 6.0), (12.0, 6.0), "si bold");
            }));
        }
        keys
    }

    fn table(&self, lang: Lang) -> Table {
        let has_before = self.columns.iter().any(|column| column.before.is_some());
        let with_unit = |words: String| {
            if self.unit.is_empty() { words } else { format!("{words}, {}", self.unit) }
        };
        let mut head = vec![
            table::Column::text(self.label.clone()),
            table::Column::number(with_unit(self.measure.clone())),
        ];
        if has_before {
            head.push(table::Column::number(with_unit(text(lang, "chart-year_before"))));
        }
        let cell = |value: Option<f64>| {
            value.map_or_else(
                || format::MISSING.to_owned(),
                |v| format::decimal(lang, v, self.digits),
            )
        };
        let row = |column: &Column| {
            let mut row = vec![column.label.clone(), cell(column.value)];
            if has_before {
                row.push(cell(column.before));
            }
            row
        };
        let rows = self.columns.iter().map(row).collect();
        Table { caption: self.heading.title.clone(), head, rows }
    }
}

/// Draws the sign of an axis that does not begin at zero.
pub(crate) fn broken(pen: &mut Pen, at: At) {
    let mut path = Path::default();
    path.move_to(at);
    for (right, down) in [(5.0, -3.0), (10.0, 3.0), (15.0, -3.0), (20.0, 0.0)] {
        path.line_to((at.0 + right, at.1 + down));
    }
    pen.path(&path, "none s-edge");
}
