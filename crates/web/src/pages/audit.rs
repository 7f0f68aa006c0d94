//! The chain of events and what of it is kept outside, for those who watch over the programme.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use orchestre_app::chain::{ChainState, Wrong};
use orchestre_app::checkpoints::{self, Audit, Checkpoint, Mark, Place as Where};
use orchestre_app::{AppError, Code};
use orchestre_domain::lang::Lang;
use orchestre_view::component::figure::{Figure, Figures};
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::notice::Notice;
use orchestre_view::component::table::Column;
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::sheet::{Body, Form as FormView, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::portfolio::file;
use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::Fields;

/// Where the page is.
const HOME: &str = "/settings/audit";

/// `GET /settings/audit`.
pub(crate) async fn show(visit: Visit) -> Answer {
    let page = page(&visit).await?;
    sheet(&visit, page).await
}

async fn page(visit: &Visit) -> Result<Page, AppError> {
    let lang = visit.lang();
    Ok(visit
        .page(Place::Settings, text(lang, "page-audit-title"))
        .await?
        .crumb(text(lang, "page-nav-settings"), "/settings"))
}

async fn sheet(visit: &Visit, page: Page) -> Answer {
    let lang = visit.lang();
    let shown = checkpoints::get(&visit.ctx).await?;
    let parts = vec![verifying(lang), places(lang, &shown), given(lang, &shown)];
    let mut view = SheetView::new(page, text(lang, "page-audit-lead"), parts);
    view.figures = Some(figures(lang, &shown));
    answer(&view)
}

fn figures(lang: Lang, shown: &Audit) -> Figures {
    let known = |key: &str, value: String| Figure::known(lang, text(lang, key), value);
    let last = shown.checkpoints.iter().find(|one| one.result == "done");
    let last = last.map_or_else(
        || Figure::missing(lang, text(lang, "page-audit-last")),
        |one| known("page-audit-last", format::moment(lang, one.at)),
    );
    let (links, hash) = &shown.last;
    let links = known("page-audit-links", format::count(lang, *links));
    Figures(vec![
        if hash.is_empty() { links } else { links.compare(short(hash)) },
        known("page-audit-unsealed", format::count(lang, shown.unsealed)),
        last,
    ])
}

/// The beginning of a hash, enough to be compared by eye.
fn short(hash: &str) -> String {
    format!("{}…", hash.get(..16).unwrap_or(hash))
}

fn button(action: &str, label: String) -> Body {
    Body::Form(Box::new(FormView {
        action: format!("{HOME}/{action}"),
        fields: Vec::new(),
        button: label,
        has_file: false,
        hidden: Vec::new(),
    }))
}

fn verifying(lang: Lang) -> Part {
    let why = Body::Note(text(lang, "page-audit-verify-why"));
    let button = button("verification", text(lang, "button-audit-verify"));
    Part::new("verify", text(lang, "page-audit-verify"), why).with(button)
}

fn places(lang: Lang, shown: &Audit) -> Part {
    let title = text(lang, "page-audit-places");
    if shown.places.is_empty() {
        let none = Notice::warn(text(lang, "page-audit-nowhere"));
        let none = none.text(text(lang, "page-audit-nowhere-mend"));
        return Part::new("places", title, Body::Tell(none));
    }
    let names: Vec<String> = shown.places.iter().map(|place| name(lang, *place)).collect();
    let hours = [("count", shown.hours.into())];
    let facts = vec![
        (text(lang, "page-audit-where"), names.join(", ")),
        (text(lang, "page-audit-rhythm"), text_with(lang, "page-audit-hours", &hours)),
    ];
    let part = Part::new("places", title, Body::Facts(facts));
    if !shown.can_update {
        return part;
    }
    part.with(button("checkpoints", text(lang, "button-audit-give")))
}

fn name(lang: Lang, place: Where) -> String {
    text(lang, &format!("state-checkpoint-{place}"))
}

fn given(lang: Lang, shown: &Audit) -> Part {
    let title = text(lang, "page-audit-given");
    if shown.checkpoints.is_empty() {
        return Part::new("given", title, Body::Note(text(lang, "page-audit-none")));
    }
    let head = ["at", "where", "link", "hash", "result"];
    let head = head.map(|word| {
        let label = text(lang, &format!("page-audit-{word}"));
        if word == "link" { Column::number(label) } else { Column::text(label) }
    });
    let rows = shown.checkpoints.iter().map(|one| row(lang, one)).collect();
    Part::new("given", title.clone(), Body::Grid(Grid { caption: title, head: head.into(), rows }))
        .noted(text(lang, "page-audit-given-note"))
}

fn row(lang: Lang, one: &Checkpoint) -> Vec<Cell> {
    let path = format!("{HOME}/checkpoints/{}", one.id);
    let result = match one.result.as_str() {
        "done" if one.proof.is_some() => {
            Cell::link(text(lang, "page-audit-proof"), format!("{path}/proof"))
        }
        "done" => Cell::text(text(lang, "page-audit-done")),
        code => Cell::text(text(lang, &format!("error-{code}"))),
    };
    vec![
        Cell::link(format::moment(lang, one.at), path),
        Cell::text(name(lang, one.place)),
        Cell::text(format::count(lang, one.seq)),
        Cell::text(short(&one.hash)),
        result,
    ]
}

/// `POST /settings/audit/verification`: the answer says how far the chain holds.
pub(crate) async fn verify(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let state = checkpoints::verify(&visit.ctx).await?;
    let mut page = page(&visit).await?;
    page.frame.notice = Some(told(visit.lang(), &state));
    sheet(&visit, page).await
}

fn told(lang: Lang, state: &ChainState) -> Notice {
    let Some(broken) = &state.broken else {
        let values = [("count", state.sealed.into())];
        return Notice::good(text(lang, "page-audit-holds")).text(text_with(
            lang,
            "page-audit-holds-what",
            &values,
        ));
    };
    let what = match broken.wrong {
        Wrong::Changed => "changed",
        Wrong::Missing => "missing",
        Wrong::Moved => "moved",
    };
    let values = [
        ("seq", format::count(lang, broken.seq).into()),
        ("id", broken.id.to_string().into()),
        ("at", format::moment(lang, broken.at).into()),
    ];
    Notice::bad(text(lang, "page-audit-broken")).text(text_with(
        lang,
        &format!("page-audit-broken-{what}"),
        &values,
    ))
}

/// `POST /settings/audit/checkpoints`: gives one to every place now.
pub(crate) async fn give(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    match checkpoints::give_now(&visit.ctx).await {
        Ok(_) | Err(AppError::Code(Code::CheckpointFailed)) => {
            // The list below says which place did not take it.
            Ok(Redirect::to(&format!("{HOME}#given")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /settings/audit/checkpoints/{id}`: the line, as it went out.
pub(crate) async fn line(visit: Visit, Path(id): Path<String>) -> Answer {
    let one = checkpoints::show(&visit.ctx, &id).await?;
    let name = format!("checkpoint-{}.txt", one.seq);
    let line = Mark { seq: one.seq, hash: one.hash, at: one.at }.line();
    Ok(file(format!("{line}\n").into_bytes(), "text/plain; charset=utf-8", &name))
}

/// `GET /settings/audit/checkpoints/{id}/proof`: what the time-stamp authority signed.
pub(crate) async fn proof(visit: Visit, Path(id): Path<String>) -> Answer {
    let one = checkpoints::show(&visit.ctx, &id).await?;
    let proof = checkpoints::proof(&one).ok_or(AppError::NOT_FOUND)?;
    Ok(file(proof, "application/timestamp-reply", &format!("checkpoint-{}.tsr", one.seq)))
}
