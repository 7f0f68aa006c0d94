//! My week: what is due, what needs me, what changed.

use axum::Form;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::plans::Action;
use orchestre_app::week::{self, Alarm, News, Week};
use orchestre_domain::clock::day_of;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_view::component::field::Choice;
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::account::FeedLine;
use orchestre_view::pages::week::{ActionLine, DayPart, ShowView};
use orchestre_view::{Link, format, text, text_with};

use super::{Answer, events, show as answer};
use crate::door::Visit;
use crate::form::Fields;
use crate::frame::account_path;

/// Changes on one page.
const CHANGES: usize = 25;

/// `GET /`.
pub(crate) async fn show(visit: Visit) -> Answer {
    let lang = visit.lang();
    let reads = |object| may(&visit.ctx.viewer, Capability::Read, object, Scope::Company);
    if reads(Object::System) && !reads(Object::Account) {
        // The administrator has no week: how the program runs is the work.
        return Ok(Redirect::to("/settings/system").into_response());
    }
    let asked = visit.asked().await?;
    let week = week::show(&visit.ctx, asked.as_of).await?;
    let page = visit.page(Place::Week, text(lang, "page-nav-week")).await?.with_as_of();
    let days = days(&visit, &page, &week);
    let due = days.iter().map(|day| day.actions.len()).sum::<usize>();
    let mut changes: Vec<FeedLine> = week.news.iter().map(|one| news(&page, one)).collect();
    changes.extend(week.changes.iter().map(|one| change(&page, one)));
    changes.truncate(CHANGES);
    let view = ShowView {
        lead: lead(lang, &week, due),
        due_count: due,
        days,
        alarms: week.alarms.iter().map(|one| alarm(&page, one)).collect(),
        changes,
        since: format::day(lang, day_of(week.since)),
        accounts: week
            .accounts
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name.clone()))
            .collect(),
        due_on: week.as_of.to_string(),
        page,
    };
    answer(&view)
}

fn lead(lang: Lang, week: &Week, due: usize) -> String {
    let values = [
        ("day", capitalized(&format::day_long(lang, week.as_of)).into()),
        ("late", week.late.len().into()),
        ("due", due.into()),
        ("alarms", week.alarms.len().into()),
    ];
    text_with(lang, "page-week-lead", &values)
}

/// A sentence begins with a capital letter; French weekdays do not.
fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn days(visit: &Visit, page: &Page, week: &Week) -> Vec<DayPart> {
    let lang = visit.lang();
    let parts = [
        ("page-week-late", &week.late),
        ("page-week-today", &week.today),
        ("page-week-this", &week.this_week),
        ("page-week-next", &week.next_week),
        ("page-week-later", &week.later),
        ("page-week-undated", &week.undated),
    ];
    let parts =
        parts.into_iter().filter(|(_, actions)| !actions.is_empty()).map(|(key, actions)| {
            DayPart {
                title: text(lang, key),
                day: if key == "page-week-today" {
                    format::day(lang, week.as_of)
                } else {
                    String::new()
                },
                is_late: key == "page-week-late",
                actions: actions.iter().map(|action| line(visit, page, action)).collect(),
            }
        });
    parts.collect()
}

fn line(visit: &Visit, page: &Page, action: &Action) -> ActionLine {
    let lang = visit.lang();
    let objective = action.objective_text.in_lang(lang).to_owned();
    let state = text(lang, &format!("state-action-{}", action.state));
    let detail = [objective, state, action.note.in_lang(lang).to_owned()];
    ActionLine {
        id: action.id.to_string(),
        version: action.version,
        text: action.text.in_lang(lang).to_owned(),
        account: action.account_name.clone(),
        href: page.href(&format!("{}/plan", account_path(action.account))),
        detail: detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        due: action.due_on.map_or_else(String::new, |day| format::day_short(lang, day)),
        is_late: action.is_late(page.frame.as_of),
        may_update: may(
            &visit.ctx.viewer,
            Capability::Update,
            Object::Action,
            Scope::Account(action.account),
        ),
    }
}

fn alarm(page: &Page, one: &Alarm) -> FeedLine {
    let lang = page.lang;
    let person = one.person.as_ref().map_or_else(String::new, |(_, name)| name.clone());
    let values = [
        ("account", one.account_name.clone().into()),
        ("person", person.into()),
        ("days", one.value.unwrap_or(0).into()),
        ("title", one.action.as_ref().map_or("", |(_, text)| text.in_lang(lang)).into()),
    ];
    let path = match (&one.person, &one.action) {
        (_, Some(_)) => format!("{}/plan", account_path(one.account)),
        (Some((id, _)), None) => format!("/people/{id}"),
        (None, None) => account_path(one.account),
    };
    FeedLine {
        icon: "alert",
        text: text_with(lang, &format!("page-week-alarm-{}", one.code.as_str()), &values),
        detail: one.evidence_day.map_or_else(String::new, |day| format::day(lang, day)),
        link: Some(Link::new(one.account_name.clone(), page.href(&path))),
    }
}

fn news(page: &Page, one: &News) -> FeedLine {
    let lang = page.lang;
    let title = one.title.clone().unwrap_or_default();
    let detail = match one.code {
        "opportunity_moved" => text(lang, &format!("state-stage-{}", one.detail)),
        "tier_set" => text(lang, &format!("state-tier-{}", one.detail)),
        "status_set" => text(lang, &format!("state-status-{}", one.detail)),
        _ => one.detail.clone(),
    };
    let values = [("title", title.into()), ("detail", detail.into())];
    FeedLine {
        icon: "flag",
        text: text_with(lang, &format!("page-week-news-{}", one.code), &values),
        detail: format::day(lang, one.day),
        link: Some(Link::new(one.account_name.clone(), page.href(&account_path(one.account)))),
    }
}

fn change(page: &Page, one: &orchestre_app::feed::FeedRow) -> FeedLine {
    let mut line = events::line(page.lang, one);
    line.link = one.account.map(|account| {
        Link::new(one.account_name.clone().unwrap_or_default(), page.href(&account_path(account)))
    });
    line
}

/// `POST /week/look`: the changes were seen.
pub(crate) async fn look(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    week::looked(&visit.ctx).await?;
    Ok(Redirect::to("/").into_response())
}
