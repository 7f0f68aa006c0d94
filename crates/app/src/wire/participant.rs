//! Unknown participants, as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use super::NamedRef;
use crate::participants::{self, Company};

/// An address that took part in mail or meetings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Participant {
    /// The address.
    #[schema(examples("assistant.h@hartwenden.example"))]
    pub address: String,
    /// The name that was written beside it.
    pub name: Option<String>,
    /// What was decided: open, known or ignored.
    #[schema(examples("open"))]
    pub state: String,
    /// In how many interactions it took part.
    pub interactions: i64,
    /// The day of the first.
    #[schema(format = Date)]
    pub first_on: String,
    /// The day of the last.
    #[schema(format = Date)]
    pub last_on: String,
    /// The company where people with an address of the same domain work.
    pub company: Option<NamedRef>,
    /// Who works there.
    pub colleagues: Vec<NamedRef>,
    /// Whose it is.
    pub person: Option<NamedRef>,
}

/// Gives an unknown participant.
pub fn participant(one: &participants::Participant) -> Participant {
    let named = |id: String, name: &str| NamedRef { id, name: name.to_owned() };
    let people = one.company.iter().flat_map(|company| &company.people);
    let company = |company: &Company| named(company.party.to_string(), &company.name);
    Participant {
        address: one.address.clone(),
        name: one.name.clone(),
        state: one.state.to_string(),
        interactions: one.interactions,
        first_on: one.first_on.to_string(),
        last_on: one.last_on.to_string(),
        company: one.company.as_ref().map(company),
        colleagues: people.map(|(id, name)| named(id.to_string(), name)).collect(),
        person: one.person.as_ref().map(|(id, name)| named(id.to_string(), name)),
    }
}
