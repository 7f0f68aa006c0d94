//! Accounts: tier and status, both dated, and the steps between statuses.

words! {
    /// The rank of an account.
    Tier {
        /// Strategic and global.
        StrategicGlobal = "strategic_global",
        /// Key.
        Key = "key",
        /// National.
        National = "national",
        /// Regional.
        Regional = "regional",
        /// Standard.
        Standard = "standard",
    }
}

words! {
    /// Where an account is in the programme.
    AccountStatus {
        /// Known, nothing decided.
        Prospect = "prospect",
        /// Proposed for selection.
        Candidate = "candidate",
        /// Twelve months with limited resources and measures.
        Incubator = "incubator",
        /// A key account.
        Key = "key",
        /// A key account below the line for one round.
        Watch = "watch",
        /// The relation is coming apart.
        Uncoupling = "uncoupling",
        /// On the way out, with dignity.
        Deselecting = "deselecting",
        /// Served without a plan of its own.
        Standard = "standard",
        /// Left by veto.
        VetoExit = "veto_exit",
    }
}

/// A step that the programme does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no step from {from} to {to}")]
pub struct StatusRefusal {
    /// The present status.
    pub from: AccountStatus,
    /// The status that was asked for.
    pub to: AccountStatus,
}

impl AccountStatus {
    /// Gives the statuses that may follow (design meaning 8), without the exit by veto.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Prospect | Self::Standard | Self::VetoExit => &[Self::Candidate],
            Self::Candidate => &[Self::Incubator, Self::Key, Self::Standard],
            Self::Incubator => &[Self::Key, Self::Candidate, Self::Standard],
            Self::Key => &[Self::Watch, Self::Incubator, Self::Deselecting, Self::Uncoupling],
            Self::Watch => &[Self::Key, Self::Deselecting],
            Self::Uncoupling => &[Self::Key, Self::Watch, Self::Standard],
            Self::Deselecting => &[Self::Standard, Self::Key],
        }
    }

    /// Gives the new status.
    ///
    /// # Errors
    ///
    /// [`StatusRefusal`] when the step is not one of [`Self::next`]; any status may leave by veto.
    pub fn step(self, to: Self) -> Result<Self, StatusRefusal> {
        if to == Self::VetoExit && self != Self::VetoExit || self.next().contains(&to) {
            return Ok(to);
        }
        Err(StatusRefusal { from: self, to })
    }

    /// Says whether the account counts as being in the programme (key, watch, uncoupling).
    pub const fn is_key(self) -> bool {
        matches!(self, Self::Key | Self::Watch | Self::Uncoupling)
    }
}

#[cfg(test)]
mod tests {
    use super::AccountStatus::{self, Candidate, Deselecting, Key, Prospect, Standard, VetoExit};

    #[test]
    fn nobody_becomes_key_without_having_been_a_candidate() {
        assert!(Prospect.step(Key).is_err());
        assert!(Standard.step(Key).is_err());
        assert_eq!(Prospect.step(Candidate).and_then(|s| s.step(Key)), Ok(Key));
        assert_eq!(Deselecting.step(Key), Ok(Key));
    }

    #[test]
    fn a_veto_opens_the_way_out_of_every_status_and_back_to_candidate() {
        for &status in AccountStatus::ALL {
            assert_eq!(status.step(VetoExit).is_ok(), status != VetoExit, "{status}");
        }
        assert_eq!(VetoExit.step(Candidate), Ok(Candidate));
    }
}
