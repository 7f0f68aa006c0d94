//! Lines over time; each has its name at its end, a gap is a gap.

use orchestre_domain::float;

use super::bars::fitting;
use super::columns::broken;
use super::drawing::{Canvas, Drawing, Heading, Palette, Plot, drawn};
use super::pen::{Path, Pen};
use super::placing::{apart, width_of};
use super::scale::{Area, Scale};
use crate::format;
use crate::lang::Lang;
use crate::table::{self, Table};

/// One line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its values, one for each label; `None` is a gap, never zero.
    pub values: Vec<Option<f64>>,
    /// Whether it is what came before or is compared with: drawn grey.
    pub is_past: bool,
}

/// Lines in at most six colours; the axis starts at zero unless it is said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines {
    /// What is said around it.
    pub heading: Heading,
    /// The unit of the axis.
    pub unit: String,
    /// How many decimals a value is written with.
    pub digits: u8,
    /// What a label is, for the head of the table: "Month".
    pub label: String,
    /// The words under the axis.
    pub labels: Vec<String>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Whether the axis may begin above zero; the measure then has to say so.
    pub is_broken: bool,
}

impl Lines {
    /// Gives the picture.
    pub fn draw(&self, lang: Lang, palette: Palette) -> Drawing {
        drawn(self, lang, palette)
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        self.lines.iter().flat_map(|line| line.values.iter().flatten().copied())
    }

    fn scale(&self) -> Scale {
        let start = if self.is_broken { f64::INFINITY } else { 0.0 };
        let low = self.values().fold(start, f64::min);
        let high = self.values().fold(f64::NEG_INFINITY, f64::max);
        Scale::covering(low, high)
    }

    fn line(
        pen: &mut Pen,
        line: &Line,
        classes: (&str, &str),
        place: impl Fn(usize, f64) -> (f64, f64),
    ) {
        let mut path = Path::default();
        let mut is_drawing = false;
        let mut last = None;
        for (index, value) in line.values.iter().enumerate() {
            if let Some(value) = value {
                let at = place(index, *value);
                if is_drawing {
                    path.line_to(at);
                } else {
                    path.move_to(at);
                }
                last = Some(at);
            }
            is_drawing = value.is_some();
        }
        pen.path(&path, classes.0);
        if let Some(at) = last {
            pen.circle(at, 3.0, classes.1);
        }
    }

    fn names(&self, pen: &mut Pen, area: &Area, scale: &Scale, width: f64) {
        let ends: Vec<(&str, f64)> = self
            .lines
            .iter()
            .filter_map(|line| {
                let last = line.values.iter().flatten().next_back()?;
                Some((line.name.as_str(), area.down(scale, *last) + 4.0))
            })
            .collect();
        let downs: Vec<f64> = ends.iter().map(|(_, down)| *down).collect();
        for ((name, _), down) in ends.iter().zip(apart(&downs, 15.0, (area.top, area.bottom + 4.0)))
        {
            let room = width - area.right - 8.0;
            pen.text((area.right + 8.0, down), "say halo", &fitting(name, room));
        }
    }
}

impl Plot for Lines {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn height(&self, width: f64) -> f64 {
        if width > 320.0 { 240.0 } else { 150.0 }
    }

    fn paint(&self, lang: Lang, pen: &mut Pen, canvas: Canvas) {
        let scale = self.scale();
        let names = self.lines.iter().map(|line| width_of(&line.name, 12.0)).fold(0.0, f64::max);
        let area = Area {
            left: scale.margin(lang),
            top: 26.0,
            right: canvas.width - (names + 12.0).min(canvas.width * 0.4),
            bottom: canvas.height - 22.0,
        };
        area.upright(pen, lang, &scale, &self.unit);
        if scale.low > 0.0 {
            broken(pen, (area.left + 4.0, area.bottom));
        }
        let steps = float::from_count(self.labels.len().saturating_sub(1).max(1));
        let slot = (area.right - area.left) / steps;
        let right_of = |index: usize| area.left + slot * float::from_count(index);
        let widest =
            self.labels.iter().map(|words| width_of(words, 11.0) + 6.0).fold(0.0, f64::max);
        let every = usize::try_from(float::round((widest / slot).ceil().max(1.0))).unwrap_or(1);
        for (index, label) in self.labels.iter().enumerate() {
            if index.rem_euclid(every) == 0 {
                let right = right_of(index);
                pen.line((right, area.bottom), (right, area.bottom + 4.0), "axis");
                area.under(pen, right, label);
            }
        }
        let colors = ["1", "2", "3", "4", "5", "6"];
        for (line, color) in self.lines.iter().zip(colors.iter().cycle()) {
            let color = if line.is_past { "p" } else { color };
            let classes = (format!("ln s{color}"), format!("c{color}"));
            Self::line(pen, line, (&classes.0, &classes.1), |index, value| {
                (right_of(index), area.down(&scale, value))
            });
        }
        self.names(pen, &area, &scale, canvas.width);
    }

    fn table(&self, lang: Lang) -> Table {
        let unit = |name: &str| {
            if self.unit.is_empty() { name.to_owned() } else { format!("{name}, {}", self.unit) }
        };
        let mut head = vec![table::Column::text(self.label.clone())];
        head.extend(self.lines.iter().map(|line| table::Column::number(unit(&line.name))));
        let row = |(index, label): (usize, &String)| {
            let mut row = vec![label.clone()];
            row.extend(self.lines.iter().map(|line| {
                let value = line.values.get(index).copied().flatten();
                value.map_or_else(
                    || format::MISSING.to_owned(),
                    |v| format::decimal(lang, v, self.digits),
                )
            }));
            row
        };
        let rows = self.labels.iter().enumerate().map(row).collect();
        Table { caption: self.heading.title.clone(), head, rows }
    }
}
