//! My week: what is due, what changed since I last looked, what needs me.

use askama::Template;
use orchestre_domain::lang::Lang;

use super::account::FeedLine;
use crate::component::field::Choice;
use crate::page::Page;
use crate::view::View;

/// An action of the list.
#[derive(Debug, Clone)]
pub struct ActionLine {
    /// Its id.
    pub id: String,
    /// Its version, so that nobody ticks what somebody else changed.
    pub version: i64,
    /// The text.
    pub text: String,
    /// The account's name.
    pub account: String,
    /// The account's address.
    pub href: String,
    /// Objective, state, note.
    pub detail: String,
    /// The day, in words.
    pub due: String,
    /// True when it is past.
    pub is_late: bool,
    /// Whether the viewer may tick it.
    pub may_update: bool,
}

/// The actions of one stretch of days.
#[derive(Debug, Clone)]
pub struct DayPart {
    /// "Late", "Today", the weekday.
    pub title: String,
    /// The date.
    pub day: String,
    /// True for what is late.
    pub is_late: bool,
    /// The actions.
    pub actions: Vec<ActionLine>,
}

/// What `pages/week/show.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/week/show.html")]
pub struct ShowView {
    /// The frame.
    pub page: Page,
    /// The sentence that could be read aloud.
    pub lead: String,
    /// What is due.
    pub days: Vec<DayPart>,
    /// How many are due.
    pub due_count: usize,
    /// What needs me: alarms with their evidence.
    pub alarms: Vec<FeedLine>,
    /// What changed at my accounts.
    pub changes: Vec<FeedLine>,
    /// "Since 12 Nov".
    pub since: String,
    /// My accounts for the quick action; empty when the viewer adds none.
    pub accounts: Vec<Choice>,
    /// The day that the quick action proposes.
    pub due_on: String,
}

impl View for ShowView {
    fn samples(lang: Lang) -> Vec<Self> {
        let action = |may_update: bool| ActionLine {
            id: "act_0000000000001".to_owned(),
            version: 1,
            text: "<script>".to_owned(),
            account: "Lysarel".to_owned(),
            href: "/accounts/1".to_owned(),
            detail: "OB2".to_owned(),
            due: "20 Nov".to_owned(),
            is_late: true,
            may_update,
        };
        let line = FeedLine {
            icon: "warn",
            text: "34".to_owned(),
            detail: "13 Oct".to_owned(),
            link: None,
        };
        let view = |lines: Vec<FeedLine>, days: Vec<DayPart>| Self {
            page: Page::sample(lang),
            lead: "1".to_owned(),
            due_count: days.len(),
            days,
            alarms: lines.clone(),
            changes: lines,
            since: "12 Nov".to_owned(),
            accounts: vec![Choice::new("acc_1", "Lysarel")],
            due_on: "2026-11-20".to_owned(),
        };
        let day = DayPart {
            title: "!".to_owned(),
            day: "20".to_owned(),
            is_late: true,
            actions: vec![action(true), action(false)],
        };
        vec![view(vec![line], vec![day]), view(Vec::new(), Vec::new())]
    }
}
