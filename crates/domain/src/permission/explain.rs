//! Why somebody may do something, or may not: the decision itself, with its reason.

use super::{Capability, Object, Reach, Role, Rows, Scope, Source, grants, rows};
use crate::id::{AccountId, LoginId};
use crate::viewer::Viewer;

/// What lets somebody do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A role that reaches every account.
    Whole(Role),
    /// A role, together with the assignment to the account.
    Assigned(Role),
    /// A role that reaches this account for a reason.
    Granted(Role, Source),
}

impl Basis {
    /// Gives the role.
    pub const fn role(self) -> Role {
        match self {
            Self::Whole(role) | Self::Assigned(role) | Self::Granted(role, _) => role,
        }
    }

    /// Gives the stable word: `whole`, `assigned`, `account`, `unit`, `country`, `delegation`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Whole(_) => "whole",
            Self::Assigned(_) => "assigned",
            Self::Granted(_, source) => source.as_str(),
        }
    }

    /// Gives who lent it; `None` for a right of one's own.
    pub const fn lender(self) -> Option<LoginId> {
        match self {
            Self::Granted(_, Source::Delegation { from, .. }) => Some(from),
            _ => None,
        }
    }
}

words! {
    /// Why somebody may not do something.
    Refusal {
        /// No role allows it.
        NoRole = "no_role",
        /// A role allows it for own accounts, and this is none.
        NotOwn = "not_own",
        /// A wall stands before the account.
        Wall = "wall",
        /// The account is read, this section of it is not.
        Section = "section",
    }
}

/// Gives everything that lets the viewer do this to that in the scope, one's own first.
pub fn bases(
    viewer: &Viewer,
    capability: Capability,
    object: Object,
    scope: Scope,
) -> impl Iterator<Item = Basis> {
    let is_walled = matches!(scope, Scope::Account(account) if viewer.walled.contains(&account));
    let roles = viewer.roles.iter().filter_map(move |role| {
        match (grants(*role, capability, object)?, scope) {
            (Reach::All, _) => Some(Basis::Whole(*role)),
            (Reach::Own, Scope::Company) => Some(Basis::Assigned(*role)),
            (Reach::Own, Scope::Account(account)) => {
                viewer.own.contains(&account).then_some(Basis::Assigned(*role))
            }
        }
    });
    let some = viewer.grants.iter().filter_map(move |grant| {
        grants(grant.role, capability, object)?;
        let reaches = match scope {
            Scope::Account(account) => grant.accounts.contains(&account),
            // What is lent or limited opens nothing of the company but what all read alike.
            Scope::Company if object.is_of_account() => !grant.accounts.is_empty(),
            Scope::Company => object.is_shared() && capability == Capability::Read,
        };
        reaches.then_some(Basis::Granted(grant.role, grant.source))
    });
    roles.chain(some).filter(move |_| !is_walled)
}

/// Decides whether the viewer may do this to that in the scope, and gives the reason.
///
/// # Errors
///
/// Why the viewer may not.
pub fn explain(
    viewer: &Viewer,
    capability: Capability,
    object: Object,
    scope: Scope,
) -> Result<Basis, Refusal> {
    let first = bases(viewer, capability, object, scope).next();
    first.ok_or_else(|| refusal(viewer, capability, object, scope))
}

fn refusal(viewer: &Viewer, capability: Capability, object: Object, scope: Scope) -> Refusal {
    let Scope::Account(account) = scope else { return Refusal::NoRole };
    if viewer.walled.contains(&account) {
        return Refusal::Wall;
    }
    let mut roles = viewer.roles.iter().chain(viewer.grants.iter().map(|grant| &grant.role));
    if roles.any(|role| grants(*role, capability, object) == Some(Reach::Own))
        || viewer.grants.iter().any(|one| grants(one.role, capability, object).is_some())
    {
        return Refusal::NotOwn;
    }
    let sees = match rows(viewer, Object::Account) {
        Rows::AllBut(hidden) => !hidden.contains(&account),
        Rows::Only(seen) => seen.contains(&account),
    };
    if sees { Refusal::Section } else { Refusal::NoRole }
}

