//! The API as a page to read: made from the document that programs read, in the reader's language.

#![expect(clippy::indexing_slicing, reason = "a JSON value gives null for what it has not")]

use axum::http::HeaderMap;
use orchestre_app::Code;
use orchestre_domain::lang::Lang;
use orchestre_view::component::table::{Column, Table};
use orchestre_view::html::{Html, Link};
use orchestre_view::page::Page;
use orchestre_view::pages::sheet::{Body, Part, SheetView};
use orchestre_view::text;
use serde_json::Value;

use super::{Answer, show};
use crate::api::document::document;
use crate::problem::bare_frame;
use crate::spoken;

/// The points of the beginning.
const BEGIN: [&str; 4] = ["token", "change", "again", "pages"];

/// `GET /api/docs`.
pub(crate) async fn index(headers: HeaderMap) -> Answer {
    let lang = spoken::wanted(&headers);
    let tags = document()["tags"].as_array().cloned().unwrap_or_default();
    let begin = BEGIN.map(|point| Body::Note(text(lang, &format!("page-api-begin-{point}"))));
    let mut beginning = Part::new("begin", text(lang, "page-api-begin"), Body::Note(String::new()));
    beginning.bodies = begin.into();
    let mut parts = vec![beginning];
    for tag in tags.iter().filter_map(|tag| tag["name"].as_str()) {
        let lines: Vec<Vec<String>> = operations(tag).map(|one| line(lang, one)).collect();
        let title = text(lang, &format!("page-api-tag-{tag}"));
        parts.push(Part::new(tag, title.clone(), Body::Table(table(lang, title, lines))));
    }
    parts.push(codes(lang));
    let page = Page::bare(bare_frame(lang), text(lang, "page-api-title"));
    let mut view = SheetView::new(page, text(lang, "page-api-lead"), parts);
    view.actions = vec![Link::new("OpenAPI", "/api/v1/openapi.json")];
    show(&view)
}

type Operation = (&'static str, &'static str, &'static Value);

fn operations(tag: &str) -> impl Iterator<Item = Operation> {
    let paths = document()["paths"].as_object().into_iter().flatten();
    let all = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    });
    all.filter(move |(_, _, operation)| operation["tags"][0] == tag)
}

fn table(lang: Lang, caption: String, rows: Vec<Vec<String>>) -> Table {
    let names = ["method", "path", "does", "takes", "gives"];
    let head = names.map(|name| Column::text(text(lang, &format!("page-api-{name}"))));
    Table { caption, head: head.into(), rows }
}

fn line(lang: Lang, (path, method, operation): Operation) -> Vec<String> {
    let id = operation["operationId"].as_str().unwrap_or_default();
    let does = text(lang, &format!("page-api-op-{id}"));
    let is_open = operation["security"].as_array().is_some_and(Vec::is_empty);
    let does = if is_open { format!("{does} ({})", text(lang, "page-api-open")) } else { does };
    vec![method.to_uppercase(), path.to_owned(), does, takes(operation), gives(operation)]
}

/// The names of parameters and of the fields of the body; a star marks what must be there.
fn takes(operation: &'static Value) -> String {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let mut names: Vec<String> = parameters
        .filter(|one| one["in"] == "query")
        .map(|one| starred(one["name"].as_str().unwrap_or_default(), |_| one["required"] == true))
        .collect();
    let content = operation["requestBody"]["content"].as_object().into_iter().flatten().next();
    if let Some((kind, body)) = content {
        let fields = resolved(&body["schema"]);
        let required = fields["required"].as_array().cloned().unwrap_or_default();
        let all = fields["properties"].as_object().into_iter().flatten();
        let is_required = |name: &str| required.iter().any(|one| one == name);
        let body: Vec<String> = all.map(|(name, _)| starred(name, is_required)).collect();
        names.push(if body.is_empty() { kind.clone() } else { format!("{{{}}}", body.join(", ")) });
    }
    names.join(", ")
}

fn starred(name: &str, required: impl Fn(&str) -> bool) -> String {
    if required(name) { format!("{name}*") } else { name.to_owned() }
}

fn gives(operation: &'static Value) -> String {
    let answers = operation["responses"].as_object().into_iter().flatten();
    let good = answers.filter(|(status, _)| status.starts_with('2'));
    let words = good.map(|(status, answer)| {
        let kind = answer["content"].as_object().into_iter().flatten().next();
        let name = kind.map(|(kind, body)| match named(&body["schema"]) {
            Some(reference) => reference.rsplit('/').next().unwrap_or_default().replace('_', " "),
            None => kind.clone(),
        });
        format!("{status} {}", name.unwrap_or_default()).trim_end().to_owned()
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Gives the name of a schema.
fn named(schema: &'static Value) -> Option<&'static str> {
    schema["$ref"].as_str().or_else(|| schema["title"].as_str())
}

fn resolved(schema: &'static Value) -> &'static Value {
    let target = schema["$ref"].as_str().map(|name| name.trim_start_matches('#'));
    target.and_then(|target| document().pointer(target)).unwrap_or(schema)
}

fn codes(lang: Lang) -> Part {
    let rows = Code::ALL.iter().map(|code| {
        let meaning = text(lang, &format!("error-{}", code.text()));
        vec![code.text().to_owned(), code.status().to_string(), meaning]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let anchors: Vec<String> =
        Code::ALL.iter().map(|code| format!("<span id=\"{}\"></span>", code.text())).collect();
    let names = ["code", "status", "meaning"];
    let head = names.map(|name| Column::text(text(lang, &format!("page-api-{name}"))));
    let caption = text(lang, "page-api-codes");
    let table = Table { caption: caption.clone(), head: head.into(), rows };
    Part::new("codes", caption, Body::Html(Html(anchors.concat()))).with(Body::Table(table))
}
