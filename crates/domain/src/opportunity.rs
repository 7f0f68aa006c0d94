//! Opportunities: stages and types.

words! {
    /// Where an opportunity is.
    Stage {
        /// Seen.
        Identified = "identified",
        /// Worth the work.
        Qualified = "qualified",
        /// Offered.
        Proposed = "proposed",
        /// Under negotiation.
        Negotiated = "negotiated",
        /// Won.
        Won = "won",
        /// Lost.
        Lost = "lost",
        /// Put off.
        Postponed = "postponed",
    }
}

impl Stage {
    /// Says whether the opportunity is neither won, lost nor put off.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Identified | Self::Qualified | Self::Proposed | Self::Negotiated)
    }
}

words! {
    /// What kind of business an opportunity is.
    OpportunityType {
        /// The contract goes on.
        Renewal = "renewal",
        /// Another family.
        CrossSell = "cross_sell",
        /// More or better of the same.
        UpSell = "up_sell",
        /// A unit that did not buy yet.
        NewUnit = "new_unit",
        /// Developed together.
        CoInnovation = "co_innovation",
    }
}
