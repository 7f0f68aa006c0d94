//! Bars that lie, one under the other: names, a bar each, the value in words.

use orchestre_domain::float;

use super::drawing::{Canvas, Drawing, Heading, Palette, Plot, drawn};
use super::pen::Pen;
use super::placing::width_of;
use crate::format;
use crate::lang::Lang;
use crate::table::{Column, Table};

/// One bar.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BarRow {
    /// Its name.
    pub name: String,
    /// Its value; `None` shows what is not known.
    pub value: Option<f64>,
    /// The value in words.
    pub words: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// Bars from zero to the right; below zero red, to the left.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bars {
    /// What is said around it.
    pub heading: Heading,
    /// What a bar is, for the head of the table.
    pub label: String,
    /// What a value is.
    pub measure: String,
    /// The bars from top to bottom.
    pub bars: Vec<BarRow>,
}

const ROW: f64 = 28.0;

impl Bars {
    /// Gives the picture.
    pub fn draw(&self, lang: Lang, palette: Palette) -> Drawing {
        drawn(self, lang, palette)
    }
}

impl Plot for Bars {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn height(&self, _width: f64) -> f64 {
        float::from_count(self.bars.len()) * ROW + 8.0
    }

    fn is_linked(&self) -> bool {
        self.bars.iter().any(|bar| bar.href.is_some())
    }

    fn paint(&self, _lang: Lang, pen: &mut Pen, canvas: Canvas) {
        let names = self.bars.iter().map(|bar| width_of(&bar.name, 12.0)).fold(0.0, f64::max);
        let words = self.bars.iter().map(|bar| width_of(&bar.words, 12.0)).fold(0.0, f64::max);
        let left = (names + 10.0).min(canvas.width * 0.45);
        let right = canvas.width - words - 10.0;
        let values = || self.bars.iter().filter_map(|bar| bar.value);
        let low = values().fold(0.0, f64::min);
        let high = values().fold(0.0, f64::max);
        let span = if high - low > 0.0 { high - low } else { 1.0 };
        let place = |value: f64| left + (value - low) / span * (right - left);
        let mut down = 4.0;
        for bar in &self.bars {
            let says = format!("{}, {}", bar.name, bar.words);
            pen.reachable(bar.href.as_deref(), &says, |pen| {
                pen.text((left - 8.0, down + 17.0), "end", &fitting(&bar.name, left - 10.0));
                let end = bar.value.map_or(place(0.0), place);
                if let Some(value) = bar.value {
                    let class = if value < 0.0 { "c-bad" } else { "c1" };
                    let (from, to) = (place(0.0).min(end), place(0.0).max(end));
                    pen.rect((from, down + 5.0), (to - from, 16.0), class);
                }
                let class = if bar.value.is_some() { "say halo" } else { "tick" };
                pen.text((end.max(place(0.0)) + 6.0, down + 17.0), class, &bar.words);
            });
            down += ROW;
        }
        pen.line((place(0.0), 4.0), (place(0.0), down), "axis");
    }

    fn table(&self, _lang: Lang) -> Table {
        let head = vec![Column::text(self.label.clone()), Column::number(self.measure.clone())];
        let rows = self.bars.iter().map(|bar| vec![bar.name.clone(), bar.words.clone()]).collect();
        Table { caption: self.heading.title.clone(), head, rows }
    }
}

/// Gives as much of a name as there is room for; the whole name is in the table and the link.
pub(crate) fn fitting(name: &str, room: f64) -> String {
    if width_of(name, 12.0) <= room {
        return name.to_owned();
    }
    let mut out = String::new();
    for letter in name.chars() {
        out.push(letter);
        if width_of(&out, 12.0) > room - 12.0 {
            break;
        }
    }
    format!("{}…", out.trim_end())
}

/// Gives a share in words without decimals and without a sign: 41.
pub(crate) fn whole_percent(lang: Lang, fraction: f64) -> String {
    format::decimal(lang, fraction * 100.0, 0)
}
