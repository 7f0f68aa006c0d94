//! What each tool does: the same use cases as the API, with the rights of the token's owner.

use jiff::civil::Date;
use orchestre_app::portfolio::{self, Filter, Slice, Sort};
use orchestre_app::proposals::{self, NewProposal};
use orchestre_app::week::Week;
use orchestre_app::{AppError, Code, accounts, people, plans, scores, search, week, wire};
use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::id::AccountId;
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::proposal::ProposalKind;
use serde_json::{Value, json};

use crate::door::Visit;

/// Things of one answer.
const MOST: usize = 50;

/// Runs a tool by its name.
pub(super) async fn run(visit: &Visit, name: &str, given: &Value) -> Result<Value, AppError> {
    match name {
        "account_show" => account(visit, given).await,
        "accounts_list" => list(visit, given).await,
        "people_list" => people_list(visit, given).await,
        "plan_show" => plan(visit, needed(given, "account")?).await,
        "portfolio_show" => portfolio_show(visit).await,
        "propose_action" => propose(visit, given, ProposalKind::Action).await,
        "propose_interaction" => propose(visit, given, ProposalKind::Interaction).await,
        "propose_objective" => propose(visit, given, ProposalKind::Objective).await,
        "score_why" => score(visit, given).await,
        "search" => found(visit, given).await,
        "week_show" => own_week(visit).await,
        _ => Err(AppError::NOT_FOUND),
    }
}

fn words<'a>(given: &'a Value, field: &str) -> &'a str {
    given.get(field).and_then(Value::as_str).unwrap_or_default().trim()
}

fn needed<'a>(given: &'a Value, field: &'static str) -> Result<&'a str, AppError> {
    match words(given, field) {
        "" => Err(AppError::Field { code: Code::FieldMissing, field }),
        text => Ok(text),
    }
}

fn day(given: &Value, field: &'static str) -> Result<Option<Date>, AppError> {
    match words(given, field) {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_no_day: jiff::Error| AppError::Field { code: Code::FieldInvalid, field }),
    }
}

async fn of(visit: &Visit, given: &Value) -> Result<AccountId, AppError> {
    accounts::find(&visit.ctx, needed(given, "account")?).await
}

async fn account(visit: &Visit, given: &Value) -> Result<Value, AppError> {
    let id = of(visit, given).await?;
    let page = accounts::show(&visit.ctx, id, &visit.asked().await?).await?;
    Ok(json!(wire::account_page(&page)))
}

async fn list(visit: &Visit, given: &Value) -> Result<Value, AppError> {
    let number = |field: &str| {
        given.get(field).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
    };
    let slice = Slice {
        from: number("from").unwrap_or(0),
        count: number("count").unwrap_or(MOST).min(MOST),
        after: None,
    };
    let filter = Filter { text: words(given, "words").to_owned(), ..Filter::default() };
    let asked = visit.asked().await?;
    let listing = portfolio::list(&visit.ctx, &asked, &filter, Sort::default(), slice).await?;
    let items: Vec<wire::Account> = listing.rows.iter().map(wire::account).collect();
    Ok(json!({"items": items, "found": listing.found, "from": slice.from}))
}

async fn portfolio_show(visit: &Visit) -> Result<Value, AppError> {
    let figures = portfolio::figures(&visit.ctx, &visit.asked().await?).await?;
    Ok(json!(wire::portfolio(&figures)))
}

/// Gives the plan of an account that counts today.
pub(super) async fn plan(visit: &Visit, account: &str) -> Result<Value, AppError> {
    let account = accounts::find(&visit.ctx, account).await?;
    let shown = plans::of_account(&visit.ctx, account, visit.ctx.today()).await?;
    Ok(json!(wire::plan(&shown.ok_or(AppError::NOT_FOUND)?)))
}

async fn score(visit: &Visit, given: &Value) -> Result<Value, AppError> {
    let id = of(visit, given).await?;
    let set = CriteriaSet::parse(words(given, "set")).unwrap_or(CriteriaSet::Selection);
    Ok(json!(wire::score(&scores::why(&visit.ctx, id, set, &visit.asked().await?).await?)))
}

async fn found(visit: &Visit, given: &Value) -> Result<Value, AppError> {
    let hits = search::find(&visit.ctx, needed(given, "words")?, MOST).await?;
    let items = hits.iter().map(
        |one| json!({"object": one.object, "id": one.id, "title": one.title, "detail": one.detail}),
    );
    Ok(json!({"items": items.collect::<Vec<_>>()}))
}

async fn people_list(visit: &Visit, given: &Value) -> Result<Value, AppError> {
    let today = visit.ctx.today();
    let lines = people::list(&visit.ctx, words(given, "words"), today, MOST).await?;
    let items = lines.iter().map(|one| {
        json!({
            "id": one.id.to_string(), "name": one.name, "title": one.title, "party": one.party_name,
            "account": one.account.to_string(), "account_name": one.account_name,
        })
    });
    Ok(json!({"items": items.collect::<Vec<_>>()}))
}

async fn own_week(visit: &Visit) -> Result<Value, AppError> {
    let week = week::show(&visit.ctx, visit.ctx.today()).await?;
    let lang = visit.lang();
    let actions = actions(&week).map(|one| {
        json!({
            "id": one.id.to_string(), "account": one.account.to_string(),
            "account_name": one.account_name, "text": one.text.in_lang(lang), "due_on": one.due_on.map(|day| day.to_string()),
            "state": one.state.as_str(),
        })
    });
    let accounts =
        week.accounts.iter().map(|(id, name)| json!({"id": id.to_string(), "name": name}));
    let alarms = week.alarms.iter().map(|one| json!({"account": one.account.to_string(), "account_name": one.account_name, "code": one.code.as_str()}));
    Ok(json!({
        "as_of": week.as_of.to_string(),
        "actions": actions.collect::<Vec<_>>(),
        "alarms": alarms.collect::<Vec<_>>(),
        "accounts": accounts.collect::<Vec<_>>(),
    }))
}

fn actions(week: &Week) -> impl Iterator<Item = &orchestre_app::actions::Action> {
    [&week.late, &week.today, &week.this_week, &week.next_week, &week.later, &week.undated]
        .into_iter()
        .flatten()
}

async fn propose(visit: &Visit, given: &Value, kind: ProposalKind) -> Result<Value, AppError> {
    let account = of(visit, given).await?;
    let is_contact = kind == ProposalKind::Interaction;
    let contact = if is_contact { InteractionType::parse(needed(given, "kind")?) } else { None };
    let new = NewProposal {
        account,
        kind,
        text: needed(given, "text")?.to_owned(),
        day: day(given, if is_contact { "day" } else { "due_on" })?,
        contact,
        reason: words(given, "reason").to_owned(),
    };
    let id = proposals::propose(&visit.ctx, new).await?;
    Ok(json!(wire::Proposal::of(&proposals::show(&visit.ctx, id).await?)))
}
