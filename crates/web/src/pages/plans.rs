//! Plans: the list, the plan on a page, its changes and its print.

mod edit;
mod forms;
mod lines;

pub(crate) use edit::{create, objective, risk, step, texts};

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use orchestre_app::AppError;
use orchestre_app::plans::{self, PlanShown};
use orchestre_domain::id::{AccountId, PlanId};
use orchestre_domain::lang::Lang;
use orchestre_view::component::empty::Empty;
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::Column;
use orchestre_view::page::Place;
use orchestre_view::pages::plan::{NewView, ShowView};
use orchestre_view::pages::sheet::{Body, Line, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::accounts::{Found, Tab, figures, found, frame, head};
use super::{Answer, show as answer};
use crate::door::Visit;
use crate::frame::account_path;

/// `GET /plans`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let plans = plans::list(&visit.ctx).await?;
    let page = visit.page(Place::Plans, text(lang, "page-nav-plans")).await?;
    let head = ["page-plan-account", "page-plan-version", "word-state", "page-plan-updated"]
        .iter()
        .map(|key| Column::text(text(lang, key)));
    let mut head: Vec<Column> = head.collect();
    head.extend(
        ["page-plan-objectives", "page-plan-actions"]
            .iter()
            .map(|key| Column::number(text(lang, key))),
    );
    head.push(Column::number(text(lang, "page-week-late")));
    let rows = plans.plans.iter().map(|line| {
        vec![
            Cell::link(
                line.plan.account_name.clone(),
                format!("{}/plan", account_path(line.plan.account)),
            ),
            Cell::text(line.plan.label.clone()),
            Cell::text(text(lang, &format!("state-plan-{}", line.plan.state))),
            Cell::text(format::day(lang, line.plan.updated_on)),
            Cell::text(format::count(lang, line.objectives)),
            Cell::text(format::count(lang, line.actions_open)),
            Cell::text(format::count(lang, line.actions_late)),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let body = if rows.is_empty() {
        Body::Empty(Empty::new(text(lang, "page-plan-none"), text(lang, "page-plan-none-why")))
    } else {
        Body::Grid(Grid { caption: text(lang, "page-nav-plans"), head, rows })
    };
    let counts = [("count", plans.plans.len().into()), ("key", plans.without.len().into())];
    let mut view = SheetView::new(
        page,
        text_with(lang, "page-plan-index-lead", &counts),
        vec![Part::new("plans", text(lang, "page-nav-plans"), body)],
    );
    if !plans.without.is_empty() {
        let lines = plans.without.iter().map(|(id, name)| Line {
            icon: "plan",
            text: name.clone(),
            href: Some(format!("{}/plan", account_path(*id))),
            detail: String::new(),
        });
        view.aside = vec![Part::new(
            "without",
            text(lang, "page-plan-unwritten"),
            Body::Lines(lines.collect()),
        )];
    }
    answer(&view)
}

/// `GET /accounts/{id}/plan`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let found = found(&visit, &id).await?;
    let plan = plans::of_account(&visit.ctx, found.id, found.asked.as_of).await?;
    if let Some(plan) = plan {
        return shown(&visit, &found, &plan).await;
    }
    let page = frame(&visit, &found, Tab::Plan).await?;
    let form = forms::begin(&visit, found.id);
    answer(&NewView { head: head(&visit, &page, &found, Tab::Show), form, page })
}

/// `GET /plans/{id}`: a given version.
pub(crate) async fn version(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = PlanId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let plan = plans::show(&visit.ctx, id).await?;
    let found = found(&visit, &plan.plan.account.to_string()).await?;
    shown(&visit, &found, &plan).await
}

async fn shown(visit: &Visit, found: &Found, plan: &PlanShown) -> Answer {
    let page = frame(visit, found, Tab::Plan).await?;
    let lang = visit.lang();
    let steps = plan.steps.iter().map(|state| {
        let words = text(lang, &format!("state-plan-{state}"));
        (state.as_str().to_owned(), text_with(lang, "page-plan-step", &[("state", words.into())]))
    });
    let objectives = plan.objectives.iter().map(|one| lines::objective(lang, plan, one));
    let actions = plan.actions.iter().map(|one| lines::action(lang, plan, one, found.asked.as_of));
    let risks = plan.risks.iter().map(|one| lines::risk(lang, plan, one));
    let situation = plan.plan.situation.in_lang(lang);
    let view = ShowView {
        head: head(visit, &page, found, Tab::Plan),
        lead: lead(lang, plan),
        figures: figures::row(lang, &found.account),
        situation: situation
            .split("\n\n")
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        goals: plan.goals.iter().map(|goal| goal.in_lang(lang).to_owned()).collect(),
        decision: plan.plan.decision.in_lang(lang).to_owned(),
        text_form: plan.may_update.then(|| forms::texts(lang, plan)),
        objectives: objectives.collect(),
        objective_form: plan.may_update.then(|| forms::objective(lang, plan, None)),
        actions: actions.collect(),
        action_form: plan.may_act.then(|| forms::action(lang, plan, None)),
        risks: risks.collect(),
        risk_form: plan.may_update.then(|| forms::risk(lang, plan, None)),
        steps: steps.collect(),
        step_action: (format!("/plans/{}/state", plan.plan.id), plan.plan.version),
        versions: plan
            .versions
            .iter()
            .map(|(id, label)| {
                (format!("{} {label}", text(lang, "page-plan-version")), format!("/plans/{id}"))
            })
            .collect(),
        missing: plan
            .missing
            .iter()
            .map(|word| text(lang, &format!("page-plan-missing-{word}")))
            .collect(),
        page,
    };
    answer(&view)
}

fn lead(lang: Lang, plan: &PlanShown) -> String {
    let values = [
        ("label", plan.plan.label.clone().into()),
        ("state", text(lang, &format!("state-plan-{}", plan.plan.state)).into()),
        ("day", format::day(lang, plan.plan.updated_on).into()),
    ];
    let lead = text_with(lang, "page-plan-lead", &values);
    if plan.plan.state != orchestre_domain::plan::PlanState::Stale {
        return lead;
    }
    let stale = text_with(lang, "page-plan-lead-stale", &[("days", plan.days_since_update.into())]);
    format!("{lead} {stale}")
}

/// `GET /accounts/{id}/plan.pdf`: one page, in the language asked for.
pub(crate) async fn print(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = AccountId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let asked = visit.asked().await?;
    let lang = visit.parameter("lang").and_then(Lang::parse).unwrap_or_else(|| visit.lang());
    let printed = plans::print(&visit.ctx, id, lang, asked.as_of).await?;
    let disposition = format!("inline; filename=\"{}\"", printed.file_name);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, printed.bytes).into_response())
}
