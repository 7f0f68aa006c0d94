//! Who holds which role where: everybody, and one of them.

mod changes;
mod units;

use axum::extract::Path;
use jiff::civil::Date;
use orchestre_app::rights::{self, Holder, NewScope, OPEN, Rights, RoleLine};
use orchestre_app::units::Unit;
use orchestre_app::{AppError, Code};
use orchestre_domain::id::{AccountId, LoginId, PersonId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Role, Scope, may};
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::Column;
use orchestre_view::component::tabs::Tabs;
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::sheet::{Body, Form as FormView, Part, SheetView};
use orchestre_view::{Link, format, text, text_with};

use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::Fields;

pub(crate) use changes::{assign, end, give, held, scope, unassign, unit, unit_account};

/// The path of the list.
pub(crate) const PATH: &str = "/settings/rights";

/// Gives the tabs of the pages on rights, those that the viewer may open.
pub(crate) fn tabs(visit: &Visit, page: &Page, current: &str) -> Tabs {
    let lang = visit.lang();
    let reads = |object| may(&visit.ctx.viewer, Capability::Read, object, Scope::Company);
    let mut tabs = Tabs::new(text(lang, "page-right-tabs"), page.href(current));
    for (path, key, is_open) in [
        (PATH, "page-right-title", reads(Object::Right)),
        ("/settings/walls", "page-wall-title", reads(Object::Wall)),
        ("/settings/delegations", "page-delegation-title", true),
    ] {
        if is_open {
            tabs = tabs.tab(text(lang, key), page.href(path));
        }
    }
    tabs
}

/// Gives "since … until …" of a first day and the day after the last.
pub(crate) fn period(lang: Lang, from: &str, to: &str) -> String {
    let day = |text: &str| text.parse::<Date>().ok();
    let (first, after) = (day(from), day(to).filter(|day| *day != OPEN));
    let mut parts = Vec::new();
    if let Some(first) = first.filter(|day| day.year() > 1) {
        let day = format::day(lang, first);
        parts.push(text_with(lang, "page-right-since", &[("day", day.into())]));
    }
    if let Some(last) = after.and_then(|day| day.yesterday().ok()) {
        let day = format::day(lang, last);
        parts.push(text_with(lang, "page-right-until", &[("day", day.into())]));
    }
    if parts.is_empty() { text(lang, "page-right-always") } else { parts.join(", ") }
}

/// Gives the day after the last day that a form names; without one there is no end.
///
/// # Errors
///
/// `field_invalid`.
pub(crate) fn until(fields: &Fields) -> Result<Date, AppError> {
    let invalid = AppError::Field { code: Code::FieldInvalid, field: "until" };
    match fields.some_day("until")? {
        Some(last) => last.tomorrow().map_err(|_last_day_of_all| invalid),
        None => Ok(OPEN),
    }
}

/// Gives the words of a role.
pub(crate) fn role_words(lang: Lang, role: Role) -> String {
    text(lang, &format!("state-role-{role}"))
}

/// `GET /settings/rights`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let holders = rights::list(&visit.ctx).await?;
    let units = orchestre_app::units::list(&visit.ctx).await?;
    let page = page(&visit, text(lang, "page-right-title")).await?;
    let head = ["page-right-name", "page-right-roles", "page-right-email", "page-right-state"];
    let rows = holders.iter().map(|holder| {
        let login = &holder.login;
        let roles: Vec<String> =
            holder.roles.iter().map(|line| line_words(lang, line, &units, &[])).collect();
        let state = if login.is_active { "page-right-in" } else { "page-right-out" };
        vec![
            Cell::link(login.name.clone(), page.href(&format!("{PATH}/{}", login.id))),
            Cell::text(roles.join(", ")),
            Cell::text(login.email.clone()),
            Cell::text(text(lang, state)),
        ]
    });
    let grid = Grid {
        caption: text(lang, "page-right-title"),
        rows: rows.collect(),
        head: head.iter().map(|key| Column::text(text(lang, key))).collect(),
    };
    let mut parts = vec![Part::new("rights", text(lang, "page-right-holders"), Body::Grid(grid))];
    parts.push(units::part(&visit, &units).await?);
    let mut view = SheetView::new(page, text(lang, "page-right-lead"), parts);
    view.tabs = Some(tabs(&visit, &view.page, PATH));
    answer(&view)
}

