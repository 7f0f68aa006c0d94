//! The messages of a subscription: their log, one with its tries, and sending one again.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::AppError;
use orchestre_app::webhooks::{self, Delivery, Try};
use orchestre_domain::id::{DeliveryId, WebhookId};
use orchestre_domain::lang::Lang;
use orchestre_domain::webhook::{DeliveryState, WebhookState};
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::{Column, Table};
use orchestre_view::pages::sheet::{Body, Form as FormView, Part, SheetView};
use orchestre_view::{format, text};

use super::super::{Answer, show as answer};
use super::{page, parsed, path};
use crate::door::Visit;
use crate::form::Fields;

fn parsed_delivery(id: &str) -> Result<DeliveryId, AppError> {
    DeliveryId::parse(id).ok_or(AppError::NOT_FOUND)
}

/// Gives the log of a subscription.
pub(super) fn log(lang: Lang, webhook: WebhookId, log: &[Delivery]) -> Body {
    if log.is_empty() {
        return Body::Note(text(lang, "page-webhook-log-empty"));
    }
    let head = vec![
        Column::text(text(lang, "page-webhook-event")),
        Column::text(text(lang, "page-webhook-state")),
        Column::number(text(lang, "page-webhook-tries")),
        Column::text(text(lang, "page-webhook-written")),
    ];
    let rows = log.iter().map(|one| {
        vec![
            Cell::link(one.name.as_str(), format!("{}/deliveries/{}", path(webhook), one.id)),
            Cell::text(text(lang, &format!("state-delivery-{}", one.state))),
            Cell::text(format::count(lang, one.tries)),
            Cell::text(format::moment(lang, one.made_at)),
        ]
    });
    Body::Grid(Grid { caption: text(lang, "page-webhook-log"), head, rows: rows.collect() })
}

/// `GET /settings/webhooks/{id}/deliveries/{delivery}`.
pub(crate) async fn show(visit: Visit, Path((id, delivery)): Path<(String, String)>) -> Answer {
    let lang = visit.lang();
    let (id, delivery) = (parsed(&id)?, parsed_delivery(&delivery)?);
    let webhook = webhooks::show(&visit.ctx, id).await?;
    let (found, tries) = webhooks::show_delivery(&visit.ctx, id, delivery).await?;
    let mut page = page(&visit)
        .await?
        .crumb(text(lang, "page-webhook-title"), "/settings/webhooks")
        .crumb(webhook.address.clone(), &path(id));
    found.name.as_str().clone_into(&mut page.title);
    let mut facts = vec![
        (text(lang, "page-webhook-state"), text(lang, &format!("state-delivery-{}", found.state))),
        ("webhook-id".to_owned(), found.event.to_string()),
        (text(lang, "page-webhook-written"), format::moment(lang, found.made_at)),
    ];
    if found.state == DeliveryState::Waiting {
        facts.push((text(lang, "page-webhook-next"), format::moment(lang, found.next_at)));
    }
    let mut part = Part::new("message", text(lang, "page-webhook-message"), Body::Facts(facts))
        .with(Body::Note(found.body.clone()));
    if found.state != DeliveryState::Waiting && webhook.state == WebhookState::On {
        part = part.with(Body::Form(Box::new(FormView {
            action: format!("{}/deliveries/{}/replay", path(id), found.id),
            fields: Vec::new(),
            button: text(lang, "button-webhook-replay"),
            has_file: false,
            hidden: Vec::new(),
        })));
    }
    let title = text(lang, "page-webhook-tries");
    let parts = vec![part, Part::new("tries", title, table(lang, &tries))];
    answer(&SheetView::new(page, String::new(), parts))
}

fn table(lang: Lang, tries: &[Try]) -> Body {
    if tries.is_empty() {
        return Body::Note(text(lang, "page-webhook-tries-none"));
    }
    let head = vec![
        Column::text(text(lang, "page-webhook-at")),
        Column::text(text(lang, "page-webhook-answer")),
        Column::number("ms"),
        Column::text(text(lang, "page-webhook-body")),
    ];
    let rows = tries.iter().map(|one| {
        let came = match (one.status, one.fault) {
            (Some(status), _) => status.to_string(),
            (None, Some(fault)) => text(lang, &format!("state-fault-{fault}")),
            (None, None) => String::new(),
        };
        let took = format::count(lang, one.took_ms);
        vec![format::moment(lang, one.at), came, took, one.answer.clone()]
    });
    Body::Table(Table { caption: text(lang, "page-webhook-tries"), head, rows: rows.collect() })
}

/// `POST /settings/webhooks/{id}/deliveries/{delivery}/replay`.
pub(crate) async fn replay(
    visit: Visit,
    Path((id, delivery)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let (id, delivery) = (parsed(&id)?, parsed_delivery(&delivery)?);
    webhooks::replay(&visit.ctx, id, delivery).await?;
    Ok(Redirect::to(&format!("{}/deliveries/{delivery}", path(id))).into_response())
}
