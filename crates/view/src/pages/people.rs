//! The people of an account.

use askama::Template;
use orchestre_domain::lang::Lang;

use super::account::{Head, PersonLine};
use crate::mark;
use crate::page::Page;
use crate::view::View;

/// What `pages/account/people.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/account/people.html")]
pub struct PeopleView {
    /// The frame.
    pub page: Page,
    /// The account's head.
    pub head: Head,
    /// The people.
    pub people: Vec<PersonLine>,
    /// True when opinions exist and are not for this viewer.
    pub hides_opinions: bool,
}

impl View for PeopleView {
    fn samples(lang: Lang) -> Vec<Self> {
        let person = PersonLine {
            stance: Some(mark::stance(lang, None)),
            name: "<script>".to_owned(),
            href: "/people/1".to_owned(),
            role: "VP".to_owned(),
            strength: Some(mark::strength(lang, 3)),
            last: "13 Oct".to_owned(),
        };
        let view = |people: Vec<PersonLine>, hides_opinions: bool| Self {
            page: Page::sample(lang),
            head: Head::sample(lang),
            people,
            hides_opinions,
        };
        vec![view(vec![person], false), view(Vec::new(), true)]
    }
}
