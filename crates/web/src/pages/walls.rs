//! Walls between rival accounts: who is behind which, and who serves both.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::walls::{self, WallPerson, WallShown};
use orchestre_app::{AppError, rights};
use orchestre_domain::id::{AccountId, WallId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Role, Scope, may};
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::sheet::{Body, Part, SheetView};
use orchestre_view::{text, text_with};

use super::rights::{edit, period, role_words, tabs, until};
use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::Fields;

const PATH: &str = "/settings/walls";

/// `GET /settings/walls`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let shown = walls::list(&visit.ctx).await?;
    let page = visit.page(Place::Settings, text(lang, "page-wall-title")).await?;
    let page = page.crumb(text(lang, "page-nav-settings"), "/settings");
    let may_change = may(&visit.ctx.viewer, Capability::Update, Object::Wall, Scope::Company);
    let mut parts: Vec<Part> = shown.iter().map(|wall| part(&page, wall)).collect();
    if may_change {
        parts = parts.into_iter().zip(&shown).map(|(part, one)| ending(lang, part, one)).collect();
    }
    if parts.is_empty() {
        let none = Body::Note(text(lang, "page-wall-none"));
        parts.push(Part::new("none", text(lang, "page-wall-title"), none));
    }
    if may_change {
        parts.push(new_part(&visit).await?);
    }
    let mut view = SheetView::new(page, text(lang, "page-wall-lead"), parts);
    view.tabs = Some(tabs(&visit, &view.page, PATH));
    answer(&view)
}

fn part(page: &Page, shown: &WallShown) -> Part {
    let (lang, wall) = (page.lang, &shown.wall);
    let [one, other] = &wall.sides;
    let mut facts: Vec<(String, String)> = wall
        .sides
        .iter()
        .zip(&shown.people)
        .map(|((_, name), people)| {
            let words = [("account", name.as_str().into())];
            (text_with(lang, "page-wall-serve", &words), people_words(lang, people))
        })
        .collect();
    if !shown.conflicts.is_empty() {
        let names: Vec<&str> = shown.conflicts.iter().map(|(_, name)| name.as_str()).collect();
        facts.push((text(lang, "page-wall-conflict"), names.join(", ")));
    }
    let title = format!("{} | {}", one.1, other.1);
    Part::new(&wall.id.to_string(), title, Body::Facts(facts))
        .noted(period(lang, &wall.from, &wall.to))
}

fn ending(lang: Lang, part: Part, shown: &WallShown) -> Part {
    let wall = &shown.wall;
    let to = Field::date("to", text(lang, "field-ends_on")).id(format!("f-{}", wall.id));
    part.with(edit(
        &format!("{PATH}/{}/end", wall.id),
        text(lang, "page-wall-end"),
        vec![to],
        vec![],
    ))
}

fn people_words(lang: Lang, people: &[WallPerson]) -> String {
    let words = people.iter().map(|one| {
        let role = Role::parse(&one.role).map_or_else(String::new, |role| role_words(lang, role));
        format!("{} ({role})", one.name)
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { text(lang, "word-nobody") } else { words.join(", ") }
}

async fn new_part(visit: &Visit) -> Result<Part, AppError> {
    let lang = visit.lang();
    let accounts = rights::accounts(&visit.ctx).await?;
    let choices: Vec<Choice> =
        accounts.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    let fields = vec![
        Field::select("one", text(lang, "field-one"), choices.clone()),
        Field::select("other", text(lang, "field-other"), choices),
        Field::date("from", text(lang, "field-from")).optional(lang),
        Field::date("until", text(lang, "field-until")).optional(lang),
    ];
    let form = edit(PATH, text(lang, "page-wall-add"), fields, Vec::new());
    Ok(Part::new("new", text(lang, "page-wall-new"), form))
}

/// `POST /settings/walls`.
pub(crate) async fn create(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    walls::may_change(&visit.ctx)?;
    let pair = (fields.word("one", AccountId::parse)?, fields.word("other", AccountId::parse)?);
    let from = fields.some_day("from")?.unwrap_or_else(|| visit.ctx.today());
    walls::put_up(&visit.ctx, pair, (from, until(&fields)?)).await?;
    Ok(Redirect::to(PATH).into_response())
}

/// `POST /settings/walls/{id}/end`.
pub(crate) async fn end(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    walls::may_change(&visit.ctx)?;
    let id = WallId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let day = fields.some_day("to")?.unwrap_or_else(|| visit.ctx.today());
    walls::end(&visit.ctx, id, day).await?;
    Ok(Redirect::to(PATH).into_response())
}
