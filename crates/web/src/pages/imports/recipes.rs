//! Recipes: the list, one as a text, a new one, and an end.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::AppError;
use orchestre_app::imports;
use orchestre_app::imports::recipes::{self, Recipe};
use orchestre_domain::clock::day_of;
use orchestre_domain::id::RecipeId;
use orchestre_domain::lang::Lang;
use orchestre_view::component::empty::Empty;
use orchestre_view::component::field::Field;
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::Column;
use orchestre_view::html::Link;
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Form as FormView, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::may_create;
use crate::door::Visit;
use crate::form::Fields;
use crate::pages::portfolio::file;
use crate::pages::{Answer, show as answer};

const PATH: &str = "/imports/recipes";

/// `GET /imports/recipes`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let list = recipes::list(&visit.ctx).await?;
    let page = visit
        .page(Place::Imports, text(lang, "page-import-recipes"))
        .await?
        .crumb(text(lang, "page-nav-imports"), "/imports");
    let body = if list.is_empty() {
        let why = text(lang, "page-recipe-none-why");
        Body::Empty(Empty::new(text(lang, "page-recipe-none"), why))
    } else {
        Body::Grid(grid(lang, &list))
    };
    let lead = text_with(lang, "page-recipe-lead", &[("count", list.len().into())]);
    let parts = vec![Part::new("recipes", text(lang, "page-import-recipes"), body)];
    let mut view = SheetView::new(page, lead, parts);
    if may_create(&visit) {
        let title = text(lang, "page-recipe-take");
        let form = Body::Form(Box::new(form(lang, String::new())));
        view.aside = vec![Part::new("take", title, form)];
    }
    answer(&view)
}

fn grid(lang: Lang, list: &[Recipe]) -> Grid {
    let word = |key: &str| Column::text(text(lang, key));
    let number = |key: &str| Column::number(text(lang, key));
    let head = vec![
        word("page-recipe-name"),
        word("page-import-kind"),
        word("field-origin"),
        number("page-recipe-uses"),
        number("page-recipe-version"),
        word("page-import-at"),
    ];
    let row = |one: &Recipe| {
        vec![
            Cell::link(one.name.clone(), format!("{PATH}/{}", one.id)),
            Cell::text(text(lang, &format!("state-kind-{}", one.kind))),
            Cell::text(one.origin.clone()),
            Cell::text(format::count(lang, one.uses)),
            Cell::text(format::count(lang, one.version)),
            Cell::text(format::day(lang, day_of(one.updated_at))),
        ]
    };
    let rows = list.iter().map(row).collect();
    Grid { caption: text(lang, "page-import-recipes"), head, rows }
}

fn form(lang: Lang, body: String) -> FormView {
    FormView {
        action: PATH.to_owned(),
        fields: vec![
            Field::area("recipe", text(lang, "field-recipe"))
                .value(body)
                .help(text(lang, "field-recipe-help")),
        ],
        button: text(lang, "button-recipe-take"),
        has_file: false,
        hidden: Vec::new(),
    }
}

/// `GET /imports/recipes/{id}`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    imports::may_read(&visit.ctx)?;
    let lang = visit.lang();
    let recipe = recipes::show(&visit.ctx, read(&id)?).await?;
    let page = visit
        .page(Place::Imports, recipe.name.clone())
        .await?
        .crumb(text(lang, "page-nav-imports"), "/imports")
        .crumb(text(lang, "page-import-recipes"), PATH);
    let fact = |key: &str, value: String| (text(lang, key), value);
    let facts = vec![
        fact("page-import-kind", text(lang, &format!("state-kind-{}", recipe.kind))),
        fact("field-origin", recipe.origin.clone()),
        fact("page-recipe-uses", format::count(lang, recipe.uses)),
        fact("page-recipe-version", format::count(lang, recipe.version)),
    ];
    let title = text(lang, "page-recipe-name");
    let mut parts = vec![Part::new("recipe", title, Body::Facts(facts))];
    if may_create(&visit) {
        let edit = Body::Form(Box::new(form(lang, recipe.body.clone())));
        let remove = FormView {
            action: format!("{PATH}/{id}/removal"),
            fields: Vec::new(),
            button: text(lang, "button-recipe-remove"),
            has_file: false,
            hidden: Vec::new(),
        };
        let title = text(lang, "page-recipe-text");
        parts.push(Part::new("text", title, edit).with(Body::Form(Box::new(remove))));
    }
    let mut view = SheetView::new(page, String::new(), parts);
    view.actions =
        vec![Link::new(text(lang, "page-recipe-download"), format!("{PATH}/{id}/recipe.toml"))];
    answer(&view)
}

fn read(id: &str) -> Result<RecipeId, AppError> {
    RecipeId::parse(id).ok_or(AppError::NOT_FOUND)
}

/// `GET /imports/recipes/{id}/recipe.toml`: the recipe as a readable text.
pub(crate) async fn download(visit: Visit, Path(id): Path<String>) -> Answer {
    imports::may_read(&visit.ctx)?;
    let recipe = recipes::show(&visit.ctx, read(&id)?).await?;
    Ok(file(recipe.body.into_bytes(), "text/plain; charset=utf-8", "recipe.toml"))
}

/// `POST /imports/recipes`.
pub(crate) async fn take(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    recipes::take(&visit.ctx, fields.required("recipe")?).await?;
    Ok(Redirect::to(PATH).into_response())
}

/// `POST /imports/recipes/{id}/removal`.
pub(crate) async fn remove(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    imports::may_create(&visit.ctx)?;
    recipes::remove(&visit.ctx, read(&id)?).await?;
    Ok(Redirect::to(PATH).into_response())
}
