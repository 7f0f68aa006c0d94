//! Account plans: states of the plan, of its objectives and of actions (handbook 0.7).

use jiff::civil::Date;

words! {
    /// How far a plan has come.
    PlanState {
        /// Written.
        Draft = "draft",
        /// Read by the team.
        TeamReview = "team_review",
        /// Read by the sponsor.
        SponsorReview = "sponsor_review",
        /// Before the committee.
        Committee = "committee",
        /// In force.
        Live = "live",
        /// In force and not updated for a hundred days.
        Stale = "stale",
        /// Kept for the record.
        Archived = "archived",
    }
}

impl PlanState {
    /// Gives the states that may follow.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::TeamReview],
            Self::TeamReview => &[Self::SponsorReview, Self::Draft],
            Self::SponsorReview => &[Self::Committee, Self::Draft],
            Self::Committee => &[Self::Live, Self::Draft],
            Self::Live | Self::Stale => &[Self::Archived],
            Self::Archived => &[],
        }
    }

    /// Gives the new state; `None` when the step does not exist.
    pub fn step(self, to: Self) -> Option<Self> {
        self.next().contains(&to).then_some(to)
    }

    /// Gives the state as it stands on a day: in force and not updated for more than `days` days is
    /// stale, whatever was stored.
    #[must_use]
    pub fn on(self, day: Date, updated_on: Date, days: i64) -> Self {
        match self {
            Self::Live | Self::Stale if days_between(updated_on, day) > days => Self::Stale,
            Self::Live | Self::Stale => Self::Live,
            other => other,
        }
    }
}

/// Gives the days from one day to another; negative when the other comes first.
pub fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours().div_euclid(24)
}

words! {
    /// How an objective stands.
    ObjectiveState {
        /// Proposed by one side.
        Proposed = "proposed",
        /// Agreed.
        Agreed = "agreed",
        /// On track.
        OnTrack = "on_track",
        /// At risk.
        AtRisk = "at_risk",
        /// Late.
        Late = "late",
        /// Achieved.
        Achieved = "achieved",
        /// Missed.
        Missed = "missed",
        /// Dropped, with a reason.
        Dropped = "dropped",
    }
}

words! {
    /// What an objective is about.
    ObjectiveType {
        /// The relationship.
        Relationship = "relationship",
        /// Growth.
        Growth = "growth",
        /// Profitability.
        Profitability = "profitability",
        /// Innovation.
        Innovation = "innovation",
        /// Operations.
        Operational = "operational",
        /// Image.
        Image = "image",
    }
}

words! {
    /// When an objective is to be reached.
    Horizon {
        /// Within twelve months.
        Short = "short",
        /// In twelve to thirty-six months.
        Long = "long",
    }
}

words! {
    /// How an action stands.
    ActionState {
        /// Not begun.
        Todo = "todo",
        /// Begun.
        Doing = "doing",
        /// Waits for something.
        Blocked = "blocked",
        /// Done.
        Done = "done",
        /// Dropped, with a reason.
        Dropped = "dropped",
    }
}

impl ActionState {
    /// Says whether something remains to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Doing | Self::Blocked)
    }

    /// Gives the new state; `None` from an action that is done or dropped, except to begin again.
    pub fn step(self, to: Self) -> Option<Self> {
        (self.is_open() || to == Self::Todo).then_some(to)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_plan_in_force_is_stale_after_a_hundred_days_without_update() {
        let day = date(2026, 11, 16);
        let on = |state: PlanState, updated: Date| state.on(day, updated, 100);
        assert_eq!(on(PlanState::Live, date(2026, 8, 8)), PlanState::Live, "a hundred days");
        assert_eq!(on(PlanState::Live, date(2026, 8, 7)), PlanState::Stale);
        assert_eq!(on(PlanState::Stale, day), PlanState::Live, "it was updated");
        assert_eq!(on(PlanState::Draft, date(2020, 1, 1)), PlanState::Draft);
    }

    #[test]
    fn an_action_that_is_over_only_begins_again() {
        assert_eq!(ActionState::Done.step(ActionState::Todo), Some(ActionState::Todo));
        assert_eq!(ActionState::Done.step(ActionState::Dropped), None);
        assert_eq!(ActionState::Blocked.step(ActionState::Done), Some(ActionState::Done));
    }
}
