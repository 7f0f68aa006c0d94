//! Loans of rights: one's own, and everybody's for those who oversee them.

use std::collections::BTreeSet;

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::delegations::{self, Delegation, NewDelegation, Shown};
use orchestre_app::{AppError, Code};
use orchestre_domain::id::{AccountId, DelegationId, LoginId};
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Part, SheetView};
use orchestre_view::{text, text_with};

use super::rights::{edit, period, tabs, until};
use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::Fields;

const PATH: &str = "/settings/delegations";

/// `GET /settings/delegations`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let shown = delegations::list(&visit.ctx).await?;
    let page = visit.page(Place::Settings, text(lang, "page-delegation-title")).await?;
    let page = page.crumb(text(lang, "page-nav-settings"), "/settings");
    let title = if shown.is_all { "page-delegation-all" } else { "page-delegation-own" };
    let mut part = Part::new("loans", text(lang, title), list(lang, &shown));
    let ends: Vec<Choice> = shown
        .loans
        .iter()
        .filter(|loan| shown.may_end || visit.ctx.viewer.login == Some(loan.from.0))
        .map(|loan| {
            let when = period(lang, &loan.begins, &loan.ends);
            Choice::new(loan.id.to_string(), format!("{}, {when}", words(lang, loan)))
        })
        .collect();
    if !ends.is_empty() {
        let fields = vec![Field::select("loan", text(lang, "field-loan"), ends)];
        let action = format!("{PATH}/end");
        part = part.with(edit(&action, text(lang, "page-delegation-end"), fields, Vec::new()));
    }
    let mut parts = vec![part];
    if !shown.accounts.is_empty() {
        let form = edit(PATH, text(lang, "page-delegation-lend"), fields(lang, &shown), Vec::new());
        parts.push(Part::new("new", text(lang, "page-delegation-new"), form));
    }
    let mut view = SheetView::new(page, text(lang, "page-delegation-lead"), parts);
    view.tabs = Some(tabs(&visit, &view.page, PATH));
    answer(&view)
}

fn words(lang: Lang, loan: &Delegation) -> String {
    let values = [("from", loan.from.1.as_str().into()), ("to", loan.to.1.as_str().into())];
    text_with(lang, "page-delegation-line", &values)
}

fn list(lang: Lang, shown: &Shown) -> Body {
    if shown.loans.is_empty() {
        return Body::Note(text(lang, "page-delegation-none"));
    }
    let facts = shown.loans.iter().map(|loan| {
        let what = match &loan.accounts {
            None => text(lang, "page-delegation-whole"),
            Some(accounts) => {
                let names: Vec<&str> = shown
                    .accounts
                    .iter()
                    .filter(|(id, _)| accounts.contains(id))
                    .map(|(_, name)| name.as_str())
                    .collect();
                if names.is_empty() { text(lang, "page-delegation-some") } else { names.join(", ") }
            }
        };
        (words(lang, loan), format!("{what}, {}", period(lang, &loan.begins, &loan.ends)))
    });
    Body::Facts(facts.collect())
}

fn fields(lang: Lang, shown: &Shown) -> Vec<Field> {
    let colleagues =
        shown.colleagues.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone()));
    let mut all = vec![
        Field::select("to", text(lang, "field-colleague"), colleagues.collect()),
        Field::date("from", text(lang, "field-from")).required(),
        Field::date("until", text(lang, "field-until")).required(),
        Field::check("whole", text(lang, "field-whole")).help(text(lang, "field-whole-help")),
    ];
    all.extend(shown.accounts.iter().take(60).map(|(id, name)| {
        Field::check("accounts", name.clone()).value(id.to_string()).id(format!("f-{id}"))
    }));
    all
}

/// `POST /settings/delegations`.
pub(crate) async fn create(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let invalid = |field| AppError::Field { code: Code::FieldInvalid, field };
    let chosen: Option<BTreeSet<AccountId>> =
        fields.all("accounts").map(AccountId::parse).collect();
    let chosen = chosen.ok_or_else(|| invalid("accounts"))?;
    fields.required("until")?;
    let new = NewDelegation {
        to: fields.word("to", LoginId::parse)?,
        accounts: (fields.get("whole") != "1").then_some(chosen),
        begins: fields.day("from")?,
        ends: until(&fields)?,
    };
    delegations::lend(&visit.ctx, new).await?;
    Ok(Redirect::to(PATH).into_response())
}

/// `POST /settings/delegations/end`: the loan stands in the form.
pub(crate) async fn end_chosen(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    delegations::end(&visit.ctx, fields.word("loan", DelegationId::parse)?).await?;
    Ok(Redirect::to(PATH).into_response())
}

/// `POST /settings/delegations/{id}/end`.
pub(crate) async fn end(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = DelegationId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    delegations::end(&visit.ctx, id).await?;
    Ok(Redirect::to(PATH).into_response())
}
