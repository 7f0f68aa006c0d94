//! Who can see this, and why; and what somebody can see.

use std::collections::BTreeMap;

use orchestre_app::access::{self, Access, SECTIONS, Seen, Target};
use orchestre_app::{AppError, Code};
use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Basis, Object, Source, section_of};
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::Column;
use orchestre_view::component::tabs::Tabs;
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::sheet::{Body, Part, SheetView};
use orchestre_view::{text, text_with};

use super::rights::role_words;
use super::{Answer, show as answer};
use crate::door::Visit;
use crate::frame::account_path;

/// `GET /access?object=&field=`, or `?login=` for what somebody can see.
pub(crate) async fn show(visit: Visit) -> Answer {
    match asked(&visit)? {
        Asked::Who(target, section) => who(visit, target, section).await,
        Asked::What(login) => what(visit, login).await,
    }
}

/// What an address asks.
pub(crate) enum Asked {
    /// Who can see a section of something.
    Who(Target, Object),
    /// What a login can see.
    What(LoginId),
}

/// Reads what an address asks: `object` and `field`, or `login`; nothing asks for one's own sight.
///
/// # Errors
///
/// `not_found` for an object that cannot be, `field_invalid` for an unknown field.
pub(crate) fn asked(visit: &Visit) -> Result<Asked, AppError> {
    if let Some(object) = visit.parameter("object") {
        let target = Target::parse(object).ok_or(AppError::NOT_FOUND)?;
        let invalid = AppError::Field { code: Code::FieldInvalid, field: "field" };
        let first = match target {
            Target::Account(_) => Object::Account,
            Target::Person(_) => Object::Person,
            Target::Plan(_) => Object::Plan,
        };
        let section = visit.parameter("field").map_or(Some(first), section_of);
        let section = section.filter(|one| one.is_of_account()).ok_or(invalid)?;
        return Ok(Asked::Who(target, section));
    }
    let login = match visit.parameter("login") {
        Some(id) => LoginId::parse(id).ok_or(AppError::NOT_FOUND)?,
        None => visit.ctx.viewer.login.ok_or(AppError::FORBIDDEN)?,
    };
    Ok(Asked::What(login))
}

async fn who(visit: Visit, target: Target, section: Object) -> Answer {
    let lang = visit.lang();
    let found = access::who(&visit.ctx, target, section).await?;
    let object = visit.parameter("object").unwrap_or_default().to_owned();
    let page = visit.page(Place::Settings, text(lang, "page-access-who")).await?;
    let back = match target {
        Target::Account(id) => account_path(id),
        Target::Person(id) => format!("/people/{id}"),
        Target::Plan(id) => format!("/plans/{id}"),
    };
    let page = page.crumb(found.name.clone(), &back);
    let values = [
        ("section", text(lang, &format!("state-section-{section}")).into()),
        ("name", found.name.as_str().into()),
    ];
    let lead = text_with(lang, "page-access-who-lead", &values);
    let mut view = SheetView::new(page, lead, who_parts(lang, &found));
    view.tabs = Some(sections(&view.page, &object, section));
    answer(&view)
}

fn sections(page: &Page, object: &str, current: Object) -> Tabs {
    let href = |section: Object| format!("/access?object={object}&field={section}");
    let mut tabs = Tabs::new(page.t("page-access-sections"), href(current));
    for section in SECTIONS {
        tabs = tabs.tab(page.t(&format!("state-section-{section}")), href(section));
    }
    tabs
}

fn who_parts(lang: Lang, found: &Access) -> Vec<Part> {
    if found.is_everybodys {
        let note = Body::Note(text(lang, "page-access-everybody"));
        return vec![Part::new("seers", text(lang, "page-access-seers"), note)];
    }
    let rows = found.seers.iter().map(|seer| {
        let bases: Vec<String> =
            seer.bases.iter().map(|basis| basis_words(lang, *basis, &found.names)).collect();
        vec![Cell::text(seer.name.clone()), Cell::text(bases.join("; "))]
    });
    let seers = two_columns(lang, ("page-access-seers", "page-access-because"), rows.collect());
    let count = [("count", found.seers.len().into())];
    let mut parts =
        vec![Part::new("seers", text(lang, "page-access-seers"), seers).noted(text_with(
            lang,
            "page-access-count",
            &count,
        ))];
    if let Some(refused) = &found.refused {
        let rows = refused.iter().map(|(_, name, reason)| {
            let why = text(lang, &format!("state-refusal-{reason}"));
            vec![Cell::text(name.clone()), Cell::text(why)]
        });
        let body =
            two_columns(lang, ("page-access-refused", "page-access-because"), rows.collect());
        let count = [("count", refused.len().into())];
        let part = Part::new("refused", text(lang, "page-access-refused"), body);
        parts.push(part.noted(text_with(lang, "page-access-count", &count)));
    }
    parts
}

fn two_columns(lang: Lang, (caption, second): (&str, &str), rows: Vec<Vec<Cell>>) -> Body {
    let head = ["page-right-name", second].map(|key| Column::text(text(lang, key)));
    Body::Grid(Grid { caption: text(lang, caption), head: head.into(), rows })
}

/// Says what lets somebody see something.
fn basis_words(lang: Lang, basis: Basis, names: &BTreeMap<LoginId, String>) -> String {
    let mut values = vec![("role", role_words(lang, basis.role()).into())];
    if let Basis::Granted(_, source) = basis {
        let what = match source {
            Source::Country(country) => country.to_string(),
            Source::Delegation { from, .. } => names.get(&from).cloned().unwrap_or_default(),
            Source::Account | Source::Unit(_) => String::new(),
        };
        values.push(("what", what.into()));
    }
    text_with(lang, &format!("state-basis-{}", basis.as_str()), &values)
}

async fn what(visit: Visit, login: LoginId) -> Answer {
    let lang = visit.lang();
    let seen = access::what(&visit.ctx, login).await?;
    let page = visit.page(Place::Settings, text(lang, "page-access-what")).await?;
    let page = page.crumb(text(lang, "page-nav-settings"), "/settings");
    let lead = text_with(lang, "page-access-what-lead", &[("name", seen.name.as_str().into())]);
    let body = if seen.accounts.is_empty() {
        Body::Note(text(lang, "page-access-nothing"))
    } else {
        Body::Grid(seen_grid(&page, &seen))
    };
    let count = [("count", seen.accounts.len().into())];
    let part = Part::new("accounts", text(lang, "page-nav-accounts"), body).noted(text_with(
        lang,
        "page-access-accounts",
        &count,
    ));
    answer(&SheetView::new(page, lead, vec![part]))
}

fn seen_grid(page: &Page, seen: &Seen) -> Grid {
    let lang = page.lang;
    let rows = seen.accounts.iter().map(|one| {
        let sections: Vec<String> =
            one.sections.iter().map(|one| text(lang, &format!("state-section-{one}"))).collect();
        vec![
            Cell::link(one.name.clone(), page.href(&format!("/access?object={}", one.account))),
            Cell::text(basis_words(lang, one.basis, &seen.names)),
            Cell::text(sections.join(", ")),
        ]
    });
    let head = ["word-account", "page-access-because", "page-access-sections"];
    Grid {
        caption: text(lang, "page-nav-accounts"),
        rows: rows.collect(),
        head: head.iter().map(|key| Column::text(text(lang, key))).collect(),
    }
}
