//! From what is written down about somebody on a day to the one who looks.

use std::collections::BTreeSet;

use super::{Capability, Grant, Object, Reach, Role, Source, grants};
use crate::id::{AccountId, LoginId, PersonId};
use crate::lang::Lang;
use crate::viewer::Viewer;

/// What is written down about a login on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The login.
    pub login: LoginId,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// The language of answers.
    pub lang: Lang,
    /// The roles that reach as far as the matrix says.
    pub roles: BTreeSet<Role>,
    /// The accounts to which the person is assigned.
    pub own: BTreeSet<AccountId>,
    /// Roles that reach certain accounts only, lent ones too.
    pub grants: Vec<Grant>,
}

impl Standing {
    /// Gives a standing without any right.
    pub const fn new(login: LoginId, person: Option<PersonId>, lang: Lang) -> Self {
        Self {
            login,
            person,
            lang,
            roles: BTreeSet::new(),
            own: BTreeSet::new(),
            grants: Vec::new(),
        }
    }

    /// Gives the one who looks, behind the walls that stand between these pairs.
    pub fn viewer(self, walls: &[(AccountId, AccountId)]) -> Viewer {
        let walled = self.walled(walls);
        let Self { login, person, lang, roles, own, grants } = self;
        Viewer { login: Some(login), person, roles, own, walled, grants, watcher: None, lang }
    }

    /// A wall hides an account from whoever serves its rival, and both from whoever serves both.
    ///
    /// An assignment decides before a role that reaches the accounts, and that before a loan: what
    /// is lent never opens the other side. Roles that reach all accounts look over walls.
    fn walled(&self, walls: &[(AccountId, AccountId)]) -> BTreeSet<AccountId> {
        let reaches = |role: &Role| grants(*role, Capability::Read, Object::Account);
        if self.roles.iter().any(|role| reaches(role) == Some(Reach::All)) {
            return BTreeSet::new();
        }
        let union = |is_lent: bool| -> BTreeSet<AccountId> {
            let some = self.grants.iter().filter(|grant| grant.lender().is_some() == is_lent);
            some.flat_map(|grant| grant.accounts.iter().copied()).collect()
        };
        let levels = [self.own.clone(), union(false), union(true)];
        let mut hidden = BTreeSet::new();
        for &(one, other) in walls {
            let served = levels
                .iter()
                .map(|served| (served.contains(&one), served.contains(&other)))
                .find(|sides| *sides != (false, false));
            match served {
                Some((true, true)) => hidden.extend([one, other]),
                Some((true, false)) => hidden.extend([other]),
                Some((false, true)) => hidden.extend([one]),
                Some((false, false)) | None => {}
            }
        }
        hidden
    }
}

