//! A page of the manual or of the methods.

use askama::Template;
use orchestre_domain::lang::Lang;

use crate::html::{Html, Link};
use crate::page::Page;
use crate::view::View;

/// What `pages/manual/show.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/manual/show.html")]
pub struct ShowView {
    /// The frame.
    pub page: Page,
    /// The text, without its title.
    pub content: Html,
    /// What the list beside it is called.
    pub list: String,
    /// The pages of the same kind, and whether each is the present one.
    pub pages: Vec<(Link, bool)>,
}

impl View for ShowView {
    fn samples(lang: Lang) -> Vec<Self> {
        let pages = vec![
            (Link::new("B5 <Lorenz>", "/methods/B5"), true),
            (Link::new("B6", "/methods/B6"), false),
        ];
        let content = Html("<h2>CR</h2><pre><code>a</code></pre>".to_owned());
        vec![Self { page: Page::sample(lang), content, list: "1".to_owned(), pages }]
    }
}
