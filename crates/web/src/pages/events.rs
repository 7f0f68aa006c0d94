//! The feed of the whole program, and its lines anywhere.

use orchestre_app::feed::{self, FeedRow};
use orchestre_domain::clock::day_of;
use orchestre_domain::lang::Lang;
use orchestre_view::component::empty::Empty;
use orchestre_view::page::Place;
use orchestre_view::pages::account::FeedLine;
use orchestre_view::pages::sheet::{Body, Line, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::{Answer, show};
use crate::door::Visit;
use crate::frame::account_path;

/// Entries of one page.
const MOST: usize = 200;

/// `GET /events`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let entries = feed::all(&visit.ctx, 0, MOST).await?;
    let page = visit.page(Place::Events, text(lang, "page-nav-events")).await?;
    let body = if entries.is_empty() {
        Body::Empty(Empty::new(text(lang, "page-event-empty"), String::new()))
    } else {
        Body::Lines(entries.iter().map(|entry| entry_line(lang, entry)).collect())
    };
    let parts = vec![Part::new("events", text(lang, "page-nav-events"), body)];
    show(&SheetView::new(page, text(lang, "page-event-lead"), parts))
}

fn entry_line(lang: Lang, entry: &FeedRow) -> Line {
    let line = line(lang, entry);
    let name = entry.account_name.clone().unwrap_or_default();
    Line {
        icon: line.icon,
        text: if name.is_empty() { line.text } else { format!("{name}: {}", line.text) },
        href: entry.account.map(account_path),
        detail: line.detail,
    }
}

/// Gives an entry of the feed in words.
pub(crate) fn line(lang: Lang, entry: &FeedRow) -> FeedLine {
    let who = entry.who.clone().unwrap_or_else(|| text(lang, "page-event-shell"));
    let what = text(lang, &format!("event-{}", entry.name.as_str().replace('.', "-")));
    let day = format::day(lang, day_of(entry.at));
    FeedLine {
        icon: icon(&entry.object),
        text: format!("{who} {what}"),
        detail: [day, stead(lang, entry), details(lang, &entry.payload)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        link: None,
    }
}

/// In whose place it was done.
fn stead(lang: Lang, entry: &FeedRow) -> String {
    entry.stead.as_ref().map_or_else(String::new, |(word, name)| {
        text_with(lang, &format!("page-event-{word}"), &[("name", name.as_str().into())])
    })
}

/// The closed words of the payload that people can read.
fn details(lang: Lang, payload: &str) -> String {
    let known = payload.lines().filter_map(|line| line.split_once('=')).filter_map(
        |(key, value)| match key {
            "kind" => Some(text(lang, &format!("state-kind-{value}"))),
            "rows" => value
                .parse::<i64>()
                .ok()
                .map(|count| text_with(lang, "word-lines", &[("count", count.into())])),
            _ => None,
        },
    );
    known.collect::<Vec<_>>().join(", ")
}

fn icon(object: &str) -> &'static str {
    match object {
        "import" => "import",
        "plan" | "objective" | "risk" => "plan",
        "action" => "week",
        "interaction" => "meeting",
        "judgement" | "criterion" | "criteria" => "select",
        "login" | "right" | "delegation" | "watch" | "unit" => "people",
        _ => "info",
    }
}
