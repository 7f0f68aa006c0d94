//! The feed of the whole program: searched, paged, as files; and its lines anywhere.

pub(crate) mod ask;

use ask::{ASKED, ask, called};
use orchestre_app::exports::events as files;
use orchestre_app::feed::{self, FeedRow};
use orchestre_domain::event::EventName;
use orchestre_domain::lang::Lang;
use orchestre_view::component::empty::Empty;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::account::FeedLine;
use orchestre_view::pages::sheet::{Body, Form, Line, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::portfolio::file;
use super::{Answer, show};
use crate::door::{Visit, encode};
use crate::frame::account_path;

/// Entries of one page.
const MOST: usize = 100;

/// `GET /events`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let asked = ask(&visit, MOST + 1)?;
    let mut entries = feed::find(&visit.ctx, &asked).await?;
    let has_more = entries.len() > MOST;
    entries.truncate(MOST);
    let page = visit.page(Place::Events, text(lang, "page-nav-events")).await?;
    let page = page
        .export("CSV", text(lang, "page-event-export"), visit.same("/events.csv"))
        .export("JSON", text(lang, "page-event-export"), visit.same("/events.jsonl"));
    let is_asked = ASKED.iter().any(|name| visit.parameter(name).is_some());
    let body = if entries.is_empty() {
        let none = if is_asked { "page-event-none" } else { "page-event-empty" };
        Body::Empty(Empty::new(text(lang, none), String::new()))
    } else {
        Body::Lines(entries.iter().map(|entry| entry_line(&visit, entry)).collect())
    };
    let mut part = Part::new("events", text(lang, "page-nav-events"), filter(&visit));
    if is_asked {
        part = part.with(Body::Ways(vec![(text(lang, "button-clear"), page.href("/events"))]));
    }
    part = part.with(body);
    if let Some(last) = entries.last().filter(|_| has_more) {
        let older = older(&visit, &page, last);
        part = part.with(Body::Ways(vec![(text(lang, "page-event-older"), older)]));
    }
    show(&SheetView::new(page, text(lang, "page-event-lead"), vec![part]))
}

/// `GET /events.csv`.
pub(crate) async fn csv(visit: Visit) -> Answer {
    let bytes = files::csv(&visit.ctx, &ask(&visit, 0)?).await?;
    Ok(file(bytes, "text/csv; charset=utf-8", "events.csv"))
}

/// `GET /events.jsonl`.
pub(crate) async fn lines(visit: Visit) -> Answer {
    let bytes = files::lines(&visit.ctx, &ask(&visit, 0)?).await?;
    Ok(file(bytes, "application/jsonl", "events.jsonl"))
}

/// The address of what comes after the last entry shown.
fn older(visit: &Visit, page: &Page, last: &FeedRow) -> String {
    let kept = ASKED.iter().filter_map(|name| Some((*name, visit.parameter(name)?)));
    let mut query: Vec<String> =
        kept.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    query.push(format!("before={}.{}", last.at, last.id.as_i64()));
    page.href(&format!("/events?{}", query.join("&")))
}

fn filter(visit: &Visit) -> Body {
    let lang = visit.lang();
    let value = |name: &str| visit.parameter(name).unwrap_or_default().to_owned();
    let mut names: Vec<Choice> =
        EventName::ALL.iter().map(|name| Choice::new(name.as_str(), called(lang, *name))).collect();
    names.sort_by_cached_key(|choice| orchestre_domain::fold::fold(&choice.label));
    names.insert(0, Choice::new("", text(lang, "word-all")));
    let fields = vec![
        Field::search("q", text(lang, "field-event-q")).value(value("q")),
        Field::select("event", text(lang, "field-event"), names).value(value("event")),
        Field::date("since", text(lang, "field-since")).value(value("since")),
        Field::date("until", text(lang, "field-until")).value(value("until")),
    ];
    let kept = ["account", "login", "object", "object_id"];
    let hidden =
        kept.into_iter().filter_map(|name| Some((name, visit.parameter(name)?.to_owned())));
    Body::Filter(Box::new(Form {
        action: "/events".to_owned(),
        fields,
        button: text(lang, "button-filter"),
        has_file: false,
        hidden: hidden.collect(),
    }))
}

fn entry_line(visit: &Visit, entry: &FeedRow) -> Line {
    let line = line(visit.lang(), entry);
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
    let what = called(lang, entry.name);
    let text = match &entry.who {
        Some(who) => format!("{who} {what}"),
        None if is_nobodys(entry.name) => capital(&what),
        None => format!("{} {what}", text(lang, "page-event-shell")),
    };
    let day = format::moment(lang, entry.at);
    let whom = entry.whom.clone().unwrap_or_default();
    FeedLine {
        icon: icon(&entry.object),
        text,
        detail: [whom, day, stead(lang, entry), details(lang, &entry.payload)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        link: None,
    }
}

/// Says whether it happens without anybody of ours: at the door, or by itself.
const fn is_nobodys(name: EventName) -> bool {
    matches!(name, EventName::SessionRefused | EventName::WebhookDisabled)
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
            "role" => Some(text(lang, &format!("state-role-{value}"))),
            "network" | "list" => Some(value.to_owned()),
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
