//! Backups: which there are, one now, when they are made and which are kept.

use axum::Form;
use axum::response::{IntoResponse as _, Redirect};
use orchestre_app::backups::{self, BackupFile, Backups};
use orchestre_app::{AppError, Code};
use orchestre_domain::backup::BackupRules;
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::Field;
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::notice::Notice;
use orchestre_view::component::table::Column;
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Form as FormView, Part, SheetView};
use orchestre_view::{format, text};

use super::system::size;
use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::{Fields, refill};

/// Where the page is.
const HOME: &str = "/settings/backups";

/// `GET /settings/backups`.
pub(crate) async fn show(visit: Visit) -> Answer {
    sheet(&visit, None).await
}

async fn sheet(visit: &Visit, refused: Option<(&Fields, AppError)>) -> Answer {
    let lang = visit.lang();
    let shown = backups::get(&visit.ctx).await?;
    let page = visit
        .page(Place::Settings, text(lang, "page-backup-title"))
        .await?
        .crumb(text(lang, "page-nav-settings"), "/settings");
    let mut parts = vec![state(lang, &shown), files(lang, &shown)];
    parts.push(rules_part(lang, &shown, refused));
    answer(&SheetView::new(page, text(lang, "page-backup-lead"), parts))
}

/// How it stands: what failed and how to mend it, what was made last, one now.
fn state(lang: Lang, shown: &Backups) -> Part {
    let mut part = Part::new("state", text(lang, "page-backup-state"), told(lang, shown));
    let folder = shown
        .folder
        .as_ref()
        .map_or_else(|| text(lang, "page-backup-nowhere"), |folder| folder.display().to_string());
    let key = if shown.is_encrypting { "page-backup-encrypting" } else { "page-backup-plain" };
    part = part.with(Body::Facts(vec![
        (text(lang, "page-backup-folder"), folder),
        (text(lang, "page-backup-key"), text(lang, key)),
    ]));
    if !shown.can_update || shown.folder.is_none() {
        return part;
    }
    let now = FormView {
        action: HOME.to_owned(),
        fields: Vec::new(),
        button: text(lang, "button-backup-now"),
        has_file: false,
        hidden: Vec::new(),
    };
    part.with(Body::Form(Box::new(now)))
}

fn told(lang: Lang, shown: &Backups) -> Body {
    let at = |at: i64| format::moment(lang, at);
    Body::Tell(match (shown.failed_at, shown.made_at) {
        (Some(failed), _) => Notice::bad(text(lang, "page-backup-failed")).text(format!(
            "{}. {}",
            at(failed),
            text(lang, "page-backup-failed-mend")
        )),
        (None, Some(made)) => Notice::good(text(lang, "page-backup-made")).text(at(made)),
        (None, None) => Notice::warn(text(lang, "page-backup-never")),
    })
}

fn files(lang: Lang, shown: &Backups) -> Part {
    let title = text(lang, "page-backup-files");
    if shown.files.is_empty() {
        return Part::new("files", title, Body::Note(text(lang, "page-backup-none")));
    }
    let column = |word: &str| text(lang, &format!("page-backup-file-{word}"));
    let head = vec![
        Column::text(column("name")),
        Column::text(column("day")),
        Column::number(column("size")),
        Column::text(column("proof")),
    ];
    let rows = shown.files.iter().map(|file| row(lang, file)).collect();
    Part::new("files", title.clone(), Body::Grid(Grid { caption: title, head, rows }))
        .with(Body::Note(text(lang, "page-backup-restore")))
}

fn row(lang: Lang, file: &BackupFile) -> Vec<Cell> {
    let proof = if file.is_encrypted { "page-backup-sealed" } else { "page-backup-read" };
    vec![
        Cell::text(file.name.clone()),
        Cell::text(format::day(lang, file.day)),
        Cell::text(size(lang, file.bytes)),
        Cell::text(text(lang, proof)),
    ]
}

fn rules_part(lang: Lang, shown: &Backups, refused: Option<(&Fields, AppError)>) -> Part {
    let (rules, version) = shown.rules;
    let label = |name: &str| text(lang, &format!("field-backup-{name}"));
    let title = text(lang, "page-backup-rules");
    if !shown.can_update {
        let facts = rules.numbers().map(|(name, value, _, _)| (label(name), value.to_string()));
        return Part::new("rules", title, Body::Facts(facts.into()));
    }
    let fields = rules
        .numbers()
        .map(|(name, value, _, _)| Field::number(name, label(name)).value(value.to_string()));
    let (fields, wrong) = match refused {
        Some((sent, error)) => refill(fields.into(), sent, lang, &error),
        None => (fields.into(), None),
    };
    let form = FormView {
        action: format!("{HOME}/rules"),
        fields,
        button: text(lang, "button-save"),
        has_file: false,
        hidden: vec![("version", version.to_string())],
    };
    let mut part = Part::new("rules", title, Body::Form(Box::new(form)));
    part.bodies.splice(0..0, wrong.map(|words| Body::Tell(Notice::bad(words))));
    part.noted(text(lang, "page-backup-rules-note"))
}

/// `POST /settings/backups`: one now.
pub(crate) async fn ask(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    backups::ask(&visit.ctx).await?;
    Ok(Redirect::to(HOME).into_response())
}

/// `POST /settings/backups/rules`.
pub(crate) async fn rules(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    match put(&visit, &fields).await {
        Ok(()) => Ok(Redirect::to(HOME).into_response()),
        Err(error @ AppError::Field { .. }) => sheet(&visit, Some((&fields, error))).await,
        Err(error) => Err(error.into()),
    }
}

async fn put(visit: &Visit, fields: &Fields) -> Result<(), AppError> {
    let mut rules = BackupRules::default();
    for (name, _, _, _) in BackupRules::default().numbers() {
        let missing = AppError::Field { code: Code::FieldMissing, field: name };
        rules.set(name, fields.whole(name)?.ok_or(missing)?);
    }
    backups::put(&visit.ctx, rules, fields.version()?).await
}
