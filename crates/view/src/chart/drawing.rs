//! A finished picture: title, legend, SVG in two widths, source, and its table.

use askama::Template;

use super::pen::Pen;
use crate::html::{Html, escape};
use crate::lang::Lang;
use crate::table::Table;
use crate::text::text;

/// Where the picture is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// On a page: classes of the style sheet, two or three widths.
    Page,
    /// On paper: colours of its own, one width; the SVG is a whole file.
    Paper,
}

/// How wide the part is in which the large picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Breadth {
    /// The main column beside an aside: 808 px.
    #[default]
    Main,
    /// One of two equal columns: 560 px.
    Half,
    /// Two of five parts: 430 px.
    Narrow,
    /// A column of the plan on a page: 300 px.
    Plan,
}

impl Breadth {
    /// Gives the widths in which the picture is laid out, the largest first.
    const fn widths(self) -> &'static [f64] {
        match self {
            Self::Main => &[808.0, 560.0, 340.0],
            Self::Half => &[560.0, 430.0, 340.0],
            Self::Narrow => &[430.0, 340.0],
            Self::Plan => &[300.0],
        }
    }

    /// Gives the classes of those widths, by which the style sheet chooses the one that fits.
    const fn classes(self) -> &'static [&'static str] {
        match self {
            Self::Main => &["large w808", "medium", "small"],
            Self::Half => &["large w560", "medium", "small"],
            Self::Narrow => &["large w430", "small"],
            Self::Plan => &["large"],
        }
    }
}

/// What is said around a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// The finding, in words.
    pub title: String,
    /// The measure and the unit.
    pub measure: String,
    /// Source, day, method.
    pub source: String,
    /// One sentence for who does not see the picture.
    pub describe: String,
    /// The width of the large picture.
    pub breadth: Breadth,
}

/// A line of a legend: the shape and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The shape as SVG inside a box of 12 by 12.
    pub shape: Html,
    /// What it stands for.
    pub words: String,
}

/// A finished picture; as a value in a template it is the whole figure with its table.
#[derive(Debug, Clone, Template)]
#[template(path = "components/chart.html")]
pub struct Drawing {
    lang: Lang,
    /// What is said around it.
    pub heading: Heading,
    /// The legend, where names cannot stand beside what they name.
    pub legend: Vec<Key>,
    /// The picture alone: on a page one `<svg>` for each width, on paper one whole file.
    pub svg: String,
    /// The same data as a table.
    pub table: Table,
}

impl askama::filters::HtmlSafe for Drawing {}

impl Drawing {
    /// Gives the picture without what is around it.
    pub fn picture(&self) -> Html {
        Html(self.svg.clone())
    }

    fn t(&self, key: &str) -> String {
        text(self.lang, key)
    }
}

/// The paper under a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Canvas {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) is_small: bool,
}

/// A kind of picture: how high it is, what it paints, its legend and its table.
pub(crate) trait Plot {
    fn heading(&self) -> &Heading;
    fn height(&self, width: f64) -> f64;
    fn paint(&self, lang: Lang, pen: &mut Pen, canvas: Canvas);
    fn table(&self, lang: Lang) -> Table;
    fn is_linked(&self) -> bool {
        false
    }
    fn legend(&self, _lang: Lang) -> Vec<Key> {
        Vec::new()
    }
}

/// Gives the finished picture of a plot.
pub(crate) fn drawn(plot: &impl Plot, lang: Lang, palette: Palette) -> Drawing {
    let breadth = plot.heading().breadth;
    let widths = breadth.widths().iter().zip(breadth.classes());
    let wanted = if palette == Palette::Page { usize::MAX } else { 1 };
    let mut svg = String::new();
    for (width, class) in widths.take(wanted) {
        let canvas =
            Canvas { width: *width, height: plot.height(*width).round(), is_small: *width < 400.0 };
        let mut pen = Pen::new(palette);
        plot.paint(lang, &mut pen, canvas);
        svg.push_str(&framed(plot, palette, canvas, (class, pen.finish())));
    }
    let legend = plot.legend(lang);
    Drawing { lang, heading: plot.heading().clone(), legend, svg, table: plot.table(lang) }
}

fn framed(plot: &impl Plot, palette: Palette, canvas: Canvas, inner: (&str, String)) -> String {
    let (class, shapes) = inner;
    let label = escape(&plot.heading().describe);
    let (high, wide) = (canvas.height, canvas.width);
    // Links inside an image would be lost to screen readers: a picture with links is a group.
    let role = if plot.is_linked() { "group" } else { "img" };
    match palette {
        Palette::Page => format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" \
             height=\"{high}\" role=\"{role}\" aria-label=\"{label}\">{shapes}</svg>"
        ),
        Palette::Paper => format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" \
             width=\"{wide}\" height=\"{high}\" font-family=\"IBM Plex Sans\">\
             <title>{label}</title>{shapes}</svg>"
        ),
    }
}

/// Gives the shape of a legend from a few marks of the pen.
pub(crate) fn key(words: impl Into<String>, draw: impl FnOnce(&mut Pen)) -> Key {
    let mut pen = Pen::new(Palette::Page);
    draw(&mut pen);
    let shape = pen.finish();
    Key {
        shape: Html(format!("<svg viewBox=\"0 0 12 12\" aria-hidden=\"true\">{shape}</svg>")),
        words: words.into(),
    }
}
