//! Who looks, now, as what: the first argument of every lookup.

use std::collections::BTreeSet;

use crate::id::{AccountId, LoginId, PersonId};
use crate::lang::Lang;
use crate::permission::{Grant, Role};

/// Who looks. Made from a session, or for the local shell, which is the administrator of its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The login; `None` for the local shell.
    pub login: Option<LoginId>,
    /// The person behind the login.
    pub person: Option<PersonId>,
    /// The roles in the programme.
    pub roles: BTreeSet<Role>,
    /// The accounts to which the person is assigned.
    pub own: BTreeSet<AccountId>,
    /// The accounts behind a wall.
    pub walled: BTreeSet<AccountId>,
    /// Roles that reach certain accounts only: by account, unit, country or delegation.
    pub grants: Vec<Grant>,
    /// Who looks with this person's eyes; such a look changes nothing.
    pub watcher: Option<LoginId>,
    /// The language of answers.
    pub lang: Lang,
}

impl Viewer {
    /// Gives the viewer of the local shell, which holds the data directory and may do all.
    pub fn shell(lang: Lang) -> Self {
        Self {
            login: None,
            person: None,
            roles: BTreeSet::from([Role::Shell]),
            own: BTreeSet::new(),
            walled: BTreeSet::new(),
            grants: Vec::new(),
            watcher: None,
            lang,
        }
    }
}
