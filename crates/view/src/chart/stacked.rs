//! Bars of shares: each is a whole, its parts stand in the same order.

use orchestre_domain::float;

use super::bars::{fitting, whole_percent};
use super::drawing::{Canvas, Drawing, Heading, Key, Palette, Plot, drawn, key};
use super::pen::Pen;
use super::placing::width_of;
use crate::format;
use crate::lang::Lang;
use crate::table::{Column, Table};

/// One whole with its parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StackedBar {
    /// Its name.
    pub name: String,
    /// The parts in the order of `parts`, none below zero.
    pub values: Vec<f64>,
    /// Where it leads.
    pub href: Option<String>,
}

/// Wholes under one another, in at most six parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stacked {
    /// What is said around it.
    pub heading: Heading,
    /// What a bar is, for the head of the table.
    pub label: String,
    /// The names of the parts.
    pub parts: Vec<String>,
    /// The bars from top to bottom.
    pub bars: Vec<StackedBar>,
}

const SERIES: [(&str, &str); 6] =
    [("c1", "on0"), ("c2", "on1"), ("c3", "on2"), ("c4", "on0"), ("c5", "on0"), ("c6", "on3")];

impl Stacked {
    /// Gives the picture.
    pub fn draw(&self, lang: Lang, palette: Palette) -> Drawing {
        drawn(self, lang, palette)
    }

    /// Gives the classes of a part: the sixth and later ones are "the rest".
    fn series(index: usize) -> (&'static str, &'static str) {
        SERIES.get(index).copied().unwrap_or(("c6", "on3"))
    }

    fn bar(lang: Lang, pen: &mut Pen, bar: &StackedBar, place: (f64, f64, f64)) {
        let (left, down, width) = place;
        let whole: f64 = bar.values.iter().map(|value| value.max(0.0)).sum();
        if whole <= 0.0 {
            return;
        }
        let mut from = left;
        for (index, value) in bar.values.iter().enumerate() {
            let share = value.max(0.0) / whole;
            let wide = share * width;
            let (fill, words) = Self::series(index);
            pen.rect((from, down), ((wide - 1.0).max(0.0), 22.0), fill);
            let written = whole_percent(lang, share);
            if width_of(&written, 12.0) + 10.0 < wide {
                pen.text((from + 6.0, down + 15.0), words, &written);
            }
            from += wide;
        }
    }
}

impl Plot for Stacked {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn height(&self, _width: f64) -> f64 {
        float::from_count(self.bars.len()) * 30.0 + 6.0
    }

    fn is_linked(&self) -> bool {
        self.bars.iter().any(|bar| bar.href.is_some())
    }

    fn paint(&self, lang: Lang, pen: &mut Pen, canvas: Canvas) {
        let names = self.bars.iter().map(|bar| width_of(&bar.name, 12.0)).fold(0.0, f64::max);
        let left = (names + 10.0).min(canvas.width * 0.4);
        let mut down = 4.0;
        for bar in &self.bars {
            pen.reachable(bar.href.as_deref(), &bar.name, |pen| {
                pen.text((left - 8.0, down + 15.0), "end", &fitting(&bar.name, left - 10.0));
                Self::bar(lang, pen, bar, (left, down, canvas.width - left - 4.0));
            });
            down += 30.0;
        }
    }

    fn legend(&self, _lang: Lang) -> Vec<Key> {
        let part = |(index, name): (usize, &String)| {
            key(name.clone(), |pen| pen.rect((1.0, 2.0), (10.0, 10.0), Self::series(index).0))
        };
        self.parts.iter().enumerate().map(part).collect()
    }

    fn table(&self, lang: Lang) -> Table {
        let mut head = vec![Column::text(self.label.clone())];
        head.extend(self.parts.iter().map(|part| Column::number(part.clone())));
        let row = |bar: &StackedBar| {
            let whole: f64 = bar.values.iter().map(|value| value.max(0.0)).sum();
            let share = |value: &f64| format::percent_whole(lang, value.max(0.0) / whole);
            let mut row = vec![bar.name.clone()];
            row.extend(bar.values.iter().map(share));
            row.resize(self.parts.len() + 1, format::MISSING.to_owned());
            row
        };
        let rows = self.bars.iter().map(row).collect();
        Table { caption: self.heading.title.clone(), head, rows }
    }
}
