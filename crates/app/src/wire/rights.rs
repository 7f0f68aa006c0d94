//! Who holds which role where, units, walls and loans, as JSON.
//!
//! Days run from `from` until before `to`; 9999-12-31 has no end.

use serde::Serialize;
use utoipa::ToSchema;

use super::NamedRef;
use crate::delegations::Delegation;
use crate::rights::{self, AssignmentLine, RoleLine};
use crate::walls::WallShown;

/// A role that a login holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldRole {
    /// By what it is ended: the role, or the id of one that reaches certain accounts.
    #[schema(examples("HR"))]
    pub held: String,
    /// The role.
    #[schema(examples("HR"))]
    pub role: String,
    /// How far it reaches: `company`, a country, or the id of a unit or an account.
    #[schema(examples("company"))]
    pub scope: String,
    /// The first day.
    #[schema(format = Date)]
    pub from: String,
    /// The day after the last.
    #[schema(format = Date)]
    pub to: String,
}

/// A login with its roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RightsHolder {
    /// The login.
    #[schema(examples("lgn_00gq4s6k00401"))]
    pub id: String,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// Whether it may come in.
    pub active: bool,
    /// What it holds today or will hold.
    pub roles: Vec<HeldRole>,
}

/// What a person is at an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AssignmentHeld {
    /// The account.
    pub account: String,
    /// The account's name.
    pub name: String,
    /// The role.
    #[schema(examples("KAM"))]
    pub role: String,
    /// The first day.
    #[schema(format = Date)]
    pub from: String,
    /// The day after the last.
    #[schema(format = Date)]
    pub to: String,
}

/// What a login holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RightsShown {
    /// The login with its roles.
    #[serde(flatten)]
    pub holder: RightsHolder,
    /// What the person is at accounts that you see.
    pub assignments: Vec<AssignmentHeld>,
}

/// Gives a login with its roles.
pub fn holder(holder: &rights::Holder) -> RightsHolder {
    let card = &holder.login;
    RightsHolder {
        id: card.id.to_string(),
        name: card.name.clone(),
        email: card.email.clone(),
        active: card.is_active,
        roles: holder.roles.iter().map(held).collect(),
    }
}

fn held(line: &RoleLine) -> HeldRole {
    HeldRole {
        held: line.id.map_or_else(|| line.role.to_string(), |id| id.to_string()),
        role: line.role.to_string(),
        scope: rights::scope_word(line.scope),
        from: line.from.clone(),
        to: line.to.clone(),
    }
}

/// Gives what a login holds.
pub fn rights(shown: &rights::Rights) -> RightsShown {
    let assignment = |line: &AssignmentLine| AssignmentHeld {
        account: line.account.to_string(),
        name: line.account_name.clone(),
        role: line.role.clone(),
        from: line.from.clone(),
        to: line.to.clone(),
    };
    RightsShown {
        holder: holder(&shown.holder),
        assignments: shown.assignments.iter().map(assignment).collect(),
    }
}

/// A unit of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unit {
    /// Its id.
    #[schema(examples("unt_00gq4s6k00401"))]
    pub id: String,
    /// Its name.
    pub name: String,
    /// The accounts for which it answers.
    pub accounts: Vec<String>,
}

/// Gives a unit.
pub fn unit(unit: &crate::units::Unit) -> Unit {
    Unit {
        id: unit.id.to_string(),
        name: unit.name.clone(),
        accounts: unit.accounts.iter().map(ToString::to_string).collect(),
    }
}

/// Somebody who serves a side of a wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WallServer {
    /// The person.
    pub id: String,
    /// The name.
    pub name: String,
    /// As what.
    #[schema(examples("KAM"))]
    pub role: String,
}

/// A side of a wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WallSide {
    /// The account.
    pub account: String,
    /// Its name.
    pub name: String,
    /// Who serves it.
    pub people: Vec<WallServer>,
}

/// A wall between two accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Wall {
    /// Its id.
    #[schema(examples("wal_00gq4s6k00401"))]
    pub id: String,
    /// The first day.
    #[schema(format = Date)]
    pub from: String,
    /// The day after the last.
    #[schema(format = Date)]
    pub to: String,
    /// Its two sides.
    pub sides: Vec<WallSide>,
    /// Who serves both.
    pub conflicts: Vec<NamedRef>,
}

/// Gives a wall, who serves each side, who serves both.
pub fn wall(shown: &WallShown) -> Wall {
    let sides = shown.wall.sides.iter().zip(&shown.people).map(|((account, name), people)| {
        let server = |one: &crate::walls::WallPerson| WallServer {
            id: one.person.to_string(),
            name: one.name.clone(),
            role: one.role.clone(),
        };
        WallSide {
            account: account.to_string(),
            name: name.clone(),
            people: people.iter().map(server).collect(),
        }
    });
    let conflicts = shown.conflicts.iter().map(|(id, name)| named(id, name));
    Wall {
        id: shown.wall.id.to_string(),
        from: shown.wall.from.clone(),
        to: shown.wall.to.clone(),
        sides: sides.collect(),
        conflicts: conflicts.collect(),
    }
}

/// A loan of rights to a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Loan {
    /// Its id.
    #[schema(examples("dlg_00gq4s6k00401"))]
    pub id: String,
    /// Who lends.
    pub lender: NamedRef,
    /// To whom.
    pub colleague: NamedRef,
    /// For which accounts; null for all own ones.
    pub accounts: Option<Vec<String>>,
    /// The first day.
    #[schema(format = Date)]
    pub from: String,
    /// The day after the last.
    #[schema(format = Date)]
    pub to: String,
}

/// Gives a loan.
pub fn loan(loan: &Delegation) -> Loan {
    let accounts = loan.accounts.as_ref();
    Loan {
        id: loan.id.to_string(),
        lender: named(&loan.from.0, &loan.from.1),
        colleague: named(&loan.to.0, &loan.to.1),
        accounts: accounts.map(|all| all.iter().map(ToString::to_string).collect()),
        from: loan.begins.clone(),
        to: loan.ends.clone(),
    }
}

fn named(id: &impl ToString, name: &str) -> NamedRef {
    NamedRef { id: id.to_string(), name: name.to_owned() }
}
