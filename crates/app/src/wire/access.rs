//! Who can see something, and why, as JSON.

use orchestre_domain::id::LoginId;
use orchestre_domain::permission::{self, Refusal, Source};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access;

/// What lets somebody see something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Basis {
    /// `whole`, `assigned`, `account`, `unit`, `country` or `delegation`.
    #[schema(examples("assigned"))]
    pub why: String,
    /// The role.
    #[schema(examples("KAM"))]
    pub role: String,
    /// The country, or the id of the unit or of the loan.
    pub source: Option<String>,
    /// Who lent it.
    pub lender: Option<String>,
}

/// Somebody who can see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Seer {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
    /// Why.
    pub because: Vec<Basis>,
}

/// Somebody who cannot see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unseeing {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
    /// Why not, as a stable word.
    #[schema(examples("wall"))]
    pub because: String,
}

/// Who can see a section of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccessWho {
    /// What it is.
    pub name: String,
    /// The section.
    #[schema(examples("margin"))]
    pub section: String,
    /// Whether everybody who sees the account sees it.
    pub everybody: bool,
    /// Who can see it.
    pub seers: Vec<Seer>,
    /// Who cannot; null for those who do not read rights.
    pub refused: Option<Vec<Unseeing>>,
}

/// An account that somebody sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountSeen {
    /// The account.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub because: Basis,
    /// The sections that are seen.
    pub sections: Vec<String>,
}

/// What somebody can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccessWhat {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
    /// The accounts.
    pub items: Vec<AccountSeen>,
}

/// Who can see something, or what somebody can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Access {
    /// With `object`.
    Who(AccessWho),
    /// Without.
    What(AccessWhat),
}

/// Gives who can see something.
pub fn who(found: &access::Access) -> AccessWho {
    let seer = |one: &access::Seer| Seer {
        login: one.login.to_string(),
        name: one.name.clone(),
        because: one.bases.iter().copied().map(basis).collect(),
    };
    let unseeing = |(login, name, why): &(LoginId, String, Refusal)| Unseeing {
        login: login.to_string(),
        name: name.clone(),
        because: why.as_str().to_owned(),
    };
    AccessWho {
        name: found.name.clone(),
        section: found.section.as_str().to_owned(),
        everybody: found.is_everybodys,
        seers: found.seers.iter().map(seer).collect(),
        refused: found.refused.as_ref().map(|all| all.iter().map(unseeing).collect()),
    }
}

/// Gives what somebody can see.
pub fn what(seen: &access::Seen) -> AccessWhat {
    let account = |one: &access::SeenAccount| AccountSeen {
        id: one.account.to_string(),
        name: one.name.clone(),
        because: basis(one.basis),
        sections: one.sections.iter().map(|one| one.as_str().to_owned()).collect(),
    };
    AccessWhat {
        login: seen.login.to_string(),
        name: seen.name.clone(),
        items: seen.accounts.iter().map(account).collect(),
    }
}

fn basis(basis: permission::Basis) -> Basis {
    use permission::Basis as Because;
    let source = match basis {
        Because::Granted(_, Source::Country(country)) => Some(country.to_string()),
        Because::Granted(_, Source::Unit(unit)) => Some(unit.to_string()),
        Because::Granted(_, Source::Delegation { id, .. }) => Some(id.to_string()),
        Because::Granted(_, Source::Account) | Because::Whole(_) | Because::Assigned(_) => None,
    };
    Basis {
        why: basis.as_str().to_owned(),
        role: basis.role().as_str().to_owned(),
        source,
        lender: basis.lender().map(|login| login.to_string()),
    }
}
