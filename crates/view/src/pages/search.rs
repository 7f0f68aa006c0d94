//! What was found.

use askama::Template;
use orchestre_domain::lang::Lang;

use crate::component::empty::Empty;
use crate::page::Page;
use crate::view::View;

/// One thing that was found.
#[derive(Debug, Clone)]
pub struct ResultLine {
    /// What it is, in words.
    pub kind: String,
    /// Its name.
    pub title: String,
    /// What tells it from others.
    pub detail: String,
    /// Where it is.
    pub href: String,
}

/// What `pages/search/index.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/search/index.html")]
pub struct IndexView {
    /// The frame.
    pub page: Page,
    /// The words that were asked for.
    pub words: String,
    /// How many were found.
    pub lead: String,
    /// What was found, best first.
    pub results: Vec<ResultLine>,
    /// What is said when nothing was.
    pub empty: Option<Empty>,
}

impl View for IndexView {
    fn samples(lang: Lang) -> Vec<Self> {
        let line = ResultLine {
            kind: "P".to_owned(),
            title: "<script>".to_owned(),
            detail: "Lyon".to_owned(),
            href: "/people/1".to_owned(),
        };
        let view = |results: Vec<ResultLine>, empty: Option<Empty>| Self {
            page: Page::sample(lang),
            words: "<b>".to_owned(),
            lead: "1".to_owned(),
            results,
            empty,
        };
        vec![view(vec![line], None), view(Vec::new(), Some(Empty::new("0", "1")))]
    }
}
