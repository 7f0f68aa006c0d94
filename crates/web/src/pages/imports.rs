//! Imports: the files that came in, a new one, and what was wrong with its rows.

mod compare;
mod recipes;
mod reversal;
mod upload;

use axum::extract::Path;
use orchestre_app::AppError;
use orchestre_app::imports::{self, ImportLine, ImportShown, Report, ReportIssue};
use orchestre_domain::clock::day_of;
use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportKind, ImportState};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_view::component::empty::Empty;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::{Column, Table};
use orchestre_view::html::Link;
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Form as FormView, Line, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::{Answer, show as answer};
use crate::door::Visit;

pub(crate) use compare::{XLSX, answers, apply, corrections, discard};
pub(crate) use recipes::{
    download as recipe_download, index as recipe_index, remove as recipe_remove,
    show as recipe_show, take as recipe_take,
};
pub(crate) use reversal::{create as reverse, show as reversal};
pub(crate) use upload::create;

/// The files that a browser offers; any other can be chosen too.
const ENDINGS: &str = ".csv,.tsv,.txt,.json,.jsonl,.gz,.zip,.xlsx,.xlsm,.xlsb,.xls,.ods,.xml";
/// Issues shown on the page; all of them are in the JSON answer.
const ISSUES: usize = 200;

/// `GET /imports`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let list = imports::list(&visit.ctx).await?;
    let page = visit.page(Place::Imports, text(lang, "page-nav-imports")).await?;
    let body = if list.is_empty() {
        let empty = Empty::new(text(lang, "page-import-none"), text(lang, "page-import-none-why"));
        Body::Empty(empty.action(text(lang, "page-import-help"), "/help/import-files"))
    } else {
        Body::Grid(files(lang, &list))
    };
    let mut view = SheetView::new(
        page,
        text_with(lang, "page-import-lead", &[("count", list.len().into())]),
        vec![Part::new("files", text(lang, "page-nav-imports"), body)],
    );
    let waiting: Vec<Line> = list
        .iter()
        .filter(|one| one.state == ImportState::Compared)
        .map(|one| waiting_line(lang, one))
        .collect();
    if !waiting.is_empty() {
        let title = text(lang, "page-import-waiting");
        view.parts.insert(0, Part::new("waiting", title, Body::Lines(waiting)));
    }
    if may_create(&visit) {
        let part =
            Part::new("new", text(lang, "page-import-new"), Body::Form(Box::new(form(&visit))));
        view.aside = vec![part.with(Body::Lines(vec![
            Line {
                icon: "book",
                text: text(lang, "page-import-help"),
                href: Some("/help/import-desk".to_owned()),
                detail: text(lang, "page-import-drop"),
            },
            Line {
                icon: "doc",
                text: text(lang, "page-import-recipes"),
                href: Some("/imports/recipes".to_owned()),
                detail: text(lang, "page-import-recipes-why"),
            },
        ]))];
    }
    answer(&view)
}

fn waiting_line(lang: Lang, one: &ImportLine) -> Line {
    let words = [
        ("created", one.counts.created.into()),
        ("updated", one.counts.updated.into()),
        ("skipped", one.counts.skipped.into()),
    ];
    Line {
        icon: "import",
        text: one.file.clone(),
        href: Some(format!("/imports/{}", one.id)),
        detail: text_with(lang, "page-import-waiting-line", &words),
    }
}

fn files(lang: Lang, list: &[ImportLine]) -> Grid {
    let number = |key: &str| Column::number(text(lang, key));
    let head = vec![
        Column::text(text(lang, "page-import-file")),
        Column::text(text(lang, "page-import-kind")),
        Column::text(text(lang, "page-import-state")),
        number("page-import-rows"),
        number("page-import-created"),
        number("page-import-updated"),
        number("page-import-skipped"),
        number("page-import-issues"),
        Column::text(text(lang, "page-import-at")),
    ];
    let count = |value: i64| Cell::text(format::count(lang, value));
    let rows = list.iter().map(|one| {
        vec![
            Cell::link(one.file.clone(), format!("/imports/{}", one.id)),
            Cell::text(text(lang, &format!("state-kind-{}", one.kind))),
            Cell::text(text(lang, &format!("state-import-{}", one.state))),
            count(one.counts.rows),
            count(one.counts.created),
            count(one.counts.updated),
            count(one.counts.skipped),
            count(one.issue_count),
            Cell::text(format::day(lang, day_of(one.received_at))),
        ]
    });
    Grid { caption: text(lang, "page-nav-imports"), head, rows: rows.collect() }
}

fn form(visit: &Visit) -> FormView {
    let lang = visit.lang();
    let mut kinds = vec![Choice::new("", text(lang, "field-kind-auto"))];
    kinds.extend(
        ImportKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.as_str(), text(lang, &format!("state-kind-{kind}")))),
    );
    FormView {
        action: "/imports".to_owned(),
        fields: vec![
            Field::file("file", text(lang, "field-file")).accept(ENDINGS).several(),
            Field::select("kind", text(lang, "field-kind"), kinds),
            Field::text("origin", text(lang, "field-origin"))
                .value("files")
                .help(text(lang, "field-origin-help")),
            Field::text("currency", text(lang, "field-currency"))
                .optional(lang)
                .placeholder("EUR")
                .help(text(lang, "field-currency-help")),
            Field::area("map", text(lang, "field-map"))
                .optional(lang)
                .help(text(lang, "field-map-help")),
            Field::check("at_once", text(lang, "field-at_once")),
        ],
        button: text(lang, "button-import-run"),
        has_file: true,
        hidden: Vec::new(),
    }
}

