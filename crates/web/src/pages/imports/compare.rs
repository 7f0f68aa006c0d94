//! A compared file: its page, the answers, its way in or aside.

mod question;

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::AppError;
use orchestre_app::imports::{self, Applied, Compared, ComparedColumn, ComparedRow, ImportShown};
use orchestre_domain::float::ratio;
use orchestre_domain::id::ImportId;
use orchestre_domain::import::ImportKind;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_view::component::field::Choice;
use orchestre_view::component::notice::Notice;
use orchestre_view::html::Link;
use orchestre_view::page::Place;
use orchestre_view::pages::import::{Change, Column, CompareView, Remark, Share};
use orchestre_view::{format, text, text_with};

use super::{ISSUES, may_create, reason};
use crate::door::Visit;
use crate::form::Fields;
use crate::pages::portfolio::file;
use crate::pages::{Answer, show as answer};

pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Gives the page of an import that was compared and waits.
pub(super) async fn page(visit: &Visit, id: ImportId, told: Option<Notice>) -> Answer {
    let lang = visit.lang();
    let compared = imports::show_compared(&visit.ctx, id).await?;
    let line = &compared.shown.line;
    let counts = line.counts;
    let page = visit
        .page(Place::Imports, line.file.clone())
        .await?
        .crumb(text(lang, "page-nav-imports"), "/imports");
    let ready = counts.created + counts.updated;
    let words = [("created", counts.created.into()), ("updated", counts.updated.into())];
    let mapped = compared.columns.iter().filter(|column| column.field.is_some()).count();
    let steps = [("known", mapped.into()), ("count", compared.columns.len().into())];
    let issues = &compared.shown.issues;
    answer(&CompareView {
        id: id.to_string(),
        lead: lead(lang, &compared, ready),
        told,
        step: text_with(lang, "page-compare-step-columns", &steps),
        shares: shares(lang, &compared.shown),
        questions: compared.questions.iter().map(|asked| question::asked(lang, asked)).collect(),
        remarks: issues.iter().take(ISSUES).map(|issue| remark(lang, issue)).collect(),
        remarks_note: of(lang, issues.len().min(ISSUES), issues.len()),
        corrections: corrections_path(&compared),
        changes: compared.changes.iter().map(|row| change(lang, row)).collect(),
        changes_note: text_with(
            lang,
            "page-compare-fields",
            &[("fields", compared.changes.len().into()), ("rows", counts.updated.into())],
        ),
        conflicts: compared.conflicts.iter().map(|row| change(lang, row)).collect(),
        created: compared.created.iter().map(|row| change(lang, row)).collect(),
        created_note: text_with(
            lang,
            "page-compare-of",
            &[("shown", compared.created.len().into()), ("count", counts.created.into())],
        ),
        effect: effect(lang, &compared),
        columns: compared.columns.iter().map(|one| column(lang, one, counts.rows)).collect(),
        recipe: compared.effect.recipe.as_ref().map_or_else(String::new, |name| {
            text_with(lang, "page-compare-recipe", &[("name", name.as_str().into())])
        }),
        fields: fields(lang, line.kind),
        kinds: kinds(lang, line.kind),
        files: files(&compared, id),
        summary: text_with(lang, "page-compare-summary", &words),
        button: button(lang, &compared, ready),
        may_apply: may_create(visit),
        page,
    })
}

fn lead(lang: Lang, compared: &Compared, ready: i64) -> String {
    let rows = compared.shown.line.counts.rows;
    let asked = compared.questions.len();
    let words = [("rows", rows.into()), ("ready", ready.into()), ("questions", asked.into())];
    let key = if asked == 0 { "page-compare-lead" } else { "page-compare-lead-asked" };
    text_with(lang, key, &words)
}

fn button(lang: Lang, compared: &Compared, ready: i64) -> String {
    if !compared.can_apply || (ready == 0 && !compared.questions.is_empty()) {
        return String::new();
    }
    if ready == 0 {
        return text(lang, "button-apply-nothing");
    }
    text_with(lang, "button-apply", &[("count", ready.into())])
}

fn of(lang: Lang, shown: usize, count: usize) -> String {
    text_with(lang, "page-compare-of", &[("shown", shown.into()), ("count", count.into())])
}

fn corrections_path(compared: &Compared) -> String {
    let has_lines = compared.shown.issues.iter().any(|issue| issue.line.is_some());
    if compared.shown.line.counts.skipped > 0 && has_lines {
        format!("/imports/{}/corrections.xlsx", compared.shown.line.id)
    } else {
        String::new()
    }
}

fn shares(lang: Lang, shown: &ImportShown) -> Vec<Share> {
    let counts = shown.line.counts;
    let parts = [
        ("c1", "page-import-created", counts.created),
        ("c3", "page-import-updated", counts.updated),
        ("c-line", "page-import-unchanged", counts.unchanged),
        ("c2", "page-import-skipped", counts.skipped),
        ("c4", "page-import-conflicts", counts.conflicts),
    ];
    let mut from = 0.0;
    let share = |(class, key, count): (&'static str, &str, i64)| {
        let fraction = ratio(count, counts.rows.max(1)).unwrap_or(0.0);
        let begin = from;
        from += fraction;
        Share {
            class,
            label: text(lang, key),
            count: format::count(lang, count),
            share: format::percent(lang, fraction),
            from: format!("{:.2}%", begin * 100.0),
            width: format!("{:.2}%", fraction * 100.0),
        }
    };
    parts.into_iter().map(share).collect()
}

