//! Proposals: what one's assistant asks for; one confirms or refuses.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::AppError;
use orchestre_app::proposals::{self, Proposal};
use orchestre_domain::id::ProposalId;
use orchestre_domain::lang::Lang;
use orchestre_domain::proposal::ProposalState;
use orchestre_view::component::empty::Empty;
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::Column;
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Form as FormView, Part, SheetView};
use orchestre_view::{format, text};

use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::Fields;
use crate::frame::account_path;

fn parsed(id: &str) -> Result<ProposalId, AppError> {
    ProposalId::parse(id).ok_or(AppError::NOT_FOUND)
}

/// `GET /proposals`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let found = proposals::list(&visit.ctx).await?;
    let page = visit
        .page(Place::Settings, text(lang, "page-proposal-title"))
        .await?
        .crumb(text(lang, "page-nav-settings"), "/settings");
    let (open, decided): (Vec<&Proposal>, Vec<&Proposal>) =
        found.iter().partition(|one| one.state == ProposalState::Open);
    let mut parts: Vec<Part> = open.iter().map(|one| part(lang, one)).collect();
    if parts.is_empty() {
        let empty =
            Empty::new(text(lang, "page-proposal-empty"), text(lang, "page-proposal-empty-why"))
                .action(text(lang, "page-token-title"), "/settings/tokens");
        parts.push(Part::new("open", text(lang, "page-proposal-open"), Body::Empty(empty)));
    }
    if !decided.is_empty() {
        let body = Body::Grid(grid(lang, &decided));
        parts.push(Part::new("decided", text(lang, "page-proposal-decided"), body));
    }
    answer(&SheetView::new(page, text(lang, "page-proposal-lead"), parts))
}

fn part(lang: Lang, one: &Proposal) -> Part {
    let kind = text(lang, &format!("state-proposal-kind-{}", one.kind));
    let mut facts = vec![
        (text(lang, "page-proposal-account"), one.account_name.clone()),
        (text(lang, "page-proposal-text"), one.text.clone()),
    ];
    if !one.word.is_empty() {
        let contact = text(lang, &format!("state-interaction-{}", one.word));
        facts.push((text(lang, "page-proposal-contact"), contact));
    }
    if let Some(day) = one.day {
        facts.push((text(lang, "page-proposal-day"), format::day(lang, day)));
    }
    if !one.reason.is_empty() {
        facts.push((text(lang, "page-proposal-reason"), one.reason.clone()));
    }
    facts.push((text(lang, "page-proposal-made"), format::moment(lang, one.made_at)));
    let form = |what: &str| FormView {
        action: format!("/proposals/{}/{what}", one.id),
        fields: Vec::new(),
        button: text(lang, &format!("button-proposal-{what}")),
        has_file: false,
        hidden: vec![("version", one.version.to_string())],
    };
    Part::new(&one.id.to_string(), kind, Body::Facts(facts))
        .with(Body::Form(Box::new(form("confirmation"))))
        .with(Body::Edit(text(lang, "page-proposal-refuse"), Box::new(form("refusal"))))
}

fn grid(lang: Lang, decided: &[&Proposal]) -> Grid {
    let head = [
        "page-proposal-text",
        "page-proposal-kind",
        "page-proposal-account",
        "page-proposal-state",
        "page-proposal-made",
    ];
    let rows = decided.iter().map(|one| {
        vec![
            Cell::text(one.text.clone()),
            Cell::text(text(lang, &format!("state-proposal-kind-{}", one.kind))),
            Cell::link(one.account_name.clone(), account_path(one.account)),
            Cell::text(text(lang, &format!("state-proposal-{}", one.state))),
            Cell::text(format::moment(lang, one.made_at)),
        ]
    });
    Grid {
        caption: text(lang, "page-proposal-decided"),
        head: head.into_iter().map(|key| Column::text(text(lang, key))).collect(),
        rows: rows.collect(),
    }
}

/// `POST /proposals/{id}/confirmation`.
pub(crate) async fn confirm(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    proposals::confirm(&visit.ctx, parsed(&id)?, fields.version()?).await?;
    Ok(Redirect::to("/proposals").into_response())
}

/// `POST /proposals/{id}/refusal`.
pub(crate) async fn refuse(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    proposals::refuse(&visit.ctx, parsed(&id)?, fields.version()?).await?;
    Ok(Redirect::to("/proposals").into_response())
}
