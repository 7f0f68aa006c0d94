//! People: the list, and one of them.

use axum::extract::Path;
use orchestre_app::AppError;
use orchestre_app::people::{self, InteractionLine, Person};
use orchestre_domain::id::PersonId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_view::component::empty::Empty;
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::Column;
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::sheet::{Body, Line, Part, SheetView};
use orchestre_view::{Link, format, text, text_with};

use super::{Answer, interactions, show as answer};
use crate::door::Visit;
use crate::frame::account_path;

/// People of one page.
const MOST: usize = 200;

/// `GET /people`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let asked = visit.asked().await?;
    let words = visit.parameter("q").unwrap_or_default();
    let list = people::list(&visit.ctx, words, asked.as_of, MOST).await?;
    let page = visit.page(Place::People, text(lang, "page-nav-people")).await?.with_as_of();
    let companies: std::collections::BTreeSet<&str> =
        list.iter().map(|one| one.party_name.as_str()).collect();
    let counts = [("count", list.len().into()), ("companies", companies.len().into())];
    let lead = text_with(lang, "page-person-lead", &counts);
    let body = if list.is_empty() {
        let empty =
            Empty::new(text(lang, "page-person-empty"), text(lang, "page-person-empty-why"));
        Body::Empty(empty.action(text(lang, "button-import"), "/imports"))
    } else {
        let head = ["page-person-name", "page-person-function", "page-person-unit", "word-account"];
        let rows = list.iter().map(|one| {
            vec![
                Cell::link(one.name.clone(), page.href(&format!("/people/{}", one.id))),
                Cell::text(one.title.clone().unwrap_or_default()),
                Cell::text(one.party_name.clone()),
                Cell::link(one.account_name.clone(), page.href(&account_path(one.account))),
            ]
        });
        Body::Grid(Grid {
            caption: text(lang, "page-nav-people"),
            rows: rows.collect(),
            head: head.iter().map(|key| Column::text(text(lang, key))).collect(),
        })
    };
    let review = Link::new(text(lang, "page-participant-title"), "/people/review");
    let parts = vec![Part::new("people", text(lang, "page-nav-people"), body)];
    let mut view = SheetView::new(page, lead, parts);
    view.actions.push(review);
    answer(&view)
}

/// `GET /people/{id}`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let lang = visit.lang();
    let asked = visit.asked().await?;
    let id = PersonId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let person = people::show(&visit.ctx, id, asked.as_of).await?;
    let page = visit.page(Place::People, person.card.name.clone()).await?.with_as_of();
    let page = page.crumb(text(lang, "page-nav-people"), "/people");
    let lead = [person.card.title.clone(), person.places.first().map(|place| place.name.clone())];
    let lead = lead.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut parts = vec![Part::new(
        "contact",
        text(lang, "page-person-contact"),
        Body::Facts(facts(lang, &person)),
    )];
    if !person.places.is_empty() {
        parts.push(Part::new(
            "places",
            text(lang, "page-person-places"),
            Body::Lines(places(&page, &person.places)),
        ));
    }
    if !person.served.is_empty() {
        parts.push(Part::new(
            "served",
            text(lang, "page-person-accounts"),
            Body::Lines(served(&page, &person.served)),
        ));
    }
    parts.push(Part::new(
        "contacts",
        text(lang, "page-person-contacts"),
        contacts(lang, &person.contacts),
    ));
    if let Some(part) = opinions(lang, &person) {
        parts.push(part);
    }
    let mut view = SheetView::new(page, lead, parts);
    if may(&visit.ctx.viewer, Capability::Read, Object::Access, Scope::Company) {
        let asked = view.page.href(&format!("/access?object={id}"));
        view.actions.push(Link::new(text(lang, "page-access-link"), asked));
    }
    answer(&view)
}

fn facts(lang: Lang, person: &Person) -> Vec<(String, String)> {
    let card = &person.card;
    [
        ("page-person-function", &card.function),
        ("page-person-email", &card.email),
        ("page-person-phone", &card.phone),
        ("page-person-language", &card.lang),
    ]
    .into_iter()
    .map(|(key, value)| {
        (text(lang, key), value.clone().unwrap_or_else(|| text(lang, "word-unknown")))
    })
    .collect()
}

