//! Proposals on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::token::instant;
use crate::proposals;

/// A change that waits for a person, or was decided.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Proposal {
    /// Its id.
    #[schema(example = "prp_0000000000001")]
    pub id: String,
    /// The account.
    pub account: String,
    /// The account's name.
    pub account_name: String,
    /// `action`, `objective` or `interaction`.
    pub kind: String,
    /// What is to be added.
    pub text: String,
    /// Its day.
    pub day: Option<String>,
    /// The kind of contact.
    pub contact: Option<String>,
    /// Why, as the assistant says.
    pub reason: String,
    /// `open`, `confirmed` or `refused`.
    pub state: String,
    /// When it was made.
    pub made_at: Option<String>,
    /// When it was decided.
    pub ended_at: Option<String>,
    /// Sent back with the decision.
    pub version: i64,
    /// The page on which a person decides.
    pub page: String,
}

/// A decision on a proposal.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The version that was read.
    pub version: i64,
}

impl Proposal {
    /// Gives a proposal as it stands.
    pub fn of(one: &proposals::Proposal) -> Self {
        Self {
            id: one.id.to_string(),
            account: one.account.to_string(),
            account_name: one.account_name.clone(),
            kind: one.kind.to_string(),
            text: one.text.clone(),
            day: one.day.map(|day| day.to_string()),
            contact: Some(one.word.clone()).filter(|word| !word.is_empty()),
            reason: one.reason.clone(),
            state: one.state.to_string(),
            made_at: instant(one.made_at),
            ended_at: one.ended_at.and_then(instant),
            version: one.version,
            page: format!("/proposals#{}", one.id),
        }
    }
}
