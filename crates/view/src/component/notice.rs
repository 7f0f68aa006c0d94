//! What a reader is told: done, to check, wrong; in words, with the ways out.

use askama::Template;

use crate::html::{Html, Link};
use crate::icon;

/// A notice with its colour, sign and words.
#[derive(Debug, Clone, Template)]
#[template(path = "components/notice.html")]
pub struct Notice {
    class: &'static str,
    sign: &'static str,
    role: &'static str,
    title: String,
    texts: Vec<String>,
    links: Vec<Link>,
    code: String,
}

impl askama::filters::HtmlSafe for Notice {}

impl Notice {
    fn new(class: &'static str, sign: &'static str, role: &'static str, title: String) -> Self {
        let (texts, links, code) = (Vec::new(), Vec::new(), String::new());
        Self { class, sign, role, title, texts, links, code }
    }

    /// Gives a notice that something is worth knowing.
    pub fn info(title: impl Into<String>) -> Self {
        Self::new("", "info", "status", title.into())
    }

    /// Gives a notice that something was done.
    pub fn good(title: impl Into<String>) -> Self {
        Self::new("tell-good", "check", "status", title.into())
    }

    /// Gives a notice that something is to be checked.
    pub fn warn(title: impl Into<String>) -> Self {
        Self::new("tell-warn", "alert", "status", title.into())
    }

    /// Gives a notice that something could not be done.
    pub fn bad(title: impl Into<String>) -> Self {
        Self::new("tell-bad", "alert", "alert", title.into())
    }

    /// Adds a sentence.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.texts.push(text.into());
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn link(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.links.push(Link::new(label, href));
        self
    }

    /// Adds the code that support asks for.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = code.into();
        self
    }

    fn icon(&self) -> Html {
        icon::icon(self.sign)
    }
}
