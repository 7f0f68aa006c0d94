//! Interactions: evidence that people met or wrote.

words! {
    /// The kind of an interaction (handbook B8.1).
    InteractionType {
        /// A meeting of executives or of a joint project.
        Executive = "executive",
        /// A meeting.
        Meeting = "meeting",
        /// A call, with or without picture.
        Call = "call",
        /// A thread of mails.
        Email = "email",
        /// A week of work in a common space.
        Workspace = "workspace",
    }
}
