//! The Lorenz curve: the share of the whole that the largest so many make together.

use orchestre_domain::float;

use super::drawing::{Canvas, Drawing, Heading, Palette, Plot, drawn};
use super::pen::{Path, Pen};
use super::placing::width_of;
use super::scale::Scale;
use crate::format;
use crate::lang::Lang;
use crate::table::{Column, Table};

/// The curve of concentration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lorenz {
    /// What is said around it.
    pub heading: Heading,
    /// What is counted to the right: "Customer groups, largest first".
    pub x_label: String,
    /// What is added up: "Share of turnover".
    pub y_label: String,
    /// What the diagonal says: "if all were equal".
    pub equal: String,
    /// The shares, largest first; they make one together.
    pub shares: Vec<f64>,
    /// The places that are named: how many of the largest, and the words.
    pub points: Vec<(usize, String)>,
}

impl Lorenz {
    /// Gives the picture.
    pub fn draw(&self, lang: Lang, palette: Palette) -> Drawing {
        drawn(self, lang, palette)
    }

    /// Gives the share of the largest so many, from none to all.
    fn sums(&self) -> Vec<f64> {
        let add = |sum: &mut f64, share: &f64| {
            *sum += share;
            Some(sum.clamp(0.0, 1.0))
        };
        std::iter::once(0.0).chain(self.shares.iter().scan(0.0, add)).collect()
    }

    fn ground(&self, lang: Lang, pen: &mut Pen, corners: (f64, f64, f64, f64)) {
        let (left, top, right, bottom) = corners;
        for fifth in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let down = bottom - fifth * (bottom - top);
            pen.line((left, down), (right, down), if fifth > 0.0 { "grid" } else { "axis" });
            let words = format::percent_whole(lang, fifth);
            pen.text((left - 6.0, down + 4.0), "tick end", &words);
        }
        let all = float::from_count(self.shares.len());
        let scale = Scale::covering(0.0, all.max(1.0));
        for tick in scale.ticks().into_iter().filter(|tick| *tick < all * 0.92).chain([all]) {
            let at = left + tick / all.max(1.0) * (right - left);
            pen.line((at, bottom), (at, bottom + 4.0), "axis");
            let class = if tick < all { "tick mid" } else { "tick end" };
            pen.text((at, bottom + 16.0), class, &format::decimal(lang, tick, 0));
        }
        pen.text((0.0, 12.0), "tick", &self.y_label);
        pen.text((right, bottom + 30.0), "tick end", &self.x_label);
        pen.line((left, bottom), (right, top), "guide");
        let middle = ((left + right * 2.0) / 3.0, (bottom + top * 2.0) / 3.0);
        pen.text((middle.0 + 6.0, middle.1 + 40.0), "tick mid", &self.equal);
    }
}

impl Plot for Lorenz {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn height(&self, width: f64) -> f64 {
        (width * 0.86).clamp(300.0, 390.0)
    }

    fn paint(&self, lang: Lang, pen: &mut Pen, canvas: Canvas) {
        let (left, top, right, bottom) = (44.0, 22.0, canvas.width - 8.0, canvas.height - 34.0);
        let sums = self.sums();
        let all = float::from_count(self.shares.len().max(1));
        let place = |count: usize, sum: f64| {
            let across = left + float::from_count(count) / all * (right - left);
            (across, bottom - sum * (bottom - top))
        };
        // More points than pixels would only make the page heavy.
        let every = self.shares.len().div_ceil(200).max(1);
        let kept =
            |index: &usize| index.rem_euclid(every) == 0 || *index < 40 || *index + 1 == sums.len();
        let (mut curve, mut ground) = (Path::default(), Path::default());
        ground.move_to((left, bottom));
        for (index, sum) in sums.iter().enumerate().filter(|(index, _)| kept(index)) {
            let at = place(index, *sum);
            if index == 0 {
                curve.move_to(at);
            } else {
                curve.line_to(at);
            }
            ground.line_to(at);
        }
        ground.line_to((right, bottom));
        ground.close();
        pen.path(&ground, "c-wash");
        self.ground(lang, pen, (left, top, right, bottom));
        pen.path(&curve, "ln s1");
        for (count, words) in &self.points {
            let Some(sum) = sums.get(*count) else { continue };
            let at = place(*count, *sum);
            pen.circle(at, 4.0, "c1 sq");
            let room = right - at.0 - 12.0;
            if width_of(words, 12.0) < room {
                pen.text((at.0 + 8.0, at.1 + 13.0), "say halo", words);
            } else {
                pen.text((at.0 - 8.0, at.1 - 8.0), "say halo end", words);
            }
        }
    }

    fn table(&self, lang: Lang) -> Table {
        let sums = self.sums();
        let head = vec![Column::text(self.x_label.clone()), Column::number(self.y_label.clone())];
        let wanted = [1, 3, 5, 10, 20, 50, 100, 200, 500].into_iter();
        let named = self.points.iter().map(|(count, _)| *count);
        let mut counts: Vec<usize> = wanted.chain(named).chain([self.shares.len()]).collect();
        counts.sort_unstable();
        counts.dedup();
        let row = |count: usize| {
            let sum = sums.get(count)?;
            Some(vec![format::count_of(lang, count), format::percent(lang, *sum)])
        };
        let rows = counts.into_iter().filter(|count| *count > 0).filter_map(row).collect();
        Table { caption: self.heading.title.clone(), head, rows }
    }
}
