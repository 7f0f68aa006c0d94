//! Taking an import back: what would happen, what was touched since, the button.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::AppError;
use orchestre_app::imports;
use orchestre_app::imports::reversal::{self, Choice as Chosen, Choices, Conflict, Kept, Reversal};
use orchestre_domain::id::ImportId;
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::component::table::{Column, Table};
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Form as FormView, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::compare::field_word;
use crate::door::Visit;
use crate::form::Fields;
use crate::pages::{Answer, show as answer};

/// What was touched since and is chosen one by one; the rest is chosen together.
const SINGLE: usize = 50;
/// Lines of what stays.
const KEPT: usize = 50;
const KEEP: &str = "keep";
const PUT_BACK: &str = "put_back";

/// `GET /imports/{id}/reversal`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    imports::may_read(&visit.ctx)?;
    let id = ImportId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let found = Box::pin(reversal::preview(&visit.ctx, id, &Choices::default())).await?;
    let lang = visit.lang();
    let page = visit
        .page(Place::Imports, text(lang, "page-reversal"))
        .await?
        .crumb(text(lang, "page-nav-imports"), "/imports")
        .crumb(found.import.file.clone(), &format!("/imports/{id}"));
    let (gone, back) = (gone(lang, &found), back(lang, &found));
    let mut parts = Vec::new();
    if gone.is_empty() && back.is_empty() {
        let nothing = Body::Note(text(lang, "page-reversal-nothing"));
        parts.push(Part::new("effect", text(lang, "page-reversal-effect"), nothing));
    }
    for (id, facts) in [("gone", gone), ("effect", back)] {
        if !facts.is_empty() {
            let title = text(lang, &format!("page-reversal-{id}"));
            parts.push(Part::new(id, title, Body::Facts(facts)));
        }
    }
    if !found.kept.is_empty() {
        let note =
            [("shown", found.kept.len().min(KEPT).into()), ("count", found.kept.len().into())];
        let table = Body::Table(kept(lang, &found.kept));
        let part = Part::new("kept", text(lang, "page-reversal-kept"), table);
        parts.push(part.noted(text_with(lang, "page-compare-of", &note)));
    }
    let form = Body::Form(Box::new(form(lang, id, &found.conflicts)));
    let choose = if found.conflicts.is_empty() {
        Part::new("choose", text(lang, "page-reversal"), form)
            .noted(text(lang, "page-reversal-untouched"))
    } else {
        Part::new("choose", text(lang, "page-reversal-choose"), form)
    };
    parts.push(choose);
    let file = [("file", found.import.file.as_str().into())];
    answer(&SheetView::new(page, text_with(lang, "page-reversal-lead", &file), parts))
}

/// Gives what goes: sales lines, and records by their kind.
fn gone(lang: Lang, found: &Reversal) -> Vec<(String, String)> {
    let lines = (text(lang, "page-reversal-lines-removed"), found.lines_removed);
    let removed = found.removed.iter();
    let removed =
        removed.map(|(object, count)| (text(lang, &format!("state-record-{object}")), *count));
    counted(lang, std::iter::once(lines).chain(removed))
}

/// Gives what returns to what it was.
fn back(lang: Lang, found: &Reversal) -> Vec<(String, String)> {
    let fields = (text(lang, "page-reversal-fields"), found.fields);
    let lines = (text(lang, "page-reversal-lines-restored"), found.lines_restored);
    counted(lang, [fields, lines].into_iter())
}

fn counted(lang: Lang, counts: impl Iterator<Item = (String, i64)>) -> Vec<(String, String)> {
    let some = counts.filter(|(_, count)| *count > 0);
    some.map(|(label, count)| (label, format::count(lang, count))).collect()
}

fn kept(lang: Lang, kept: &[Kept]) -> Table {
    let head = vec![
        Column::text(text(lang, "page-reversal-name")),
        Column::text(text(lang, "page-reversal-why")),
        Column::text(text(lang, "page-reversal-what")),
        Column::number(text(lang, "page-import-line")),
    ];
    let row = |one: &Kept| {
        vec![
            one.label.clone(),
            text(lang, &format!("state-kept-{}", one.by)),
            text(lang, &format!("state-record-{}", one.object)),
            one.line.to_string(),
        ]
    };
    let rows = kept.iter().take(KEPT).map(row).collect();
    Table { caption: text(lang, "page-reversal-kept"), head, rows }
}

fn form(lang: Lang, id: ImportId, conflicts: &[Conflict]) -> FormView {
    let choices = || {
        vec![
            Choice::new(KEEP, text(lang, "page-reversal-keep")),
            Choice::new(PUT_BACK, text(lang, "page-reversal-put-back")),
        ]
    };
    let mut fields: Vec<Field> = conflicts
        .iter()
        .take(SINGLE)
        .map(|one| {
            Field::select(format!("c:{}", one.key), label(lang, one), choices())
                .help(values(lang, one))
        })
        .collect();
    if conflicts.len() > SINGLE {
        let rest = [("count", (conflicts.len() - SINGLE).into())];
        let label = text_with(lang, "page-reversal-rest", &rest);
        fields.push(Field::select("rest", label, choices()));
    }
    FormView {
        action: format!("/imports/{id}/reversal"),
        fields,
        button: text(lang, "button-reversal"),
        has_file: false,
        hidden: Vec::new(),
    }
}

fn label(lang: Lang, conflict: &Conflict) -> String {
    let field = field_word(lang, &conflict.field);
    let record = text(lang, &format!("state-record-{}", conflict.object));
    let name = if conflict.label.is_empty() { record } else { conflict.label.clone() };
    format!("{name} · {field}")
}

fn values(lang: Lang, conflict: &Conflict) -> String {
    let word =
        |value: &Option<String>| value.clone().unwrap_or_else(|| text(lang, "page-reversal-empty"));
    let words = [
        ("before", word(&conflict.before).into()),
        ("after", word(&conflict.after).into()),
        ("now", word(&conflict.now).into()),
        ("line", conflict.line.into()),
    ];
    text_with(lang, "page-reversal-values", &words)
}

/// `POST /imports/{id}/reversal`.
pub(crate) async fn create(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    imports::may_read(&visit.ctx)?;
    let id = ImportId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let chosen = |value: &str| if value == PUT_BACK { Chosen::PutBack } else { Chosen::Keep };
    let choices = Choices {
        by_key: fields
            .pairs()
            .filter_map(|(name, value)| Some((name.strip_prefix("c:")?.to_owned(), chosen(value))))
            .collect(),
        rest: fields
            .pairs()
            .find(|(name, _)| *name == "rest")
            .map_or(Chosen::Keep, |(_, value)| chosen(value)),
    };
    Box::pin(reversal::reverse(&visit.ctx, id, &choices, &|_, _| {})).await?;
    Ok(Redirect::to(&format!("/imports/{id}")).into_response())
}
