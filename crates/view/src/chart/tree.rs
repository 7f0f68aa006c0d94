//! A group as a tree that grows to the right; the width of a line is a share.

use orchestre_domain::float;

use super::bars::fitting;
use super::drawing::{Canvas, Drawing, Heading, Palette, Plot, drawn};
use super::pen::{Path, Pen};
use super::placing::width_of;
use crate::lang::Lang;
use crate::table::{Column, Table};

/// A node and what is under it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Its value in words.
    pub words: String,
    /// Its share of the whole, 0 to 1.
    pub share: f64,
    /// Where it leads.
    pub href: Option<String>,
    /// What is under it; three levels are drawn.
    pub children: Vec<Self>,
}

/// A tree of at most three levels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OrgTree {
    /// What is said around it.
    pub heading: Heading,
    /// What a node is, for the head of the table.
    pub label: String,
    /// What its value is.
    pub measure: String,
    /// The root.
    pub root: Node,
}

const ROW: f64 = 44.0;

/// A node with its place: left edge, middle.
struct Placed<'a> {
    node: &'a Node,
    level: usize,
    down: f64,
    parent_down: f64,
}

impl OrgTree {
    /// Gives the picture.
    pub fn draw(&self, lang: Lang, palette: Palette) -> Drawing {
        drawn(self, lang, palette)
    }

    /// Places a node and what is under it; gives the place of its middle and the next free row.
    fn place<'a>(node: &'a Node, level: usize, free: f64, out: &mut Vec<Placed<'a>>) -> (f64, f64) {
        let start = out.len();
        let mut next = free;
        let mut middles = Vec::new();
        if level < 2 {
            for child in &node.children {
                let (middle, after) = Self::place(child, level + 1, next, out);
                middles.push(middle);
                next = after;
            }
        }
        let down = if let (Some(first), Some(last)) = (middles.first(), middles.last()) {
            f64::midpoint(*first, *last)
        } else {
            next += ROW;
            free + ROW / 2.0
        };
        for child in out.iter_mut().skip(start).filter(|child| child.level == level + 1) {
            child.parent_down = down;
        }
        out.push(Placed { node, level, down, parent_down: down });
        (down, next)
    }

    fn rows(node: &Node, depth: usize, out: &mut Vec<Vec<String>>) {
        out.push(vec![format!("{}{}", "\u{2003}".repeat(depth), node.name), node.words.clone()]);
        for child in &node.children {
            Self::rows(child, depth + 1, out);
        }
    }

    fn leaves(node: &Node, level: usize) -> usize {
        if level == 2 || node.children.is_empty() {
            return 1;
        }
        node.children.iter().map(|child| Self::leaves(child, level + 1)).sum()
    }

    fn is_any_linked(node: &Node) -> bool {
        node.href.is_some() || node.children.iter().any(Self::is_any_linked)
    }
}

impl Plot for OrgTree {
    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn height(&self, _width: f64) -> f64 {
        float::from_count(Self::leaves(&self.root, 0)) * ROW + 4.0
    }

    fn is_linked(&self) -> bool {
        Self::is_any_linked(&self.root)
    }

    fn paint(&self, _lang: Lang, pen: &mut Pen, canvas: Canvas) {
        let mut placed = Vec::new();
        Self::place(&self.root, 0, 0.0, &mut placed);
        let gap = if canvas.is_small { 24.0 } else { 52.0 };
        let wide = (canvas.width - 2.0 * gap) / 3.0;
        let left_of = |level: usize| float::from_count(level) * (wide + gap);
        for child in placed.iter().filter(|child| child.level > 0) {
            let (from, to) = (left_of(child.level) - gap, left_of(child.level) - 2.0);
            let bend = gap / 2.0;
            let mut path = Path::default();
            path.move_to((from, child.parent_down + 6.0));
            path.curve_to(
                (from + bend, child.parent_down + 6.0),
                (to - bend, child.down + 6.0),
                (to, child.down + 6.0),
            );
            pen.path(
                &path,
                if child.node.share > 0.2 { "none s-line bold" } else { "none s-line" },
            );
        }
        for Placed { node, level, down, .. } in &placed {
            let left = left_of(*level);
            let says = format!("{}, {}", node.name, node.words);
            pen.reachable(node.href.as_deref(), &says, |pen| {
                pen.rect((left, down + 5.0), (wide, 3.0), "c-3");
                pen.rect((left, down + 5.0), (wide * node.share.clamp(0.0, 1.0), 3.0), "c1");
                let room =
                    if canvas.is_small { wide } else { wide - width_of(&node.words, 11.0) - 6.0 };
                pen.text((left, down - 1.0), "say", &fitting(&node.name, room));
                let under = if canvas.is_small { 20.0 } else { -1.0 };
                pen.text((left + wide, down + under), "tick end", &node.words);
            });
        }
    }

    fn table(&self, _lang: Lang) -> Table {
        let head = vec![Column::text(self.label.clone()), Column::number(self.measure.clone())];
        let mut rows = Vec::new();
        Self::rows(&self.root, 0, &mut rows);
        Table { caption: self.heading.title.clone(), head, rows }
    }
}
