//! Where one is in a long list, and the ways to what comes before and after.

use askama::Template;

use crate::lang::Lang;
use crate::text::{text, text_with};

/// A pager under a table; shows nothing to press when everything is on one page.
#[derive(Debug, Clone, Template)]
#[template(path = "components/pager.html")]
pub struct Pager {
    /// The language of its words.
    pub lang: Lang,
    /// The number of the first row shown, from 1.
    pub from: usize,
    /// The number of the last row shown.
    pub to: usize,
    /// The number of all rows.
    pub total: usize,
    /// The address of the page before, if there is one.
    pub previous: Option<String>,
    /// The address of the page after, if there is one.
    pub next: Option<String>,
}

impl askama::filters::HtmlSafe for Pager {}

impl Pager {
    fn place(&self) -> String {
        let values =
            [("from", self.from.into()), ("to", self.to.into()), ("total", self.total.into())];
        text_with(self.lang, "page-layout-pager_place", &values)
    }

    fn t(&self, key: &str) -> String {
        text(self.lang, key)
    }
}
