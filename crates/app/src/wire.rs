//! The words of the JSON answers, the same from the API and from the command line.
//!
//! Fields are a promise to scripts: more may follow, none goes away. What the viewer may not read
//! is absent; what is not known is null.

mod access;
mod account;
mod audit;
mod backup;
mod company;
mod comparison;
mod group;
mod import;
mod login;
mod participant;
mod passkey;
mod plan;
mod portfolio;
mod proposal;
mod reversal;
mod rights;
mod score;
mod system;
mod token;
mod webhook;
mod week;
pub mod words;

use orchestre_domain::figure::Figure as Computed;
use serde::Serialize;
use utoipa::ToSchema;

pub use access::{Access, AccessWhat, AccessWho, AccountSeen, Basis, Seer, Unseeing, what, who};
pub use account::{Account, AccountPage, NamedRef, ShownFigure, account, account_page};
pub use audit::{AuditWire, BrokenWire, ChainWire, CheckpointWire, audit, chain, checkpoint};
pub use backup::{BackupFileWire, BackupRulesWire, BackupsWire, backups};
pub use company::{Criteria, Settings, Weight, criteria, settings};
pub use comparison::{
    AnswerWire, AnswersWire, ChangeWire, ColumnWire, Comparison, NewRecipe, QuestionWire,
    RecipeWire, comparison, recipe,
};
pub use group::{Contact, Opinion, Party, PlanRef, contact, party, plan_line};
pub use import::{Import, Issue, Part, Report, import, part, report};
pub use login::{
    Login, LoginChanged, OwnSessionWire, RecoveryCodes, SecondStep, SignIn, StepSecret, login,
    login_changed, own_session, second_step, sign_in,
};
pub use participant::{Participant, participant};
pub use passkey::{LinkedIdentity, Passkey, PasskeyAsked, linked_identity, passkey, passkey_asked};
pub use plan::{Action, Objective, Owner, Plan, Risk, Text, action, objective, plan, risk};
pub use portfolio::{Amount, Months, Portfolio, Year, portfolio};
pub use proposal::{Decision, Proposal};
pub use reversal::{
    Reversal, ReversalAsked, ReversalChoice, ReversalConflict, ReversalKept, reversal,
};
pub use rights::{
    AssignmentHeld, HeldRole, Loan, RightsHolder, RightsShown, Unit, Wall, WallServer, WallSide,
    holder, loan, rights, unit, wall,
};
pub use score::{Axis, Criterion, Judgement, Need, Score, score};
pub use system::{JobWire, SystemImportWire, SystemWire, system};
pub use token::{NewToken, Token, TokenMade, TokenOwner};
pub use webhook::{Delivery, DeliveryTry, Subscription, Webhook, WebhookMade};
pub use week::{
    Alarm, Assessment, Event, Interaction, News, Person, PersonRef, Place, Week, event,
    interaction, person, person_line, week,
};

/// A figure with everything that explains it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Figure {
    /// The value in `unit`; null when it is not known.
    #[schema(examples(0.1042))]
    pub value: Option<f64>,
    /// What it is measured in: `money`, `fraction`, `score`, `count` or `number`.
    #[schema(examples("fraction"))]
    pub unit: String,
    /// The part of what it needs that is known, 0 to 1.
    pub coverage: f64,
    /// On how many facts it rests.
    pub evidence: usize,
    /// The day for which it holds.
    #[schema(format = Date)]
    pub as_of: String,
    /// What one ought to know of it, as stable words.
    pub warnings: Vec<String>,
    /// The method; its page is among the methods.
    #[schema(examples("T12.growth"))]
    pub method: String,
}

/// Gives a figure with everything that explains it.
pub fn figure(figure: &Computed) -> Figure {
    Figure {
        value: figure.value,
        unit: figure.unit.as_str().to_owned(),
        coverage: figure.coverage,
        evidence: figure.evidence,
        as_of: figure.as_of.to_string(),
        warnings: figure.warnings.iter().map(|warning| warning.as_str().to_owned()).collect(),
        method: figure.method.to_owned(),
    }
}
