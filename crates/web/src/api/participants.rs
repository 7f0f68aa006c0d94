//! Who took part in mail and meetings without being known.

use orchestre_app::AppError;
use orchestre_app::participants::{self, Decision};
use orchestre_app::wire;
use orchestre_domain::id::{PartyId, PersonId};
use orchestre_domain::person::Identification;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Answer;
use super::answer::{Page, list as page, nothing};
use super::body::Sent;
use super::document::parameters as p;
use super::given::needed;
use crate::door::ApiVisit;

/// `GET /api/v1/participants`: those on whom nobody decided first.
#[utoipa::path(
    get,
    path = "/api/v1/participants",
    operation_id = "participants-list",
    tag = "people",
    params(p::Paging, p::Fields<wire::Participant>),
    responses((status = 200, body = Page<wire::Participant>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = participants::list(&visit.ctx).await?;
    page(&visit, found.iter().map(wire::participant).collect(), |one| one.address.clone())
}

/// Whose an address is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParticipantDecision {
    /// The address.
    #[schema(schema_with = p::words_required)]
    address: String,
    /// What is decided; `open` forgets what was.
    #[schema(schema_with = wire::words::identification)]
    decision: String,
    /// The name of a person to be added.
    #[schema(schema_with = p::words)]
    name: Option<String>,
    /// The person's title.
    #[schema(schema_with = p::words)]
    title: Option<String>,
    /// The party where a person to be added works.
    #[schema(schema_with = p::party_id)]
    party: Option<String>,
    /// The person whose address it is.
    #[schema(schema_with = p::person_id)]
    person: Option<String>,
}

/// `POST /api/v1/participants/decisions`.
#[utoipa::path(
    post,
    path = "/api/v1/participants/decisions",
    operation_id = "participants-decide",
    tag = "people",
    request_body = ParticipantDecision,
    responses((status = 204))
)]
pub(crate) async fn decide(
    ApiVisit(visit): ApiVisit,
    Sent(sent): Sent<ParticipantDecision>,
) -> Answer {
    participants::may_decide(&visit.ctx)?;
    let decision = decision(&sent)?;
    participants::decide(&visit.ctx, &sent.address, decision).await?;
    Ok(nothing())
}

fn decision(sent: &ParticipantDecision) -> Result<Decision, AppError> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Ok(match needed("decision", &sent.decision, Identification::parse)? {
        Identification::Added => Decision::Add {
            name: text(&sent.name),
            title: sent.title.clone(),
            party: needed("party", &text(&sent.party), PartyId::parse)?,
        },
        Identification::Known => {
            Decision::Known(needed("person", &text(&sent.person), PersonId::parse)?)
        }
        Identification::Ignored => Decision::Ignore,
        Identification::Open => Decision::Ask,
    })
}
