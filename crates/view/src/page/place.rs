//! The places of the product: what the side leads to.

use crate::html::Html;

/// A place in the side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// My week.
    Week,
    /// All accounts.
    Accounts,
    /// All people.
    People,
    /// All plans.
    Plans,
    /// The ranked portfolio with its pictures.
    Portfolio,
    /// The criteria of selection.
    Criteria,
    /// Files in.
    Imports,
    /// How figures are computed.
    Methods,
    /// What was done here.
    Events,
    /// Own and company settings.
    Settings,
    /// How the program runs.
    System,
    /// The manual.
    Help,
}

/// A group of places with or without a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What is one's own work.
    Main,
    /// What is the programme's.
    Programme,
    /// What comes in and how it is computed.
    Data,
    /// What stands at the foot.
    Foot,
}

/// An entry of the side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its words.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Its icon.
    pub icon: Html,
    /// How many things wait there, or nothing.
    pub count: String,
    /// Whether the page is there.
    pub is_current: bool,
    /// The letter that leads there after G.
    pub key: &'static str,
}

impl Place {
    /// Every place.
    pub const ALL: &'static [Self] = &[
        Self::Week,
        Self::Accounts,
        Self::People,
        Self::Plans,
        Self::Portfolio,
        Self::Criteria,
        Self::Imports,
        Self::Methods,
        Self::Events,
        Self::Settings,
        Self::System,
        Self::Help,
    ];

    const fn row(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Week => ("week", "/", "week", "w"),
            Self::Accounts => ("accounts", "/accounts", "account", "a"),
            Self::People => ("people", "/people", "people", "p"),
            Self::Plans => ("plans", "/plans", "plan", "l"),
            Self::Portfolio => ("portfolio", "/portfolio", "portfolio", "o"),
            Self::Criteria => ("criteria", "/criteria", "select", "c"),
            Self::Imports => ("imports", "/imports", "import", "i"),
            Self::Methods => ("methods", "/methods", "book", "m"),
            Self::Events => ("events", "/events", "clock", "e"),
            Self::Settings => ("settings", "/settings", "gear", "s"),
            Self::System => ("system", "/settings/system", "task", "y"),
            Self::Help => ("help", "/help", "help", "h"),
        }
    }

    /// Gives the end of its text key.
    pub const fn as_str(self) -> &'static str {
        self.row().0
    }

    /// Gives its path.
    pub const fn path(self) -> &'static str {
        self.row().1
    }

    /// Gives the name of its icon.
    pub const fn icon(self) -> &'static str {
        self.row().2
    }

    /// Gives the letter that leads there after G.
    pub const fn key(self) -> &'static str {
        self.row().3
    }
}

impl Group {
    /// Gives its places in order.
    pub const fn places(self) -> &'static [Place] {
        match self {
            Self::Main => &[Place::Week, Place::Accounts, Place::People, Place::Plans],
            Self::Programme => &[Place::Portfolio, Place::Criteria],
            Self::Data => &[Place::Imports, Place::Methods, Place::Events],
            Self::Foot => &[Place::Settings, Place::System, Place::Help],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_place_is_in_one_group_and_has_its_own_letter() {
        let groups = [Group::Main, Group::Programme, Group::Data, Group::Foot];
        let grouped: Vec<_> = groups.iter().flat_map(|group| group.places()).collect();
        assert_eq!(grouped.len(), Place::ALL.len());
        let keys: BTreeSet<_> = Place::ALL.iter().map(|place| place.key()).collect();
        assert_eq!(keys.len(), Place::ALL.len());
    }
}
