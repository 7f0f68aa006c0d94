//! Proposals: an assistant asks for a change, a person confirms or refuses it. Nothing else is
//! written before.

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, ProposalId};
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::permission::{Capability, Object};
use orchestre_domain::plan::ObjectiveState;
use orchestre_domain::proposal::{ProposalKind, ProposalState};
pub use orchestre_store::Proposal;

use crate::actions::NewAction;
use crate::interactions::Noted;
use crate::plans::ObjectiveEdit;
use crate::sight::ask;
use crate::{AppError, Code, Ctx, actions, interactions, plans};

/// Proposals that are listed at most.
const MOST: usize = 200;
/// The longest text or reason.
const LONGEST: usize = 2_000;

/// A change that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProposal {
    /// For which account.
    pub account: AccountId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// The text of what is to be added.
    pub text: String,
    /// Its day.
    pub day: Option<Date>,
    /// The kind of contact, for a contact.
    pub contact: Option<InteractionType>,
    /// Why.
    pub reason: String,
}

/// Asks for a change; refuses what its owner could not do.
///
/// # Errors
///
/// `not_found`, `forbidden`; `field_missing` on `text`, or on `day` and `kind` of a contact;
/// `field_invalid` on `text` or `reason` that are too long and on the `day` of a contact to come.
pub async fn propose(ctx: &Ctx, new: NewProposal) -> Result<ProposalId, AppError> {
    let login = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    let (capability, object) = needs(new.kind);
    ask(&ctx.viewer, capability, object, new.account)?;
    check(ctx, &new)?;
    let proposal = Proposal {
        id: ProposalId(ctx.id()),
        login,
        account: new.account,
        account_name: String::new(),
        kind: new.kind,
        text: new.text.trim().to_owned(),
        day: new.day,
        word: new.contact.map_or_else(String::new, |contact| contact.to_string()),
        reason: new.reason.trim().to_owned(),
        state: ProposalState::Open,
        made_at: ctx.now(),
        ended_at: None,
        version: 1,
    };
    let id = proposal.id;
    let mut event =
        ctx.account_event(EventName::ProposalCreated, new.account, "proposal", id.as_i64());
    event.payload = vec![("proposal", new.kind.to_string())];
    ctx.db()
        .write(async |work| {
            work.add_proposal(&proposal).await?;
            work.record(&event).await
        })
        .await?;
    Ok(id)
}

/// Gives what a change of a kind needs.
const fn needs(kind: ProposalKind) -> (Capability, Object) {
    match kind {
        ProposalKind::Action => (Capability::Create, Object::Action),
        ProposalKind::Objective => (Capability::Update, Object::Plan),
        ProposalKind::Interaction => (Capability::Create, Object::Interaction),
    }
}

fn check(ctx: &Ctx, new: &NewProposal) -> Result<(), AppError> {
    let wrong = |code, field| Err(AppError::Field { code, field });
    if new.text.trim().is_empty() {
        return wrong(Code::FieldMissing, "text");
    }
    if new.text.chars().count() > LONGEST {
        return wrong(Code::FieldInvalid, "text");
    }
    if new.reason.chars().count() > LONGEST {
        return wrong(Code::FieldInvalid, "reason");
    }
    if new.kind != ProposalKind::Interaction {
        return Ok(());
    }
    if new.contact.is_none() {
        return wrong(Code::FieldMissing, "kind");
    }
    match new.day {
        None => wrong(Code::FieldMissing, "day"),
        Some(day) if day > ctx.today() => wrong(Code::FieldInvalid, "day"),
        Some(_) => Ok(()),
    }
}

/// Gives one's own proposals, the newest first; none for the local shell.
///
/// # Errors
///
/// What the store says.
pub async fn list(ctx: &Ctx) -> Result<Vec<Proposal>, AppError> {
    if ctx.viewer.login.is_none() {
        return Ok(Vec::new());
    }
    Ok(ctx.db().read(async |work| work.proposals(&ctx.viewer, MOST).await).await?)
}

/// Gives one of one's own proposals.
///
/// # Errors
///
/// `not_found`.
pub async fn show(ctx: &Ctx, id: ProposalId) -> Result<Proposal, AppError> {
    list(ctx).await?.into_iter().find(|one| one.id == id).ok_or(AppError::NOT_FOUND)
}

/// Confirms a proposal: the change is made, with the rights that its owner has now.
///
/// # Errors
///
/// `not_found`; `step_refused` for one that is decided; `changed_since`; what the change says, and
/// then the proposal stays open.
pub async fn confirm(ctx: &Ctx, id: ProposalId, version: i64) -> Result<(), AppError> {
    let open = decide(ctx, id, version, ProposalState::Confirmed).await?;
    let done = make(ctx, &open).await;
    if done.is_err() {
        let version = version + 1;
        let again = Proposal { version, ..open };
        ctx.db().write(async |work| work.put_proposal(&again).await).await?;
    }
    done
}

/// Refuses a proposal.
///
/// # Errors
///
/// `not_found`; `step_refused` for one that is decided; `changed_since`.
pub async fn refuse(ctx: &Ctx, id: ProposalId, version: i64) -> Result<(), AppError> {
    decide(ctx, id, version, ProposalState::Refused).await.map(drop)
}

/// Keeps the decision, so that nobody decides twice, and gives the proposal as it was.
async fn decide(
    ctx: &Ctx,
    id: ProposalId,
    version: i64,
    state: ProposalState,
) -> Result<Proposal, AppError> {
    let open = show(ctx, id).await?;
    if open.state != ProposalState::Open {
        return Err(Code::StepRefused.into());
    }
    let decided = Proposal { state, ended_at: Some(ctx.now()), version, ..open.clone() };
    let name = if state == ProposalState::Confirmed {
        EventName::ProposalConfirmed
    } else {
        EventName::ProposalRefused
    };
    let mut event = ctx.account_event(name, open.account, "proposal", id.as_i64());
    event.payload = vec![("proposal", open.kind.to_string())];
    ctx.db()
        .write(async |work| {
            if !work.put_proposal(&decided).await? {
                return Err(AppError::Code(Code::ChangedSince));
            }
            Ok(work.record(&event).await?)
        })
        .await?;
    Ok(open)
}

async fn make(ctx: &Ctx, proposal: &Proposal) -> Result<(), AppError> {
    let (account, text) = (proposal.account, proposal.text.clone());
    match proposal.kind {
        ProposalKind::Action => {
            let due_on = proposal.day;
            let new = NewAction { account, plan: None, objective: None, text, due_on, owner: None };
            actions::add(ctx, new).await.map(drop)
        }
        ProposalKind::Objective => {
            let plan = plans::of_account(ctx, account, ctx.today()).await?;
            let plan = plan.ok_or(AppError::NOT_FOUND)?.plan.id;
            plans::add_objective(ctx, plan, objective(text, proposal.day)).await.map(drop)
        }
        ProposalKind::Interaction => {
            let kind = InteractionType::parse(&proposal.word).ok_or(Code::Internal)?;
            let day = proposal.day.unwrap_or_else(|| ctx.today());
            interactions::note(ctx, Noted { account, kind, day, subject: text }).await.map(drop)
        }
    }
}

const fn objective(text: String, due_on: Option<Date>) -> ObjectiveEdit {
    ObjectiveEdit {
        text,
        metric: String::new(),
        unit: None,
        baseline: None,
        target: None,
        current: None,
        due_on,
        horizon: None,
        kind: None,
        owner: None,
        customer_owner: None,
        state: ObjectiveState::Proposed,
    }
}
