//! The permission policy: which rows, which sections, and what may be done. Pure.

use std::collections::BTreeSet;

use crate::id::AccountId;
use crate::viewer::Viewer;

mod explain;
mod field;
mod grant;
mod matrix;
mod standing;

pub use explain::{Basis, Refusal, bases, explain, stands_in_for};
pub use field::{FIELDS, section_of};
pub use grant::{Country, Grant, Source};
pub use matrix::{MATRIX, grants};
pub use standing::{Standing, lent};

words! {
    /// A role in the programme (handbook 0.8 and design meaning 9).
    Role {
        /// Programme director.
        Pd = "PD",
        /// Key account manager.
        Kam = "KAM",
        /// Local relay.
        Rel = "REL",
        /// Member of an account's team.
        Tm = "TM",
        /// Executive sponsor.
        Sp = "SP",
        /// Chief executive.
        Ceo = "CEO",
        /// Sales director.
        Sd = "SD",
        /// Finance.
        Fin = "FIN",
        /// Human resources.
        Hr = "HR",
        /// Pricing.
        Pri = "PRI",
        /// Marketing director.
        Md = "MD",
        /// Channel manager.
        Ch = "CH",
        /// CRM steward.
        Ops = "OPS",
        /// Auditor.
        Aud = "AUD",
        /// Administrator of the program; reads no customer content.
        Adm = "ADM",
        /// The local shell that holds the data directory.
        Shell = "SHELL",
    }
}

words! {
    /// What the policy is asked for.
    Capability {
        /// Make new ones.
        Create = "create",
        /// Read.
        Read = "read",
        /// Change.
        Update = "update",
        /// Approve.
        Approve = "approve",
    }
}

words! {
    /// What a capability is asked on: a kind of object or a section of one.
    Object {
        /// Accounts, parties and their links.
        Account = "account",
        /// People and where they work.
        Person = "person",
        /// Products.
        Product = "product",
        /// Turnover and sales lines.
        Sales = "sales",
        /// The section of prices, costs and margins.
        Margin = "margin",
        /// The section of opinions on people: stance, influence, strength, motives.
        Opinion = "opinion",
        /// Opportunities.
        Opportunity = "opportunity",
        /// Interactions.
        Interaction = "interaction",
        /// Criteria and rounds.
        Criterion = "criterion",
        /// Scores and dossiers.
        Score = "score",
        /// Account plans.
        Plan = "plan",
        /// Actions.
        Action = "action",
        /// Rank and concentration over the whole portfolio.
        Whole = "whole",
        /// Imports, rates and recipes.
        Import = "import",
        /// Settings and walls.
        Setting = "setting",
        /// Logins, tokens and sessions.
        Login = "login",
        /// The feed of events.
        Event = "event",
        /// How the program runs: jobs, disk, chain.
        System = "system",
        /// Who holds which role where.
        Right = "right",
        /// Walls between rival accounts.
        Wall = "wall",
        /// Loans of rights to colleagues; giving one's own needs no grant.
        Delegation = "delegation",
        /// Looking with another person's eyes.
        Watch = "watch",
        /// Who can see what, and why.
        Access = "access",
    }
}

impl Object {
    /// Says whether a role that reaches certain accounts only gives this of the whole company:
    /// what all read alike, such as products, criteria and settings.
    pub const fn is_shared(self) -> bool {
        matches!(self, Self::Product | Self::Criterion | Self::Setting)
    }

    /// Says whether it belongs to an account; whatever is not named here is the whole company's.
    pub const fn is_of_account(self) -> bool {
        matches!(
            self,
            Self::Account
                | Self::Person
                | Self::Sales
                | Self::Margin
                | Self::Opinion
                | Self::Opportunity
                | Self::Interaction
                | Self::Score
                | Self::Plan
                | Self::Action
                | Self::Event
                | Self::Access
        )
    }
}

words! {
    /// How far a grant reaches.
    Reach {
        /// All accounts.
        All = "all",
        /// The accounts to which one is assigned.
        Own = "own",
    }
}

/// Where a capability is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// For the company as a whole.
    Company,
    /// For one account.
    Account(AccountId),
}

