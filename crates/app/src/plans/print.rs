//! The plan on a page as PDF: the plan, the account's figures and its pictures, in one language.

mod figures;
mod lines;

use jiff::civil::Date;
use orchestre_documents::plan::{Fact, PlanPage, PlanWords, Square, plan_pdf};
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::event::EventName;
use orchestre_domain::fold::fold;
use orchestre_domain::id::AccountId;
use orchestre_domain::lang::Lang;
use orchestre_store::StoreError;
use orchestre_view::format;
use orchestre_view::text::{text, text_with};
use tokio::sync::Semaphore;

use super::{PlanShown, of_account};
use crate::accounts::{self, AccountPage};
use crate::{AppError, Code, Ctx, asked};

/// Pages that are laid out at the same time; each takes one processor for a moment.
static PRESS: Semaphore = Semaphore::const_new(2);

/// A printed plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// The name of the file.
    pub file_name: String,
}

/// Prints the plan of an account as it stands on a day, in a language of its own; what the viewer
/// does not read is not on it.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`] when there is no plan or no such account, [`AppError::FORBIDDEN`].
pub async fn print(
    ctx: &Ctx,
    account: AccountId,
    lang: Lang,
    as_of: Date,
) -> Result<Printed, AppError> {
    let plan = of_account(ctx, account, as_of).await?.ok_or(AppError::NOT_FOUND)?;
    let asked = asked::of(ctx, Some(as_of), None, None).await?;
    let account = accounts::show(ctx, account, &asked).await?;
    let page = page(lang, &plan, &account);
    let file_name = file_name(lang, &account.row.name, as_of);
    let _turn = PRESS.acquire().await.map_err(|_closed| AppError::Code(Code::Internal))?;
    let made = tokio::task::spawn_blocking(move || plan_pdf(&page)).await;
    let bytes = made.map_err(|_panicked| AppError::Code(Code::Internal))??;
    let plan = &plan.plan;
    let mut event =
        ctx.account_event(EventName::PlanPrinted, plan.account, "plan", plan.id.as_i64());
    event.payload = vec![("lang", lang.as_str().to_owned()), ("as_of", as_of.to_string())];
    ctx.db()
        .write(async |work| {
            work.record(&event).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(Printed { bytes, file_name })
}

fn file_name(lang: Lang, name: &str, as_of: Date) -> String {
    let words: Vec<String> =
        fold(name).split(' ').filter(|word| word.is_ascii()).map(str::to_owned).collect();
    format!("plan-{}-{as_of}-{lang}.pdf", words.join("-"))
}

/// Gives everything that the page shows.
fn page(lang: Lang, shown: &PlanShown, account: &AccountPage) -> PlanPage {
    let (plan, as_of) = (&shown.plan, account.asked.as_of);
    PlanPage {
        lang,
        document_title: text_with(
            lang,
            "page-print-document",
            &[("account", account.row.name.as_str().into())],
        ),
        title: account.row.name.clone(),
        square: square(account.row.tier, account.row.status),
        tier: account
            .row
            .tier
            .map_or_else(String::new, |tier| text(lang, &format!("state-tier-{tier}"))),
        facts: facts(lang, shown, account),
        confidentiality: text(lang, "page-print-confidential"),
        subtitle: String::new(),
        figures: figures::row(lang, account),
        situation: plan.situation.in_lang(lang).to_owned(),
        goals: shown.goals.iter().map(|goal| goal.in_lang(lang).to_owned()).collect(),
        objectives: shown
            .objectives
            .iter()
            .map(|objective| lines::objective(lang, objective))
            .collect(),
        actions: lines::actions(lang, shown, as_of),
        risks: shown.risks.iter().map(|risk| lines::risk(lang, risk)).collect(),
        decision: plan.decision.in_lang(lang).to_owned(),
        pictures: figures::pictures(lang, account),
        footer: footer(lang, shown, account),
        stamp: text_with(lang, "page-print-version", &[("label", plan.label.as_str().into())]),
        words: words(lang),
    }
}

const fn square(tier: Option<Tier>, status: Option<AccountStatus>) -> Square {
    match (tier, status) {
        (_, Some(AccountStatus::Incubator)) => Square::Half,
        (Some(Tier::StrategicGlobal | Tier::Key), _) => Square::Full,
        _ => Square::Empty,
    }
}

fn facts(lang: Lang, shown: &PlanShown, account: &AccountPage) -> Vec<Fact> {
    let nobody = || text(lang, "word-nobody");
    let name = |person: &Option<(_, String)>| person.as_ref().map(|(_, name)| name.clone());
    let state = text(lang, &format!("state-plan-{}", shown.plan.state));
    [
        (text(lang, "word-kam"), name(&account.row.kam).unwrap_or_else(nobody)),
        (text(lang, "word-sponsor"), name(&account.row.sponsor).unwrap_or_else(nobody)),
        (text(lang, "word-state"), state),
    ]
    .into_iter()
    .map(|(label, value)| Fact { label, value })
    .collect()
}

fn footer(lang: Lang, shown: &PlanShown, account: &AccountPage) -> Vec<String> {
    let day = |key: &'static str, day: Date| {
        text_with(lang, key, &[("day", format::day(lang, day).into())])
    };
    let mut parts = vec![
        day("page-print-updated", shown.plan.updated_on),
        day("page-print-as-of", account.asked.as_of),
    ];
    if let Some(window) = &account.window {
        let (from, to) = (format::month(lang, window.from), format::month(lang, window.to));
        let values = [("from", from.into()), ("to", to.into())];
        parts.push(text_with(lang, "page-print-window", &values));
    }
    parts
}

fn words(lang: Lang) -> PlanWords {
    let say = |key: &str| text(lang, key);
    PlanWords {
        situation: say("page-plan-situation"),
        goals: say("page-plan-goals"),
        objectives: say("page-plan-objectives"),
        objective: say("page-print-objective"),
        baseline: say("field-baseline"),
        current: say("field-current"),
        target: say("field-target"),
        due: say("page-print-due"),
        owners: say("page-print-owners"),
        state: say("word-state"),
        actions: say("page-plan-actions"),
        action: say("page-print-action"),
        serves: say("page-print-serves"),
        owner: say("page-print-owner"),
        risks: say("page-plan-risks"),
        sign: say("field-sign"),
        prevention: say("field-prevention"),
        reaction: say("field-reaction"),
        decision: say("page-plan-decision"),
        nothing: say("page-print-nothing"),
        more: text_with(lang, "page-print-more", &[("count", "{n}".into())]),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_file_is_named_in_plain_letters() {
        let name = file_name(Lang::Fr, "Stövring & Wäxjö SA", date(2026, 11, 16));
        assert_eq!(name, "plan-stovring-waxjo-sa-2026-11-16-fr.pdf");
    }
}
