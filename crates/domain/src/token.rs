//! Tokens: keys for scripts that open a part of what their owner may do.

use std::collections::BTreeSet;

words! {
    /// What a token is for: an area and whether it may change things there.
    TokenScope {
        /// Accounts, people, scores, search, the portfolio: reading.
        AccountsRead = "accounts:read",
        /// Accounts, people, scores: judging and noting.
        AccountsWrite = "accounts:write",
        /// Plans with objectives, actions and risks: reading.
        PlansRead = "plans:read",
        /// Plans with objectives, actions and risks: changing.
        PlansWrite = "plans:write",
        /// Imports: their reports.
        ImportsRead = "imports:read",
        /// Imports: sending files.
        ImportsWrite = "imports:write",
        /// Everything else (settings, logins, webhooks, events, the installation): reading.
        AdminRead = "admin:read",
        /// Everything else: changing.
        AdminWrite = "admin:write",
    }
}

words! {
    /// A part of the product that a token opens or not.
    Area {
        /// Accounts and whom one meets there.
        Accounts = "accounts",
        /// Plans and what they hold.
        Plans = "plans",
        /// Files on their way in.
        Imports = "imports",
        /// Everything else.
        Admin = "admin",
    }
}

impl Area {
    /// Gives the scope that reading here needs.
    pub const fn read(self) -> TokenScope {
        match self {
            Self::Accounts => TokenScope::AccountsRead,
            Self::Plans => TokenScope::PlansRead,
            Self::Imports => TokenScope::ImportsRead,
            Self::Admin => TokenScope::AdminRead,
        }
    }

    /// Gives the scope that a change here needs.
    pub const fn write(self) -> TokenScope {
        match self {
            Self::Accounts => TokenScope::AccountsWrite,
            Self::Plans => TokenScope::PlansWrite,
            Self::Imports => TokenScope::ImportsWrite,
            Self::Admin => TokenScope::AdminWrite,
        }
    }
}

/// Writes scopes in their order, with a space between.
///
/// ```
/// use orchestre_domain::token::{TokenScope, read_scopes, write_scopes};
/// let scopes = read_scopes("plans:read accounts:read no:such").unwrap_or_default();
/// assert!(scopes.is_empty(), "a word that is none makes the list unreadable");
/// let scopes = read_scopes("plans:read accounts:read").unwrap_or_default();
/// assert_eq!(write_scopes(&scopes), "accounts:read plans:read");
/// ```
pub fn write_scopes(scopes: &BTreeSet<TokenScope>) -> String {
    scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
}

/// Reads scopes; `None` when a word is none.
pub fn read_scopes(text: &str) -> Option<BTreeSet<TokenScope>> {
    text.split_whitespace().map(TokenScope::parse).collect()
}

/// How a token stands on a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenState {
    /// It opens.
    Open,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

impl TokenState {
    /// Gives the state from the end of its time and the instant it was taken back (µs).
    pub const fn at(now: i64, expires_at: i64, revoked_at: Option<i64>) -> Self {
        if revoked_at.is_some() {
            Self::Revoked
        } else if expires_at <= now {
            Self::Expired
        } else {
            Self::Open
        }
    }

    /// Gives the end of its text key, and its word in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_has_a_scope_for_reading_and_another_for_changing() {
        for area in Area::ALL {
            assert_eq!(area.read().as_str(), format!("{area}:read"));
            assert_eq!(area.write().as_str(), format!("{area}:write"));
        }
        assert_eq!(TokenScope::ALL.len(), 2 * Area::ALL.len());
    }

    #[test]
    fn a_token_is_over_at_the_very_instant_it_ends() {
        assert_eq!(TokenState::at(9, 10, None), TokenState::Open);
        assert_eq!(TokenState::at(10, 10, None), TokenState::Expired);
        assert_eq!(TokenState::at(9, 10, Some(3)), TokenState::Revoked);
    }
}
