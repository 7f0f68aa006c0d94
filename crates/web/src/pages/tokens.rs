//! Tokens of scripts: one's own, and everybody's for who reads logins.

use std::collections::BTreeSet;

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::ToSpan as _;
use jiff::civil::Date;
use orchestre_app::AppError;
use orchestre_app::tokens::{self, NewToken, TokenRow};
use orchestre_domain::clock::day_of;
use orchestre_domain::id::TokenId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::token::{TokenScope, TokenState};
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

/// The days of a token, unless one says otherwise.
const DAYS: i64 = 90;

/// `GET /settings/tokens`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let page = page(&visit).await?;
    sheet(&visit, page).await
}

async fn page(visit: &Visit) -> Result<Page, AppError> {
    let lang = visit.lang();
    Ok(visit
        .page(Place::Settings, text(lang, "page-token-title"))
        .await?
        .crumb(text(lang, "page-nav-settings"), "/settings"))
}

async fn sheet(visit: &Visit, page: Page) -> Answer {
    let lang = visit.lang();
    let own = tokens::own(&visit.ctx).await?;
    let body = if own.is_empty() {
        Body::Empty(Empty::new(text(lang, "page-token-empty"), text(lang, "page-token-empty-why")))
    } else {
        Body::Grid(grid(visit, "page-token-own", &own))
    };
    let mut parts = vec![Part::new("own", text(lang, "page-token-own"), body)];
    if may(&visit.ctx.viewer, Capability::Read, Object::Login, Scope::Company) {
        let all = tokens::all(&visit.ctx).await?;
        let body = Body::Grid(grid(visit, "page-token-all", &all));
        parts.push(Part::new("all", text(lang, "page-token-all"), body));
    }
    let latest = tokens::latest(&visit.ctx).await?;
    let mut view = SheetView::new(page, text(lang, "page-token-lead"), parts);
    let form = Body::Form(Box::new(form(lang, visit.ctx.today(), latest)));
    view.aside = vec![Part::new("new", text(lang, "page-token-new"), form)];
    answer(&view)
}

fn grid(visit: &Visit, caption: &str, tokens: &[TokenRow]) -> Grid {
    let lang = visit.lang();
    let is_all = caption == "page-token-all";
    let mut head = vec!["page-token-name", "page-token-ending", "page-token-state"];
    if is_all {
        head.push("page-token-owner");
    }
    head.extend(["page-token-used", "page-token-expires"]);
    let rows = tokens.iter().map(|one| {
        let state = tokens::state(&visit.ctx, one);
        let mut cells = vec![
            Cell::link(one.name.clone(), format!("/settings/tokens/{}", one.id)),
            Cell::text(format!("…{}", one.ending)),
            Cell::text(text(lang, &format!("state-token-{}", state.as_str()))),
        ];
        if is_all {
            cells.push(Cell::text(one.owner.clone()));
        }
        cells.push(Cell::text(used(lang, one)));
        cells.push(Cell::text(format::day(lang, last_day(one))));
        cells
    });
    Grid {
        caption: text(lang, caption),
        head: head.into_iter().map(|key| Column::text(text(lang, key))).collect(),
        rows: rows.collect(),
    }
}

fn used(lang: Lang, token: &TokenRow) -> String {
    token.used_at.map_or_else(|| text(lang, "page-token-never"), |at| format::moment(lang, at))
}

/// The last day on which a token opens: it ends at the midnight after.
fn last_day(token: &TokenRow) -> Date {
    day_of(token.expires_at - 1)
}

fn form(lang: Lang, today: Date, latest: Date) -> FormView {
    let day = [("day", format::day(lang, latest).into())];
    let mut fields = vec![
        Field::text("name", text(lang, "field-name"))
            .required()
            .autocomplete("off")
            .help(text(lang, "field-name-help")),
        Field::date("expires_on", text(lang, "field-expires_on"))
            .value(today.saturating_add(DAYS.days()).min(latest).to_string())
            .required()
            .help(text_with(lang, "field-expires_on-help", &day)),
    ];
    fields.extend(
        TokenScope::ALL
            .iter()
            .map(|scope| Field::check(field(*scope), format!("{scope} – {}", words(lang, *scope)))),
    );
    FormView {
        action: "/settings/tokens".to_owned(),
        fields,
        button: text(lang, "button-token-make"),
        has_file: false,
        hidden: Vec::new(),
    }
}

fn field(scope: TokenScope) -> String {
    format!("scope-{}", scope.as_str().replace(':', "-"))
}

fn words(lang: Lang, scope: TokenScope) -> String {
    text(lang, &format!("state-scope-{}", scope.as_str().replace(':', "-")))
}

/// `POST /settings/tokens`: the answer shows the token, once.
pub(crate) async fn create(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let scopes: BTreeSet<TokenScope> = TokenScope::ALL
        .iter()
        .copied()
        .filter(|scope| !fields.get(&field(*scope)).is_empty())
        .collect();
    let new = NewToken {
        name: fields.required("name")?.to_owned(),
        scopes,
        expires_on: fields.day("expires_on")?,
    };
    let made = tokens::create(&visit.ctx, new).await?;
    let lang = visit.lang();
    let mut page = page(&visit).await?;
    let notice = Notice::good(text(lang, "page-token-once-title"))
        .text(made.token.expose())
        .text(text(lang, "page-token-once"));
    page.frame.notice = Some(notice);
    sheet(&visit, page).await
}

/// Gives a token that the visitor may see.
async fn find(visit: &Visit, id: &str) -> Result<TokenRow, AppError> {
    let id = TokenId::parse(id).ok_or(AppError::NOT_FOUND)?;
    tokens::show(&visit.ctx, id).await
}

/// `GET /settings/tokens/{id}`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let token = find(&visit, &id).await?;
    let lang = visit.lang();
    let state = tokens::state(&visit.ctx, &token);
    let page = visit
        .page(Place::Settings, token.name.clone())
        .await?
        .crumb(text(lang, "page-nav-settings"), "/settings")
        .crumb(text(lang, "page-token-title"), "/settings/tokens");
    let scopes: Vec<String> = token.scopes.iter().map(|scope| words(lang, *scope)).collect();
    let facts = [
        ("page-token-state", text(lang, &format!("state-token-{}", state.as_str()))),
        ("page-token-owner", token.owner.clone()),
        ("page-token-ending", format!("…{}", token.ending)),
        ("page-token-scopes", scopes.join(", ")),
        ("page-token-made", format::moment(lang, token.made_at)),
        ("page-token-used", used(lang, &token)),
        ("page-token-expires", format::day(lang, last_day(&token))),
    ];
    let facts = facts.into_iter().map(|(key, value)| (text(lang, key), value)).collect();
    let mut part = Part::new("token", text(lang, "page-token-title"), Body::Facts(facts));
    if state == TokenState::Open {
        part = part.with(Body::Note(text(lang, "page-token-revoke-why")));
        part = part.with(Body::Form(Box::new(FormView {
            action: format!("/settings/tokens/{}/revocation", token.id),
            fields: Vec::new(),
            button: text(lang, "button-token-revoke"),
            has_file: false,
            hidden: Vec::new(),
        })));
    }
    answer(&SheetView::new(page, String::new(), vec![part]))
}

/// `POST /settings/tokens/{id}/revocation`.
pub(crate) async fn revoke(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let token = find(&visit, &id).await?;
    tokens::revoke(&visit.ctx, token.id).await?;
    Ok(Redirect::to("/settings/tokens").into_response())
}
