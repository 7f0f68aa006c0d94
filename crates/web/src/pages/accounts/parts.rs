//! People, contacts, what is missing; and the tabs that hold them.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::accounts::{AccountPage, InteractionRow, Missing, PersonRow};
use orchestre_app::{feed, interactions as contacts};
use orchestre_domain::id::AccountId;
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_view::Link;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::page::Page;
use orchestre_view::pages::account::history::HistoryView;
use orchestre_view::pages::account::{FeedLine, PersonLine};
use orchestre_view::pages::people::PeopleView;
use orchestre_view::{format, mark, text, text_with};

use super::super::interactions as how;
use super::{Answer, Found, Tab, answer, found, frame, head};
use crate::door::Visit;
use crate::form::Fields;
use crate::frame::account_path;
use crate::pages::events;

/// Gives people as lines; opinions only where they came.
pub(super) fn people_lines(page: &Page, account: &AccountPage, most: usize) -> Vec<PersonLine> {
    let people = account.people.shown().map_or(&[][..], Vec::as_slice);
    people.iter().take(most).map(|person| line(page, person)).collect()
}

fn line(page: &Page, person: &PersonRow) -> PersonLine {
    let lang = page.lang;
    let opinion = person.opinion.shown();
    let stance =
        opinion.map(|opinion| mark::stance(lang, opinion.as_ref().and_then(|one| one.stance)));
    let strength = opinion
        .and_then(Option::as_ref)
        .and_then(|one| one.strength)
        .map(|points| mark::strength(lang, points));
    let title = person.title.clone().or_else(|| person.function.clone()).unwrap_or_default();
    let role = if title.is_empty() {
        person.party_name.clone()
    } else {
        format!("{title}, {}", person.party_name)
    };
    PersonLine {
        stance,
        name: person.name.clone(),
        href: page.href(&format!("/people/{}", person.person)),
        role,
        strength,
        last: person.last_contact.shown().map_or_else(String::new, |last| {
            last.map_or_else(|| text(lang, "page-account-never"), |day| format::day(lang, day))
        }),
    }
}

/// Gives the latest contacts.
pub(super) fn interactions(lang: Lang, account: &AccountPage, most: usize) -> Vec<FeedLine> {
    account
        .interactions
        .shown()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .take(most)
        .map(|one| contact(lang, one))
        .collect()
}

fn contact(lang: Lang, one: &InteractionRow) -> FeedLine {
    let people = one.people.join(", ");
    FeedLine {
        icon: how::icon(one.kind),
        text: how::title(lang, one.kind, one.subject.as_deref()),
        detail: if people.is_empty() {
            format::day(lang, one.day)
        } else {
            format!("{}, {people}", format::day(lang, one.day))
        },
        link: None,
    }
}

/// Gives what is missing, each with the way to mend it.
pub(super) fn missing(page: &Page, found: &Found) -> Vec<FeedLine> {
    found.account.missing.iter().map(|one| missing_line(page, found, one)).collect()
}

fn missing_line(page: &Page, found: &Found, one: &Missing) -> FeedLine {
    let lang = page.lang;
    let base = account_path(found.id);
    let object = one.object.as_ref().map_or_else(String::new, |object| match one.code {
        "no_judgement" => text(lang, &format!("word-criterion-{object}")),
        _ => object.clone(),
    });
    let path = match one.mend {
        "score" => format!("{base}/score"),
        "plan" => format!("{base}/plan"),
        "person" => format!("{base}/people"),
        "account" => format!("{base}/group"),
        _ => "/imports".to_owned(),
    };
    FeedLine {
        icon: "info",
        text: text_with(
            lang,
            &format!("page-account-missing-{}", one.code),
            &[("object", object.into())],
        ),
        detail: String::new(),
        link: Some(Link::new(
            text(lang, &format!("page-account-mend-{}", one.mend)),
            page.href(&path),
        )),
    }
}

/// `GET /accounts/{id}/people`.
pub(crate) async fn people(visit: Visit, Path(id): Path<String>) -> Answer {
    let found = found(&visit, &id).await?;
    let page = frame(&visit, &found, Tab::People).await?;
    let view = PeopleView {
        head: head(&visit, &page, &found, Tab::People),
        people: people_lines(&page, &found.account, usize::MAX),
        hides_opinions: found
            .account
            .people
            .shown()
            .is_some_and(|people| people.iter().any(|person| person.opinion.is_hidden())),
        page,
    };
    answer(&view)
}

/// `GET /accounts/{id}/history`.
pub(crate) async fn history(visit: Visit, Path(id): Path<String>) -> Answer {
    let found = found(&visit, &id).await?;
    let page = frame(&visit, &found, Tab::History).await?;
    let lang = visit.lang();
    let entries = feed::account(&visit.ctx, found.id, 100).await?;
    let may_note =
        may(&visit.ctx.viewer, Capability::Create, Object::Interaction, Scope::Account(found.id));
    let view = HistoryView {
        head: head(&visit, &page, &found, Tab::History),
        events: entries.iter().map(|entry| events::line(lang, entry)).collect(),
        interactions: interactions(lang, &found.account, 100),
        form: may_note.then(|| note_form(&visit)),
        action: format!("{}/interactions", account_path(found.id)),
        all: page.href(&format!("/events?account={}", found.id)),
        page,
    };
    answer(&view)
}

fn note_form(visit: &Visit) -> Vec<Field> {
    let lang = visit.lang();
    let kinds = InteractionType::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), text(lang, &format!("state-interaction-{kind}"))));
    vec![
        Field::select("kind", text(lang, "field-interaction-kind"), kinds.collect())
            .value("meeting"),
        Field::date("day", text(lang, "field-day")).value(visit.ctx.today().to_string()).required(),
        Field::text("subject", text(lang, "field-subject")).required(),
    ]
}

/// `POST /accounts/{id}/interactions`.
pub(crate) async fn note(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let account = AccountId::parse(&id).ok_or(orchestre_app::AppError::NOT_FOUND)?;
    let noted = contacts::Noted {
        account,
        kind: fields.word("kind", InteractionType::parse)?,
        day: fields.day("day")?,
        subject: fields.required("subject")?.to_owned(),
    };
    contacts::note(&visit.ctx, noted).await?;
    Ok(Redirect::to(&format!("{}/history", account_path(account))).into_response())
}
