//! The sign-in page.

use askama::Template;
use orchestre_domain::lang::Lang;

use crate::page::Page;
use crate::view::View;

/// What `pages/session/new.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/session/new.html")]
pub struct NewView {
    /// The frame; nobody is signed in.
    pub page: Page,
    /// The address that was typed.
    pub email: String,
    /// Where to go afterwards.
    pub next: String,
    /// What is wrong, in words.
    pub error: Option<String>,
    /// What a demo says: where the passwords are.
    pub hint: Option<String>,
    /// The page in the other language.
    pub other: (String, String),
}

impl View for NewView {
    fn samples(lang: Lang) -> Vec<Self> {
        let view = |error: Option<&str>, hint: Option<&str>| Self {
            page: Page::sample(lang),
            email: "<script>@x".to_owned(),
            next: "/portfolio".to_owned(),
            error: error.map(str::to_owned),
            hint: hint.map(str::to_owned),
            other: ("Français".to_owned(), "/sign-in?lang=fr".to_owned()),
        };
        vec![view(None, None), view(Some("!"), Some("demo"))]
    }
}