/// Which accounts' rows a viewer reads; the store turns it into a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// All but those behind a wall.
    AllBut(BTreeSet<AccountId>),
    /// These only.
    Only(BTreeSet<AccountId>),
}

impl Rows {
    /// Says whether the account is among the rows.
    pub fn has(&self, account: AccountId) -> bool {
        match self {
            Self::AllBut(hidden) => !hidden.contains(&account),
            Self::Only(seen) => seen.contains(&account),
        }
    }

    /// Says whether nothing is hidden.
    pub fn is_everything(&self) -> bool {
        matches!(self, Self::AllBut(hidden) if hidden.is_empty())
    }
}

/// Gives the accounts for which the viewer reads a kind of object; walls come last and win.
pub fn rows(viewer: &Viewer, object: Object) -> Rows {
    let reach = reach(viewer, Capability::Read, object);
    if reach == Some(Reach::All) {
        return Rows::AllBut(viewer.walled.clone());
    }
    let mut seen = BTreeSet::new();
    if reach == Some(Reach::Own) {
        seen.extend(&viewer.own);
    }
    for grant in &viewer.grants {
        if grants(grant.role, Capability::Read, object).is_some() {
            seen.extend(&grant.accounts);
        }
    }
    seen.retain(|account| !viewer.walled.contains(account));
    Rows::Only(seen)
}

/// Says whether the viewer may do this to that in the scope: whether [`explain()`] finds a reason.
///
/// For [`Scope::Company`] a grant of any reach is enough: the rows are then limited by [`rows`].
pub fn may(viewer: &Viewer, capability: Capability, object: Object, scope: Scope) -> bool {
    explain(viewer, capability, object, scope).is_ok()
}

/// Says whether the viewer reads a section of an account.
pub fn reads(viewer: &Viewer, section: Object, account: AccountId) -> bool {
    may(viewer, Capability::Read, section, Scope::Account(account))
}

/// Gives the widest reach that any of the viewer's roles of the whole company has.
pub fn reach(viewer: &Viewer, capability: Capability, object: Object) -> Option<Reach> {
    viewer.roles.iter().filter_map(|role| grants(*role, capability, object)).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{LoginId, PersonId};
    use crate::lang::Lang;

    const LYS: AccountId = AccountId(1);
    const HAR: AccountId = AccountId(2);

    fn viewer(role: Role, own: &[AccountId], walled: &[AccountId]) -> Viewer {
        Viewer {
            login: Some(LoginId(1)),
            person: Some(PersonId(1)),
            roles: BTreeSet::from([role]),
            own: own.iter().copied().collect(),
            walled: walled.iter().copied().collect(),
            grants: Vec::new(),
            watcher: None,
            lang: Lang::En,
        }
    }

    #[test]
    fn a_wall_wins_over_every_role() {
        for &role in Role::ALL {
            let viewer = viewer(role, &[LYS, HAR], &[HAR]);
            for &object in Object::ALL {
                assert!(!rows(&viewer, object).has(HAR), "{role} {object}");
                for &capability in Capability::ALL {
                    let scope = Scope::Account(HAR);
                    assert!(
                        !may(&viewer, capability, object, scope),
                        "{role} {capability} {object}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_relay_reads_own_accounts_without_margins_and_opinions() {
        let florian = viewer(Role::Rel, &[LYS], &[HAR]);
        assert!(reads(&florian, Object::Sales, LYS));
        assert!(!reads(&florian, Object::Margin, LYS));
        assert!(!reads(&florian, Object::Opinion, LYS));
        assert_eq!(rows(&florian, Object::Account), Rows::Only(BTreeSet::from([LYS])));
    }

    #[test]
    fn the_administrator_reads_no_customer_content() {
        let admin = viewer(Role::Adm, &[], &[]);
        for object in [Object::Account, Object::Sales, Object::Plan, Object::Score, Object::Person]
        {
            assert_eq!(rows(&admin, object), Rows::Only(BTreeSet::new()), "{object}");
        }
        assert!(may(&admin, Capability::Create, Object::Login, Scope::Company));
    }
}
