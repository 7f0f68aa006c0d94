//! The pen: shapes with classes on a page, with explicit colours on paper.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::drawing::Palette;
use crate::html::push_escaped;

/// A place in the picture: right and down from the upper left corner.
pub(crate) type At = (f64, f64);

/// What writes shapes.
pub(crate) struct Pen {
    out: String,
    palette: Palette,
}

impl Pen {
    pub(crate) fn new(palette: Palette) -> Self {
        Self { out: String::with_capacity(4096), palette }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// Draws a straight line; those along an axis are set on half pixels to be sharp.
    pub(crate) fn line(&mut self, from: At, to: At, class: &str) {
        let (from, to) = sharp(from, to);
        self.out.push_str("<line");
        self.number("x1", from.0);
        self.number("y1", from.1);
        self.number("x2", to.0);
        self.number("y2", to.1);
        self.paint(class, "/>");
    }

    /// Draws a rectangle from its upper left corner.
    pub(crate) fn rect(&mut self, at: At, size: At, class: &str) {
        self.out.push_str("<rect");
        self.number("x", at.0);
        self.number("y", at.1);
        self.number("width", size.0.max(0.0));
        self.number("height", size.1.max(0.0));
        self.paint(class, "/>");
    }

    pub(crate) fn circle(&mut self, at: At, radius: f64, class: &str) {
        self.out.push_str("<circle");
        self.number("cx", at.0);
        self.number("cy", at.1);
        self.number("r", radius);
        self.paint(class, "/>");
    }

    /// Draws a path whose description is written by `Path`.
    pub(crate) fn path(&mut self, path: &Path, class: &str) {
        self.out.push_str("<path d=\"");
        self.out.push_str(&path.0);
        self.out.push('"');
        self.paint(class, "/>");
    }

    pub(crate) fn text(&mut self, at: At, class: &str, words: &str) {
        self.out.push_str("<text");
        self.number("x", at.0);
        self.number("y", at.1);
        let whole = if self.palette == Palette::Paper {
            format!("words {class}")
        } else {
            class.to_owned()
        };
        self.paint(&whole, ">");
        push_escaped(&mut self.out, words);
        self.out.push_str("</text>");
    }

    /// Draws what can be reached by keyboard and read aloud; on paper it is drawn alone.
    pub(crate) fn reachable(
        &mut self,
        href: Option<&str>,
        says: &str,
        draw: impl FnOnce(&mut Self),
    ) {
        match href {
            Some(href) if self.palette == Palette::Page => {
                self.out.push_str("<a href=\"");
                push_escaped(&mut self.out, href);
                self.out.push_str("\"><title>");
                push_escaped(&mut self.out, says);
                self.out.push_str("</title>");
                draw(self);
                self.out.push_str("</a>");
            }
            _ if self.palette == Palette::Page => {
                self.out.push_str("<g><title>");
                push_escaped(&mut self.out, says);
                self.out.push_str("</title>");
                draw(self);
                self.out.push_str("</g>");
            }
            _ => draw(self),
        }
    }

    fn number(&mut self, name: &str, value: f64) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_number(&mut self.out, value);
        self.out.push('"');
    }

    fn paint(&mut self, class: &str, end: &str) {
        match self.palette {
            _ if class.is_empty() => {}
            Palette::Page => {
                self.out.push_str(" class=\"");
                self.out.push_str(class);
                self.out.push('"');
            }
            Palette::Paper => {
                let mut attributes = BTreeMap::new();
                for name in class.split(' ') {
                    attributes.extend(on_paper(name).iter().copied());
                }
                for (name, value) in attributes {
                    let written = write!(self.out, " {name}=\"{value}\"");
                    debug_assert!(written.is_ok(), "writing to a string does not fail");
                }
            }
        }
        self.out.push_str(end);
    }
}

/// The description of a path.
#[derive(Default)]
pub(crate) struct Path(String);

impl Path {
    pub(crate) fn move_to(&mut self, at: At) {
        self.push('M', &[at]);
    }

    pub(crate) fn line_to(&mut self, at: At) {
        self.push('L', &[at]);
    }

    pub(crate) fn curve_to(&mut self, first: At, second: At, end: At) {
        self.push('C', &[first, second, end]);
    }

    pub(crate) fn close(&mut self) {
        self.0.push('Z');
    }

    fn push(&mut self, letter: char, places: &[At]) {
        self.0.push(letter);
        for (index, (right, down)) in places.iter().enumerate() {
            if index > 0 {
                self.0.push(' ');
            }
            push_number(&mut self.0, *right);
            self.0.push(' ');
            push_number(&mut self.0, *down);
        }
    }
}

