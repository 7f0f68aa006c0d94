//! Accounts between two scores: bubbles with names that do not stand on one another.

use super::drawing::{Canvas, Drawing, Heading, Key, Palette, Plot, drawn, key};
use super::pen::Pen;
use super::placing::{Label, Taken, beside, width_of};
use crate::format;
use crate::lang::Lang;
use crate::table::{Column, Table};
use crate::text::text;

/// How a bubble is drawn: what it means is said by the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum BubbleKind {
    /// Full: key.
    #[default]
    Full,
    /// A ring: incubator.
    Ring,
    /// Dashed: candidate or standard.
    Dashed,
    /// Full in the second colour: watch.
    Watch,
}

impl BubbleKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Full => "c1 sq",
            Self::Ring => "pap s1 bold",
            Self::Dashed => "pap s-edge thin dashed",
            Self::Watch => "c2 sq",
        }
    }
}

/// One account in the matrix.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bubble {
    /// Its name.
    pub name: String,
    /// To the right, 0 to 100.
    pub x: f64,
    /// Up, 0 to 100.
    pub y: f64,
    /// What the area shows; none below zero.
    pub size: f64,
    /// The size in words.
    pub size_words: String,
    /// How it is drawn.
    pub kind: BubbleKind,
    /// Where it stood a year before.
    pub before: Option<(f64, f64)>,
    /// Where it leads.
    pub href: Option<String>,
}

/// A square of two scores from 0 to 100, parted at 50.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matrix {
    /// What is said around it.
    pub heading: Heading,
    /// What an account is, for the head of the table.
    pub label: String,
    /// The score to the right.
    pub x_label: String,
    /// The score upwards.
    pub y_label: String,
    /// What the area shows.
    pub size_label: String,
    /// The names of the quadrants: upper left, upper right, lower left, lower right.
    pub quadrants: [String; 4],
    /// The bubbles.
    pub bubbles: Vec<Bubble>,
    /// What the kinds mean, in the order of the legend.
    pub kinds: Vec<(BubbleKind, String)>,
}

/// The square in which the bubbles stand.
#[derive(Clone, Copy)]
struct Field {
    frame: Taken,
    largest: f64,
    radius: f64,
}

impl Field {
    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let frame = &self.frame;
        (
            frame.left + x.clamp(0.0, 100.0) / 100.0 * (frame.right - frame.left),
            frame.bottom - y.clamp(0.0, 100.0) / 100.0 * (frame.bottom - frame.top),
        )
    }

    /// Gives the radius whose area shows a size.
    fn radius(&self, size: f64) -> f64 {
        (size.max(0.0) / self.largest).sqrt().mul_add(self.radius, 0.0).max(4.0)
    }
}

impl Matrix {
    /// Gives the picture.
    pub fn draw(&self, lang: Lang, palette: Palette) -> Drawing {
        drawn(self, lang, palette)
    }

    fn ground(&self, lang: Lang, pen: &mut Pen, field: &Field, canvas: Canvas) {
        let frame = field.frame;
        for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
            let (right, down) = field.place(tick, tick);
            let class = if (tick - 50.0_f64).abs() < 1.0 { "s-line" } else { "grid" };
            let words = format::decimal(lang, tick, 0);
            pen.line((right, frame.top), (right, frame.bottom), class);
            pen.text((right, frame.bottom + 14.0), "tick mid", &words);
            pen.line((frame.left, down), (frame.right, down), class);
            pen.text((frame.left - 6.0, down + 4.0), "tick end", &words);
        }
        pen.text((0.0, 12.0), "tick", &self.y_label);
        pen.text((frame.right, canvas.height - 4.0), "tick end", &self.x_label);
        let corners = [
            (frame.left + 6.0, frame.top + 14.0, "tick"),
            (frame.right - 6.0, frame.top + 14.0, "tick end"),
            (frame.left + 6.0, frame.bottom - 7.0, "tick"),
            (frame.right - 6.0, frame.bottom - 7.0, "tick end"),
        ];
        for ((right, down, class), words) in corners.into_iter().zip(&self.quadrants) {
            pen.text((right, down), class, words);
        }
    }

    /// Gives the places of the names, the largest bubble choosing first.
    fn labels(&self, field: &Field, order: &[&Bubble]) -> Vec<Label> {
        let place = |bubble: &&Bubble| field.place(bubble.x, bubble.y);
        let mut taken: Vec<Taken> = order
            .iter()
            .map(|bubble| Taken::around(place(bubble), field.radius(bubble.size)))
            .collect();
        let frame = field.frame;
        let corners = [
            (frame.left + 6.0, frame.top + 4.0, 0.0),
            (frame.right - 6.0, frame.top + 4.0, 1.0),
            (frame.left + 6.0, frame.bottom - 17.0, 0.0),
            (frame.right - 6.0, frame.bottom - 17.0, 1.0),
        ];
        for ((right, top, side), words) in corners.into_iter().zip(&self.quadrants) {
            let wide = width_of(words, 11.0);
            let left = right - side * wide;
            taken.push(Taken { left, top, right: left + wide, bottom: top + 13.0 });
        }
        let mut labels = Vec::with_capacity(order.len());
        for bubble in order {
            let around = (&field.frame, taken.as_slice());
            let label = beside(place(bubble), field.radius(bubble.size), &bubble.name, around);
            if label.is_free {
                taken.push(label.taken);
            }
            labels.push(label);
        }
        labels
    }

    fn says(&self, lang: Lang, bubble: &Bubble) -> String {
        let score = |value: f64| format::decimal(lang, value, 0);
        let (x, y) = (score(bubble.x), score(bubble.y));
        let (across, up, area) = (&self.x_label, &self.y_label, &self.size_label);
        format!("{}: {across} {x}, {up} {y}, {area} {}", bubble.name, bubble.size_words)
    }

    fn quadrant(&self, bubble: &Bubble) -> &str {
        let [upper_left, upper_right, lower_left, lower_right] = &self.quadrants;
        match (bubble.x >= 50.0, bubble.y >= 50.0) {
            (false, true) => upper_left,
            (true, true) => upper_right,
            (false, false) => lower_left,
            (true, false) => lower_right,
        }
    }
}

