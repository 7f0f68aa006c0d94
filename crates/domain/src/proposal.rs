//! Proposals: changes that an assistant asks for and a person confirms or refuses.

words! {
    /// What is proposed.
    ProposalKind {
        /// An action to be added.
        Action = "action",
        /// An objective to be added to the plan.
        Objective = "objective",
        /// A contact to be noted.
        Interaction = "interaction",
    }
}

words! {
    /// How a proposal stands.
    ProposalState {
        /// Nobody decided yet.
        Open = "open",
        /// It was confirmed and made.
        Confirmed = "confirmed",
        /// It was refused.
        Refused = "refused",
    }
}
