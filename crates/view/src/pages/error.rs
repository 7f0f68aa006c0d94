//! What could not be done, that nothing is lost, and two ways out.

use askama::Template;
use orchestre_domain::lang::Lang;

use crate::html::Link;
use crate::page::Page;
use crate::view::View;

/// What `pages/error/show.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/error/show.html")]
pub struct ShowView {
    /// The frame.
    pub page: Page,
    /// What happened.
    pub text: String,
    /// The code.
    pub code: String,
    /// The number of the request, for whoever is asked about it; may be empty.
    pub request: String,
    /// The ways out.
    pub ways: Vec<Link>,
}

impl View for ShowView {
    fn samples(lang: Lang) -> Vec<Self> {
        vec![Self {
            page: Page::sample(lang),
            text: "<b>".to_owned(),
            code: "not_found".to_owned(),
            request: "req_0000000000001".to_owned(),
            ways: vec![Link::new("1", "/"), Link::new("2", "/search")],
        }]
    }
}
