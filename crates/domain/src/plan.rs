//! Account plans: states of the plan, of its objectives and of actions (handbook 0.7).

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