/// Gives in whose place the viewer changes something of an account: who lent the right that the
/// viewer does not have otherwise; `None` when every right to change it is one's own.
pub fn stands_in_for(viewer: &Viewer, object: Object, account: AccountId) -> Option<LoginId> {
    let changes = [Capability::Create, Capability::Update, Capability::Approve];
    let first = |capability| bases(viewer, capability, object, Scope::Account(account)).next();
    changes.into_iter().filter_map(first).find_map(Basis::lender)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::id::{DelegationId, PersonId, UnitId};
    use crate::lang::Lang;
    use crate::permission::{Country, Grant, may};

    const OWN: AccountId = AccountId(1);
    const WALLED: AccountId = AccountId(2);
    const OTHER: AccountId = AccountId(3);
    const LENT: AccountId = AccountId(4);

    fn sources() -> Vec<Source> {
        let delegation = Source::Delegation { id: DelegationId(1), from: LoginId(9) };
        let country = Country::parse("DE").map(Source::Country);
        let mut all = vec![Source::Account, Source::Unit(UnitId(1)), delegation];
        all.extend(country);
        all
    }

    fn viewer(roles: &[Role], granted: &[(Role, Source)]) -> Viewer {
        let grants = granted.iter().map(|(role, source)| Grant {
            role: *role,
            accounts: BTreeSet::from([LENT, WALLED]),
            source: *source,
        });
        Viewer {
            login: Some(LoginId(1)),
            person: Some(PersonId(1)),
            roles: roles.iter().copied().collect(),
            own: BTreeSet::from([OWN, WALLED]),
            walled: BTreeSet::from([WALLED]),
            grants: grants.collect(),
            watcher: None,
            lang: Lang::En,
        }
    }

    /// Every role alone, every role granted for each reason, and pairs of both.
    fn viewers() -> Vec<Viewer> {
        let mut all = Vec::new();
        for &role in Role::ALL {
            all.push(viewer(&[role], &[]));
            for source in sources() {
                all.push(viewer(&[], &[(role, source)]));
                for &other in Role::ALL {
                    all.push(viewer(&[other], &[(role, source)]));
                }
            }
        }
        all
    }

    #[test]
    fn the_explanation_is_the_decision_and_the_rows_in_every_cell() {
        let mut cells = 0;
        for viewer in viewers() {
            for &object in Object::ALL {
                let rows = rows(&viewer, object);
                for account in [OWN, WALLED, OTHER, LENT] {
                    let scope = Scope::Account(account);
                    for &capability in Capability::ALL {
                        let explained = explain(&viewer, capability, object, scope);
                        assert_eq!(may(&viewer, capability, object, scope), explained.is_ok());
                        if capability == Capability::Read {
                            assert_eq!(rows.has(account), explained.is_ok(), "{viewer:?} {object}");
                        }
                        cells += 1;
                    }
                }
            }
        }
        println!("{cells} cells explained");
        assert!(cells > 100_000, "{cells}");
    }

    #[test]
    fn each_refusal_has_its_reason() {
        let relay = viewer(&[Role::Rel], &[]);
        let read =
            |object, account| explain(&relay, Capability::Read, object, Scope::Account(account));
        assert_eq!(read(Object::Sales, OWN), Ok(Basis::Assigned(Role::Rel)));
        assert_eq!(read(Object::Margin, OWN), Err(Refusal::Section));
        assert_eq!(read(Object::Sales, OTHER), Err(Refusal::NotOwn));
        assert_eq!(read(Object::Margin, OTHER), Err(Refusal::NoRole));
        assert_eq!(read(Object::Account, WALLED), Err(Refusal::Wall));
        let company = explain(&relay, Capability::Read, Object::Import, Scope::Company);
        assert_eq!(company, Err(Refusal::NoRole));
    }

    #[test]
    fn what_is_lent_opens_nothing_of_the_company() {
        for source in sources() {
            for role in [Role::Pd, Role::Adm, Role::Ops] {
                let lent = viewer(&[], &[(role, source)]);
                for &object in
                    Object::ALL.iter().filter(|one| !one.is_of_account() && !one.is_shared())
                {
                    for &capability in Capability::ALL {
                        assert!(!may(&lent, capability, object, Scope::Company), "{object}");
                    }
                }
                assert!(!may(&lent, Capability::Update, Object::Setting, Scope::Company));
            }
        }
    }

    #[test]
    fn one_stands_in_only_where_ones_own_rights_end() {
        let lent = Source::Delegation { id: DelegationId(1), from: LoginId(9) };
        let member = viewer(&[Role::Tm], &[(Role::Kam, lent)]);
        assert_eq!(stands_in_for(&member, Object::Plan, LENT), Some(LoginId(9)));
        assert_eq!(stands_in_for(&member, Object::Action, OWN), None);
        assert_eq!(stands_in_for(&member, Object::Plan, WALLED), None);
        let director = viewer(&[Role::Pd], &[(Role::Kam, lent)]);
        assert_eq!(stands_in_for(&director, Object::Action, LENT), None);
    }
}
