//! Tabs: links to the pages of one thing.

use askama::Template;

/// A tab.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tab {
    label: String,
    href: String,
    count: String,
    is_current: bool,
}

/// A row of tabs with a name for screen readers.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/tabs.html")]
pub struct Tabs {
    label: String,
    current: String,
    entries: Vec<Tab>,
}

impl askama::filters::HtmlSafe for Tabs {}

impl Tabs {
    /// Gives tabs without any; `current` is the address of the tab that is shown.
    pub fn new(label: impl Into<String>, current: impl Into<String>) -> Self {
        Self { label: label.into(), current: current.into(), entries: Vec::new() }
    }

    /// Adds a tab.
    #[must_use]
    pub fn tab(self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.counted(label, href, "")
    }

    /// Adds a tab with the number of what is behind it, already formatted.
    #[must_use]
    pub fn counted(
        mut self,
        label: impl Into<String>,
        href: impl Into<String>,
        count: impl Into<String>,
    ) -> Self {
        let href = href.into();
        let is_current = href == self.current;
        self.entries.push(Tab { label: label.into(), href, count: count.into(), is_current });
        self
    }
}
