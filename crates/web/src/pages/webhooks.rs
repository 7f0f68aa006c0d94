//! Webhooks: one's own subscriptions, their secrets and the log of their messages.

pub(crate) mod delivery;

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::webhooks::{self, Made, Subscription, Wanted, Webhook};
use orchestre_app::{AppError, Code};
use orchestre_domain::event::EventName;
use orchestre_domain::id::WebhookId;
use orchestre_domain::lang::Lang;
use orchestre_domain::webhook::WebhookState;
use orchestre_view::component::empty::Empty;
use orchestre_view::component::field::Field;
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::notice::Notice;
use orchestre_view::component::table::Column;
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::sheet::{Body, Form as FormView, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::Fields;

/// Messages of one page.
const MOST: usize = 100;

fn parsed(id: &str) -> Result<WebhookId, AppError> {
    WebhookId::parse(id).ok_or(AppError::NOT_FOUND)
}

fn path(webhook: WebhookId) -> String {
    format!("/settings/webhooks/{webhook}")
}

async fn page(visit: &Visit) -> Result<Page, AppError> {
    let lang = visit.lang();
    Ok(visit
        .page(Place::Settings, text(lang, "page-webhook-title"))
        .await?
        .crumb(text(lang, "page-nav-settings"), "/settings"))
}

/// `GET /settings/webhooks`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let page = page(&visit).await?;
    sheet(&visit, page).await
}

async fn sheet(visit: &Visit, page: Page) -> Answer {
    let lang = visit.lang();
    let own = webhooks::own(&visit.ctx).await?;
    let body = if own.is_empty() {
        let why = text(lang, "page-webhook-empty-why");
        Body::Empty(Empty::new(text(lang, "page-webhook-empty"), why))
    } else {
        Body::Grid(grid(lang, &own))
    };
    let parts = vec![Part::new("own", text(lang, "page-webhook-own"), body)];
    let mut view = SheetView::new(page, text(lang, "page-webhook-lead"), parts);
    let title = text(lang, "page-webhook-new");
    let body = if webhooks::targets(&visit.ctx.app).await?.is_empty() {
        Body::Note(text(lang, "page-webhook-closed"))
    } else {
        Body::Form(Box::new(FormView {
            action: "/settings/webhooks".to_owned(),
            fields: fields(lang, "", &[]),
            button: text(lang, "button-webhook-make"),
            has_file: false,
            hidden: Vec::new(),
        }))
    };
    view.aside = vec![Part::new("new", title, body)];
    answer(&view)
}

fn grid(lang: Lang, webhooks: &[Webhook]) -> Grid {
    let head = ["page-webhook-address", "page-webhook-state", "page-webhook-events"];
    let rows = webhooks.iter().map(|one| {
        vec![
            Cell::link(one.address.clone(), path(one.id)),
            Cell::text(text(lang, &format!("state-webhook-{}", one.state))),
            Cell::text(names(lang, one)),
        ]
    });
    Grid {
        caption: text(lang, "page-webhook-own"),
        head: head.into_iter().map(|key| Column::text(text(lang, key))).collect(),
        rows: rows.collect(),
    }
}

fn names(lang: Lang, webhook: &Webhook) -> String {
    if webhook.names.is_empty() {
        return text(lang, "page-webhook-every");
    }
    webhook.names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")
}

fn fields(lang: Lang, address: &str, names: &[EventName]) -> Vec<Field> {
    let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    vec![
        Field::text("address", text(lang, "field-address"))
            .value(address)
            .placeholder("https://hooks.example.com/orchestre")
            .autocomplete("off")
            .required(),
        Field::area("events", text(lang, "field-events"))
            .value(names.join("\n"))
            .optional(lang)
            .help(text(lang, "field-events-help")),
    ]
}

/// Reads what is subscribed; `state` is what the form does not say.
fn subscription(fields: &Fields, state: Wanted) -> Result<Subscription, AppError> {
    let names = fields.get("events").split(|c: char| c == ',' || c.is_whitespace());
    let names: Option<Vec<EventName>> =
        names.filter(|name| !name.is_empty()).map(EventName::parse).collect();
    let names = names.ok_or(AppError::Field { code: Code::FieldInvalid, field: "events" })?;
    Ok(Subscription { address: fields.required("address")?.to_owned(), names, state })
}

/// `POST /settings/webhooks`: the answer shows the secret, once.
pub(crate) async fn create(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let made = webhooks::create(&visit.ctx, subscription(&fields, Wanted::On)?).await?;
    let page = told(visit.lang(), page(&visit).await?, &made);
    sheet(&visit, page).await
}

