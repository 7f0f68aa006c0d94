//! An account's pages: synthesis, group, people, history.

pub(crate) mod figures;
mod head;
mod index;
mod money;
mod parts;
mod tree;

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use orchestre_app::accounts::{self, AccountPage};
use orchestre_app::asked::Asked;
use orchestre_app::{AppError, Code};
use orchestre_domain::id::AccountId;
use orchestre_domain::party::BuiltInView;
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::account::ShowView;
use orchestre_view::pages::account::group::GroupView;
use orchestre_view::{format, text, text_with};

use super::{Answer, show as answer};
use crate::door::Visit;
use crate::frame::account_path;

pub(crate) use head::{Tab, head};
pub(crate) use index::index;
pub(crate) use parts::{history, note, people};

/// An account as it was asked for, with the page around it.
pub(crate) struct Found {
    /// The account's id.
    pub(crate) id: AccountId,
    /// What the figures are asked for.
    pub(crate) asked: Asked,
    /// The account.
    pub(crate) account: AccountPage,
}

/// Finds an account by the id in the address; what may not be seen is not there.
///
/// # Errors
///
/// `not_found`, or what the store says.
pub(crate) async fn found(visit: &Visit, id: &str) -> Result<Found, AppError> {
    let id = AccountId::parse(id).ok_or(AppError::Code(Code::NotFound))?;
    let asked = visit.asked().await?;
    let account = accounts::show(&visit.ctx, id, &asked).await?;
    Ok(Found { id, asked, account })
}

/// Gives the page around a part of an account.
///
/// # Errors
///
/// What the store says.
pub(crate) async fn frame(visit: &Visit, found: &Found, tab: Tab) -> Result<Page, AppError> {
    let page = visit
        .page(Place::Accounts, found.account.row.name.clone())
        .await?
        .with_as_of()
        .with_currency();
    let page = page.crumb(text(visit.lang(), "page-nav-accounts"), "/accounts");
    let plan = format!("{}/plan.pdf", account_path(found.id));
    Ok(match tab {
        Tab::Show | Tab::Plan => page.export("PDF", text(visit.lang(), "button-print"), &plan),
        _ => page,
    })
}

/// Leads to the last day of an account that has become part of another, unless a day was asked for.
async fn former(visit: &Visit, id: &str) -> Answer {
    let id = AccountId::parse(id).ok_or(AppError::NOT_FOUND)?;
    if visit.parameter("as_of").is_some() {
        return Err(AppError::NOT_FOUND.into());
    }
    let day = accounts::last_day(&visit.ctx, id).await?.ok_or(AppError::NOT_FOUND)?;
    Ok(Redirect::to(&format!("{}?as_of={day}", account_path(id))).into_response())
}

/// `GET /accounts/{id}`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let found = match found(&visit, &id).await {
        Err(error) if error.code() == Code::NotFound => return former(&visit, &id).await,
        found => found?,
    };
    let page = frame(&visit, &found, Tab::Show).await?;
    let lang = visit.lang();
    let account = &found.account;
    let note = text_with(
        lang,
        "page-account-group-note",
        &[
            ("view", text(lang, "page-account-view-legal").into()),
            ("day", format::day(lang, found.asked.as_of).into()),
        ],
    );
    let view = ShowView {
        head: head(&visit, &page, &found, Tab::Show),
        lead: figures::lead(lang, account),
        figures: figures::row(lang, account),
        months: money::months(lang, account),
        years: money::years(lang, account),
        tree: tree::lines(&page, &found, &account.tree, tree::Depth::Near),
        unit: format::thousands_unit(lang, found.asked.currency),
        tree_note: note,
        products: money::products(lang, account),
        opportunities: money::opportunities(lang, account),
        interactions: parts::interactions(lang, account, 6),
        people: parts::people_lines(&page, account, 8),
        people_note: String::new(),
        missing: parts::missing(&page, &found),
        base: account_path(found.id),
        page,
    };
    answer(&view)
}

/// `GET /accounts/{id}/group`.
pub(crate) async fn group(visit: Visit, Path(id): Path<String>) -> Answer {
    let found = found(&visit, &id).await?;
    let page = frame(&visit, &found, Tab::Group).await?;
    let lang = visit.lang();
    let chosen = visit.parameter("view").and_then(BuiltInView::parse).unwrap_or(BuiltInView::Legal);
    let rows = accounts::tree(&visit.ctx, found.id, chosen, &found.asked).await?;
    let views = BuiltInView::ALL.iter().map(|view| {
        (
            text(lang, &format!("page-account-view-{view}")),
            page.href_with("view", view.as_str()),
            *view == chosen,
        )
    });
    let header = &found.account.header;
    let counts =
        [("companies", header.parties.into()), ("countries", header.countries.len().into())];
    let view = GroupView {
        head: head(&visit, &page, &found, Tab::Group),
        lead: text_with(lang, "page-account-group-lead", &counts),
        views: views.collect(),
        tree: tree::lines(&page, &found, &rows, tree::Depth::All),
        unit: format::thousands_unit(lang, found.asked.currency),
        notes: found
            .account
            .warnings
            .iter()
            .map(|warning| text(lang, &format!("warning-{warning}")))
            .collect(),
        page,
    };
    answer(&view)
}
