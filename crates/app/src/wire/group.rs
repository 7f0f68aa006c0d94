//! The group of an account, its people, and the list of plans, as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use super::NamedRef;
use crate::accounts::{PersonRow, TreeRow};
use crate::plans::PlanLine;

/// A company or a site of a group.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Party {
    /// The id.
    pub id: String,
    /// The name.
    #[schema(examples("Lysarel Ibérica S.L."))]
    pub name: String,
    /// What it is: a group, a legal entity, a site …
    pub kind: String,
    /// The city.
    pub city: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// How deep below the root of the account.
    pub depth: i64,
    /// The party above it.
    pub parent: Option<String>,
    /// The share that is held, 1 = all.
    pub share: f64,
    /// Since when.
    #[schema(format = Date)]
    pub since: Option<String>,
    /// Turnover of twelve months with all below, minor units.
    pub turnover_12m_minor: Option<i64>,
    /// Its growth.
    pub growth: Option<f64>,
    /// People known there; absent for those who see no people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<i64>,
    /// The account that it is, when it is another one.
    pub account: Option<NamedRef>,
}

/// Gives a company or a site of a group.
pub fn party(row: &TreeRow) -> Party {
    Party {
        id: row.party.to_string(),
        name: row.name.clone(),
        kind: row.kind.as_str().to_owned(),
        city: row.city.clone(),
        country: row.country.clone(),
        depth: row.depth,
        parent: row.parent.map(|id| id.to_string()),
        share: orchestre_domain::float::from_minor(row.share_ppm) / 1e6,
        since: row.since.map(|day| day.to_string()),
        turnover_12m_minor: row.turnover_12m_minor,
        growth: row.growth,
        people: row.people.shown().copied(),
        account: row
            .account
            .as_ref()
            .map(|(id, name)| NamedRef { id: id.to_string(), name: name.clone() }),
    }
}

/// What somebody thinks of a contact, as long as it holds.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Opinion {
    /// Stance, −2 to 2.
    pub stance: Option<i64>,
    /// Strength of the relation, 0 to 5.
    pub strength: Option<i64>,
    /// Influence, 1 to 5.
    pub influence: Option<i64>,
    /// When.
    #[schema(format = Date)]
    pub assessed_on: String,
    /// Until when it holds.
    #[schema(format = Date)]
    pub expires_on: String,
    /// Who says so.
    pub author: Option<String>,
}

/// A customer's person at an account.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Contact {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The title.
    pub title: Option<String>,
    /// The function.
    pub function: Option<String>,
    /// The company.
    pub party: NamedRef,
    /// The latest contact; absent for those who read no contacts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub last_contact: Option<Option<String>>,
    /// An opinion; absent for those who read none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Opinion>)]
    pub opinion: Option<Option<Opinion>>,
}

/// Gives a customer's person at an account.
pub fn contact(row: &PersonRow) -> Contact {
    let last = row.last_contact.shown();
    let opinion = row.opinion.shown().map(|opinion| {
        opinion.as_ref().map(|one| Opinion {
            stance: one.stance,
            strength: one.strength,
            influence: one.influence,
            assessed_on: one.assessed_on.to_string(),
            expires_on: one.expires_on.to_string(),
            author: one.author.clone(),
        })
    });
    Contact {
        id: row.person.to_string(),
        name: row.name.clone(),
        title: row.title.clone(),
        function: row.function.clone(),
        party: NamedRef { id: row.party.to_string(), name: row.party_name.clone() },
        last_contact: last.map(|last| last.map(|day| day.to_string())),
        opinion,
    }
}

/// A plan as the list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PlanRef {
    /// The id.
    pub id: String,
    /// The account.
    pub account: NamedRef,
    /// The version's label.
    pub version: String,
    /// How it stands.
    #[schema(examples("live"))]
    pub state: String,
    /// The day of its last change.
    #[schema(format = Date)]
    pub updated_on: String,
    /// How many objectives it has.
    pub objectives: i64,
    /// How many actions are open.
    pub actions_open: i64,
    /// How many of those are late.
    pub actions_late: i64,
}

/// Gives a plan as the list shows it.
pub fn plan_line(line: &PlanLine) -> PlanRef {
    let plan = &line.plan;
    PlanRef {
        id: plan.id.to_string(),
        account: NamedRef { id: plan.account.to_string(), name: plan.account_name.clone() },
        version: plan.label.clone(),
        state: plan.state.as_str().to_owned(),
        updated_on: plan.updated_on.to_string(),
        objectives: line.objectives,
        actions_open: line.actions_open,
        actions_late: line.actions_late,
    }
}