/// Gives what a lender's rights are to a colleague, for the chosen accounts or for all own ones.
///
/// What was lent to the lender is not lent on, and nothing behind the lender's walls is.
pub fn lent(lender: &Viewer, chosen: Option<&BTreeSet<AccountId>>, source: Source) -> Vec<Grant> {
    let keep = |accounts: &BTreeSet<AccountId>| -> BTreeSet<AccountId> {
        accounts.difference(&lender.walled).copied().collect()
    };
    let of = |role: Role| match (chosen, grants(role, Capability::Read, Object::Account)) {
        (Some(chosen), Some(Reach::All)) => keep(chosen),
        (Some(chosen), Some(Reach::Own)) => {
            keep(&chosen.intersection(&lender.own).copied().collect())
        }
        (None, Some(_)) => keep(&lender.own),
        (_, None) => BTreeSet::new(),
    };
    let whole = lender.roles.iter().map(|role| (*role, of(*role)));
    let some = lender.grants.iter().filter(|grant| grant.lender().is_none()).map(|grant| {
        let accounts = match chosen {
            Some(chosen) => keep(&grant.accounts.intersection(chosen).copied().collect()),
            None => keep(&grant.accounts),
        };
        (grant.role, accounts)
    });
    whole
        .chain(some)
        .filter(|(_, accounts)| !accounts.is_empty())
        .map(|(role, accounts)| Grant { role, accounts, source })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DelegationId;
    use crate::permission::{Country, reads, rows};

    const LYS: AccountId = AccountId(1);
    const HAR: AccountId = AccountId(2);
    const UNI: AccountId = AccountId(3);
    const WALL: &[(AccountId, AccountId)] = &[(LYS, HAR)];

    fn standing(role: Role, own: &[AccountId]) -> Standing {
        let mut standing = Standing::new(LoginId(1), Some(PersonId(1)), Lang::En);
        standing.roles.insert(role);
        standing.own.extend(own);
        standing
    }

    fn loan() -> Source {
        Source::Delegation { id: DelegationId(7), from: LoginId(2) }
    }

    fn germany() -> Source {
        Source::Country(Country::parse("de").expect("a country"))
    }

    fn with(
        mut standing: Standing,
        role: Role,
        accounts: &[AccountId],
        source: Source,
    ) -> Standing {
        let accounts = accounts.iter().copied().collect();
        standing.grants.push(Grant { role, accounts, source });
        standing
    }

    #[test]
    fn a_loan_never_crosses_a_wall() {
        let tobias = with(standing(Role::Kam, &[HAR]), Role::Kam, &[LYS, UNI], loan());
        let tobias = tobias.viewer(WALL);
        assert!(!reads(&tobias, Object::Account, LYS));
        assert!(reads(&tobias, Object::Account, UNI) && reads(&tobias, Object::Account, HAR));
    }

    #[test]
    fn an_assignment_chooses_the_side_of_a_country_on_both() {
        let florian = with(standing(Role::Rel, &[LYS]), Role::Rel, &[LYS, HAR, UNI], germany());
        let florian = florian.viewer(WALL);
        assert!(reads(&florian, Object::Account, LYS) && reads(&florian, Object::Account, UNI));
        assert!(!reads(&florian, Object::Account, HAR));
    }

    #[test]
    fn whoever_serves_both_sides_sees_neither() {
        for both in [
            standing(Role::Kam, &[LYS, HAR]),
            with(standing(Role::Kam, &[]), Role::Rel, &[LYS, HAR], germany()),
            with(standing(Role::Kam, &[]), Role::Kam, &[LYS, HAR], loan()),
        ] {
            assert_eq!(both.viewer(WALL).walled, BTreeSet::from([LYS, HAR]));
        }
    }

    #[test]
    fn a_role_of_a_country_is_walled_even_where_the_role_of_all_looks_over() {
        let all = standing(Role::Sd, &[LYS]).viewer(WALL);
        assert!(reads(&all, Object::Account, HAR));
        let mut some = standing(Role::Sd, &[LYS]);
        some.roles.clear();
        let some = with(some, Role::Sd, &[LYS, HAR], germany()).viewer(WALL);
        assert!(reads(&some, Object::Margin, LYS) && !reads(&some, Object::Account, HAR));
    }

    #[test]
    fn one_lends_what_one_has_and_nothing_that_was_lent() {
        let aminata = with(standing(Role::Kam, &[LYS, UNI]), Role::Kam, &[AccountId(8)], loan());
        let aminata = aminata.viewer(WALL);
        let chosen = BTreeSet::from([LYS, HAR, AccountId(8)]);
        let some = lent(&aminata, Some(&chosen), loan());
        assert_eq!(some.len(), 1);
        assert!(some.iter().all(|grant| grant.accounts == BTreeSet::from([LYS])));
        let all = lent(&aminata, None, loan());
        assert!(all.iter().all(|grant| grant.accounts == BTreeSet::from([LYS, UNI])));
        let admin = standing(Role::Adm, &[LYS]).viewer(WALL);
        assert!(lent(&admin, None, loan()).is_empty());
    }

    #[test]
    fn a_country_reaches_the_accounts_there_and_only_them() {
        let mut director = standing(Role::Sd, &[UNI]);
        director.roles.clear();
        let director = with(director, Role::Sd, &[LYS], germany()).viewer(&[]);
        assert_eq!(
            rows(&director, Object::Margin),
            super::super::Rows::Only(BTreeSet::from([LYS]))
        );
    }
}