/// Gives "since … until …"; open ends are not named.
fn period(lang: Lang, from: &str, to: &str) -> String {
    let day = |text: &str| {
        text.parse().map_or_else(|_: jiff::Error| text.to_owned(), |day| format::day(lang, day))
    };
    let mut parts = Vec::new();
    if from != "0001-01-01" {
        parts.push(text_with(lang, "page-person-since", &[("day", day(from).into())]));
    }
    if to != "9999-12-31" {
        parts.push(text_with(lang, "page-person-until", &[("day", day(to).into())]));
    }
    if parts.is_empty() { text(lang, "page-person-always") } else { parts.join(", ") }
}

fn places(page: &Page, places: &[people::Place]) -> Vec<Line> {
    let lines = places.iter().map(|place| {
        let role = place.role.clone().filter(|role| !role.is_empty());
        let period = period(page.lang, &place.from, &place.to);
        Line {
            icon: "account",
            text: place.name.clone(),
            href: place.account.map(|account| page.href(&account_path(account))),
            detail: role.map_or_else(|| period.clone(), |role| format!("{role}, {period}")),
        }
    });
    lines.collect()
}

fn served(page: &Page, places: &[people::Place]) -> Vec<Line> {
    let lines = places.iter().map(|place| Line {
        icon: "account",
        text: place.name.clone(),
        href: place.account.map(|account| page.href(&account_path(account))),
        detail: place
            .role
            .as_ref()
            .map_or_else(String::new, |role| text(page.lang, &format!("state-role-{role}"))),
    });
    lines.collect()
}

fn contacts(lang: Lang, contacts: &[InteractionLine]) -> Body {
    if contacts.is_empty() {
        return Body::Note(text(lang, "page-person-contacts-none"));
    }
    let lines = contacts.iter().map(|one| {
        let mut detail = vec![format::day(lang, one.day), one.party_name.clone()];
        detail.extend(one.people.iter().cloned());
        Line {
            icon: interactions::icon(one.kind),
            text: interactions::title(lang, one.kind, one.subject.as_deref()),
            href: None,
            detail: detail.join(", "),
        }
    });
    Body::Lines(lines.collect())
}

fn opinions(lang: Lang, person: &Person) -> Option<Part> {
    if person.card.side == "supplier" {
        return None;
    }
    let title = text(lang, "page-person-opinions");
    let Some(list) = &person.assessments else {
        return Some(Part::new(
            "opinions",
            title,
            Body::Note(text(lang, "page-person-opinions-hidden")),
        ));
    };
    let lines = list.iter().map(|one| {
        let known = |value: Option<i64>| {
            value.map_or_else(|| text(lang, "word-unknown"), |value| format::count(lang, value))
        };
        let values = [
            ("influence", known(one.influence).into()),
            (
                "stance",
                one.stance
                    .map_or_else(
                        || text(lang, "word-unknown"),
                        |stance| {
                            format::signed(lang, orchestre_domain::float::from_minor(stance), 0)
                        },
                    )
                    .into(),
            ),
            ("strength", known(one.strength).into()),
        ];
        let day = one
            .assessed_on
            .parse()
            .map_or_else(|_: jiff::Error| one.assessed_on.clone(), |day| format::day(lang, day));
        let by = [
            ("author", one.author.clone().unwrap_or_else(|| text(lang, "word-unknown")).into()),
            ("day", day.into()),
        ];
        let motive = one.motive.clone().filter(|motive| !motive.is_empty());
        let by = text_with(lang, "page-person-opinion-by", &by);
        Line {
            icon: "people",
            text: text_with(lang, "page-person-opinion", &values),
            href: None,
            detail: motive.map_or_else(|| by.clone(), |motive| format!("{by}: {motive}")),
        }
    });
    Some(Part::new("opinions", title, Body::Lines(lines.collect())))
}