fn told(lang: Lang, mut page: Page, made: &Made) -> Page {
    let notice = Notice::good(text(lang, "page-webhook-secret"))
        .text(made.secret.expose())
        .text(text(lang, "page-token-once"));
    page.frame.notice = Some(notice);
    page
}

/// `GET /settings/webhooks/{id}`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let webhook = webhooks::show(&visit.ctx, parsed(&id)?).await?;
    one(&visit, &webhook, None).await
}

async fn one(visit: &Visit, webhook: &Webhook, made: Option<&Made>) -> Answer {
    let lang = visit.lang();
    let mut page = page(visit).await?.crumb(text(lang, "page-webhook-title"), "/settings/webhooks");
    page.title.clone_from(&webhook.address);
    if let Some(made) = made {
        page = told(lang, page, made);
    } else if matches!(webhook.state, WebhookState::Gone | WebhookState::Failing) {
        let ended = text(lang, &format!("page-webhook-ended-{}", webhook.state));
        page.frame.notice = Some(Notice::warn(ended).text(text(lang, "page-webhook-ended")));
    }
    let mut facts = vec![
        (text(lang, "page-webhook-state"), text(lang, &format!("state-webhook-{}", webhook.state))),
        (text(lang, "page-webhook-events"), names(lang, webhook)),
        (text(lang, "page-token-made"), format::moment(lang, webhook.made_at)),
    ];
    if let Some((_, until)) = &webhook.before {
        let until = [("until", format::moment(lang, *until).into())];
        facts.push((
            text(lang, "page-webhook-secret"),
            text_with(lang, "page-webhook-overlap", &until),
        ));
    }
    let log = webhooks::list(&visit.ctx, webhook.id, i64::MAX, MOST).await?;
    let parts = vec![
        Part::new("facts", text(lang, "page-webhook-one"), Body::Facts(facts)),
        Part::new("log", text(lang, "page-webhook-log"), delivery::log(lang, webhook.id, &log)),
    ];
    let mut view = SheetView::new(page, String::new(), parts);
    view.aside = vec![
        Part::new("edit", text(lang, "button-edit"), Body::Form(Box::new(edit(lang, webhook)))),
        Part::new(
            "secret",
            text(lang, "page-webhook-secret"),
            Body::Note(text(lang, "page-webhook-rotate-why")),
        )
        .with(Body::Form(Box::new(button(lang, webhook, "secret")))),
        Part::new(
            "removal",
            text(lang, "page-webhook-remove"),
            Body::Note(text(lang, "page-webhook-remove-why")),
        )
        .with(Body::Form(Box::new(button(lang, webhook, "removal")))),
    ];
    answer(&view)
}

fn edit(lang: Lang, webhook: &Webhook) -> FormView {
    let mut fields = fields(lang, &webhook.address, &webhook.names);
    let is_on = Field::check("is_on", text(lang, "field-is_on"));
    fields.push(if webhook.state == WebhookState::On { is_on.checked() } else { is_on });
    FormView {
        action: path(webhook.id),
        fields,
        button: text(lang, "button-save"),
        has_file: false,
        hidden: vec![("version", webhook.version.to_string())],
    }
}

fn button(lang: Lang, webhook: &Webhook, what: &str) -> FormView {
    FormView {
        action: format!("{}/{what}", path(webhook.id)),
        fields: Vec::new(),
        button: text(lang, &format!("button-webhook-{what}")),
        has_file: false,
        hidden: vec![("version", webhook.version.to_string())],
    }
}

/// `POST /settings/webhooks/{id}`.
pub(crate) async fn update(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = parsed(&id)?;
    webhooks::show(&visit.ctx, id).await?;
    let state = if fields.get("is_on").is_empty() { Wanted::Off } else { Wanted::On };
    let edit = subscription(&fields, state)?;
    webhooks::put(&visit.ctx, id, fields.version()?, edit).await?;
    Ok(Redirect::to(&path(id)).into_response())
}

/// `POST /settings/webhooks/{id}/secret`: the answer shows the new secret, once.
pub(crate) async fn rotate(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = parsed(&id)?;
    let made = webhooks::rotate(&visit.ctx, id, fields.version()?).await?;
    let webhook = webhooks::show(&visit.ctx, id).await?;
    one(&visit, &webhook, Some(&made)).await
}

/// `POST /settings/webhooks/{id}/removal`.
pub(crate) async fn remove(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    webhooks::remove(&visit.ctx, parsed(&id)?).await?;
    Ok(Redirect::to("/settings/webhooks").into_response())
}
