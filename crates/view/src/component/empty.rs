//! What stands where there is nothing yet: what is missing, why, the first action, an example.

use askama::Template;

use crate::html::Link;

/// An empty part.
#[derive(Debug, Clone, Template)]
#[template(path = "components/empty.html")]
pub struct Empty {
    title: String,
    text: String,
    action: Option<Link>,
    example: Option<Link>,
}

impl askama::filters::HtmlSafe for Empty {}

impl Empty {
    /// Gives an empty part: what is missing, and why.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), action: None, example: None }
    }

    /// Adds the first thing to do.
    #[must_use]
    pub fn action(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.action = Some(Link::new(label, href));
        self
    }

    /// Adds a way to see how it will look.
    #[must_use]
    pub fn example(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.example = Some(Link::new(label, href));
        self
    }
}