impl Plot for Matrix {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn height(&self, width: f64) -> f64 {
        (width * 0.62).clamp(320.0, 430.0)
    }

    fn is_linked(&self) -> bool {
        self.bubbles.iter().any(|bubble| bubble.href.is_some())
    }

    fn paint(&self, lang: Lang, pen: &mut Pen, canvas: Canvas) {
        let largest = self.bubbles.iter().map(|bubble| bubble.size).fold(0.0, f64::max);
        let frame = Taken {
            left: 30.0,
            top: 22.0,
            right: canvas.width - 8.0,
            bottom: canvas.height - 34.0,
        };
        let radius = if canvas.is_small { 15.0 } else { 26.0 };
        let field = Field { frame, largest: if largest > 0.0 { largest } else { 1.0 }, radius };
        self.ground(lang, pen, &field, canvas);
        let mut order: Vec<&Bubble> = self.bubbles.iter().collect();
        order.sort_by(|a, b| b.size.total_cmp(&a.size));
        for bubble in &order {
            if let Some((x, y)) = bubble.before {
                let from = field.place(x, y);
                pen.line(from, field.place(bubble.x, bubble.y), "s-edge thin");
                pen.circle(from, 2.0, "c-edge");
            }
        }
        let labels = self.labels(&field, &order);
        for bubble in &order {
            pen.reachable(bubble.href.as_deref(), &self.says(lang, bubble), |pen| {
                let at = field.place(bubble.x, bubble.y);
                pen.circle(at, field.radius(bubble.size), bubble.kind.class());
            });
        }
        // Names lie over every bubble; one without a free place is read by pointing, or in the table.
        for (bubble, label) in order.iter().zip(labels).filter(|(_, label)| label.is_free) {
            let class = format!("say halo {}", label.class);
            pen.text(label.at, class.trim_end(), &bubble.name);
        }
    }

    fn legend(&self, _lang: Lang) -> Vec<Key> {
        let shape = |(kind, words): &(BubbleKind, String)| {
            key(words.clone(), |pen| pen.circle((6.0, 6.0), 5.0, kind.class()))
        };
        self.kinds.iter().map(shape).collect()
    }

    fn table(&self, lang: Lang) -> Table {
        let head = vec![
            Column::text(self.label.clone()),
            Column::number(self.x_label.clone()),
            Column::number(self.y_label.clone()),
            Column::number(self.size_label.clone()),
            Column::text(text(lang, "chart-quadrant")),
        ];
        let row = |bubble: &Bubble| {
            vec![
                bubble.name.clone(),
                format::decimal(lang, bubble.x, 0),
                format::decimal(lang, bubble.y, 0),
                bubble.size_words.clone(),
                self.quadrant(bubble).to_owned(),
            ]
        };
        let rows = self.bubbles.iter().map(row).collect();
        Table { caption: self.heading.title.clone(), head, rows }
    }
}
