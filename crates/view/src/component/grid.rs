//! A table whose cells may lead somewhere.

use askama::Template;

use crate::html::{Html, Link};
use crate::table::Column;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words or a formatted number.
    Text(String),
    /// Words that lead somewhere; the detail stands below.
    Link(Link),
    /// A mark.
    Mark(Html),
}

impl Cell {
    /// Gives a cell of words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// Gives a cell that leads somewhere.
    pub fn link(words: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link(Link::new(words, href))
    }
}

/// A table of cells; the first of a row names it.
///
/// # Shape
/// Every row has as many cells as the head.
#[derive(Debug, Clone, PartialEq, Eq, Default, Template)]
#[template(path = "components/grid.html")]
pub struct Grid {
    /// What the table is, for who does not see where it stands.
    pub caption: String,
    /// The columns.
    pub head: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl askama::filters::HtmlSafe for Grid {}

impl Grid {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference")]
    fn is_number(&self, index: &usize) -> bool {
        self.head.get(*index).is_some_and(|column| column.is_number)
    }
}
