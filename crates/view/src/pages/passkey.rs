//! One's own passkeys and links with sign-in providers.

use askama::Template;
use orchestre_domain::lang::Lang;

use crate::page::Page;
use crate::view::View;

/// A passkey.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Since when and when it was last used, in words.
    pub detail: String,
}

/// A link with a provider.
#[derive(Debug, Clone)]
pub struct Vouch {
    /// Who vouches, in words.
    pub name: String,
    /// Who vouches.
    pub issuer: String,
    /// For whom.
    pub subject: String,
    /// Since when and when it was last used, in words.
    pub detail: String,
}

/// What `pages/passkey/index.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/passkey/index.html")]
pub struct IndexView {
    /// The frame.
    pub page: Page,
    /// Whether passkeys can be added here.
    pub is_offered: bool,
    /// The way to prove again who is there, when that is needed before a change.
    pub proof: Option<String>,
    /// The passkeys.
    pub keys: Vec<Key>,
    /// The links.
    pub vouches: Vec<Vouch>,
}

impl View for IndexView {
    fn samples(lang: Lang) -> Vec<Self> {
        let key = Key { id: "pky_1".to_owned(), name: "<b>".to_owned(), detail: "1".to_owned() };
        let vouch = Vouch {
            name: "<i>".to_owned(),
            issuer: "https://sso.example".to_owned(),
            subject: "\"s".to_owned(),
            detail: "2".to_owned(),
        };
        let view = |is_offered, proof: Option<&str>, keys, vouches| Self {
            page: Page::sample(lang),
            is_offered,
            proof: proof.map(str::to_owned),
            keys,
            vouches,
        };
        vec![
            view(true, None, vec![key.clone()], vec![vouch.clone()]),
            view(true, Some("/proof"), vec![key], vec![vouch]),
            view(true, Some("/proof"), Vec::new(), Vec::new()),
            view(false, None, Vec::new(), Vec::new()),
        ]
    }
}