fn remark(lang: Lang, issue: &imports::ReportIssue) -> Remark {
    Remark {
        line: issue.line.map_or_else(String::new, |line| format::count(lang, line)),
        column: issue.column.clone().unwrap_or_default(),
        value: issue.value.clone().unwrap_or_default(),
        is_bad: issue.code.is_refusal(),
        why: reason(lang, issue),
    }
}

fn change(lang: Lang, row: &ComparedRow) -> Change {
    Change {
        label: row.label.clone(),
        line: format::count(lang, row.line),
        key: format!("take:{}:{}", row.line, row.field),
        field: field_word(lang, &row.field),
        before: row.before.clone().unwrap_or_default(),
        after: row.after.clone().unwrap_or_default(),
    }
}

/// Gives the word for a field; the field's own name where the lists of columns have none.
pub(super) fn field_word(lang: Lang, field: &str) -> String {
    let is_known = ImportKind::ALL.iter().any(|kind| imports::fields(*kind).contains(&field));
    if is_known { text(lang, &format!("state-column-{field}")) } else { field.replace('_', " ") }
}

fn effect(lang: Lang, compared: &Compared) -> Vec<(String, String)> {
    let line = |(code, before, after): &(String, i64, i64)| {
        let currency = Currency::parse(code)?;
        let money = |minor: i64| format::money(lang, minor, currency);
        let words = [("before", money(*before).into()), ("after", money(*after).into())];
        let label = text_with(lang, "page-compare-turnover", &[("currency", code.as_str().into())]);
        Some((label, text_with(lang, "page-compare-then", &words)))
    };
    let moved = compared.effect.turnover.iter().filter(|(_, before, after)| before != after);
    moved.filter_map(line).collect()
}

fn column(lang: Lang, column: &ComparedColumn, rows: i64) -> Column {
    let filled = i64::try_from(column.filled).unwrap_or(i64::MAX);
    Column {
        heading: column.heading.clone(),
        field: column.field.clone().unwrap_or_default(),
        sample: column.samples.first().cloned().unwrap_or_default(),
        samples: column.samples.join(" · "),
        filled: format::percent_whole(lang, ratio(filled, rows.max(1)).unwrap_or(0.0)),
    }
}

fn fields(lang: Lang, kind: ImportKind) -> Vec<Choice> {
    let mut fields: Vec<Choice> = imports::fields(kind)
        .into_iter()
        .map(|field| Choice::new(field, text(lang, &format!("state-column-{field}"))))
        .collect();
    fields.sort_by(|left, right| format::collate(lang, &left.label, &right.label));
    fields
}

/// Gives what a file may hold, the present one first.
fn kinds(lang: Lang, own: ImportKind) -> Vec<Choice> {
    let others = ImportKind::ALL.iter().copied().filter(|kind| *kind != own);
    std::iter::once(own)
        .chain(others)
        .map(|kind| Choice::new(kind.as_str(), text(lang, &format!("state-kind-{kind}"))))
        .collect()
}

fn files(compared: &Compared, id: ImportId) -> Vec<(Link, bool)> {
    let link = |line: &imports::ImportLine| {
        (Link::new(line.file.clone(), format!("/imports/{}", line.id)), line.id == id)
    };
    compared.drop.iter().map(link).collect()
}

/// `POST /imports/{id}/answers`.
pub(crate) async fn answers(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = ImportId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    imports::answer(&visit.ctx, id, &pairs(&fields)).await?;
    Ok(Redirect::to(&format!("/imports/{id}")).into_response())
}

/// Gives what was answered; the names of mappings begin with `m:`.
fn pairs(fields: &Fields) -> Vec<(String, String)> {
    let pair = |(name, value): (&str, &str)| {
        if name == "csrf" {
            return None;
        }
        let heading = name.strip_prefix("m:").map(|heading| format!("column:{heading}"));
        Some((heading.unwrap_or_else(|| name.to_owned()), value.trim().to_owned()))
    };
    fields.pairs().filter_map(pair).collect()
}

/// `POST /imports/{id}/application`.
pub(crate) async fn apply(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = ImportId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    match Box::pin(imports::apply(&visit.ctx, id, &|_, _| {})).await? {
        Applied::Done(_) => Ok(Redirect::to(&next(&visit, id).await?).into_response()),
        Applied::Changed => {
            let told = Notice::warn(text(visit.lang(), "page-compare-changed"));
            page(&visit, id, Some(told)).await
        }
    }
}

/// Gives the address of what comes next: the next file of the drop that waits, or the report.
async fn next(visit: &Visit, id: ImportId) -> Result<String, AppError> {
    let waiting = imports::waiting_beside(&visit.ctx, id).await?;
    Ok(format!("/imports/{}", waiting.unwrap_or(id)))
}

/// `GET /imports/{id}/corrections.xlsx`: the rows that stay out, to be mended and dropped again.
pub(crate) async fn corrections(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = ImportId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let bytes = Box::pin(imports::corrections(&visit.ctx, id)).await?;
    Ok(file(bytes, XLSX, "corrections.xlsx"))
}

/// `POST /imports/{id}/discard`.
pub(crate) async fn discard(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = ImportId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let waiting = imports::waiting_beside(&visit.ctx, id).await?;
    imports::discard(&visit.ctx, id).await?;
    let to = waiting.map_or_else(|| "/imports".to_owned(), |next| format!("/imports/{next}"));
    Ok(Redirect::to(&to).into_response())
}
