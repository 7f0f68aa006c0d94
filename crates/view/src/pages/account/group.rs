//! The group of an account: every party, any depth, both ways.

use askama::Template;
use orchestre_domain::lang::Lang;

use super::{Head, TreeLine, tree_sample};
use crate::page::Page;
use crate::view::View;

/// What `pages/account/group.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/account/group.html")]
pub struct GroupView {
    /// The frame.
    pub page: Page,
    /// The head.
    pub head: Head,
    /// The sentence that could be read aloud.
    pub lead: String,
    /// The views: label, address, present.
    pub views: Vec<(String, String, bool)>,
    /// What stands above, then the group.
    pub tree: Vec<TreeLine>,
    /// The unit of money.
    pub unit: String,
    /// What the reader must know.
    pub notes: Vec<String>,
}

impl View for GroupView {
    fn samples(lang: Lang) -> Vec<Self> {
        let view = |tree: Vec<TreeLine>| Self {
            page: Page::sample(lang),
            head: Head::sample(lang),
            lead: "9".to_owned(),
            views: vec![
                ("1".to_owned(), "?view=legal".to_owned(), true),
                ("2".to_owned(), "?view=purchasing".to_owned(), false),
            ],
            tree,
            unit: "€k".to_owned(),
            notes: vec!["<note>".to_owned()],
        };
        vec![view(tree_sample()), view(Vec::new())]
    }
}
