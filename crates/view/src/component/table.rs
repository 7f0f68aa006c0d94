//! Plain tables of words: twins of pictures and short lists.

use askama::Template;

/// A column of a plain table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands in its head.
    pub label: String,
    /// Whether its cells are numbers, which stand to the right.
    pub is_number: bool,
}

impl Column {
    /// Gives a column of words.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), is_number: false }
    }

    /// Gives a column of numbers.
    pub fn number(label: impl Into<String>) -> Self {
        Self { label: label.into(), is_number: true }
    }
}

/// A plain table; the first cell of a row names it.
///
/// # Shape
/// Every row has as many cells as the head.
#[derive(Debug, Clone, PartialEq, Eq, Default, Template)]
#[template(path = "components/table.html")]
pub struct Table {
    /// What the table is, for who does not see where it stands.
    pub caption: String,
    /// The columns.
    pub head: Vec<Column>,
    /// The rows of formatted cells.
    pub rows: Vec<Vec<String>>,
}

impl askama::filters::HtmlSafe for Table {}

impl Table {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference")]
    fn is_number(&self, index: &usize) -> bool {
        self.head.get(*index).is_some_and(|column| column.is_number)
    }
}