/// Appends a number with at most one decimal, in the digits of SVG.
pub(crate) fn push_number(out: &mut String, value: f64) {
    let written = format!("{:.1}", if value.is_finite() { value } else { 0.0 });
    let short = written.strip_suffix(".0").unwrap_or(&written);
    out.push_str(if short == "-0" { "0" } else { short });
}

fn sharp(from: At, to: At) -> (At, At) {
    let half = |value: f64| value.floor() + 0.5;
    if (from.1 - to.1).abs() < 0.01 {
        ((from.0, half(from.1)), (to.0, half(to.1)))
    } else if (from.0 - to.0).abs() < 0.01 {
        ((half(from.0), from.1), (half(to.0), to.1))
    } else {
        (from, to)
    }
}

/// Gives what a class of the style sheet looks like on paper.
fn on_paper(class: &str) -> &'static [(&'static str, &'static str)] {
    match class {
        "words" => &[("fill", "#44505a"), ("font-size", "12")],
        "tick" => &[("fill", "#5a6670"), ("font-size", "11")],
        "say" => &[("fill", "#131a20"), ("font-weight", "500")],
        "halo" => &[
            ("paint-order", "stroke"),
            ("stroke", "#ffffff"),
            ("stroke-linejoin", "round"),
            ("stroke-width", "3"),
        ],
        "end" => &[("text-anchor", "end")],
        "mid" => &[("text-anchor", "middle")],
        "grid" => &[("stroke", "#e4e8ea")],
        "axis" => &[("stroke", "#44505a")],
        "guide" => &[("fill", "none"), ("stroke", "#7b8791"), ("stroke-dasharray", "3 3")],
        "ln" => &[
            ("fill", "none"),
            ("stroke-linecap", "round"),
            ("stroke-linejoin", "round"),
            ("stroke-width", "2"),
        ],
        "thin" => &[("stroke-width", "1.25")],
        "bold" => &[("stroke-width", "2")],
        "dashed" => &[("stroke-dasharray", "3 2")],
        "none" => &[("fill", "none")],
        "sq" => &[("stroke", "#ffffff"), ("stroke-width", "1")],
        _ => colored(class),
    }
}

fn colored(class: &str) -> &'static [(&'static str, &'static str)] {
    match class {
        "c1" => &[("fill", "#0b5a7c")],
        "c2" => &[("fill", "#d96c26")],
        "c3" => &[("fill", "#3d9c7a")],
        "c4" => &[("fill", "#92394a")],
        "c5" => &[("fill", "#23184f")],
        "c6" => &[("fill", "#6a7883")],
        "cp" => &[("fill", "#9aa5ad")],
        "ci" | "on1" | "on2" => &[("fill", "#131a20")],
        "pap" | "on0" | "on3" => &[("fill", "#ffffff")],
        "c-bad" => &[("fill", "#ad2318")],
        "c-wash" => &[("fill", "#e6f0f5")],
        "c-3" => &[("fill", "#eaeef0")],
        "c-edge" => &[("fill", "#7b8791")],
        "s1" => &[("stroke", "#0b5a7c")],
        "s2" => &[("stroke", "#d96c26")],
        "s3" => &[("stroke", "#3d9c7a")],
        "s4" => &[("stroke", "#92394a")],
        "s5" => &[("stroke", "#23184f")],
        "s6" => &[("stroke", "#6a7883")],
        "sp" => &[("stroke", "#9aa5ad")],
        "si" => &[("stroke", "#131a20")],
        "s-bad" => &[("stroke", "#ad2318")],
        "s-line" => &[("stroke", "#c5ccd1")],
        "s-edge" => &[("stroke", "#7b8791")],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let mut out = String::new();
        for value in [40.0, 56.04, -0.01, f64::NAN] {
            push_number(&mut out, value);
            out.push(' ');
        }
        assert_eq!(out, "40 56 0 0 ");
    }

    #[test]
    fn paper_has_colors_and_no_classes() {
        let mut pen = Pen::new(Palette::Paper);
        pen.text((1.0, 2.0), "tick end", "a<b");
        pen.rect((0.0, 0.0), (5.0, 5.0), "c-wash s1 dashed");
        let svg = pen.finish();
        assert!(!svg.contains("class="), "{svg}");
        assert!(svg.contains("a&lt;b") && svg.contains("#e6f0f5") && svg.contains("text-anchor"));
    }
}