async fn page(visit: &Visit, title: String) -> Result<Page, AppError> {
    let page = visit.page(Place::Settings, title).await?;
    Ok(page.crumb(text(visit.lang(), "page-nav-settings"), "/settings"))
}

/// Gives a form that opens under the words of its button.
pub(crate) fn edit(
    action: &str,
    button: String,
    fields: Vec<Field>,
    hidden: Vec<(&'static str, String)>,
) -> Body {
    let action = action.to_owned();
    let form = FormView { action, fields, button: button.clone(), has_file: false, hidden };
    Body::Edit(button, Box::new(form))
}

fn scope_words(
    lang: Lang,
    scope: NewScope,
    units: &[Unit],
    accounts: &[(AccountId, String)],
) -> String {
    match scope {
        NewScope::Company => String::new(),
        NewScope::Account(id) => accounts
            .iter()
            .find(|(known, _)| *known == id)
            .map_or_else(|| text(lang, "page-right-one-account"), |(_, name)| name.clone()),
        NewScope::Unit(id) => {
            let unit = units.iter().find(|unit| unit.id == id);
            unit.map_or_else(String::new, |unit| unit.name.clone())
        }
        NewScope::Country(country) => country.to_string(),
    }
}

fn line_words(
    lang: Lang,
    line: &RoleLine,
    units: &[Unit],
    accounts: &[(AccountId, String)],
) -> String {
    let (role, scope) =
        (role_words(lang, line.role), scope_words(lang, line.scope, units, accounts));
    if scope.is_empty() { role } else { format!("{role} ({scope})") }
}

/// `GET /settings/rights/{id}`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let lang = visit.lang();
    let id = LoginId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let found = rights::show(&visit.ctx, id).await?;
    let units = orchestre_app::units::list(&visit.ctx).await?;
    let name = found.holder.login.name.clone();
    let page = page(&visit, name).await?.crumb(text(lang, "page-right-title"), PATH);
    let mut parts = vec![roles_part(lang, &found, &units)];
    if let Some(person) = found.holder.login.person {
        parts.push(assignments_part(&visit, &found, person));
    }
    let lead = found.holder.login.email.clone();
    let mut view = SheetView::new(page, lead, parts);
    view.actions = actions(&visit, &view.page, &found.holder);
    if may(&visit.ctx.viewer, Capability::Create, Object::Watch, Scope::Company)
        && visit.ctx.viewer.login != Some(id)
    {
        view.aside.push(watch_part(lang, id));
    }
    answer(&view)
}

fn actions(visit: &Visit, page: &Page, holder: &Holder) -> Vec<Link> {
    let asks = may(&visit.ctx.viewer, Capability::Read, Object::Access, Scope::Company);
    if !asks {
        return Vec::new();
    }
    let address = page.href(&format!("/access?login={}", holder.login.id));
    vec![Link::new(text(visit.lang(), "page-access-what"), address)]
}

fn watch_part(lang: Lang, id: LoginId) -> Part {
    let form = FormView {
        action: "/view-as".to_owned(),
        fields: Vec::new(),
        button: text(lang, "page-right-watch-button"),
        has_file: false,
        hidden: vec![("login", id.to_string())],
    };
    Part::new(
        "watch",
        text(lang, "page-right-watch"),
        Body::Note(text(lang, "page-right-watch-why")),
    )
    .with(Body::Form(Box::new(form)))
}