/// `GET /imports/{id}`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = ImportId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let shown = imports::show(&visit.ctx, id).await?;
    if shown.line.state == ImportState::Compared {
        return compare::page(&visit, id, None).await;
    }
    let report = report(shown);
    let outcome = match report.state {
        ImportState::Reversed => "page-import-result-reversed",
        ImportState::Reversing => "page-import-result-reversing",
        _ => "page-import-result-done",
    };
    page(&visit, &report, outcome).await
}

/// An import that is kept, as the report that it once gave.
pub(crate) fn report(shown: ImportShown) -> Report {
    let line = shown.line;
    Report {
        import: Some(line.id),
        file: line.file,
        kind: Some(line.kind),
        rows: line.counts.rows,
        created: line.counts.created,
        updated: line.counts.updated,
        unchanged: line.counts.unchanged,
        skipped: line.counts.skipped,
        conflicts: line.counts.conflicts,
        unmapped: shown.unmapped,
        issues: shown.issues,
        state: line.state,
    }
}

/// Gives the page of a report: what the file does or did, and what is wrong with it.
async fn page(visit: &Visit, report: &Report, outcome: &'static str) -> Answer {
    let lang = visit.lang();
    let page = visit
        .page(Place::Imports, report.file.clone())
        .await?
        .crumb(text(lang, "page-nav-imports"), "/imports");
    let words = [
        ("rows", report.rows.into()),
        ("created", report.created.into()),
        ("updated", report.updated.into()),
        ("unchanged", report.unchanged.into()),
        ("skipped", report.skipped.into()),
    ];
    let mut parts = vec![
        Part::new("result", text(lang, "page-import-result"), Body::Facts(facts(lang, report)))
            .noted(text(lang, outcome)),
    ];
    parts.push(issues(lang, report));
    if !report.unmapped.is_empty() {
        let columns = report.unmapped.join(", ");
        let part = Part::new("unmapped", text(lang, "page-import-unmapped"), Body::Note(columns));
        parts.push(part.with(Body::Note(text(lang, "page-import-unmapped-how"))));
    }
    let mut view = SheetView::new(page, text_with(lang, "page-import-lead-one", &words), parts);
    view.actions.extend(way_back(visit, report));
    answer(&view)
}

/// Gives the way to take an import back that is in.
fn way_back(visit: &Visit, report: &Report) -> Option<Link> {
    let is_in = matches!(report.state, ImportState::Applied | ImportState::Reversing);
    let may = imports::reversal::may_reverse(&visit.ctx).is_ok();
    let id = report.import.filter(|_| is_in && may)?;
    Some(Link::new(text(visit.lang(), "page-reversal"), format!("/imports/{id}/reversal")))
}

fn facts(lang: Lang, report: &Report) -> Vec<(String, String)> {
    let count = |key: &str, value: i64| (text(lang, key), format::count(lang, value));
    let kind = report.kind.map_or_else(
        || text(lang, "word-unknown"),
        |kind| text(lang, &format!("state-kind-{kind}")),
    );
    vec![
        (text(lang, "page-import-kind"), kind),
        (text(lang, "page-import-state"), text(lang, &format!("state-import-{}", report.state))),
        count("page-import-rows", report.rows),
        count("page-import-created", report.created),
        count("page-import-updated", report.updated),
        count("page-import-unchanged", report.unchanged),
        count("page-import-skipped", report.skipped),
        count("page-import-conflicts", report.conflicts),
    ]
}

fn issues(lang: Lang, report: &Report) -> Part {
    let title = text(lang, "page-import-issues");
    if report.issues.is_empty() {
        return Part::new("issues", title, Body::Note(text(lang, "page-import-issues-none")));
    }
    let head = vec![
        Column::number(text(lang, "page-import-line")),
        Column::text(text(lang, "page-import-column")),
        Column::text(text(lang, "page-import-value")),
        Column::text(text(lang, "page-import-what")),
    ];
    let rows = report.issues.iter().take(ISSUES).map(|issue| issue_row(lang, issue)).collect();
    let counts =
        [("shown", report.issues.len().min(ISSUES).into()), ("count", report.issues.len().into())];
    let table = Table { caption: title.clone(), head, rows };
    Part::new("issues", title, Body::Table(table)).noted(text_with(
        lang,
        "page-import-issues-more",
        &counts,
    ))
}

/// Says whether the viewer may do more than look.
fn may_create(visit: &Visit) -> bool {
    may(&visit.ctx.viewer, Capability::Create, Object::Import, Scope::Company)
}

/// Gives what is wrong, and how to mend it.
fn reason(lang: Lang, issue: &ReportIssue) -> String {
    let mut what = text(lang, &format!("state-issue-{}", issue.code));
    for (name, value) in &issue.args {
        match name.as_str() {
            "rows" => {
                let count = value.parse::<i64>().unwrap_or(1);
                what = format!(
                    "{what} ({})",
                    text_with(lang, "word-lines", &[("count", count.into())])
                );
            }
            _ => what = format!("{what} {value}"),
        }
    }
    what
}

fn issue_row(lang: Lang, issue: &ReportIssue) -> Vec<String> {
    vec![
        issue.line.map_or_else(String::new, |line| line.to_string()),
        issue.column.clone().unwrap_or_default(),
        issue.value.clone().unwrap_or_default(),
        reason(lang, issue),
    ]
}
