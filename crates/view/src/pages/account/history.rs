//! What happened on an account: its events and its interactions, newest first.

use askama::Template;
use orchestre_domain::lang::Lang;

use super::{FeedLine, Head};
use crate::component::field::Field;
use crate::page::Page;
use crate::view::View;

/// What `pages/account/history.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/account/history.html")]
pub struct HistoryView {
    /// The frame.
    pub page: Page,
    /// The head.
    pub head: Head,
    /// What was done here, newest first.
    pub events: Vec<FeedLine>,
    /// Meetings, calls and mails, newest first.
    pub interactions: Vec<FeedLine>,
    /// The form that notes an interaction, when the viewer may.
    pub form: Option<Vec<Field>>,
    /// Where the form goes.
    pub action: String,
    /// Where all that was done here is searched.
    pub all: String,
}

impl View for HistoryView {
    fn samples(lang: Lang) -> Vec<Self> {
        let line = FeedLine {
            icon: "week",
            text: "<script>".to_owned(),
            detail: "2026-11-12".to_owned(),
            link: None,
        };
        let view = |lines: Vec<FeedLine>, form: Option<Vec<Field>>| Self {
            page: Page::sample(lang),
            head: Head::sample(lang),
            events: lines.clone(),
            interactions: lines,
            form,
            action: "/accounts/acc_0000000000001/interactions".to_owned(),
            all: "/events?account=acc_0000000000001".to_owned(),
        };
        vec![view(vec![line], Some(vec![Field::date("day", "1")])), view(Vec::new(), None)]
    }
}
