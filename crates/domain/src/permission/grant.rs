//! Roles that reach certain accounts only, and why they do.

use std::collections::BTreeSet;

use super::Role;
use crate::id::{AccountId, DelegationId, LoginId, UnitId};

/// A country by its two letters (ISO 3166-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads two letters; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

/// Why a role reaches certain accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// It was given for this account.
    Account,
    /// It was given for a unit of ours, which answers for the accounts.
    Unit(UnitId),
    /// It was given for a country, in which the accounts have parties.
    Country(Country),
    /// A colleague lent it.
    Delegation {
        /// The loan.
        id: DelegationId,
        /// Who lent it.
        from: LoginId,
    },
}

impl Source {
    /// Gives the stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Unit(_) => "unit",
            Self::Country(_) => "country",
            Self::Delegation { .. } => "delegation",
        }
    }
}

/// A role that reaches certain accounts only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The accounts that it reaches; walls may still hide some.
    pub accounts: BTreeSet<AccountId>,
    /// Why it does.
    pub source: Source,
}

impl Grant {
    /// Gives who lent it; `None` for a role of one's own.
    pub const fn lender(&self) -> Option<LoginId> {
        match self.source {
            Source::Delegation { from, .. } => Some(from),
            _ => None,
        }
    }
}