fn roles_part(lang: Lang, found: &Rights, units: &[Unit]) -> Part {
    let (login, lines) = (found.holder.login.id, &found.holder.roles);
    let words = |line: &RoleLine| line_words(lang, line, units, &found.accounts);
    let body = if lines.is_empty() {
        Body::Note(text(lang, "page-right-none"))
    } else {
        let facts = lines.iter().map(|line| (words(line), period(lang, &line.from, &line.to)));
        Body::Facts(facts.collect())
    };
    let mut part = Part::new("roles", text(lang, "page-right-roles"), body);
    if !found.may_change {
        return part.noted(text(lang, "page-right-read"));
    }
    let give = format!("{PATH}/{login}/roles");
    part = part.with(edit(
        &give,
        text(lang, "page-right-give"),
        role_fields(lang, found, units),
        vec![],
    ));
    if !lines.is_empty() {
        let held = lines.iter().map(|line| Choice::new(held_word(line), words(line))).collect();
        let fields = vec![
            Field::select("held", text(lang, "field-held"), held),
            Field::date("to", text(lang, "field-ends_on")).id("f-role-to"),
        ];
        part =
            part.with(edit(&format!("{give}/end"), text(lang, "page-right-end"), fields, vec![]));
    }
    part
}

fn held_word(line: &RoleLine) -> String {
    line.id.map_or_else(|| line.role.to_string(), |id| id.to_string())
}

fn role_choices(lang: Lang) -> Vec<Choice> {
    let roles = Role::ALL.iter().filter(|role| **role != Role::Shell);
    roles.map(|role| Choice::new(role.as_str(), role_words(lang, *role))).collect()
}

fn role_fields(lang: Lang, found: &Rights, units: &[Unit]) -> Vec<Field> {
    let mut scopes = vec![Choice::new("", text(lang, "field-scope-company"))];
    scopes.extend(units.iter().map(|unit| Choice::new(unit.id.to_string(), unit.name.clone())));
    scopes
        .extend(found.accounts.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())));
    vec![
        Field::select("role", text(lang, "field-role"), role_choices(lang)),
        Field::select("scope", text(lang, "field-scope"), scopes),
        Field::text("country", text(lang, "field-scope-country"))
            .help(text(lang, "field-scope-country-help"))
            .optional(lang),
        Field::date("from", text(lang, "field-from")).optional(lang),
        Field::date("until", text(lang, "field-until")).optional(lang),
    ]
}

fn assignments_part(visit: &Visit, found: &Rights, person: PersonId) -> Part {
    let lang = visit.lang();
    let words = |one: &rights::AssignmentLine| {
        let role = Role::parse(&one.role).map(|role| role_words(lang, role));
        format!("{} ({})", one.account_name, role.unwrap_or_else(|| one.role.clone()))
    };
    let lines = &found.assignments;
    let body = if lines.is_empty() {
        Body::Note(text(lang, "page-right-assignments-none"))
    } else {
        Body::Facts(
            lines.iter().map(|one| (words(one), period(lang, &one.from, &one.to))).collect(),
        )
    };
    let part = Part::new("assignments", text(lang, "page-right-assignments"), body);
    if !may(&visit.ctx.viewer, Capability::Update, Object::Account, Scope::Company) {
        return part;
    }
    let base = format!("{PATH}/{}/assignments", found.holder.login.id);
    let accounts =
        found.accounts.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    let fields = vec![
        Field::select("account", text(lang, "word-account"), accounts),
        Field::select("role", text(lang, "field-role"), role_choices(lang)).id("f-as-role"),
        Field::date("from", text(lang, "field-from")).id("f-as-from").optional(lang),
        Field::date("until", text(lang, "field-until")).id("f-as-until").optional(lang),
    ];
    let hidden = || vec![("person", person.to_string())];
    let part = part.with(edit(&base, text(lang, "page-right-assign"), fields, hidden()));
    if lines.is_empty() {
        return part;
    }
    let held = lines
        .iter()
        .map(|one| Choice::new(format!("{} {}", one.account, one.role), words(one)))
        .collect();
    let fields = vec![Field::select("held", text(lang, "field-held"), held).id("f-as-held")];
    part.with(edit(&format!("{base}/end"), text(lang, "page-right-unassign"), fields, hidden()))
}
