//! Persons: sides, buying roles and what may be said about them.

words! {
    /// The side on which a person stands.
    Side {
        /// Works for us.
        Supplier = "supplier",
        /// Works for the customer.
        Customer = "customer",
        /// Neither.
        Third = "third",
    }
}

words! {
    /// The part a person has in buying (handbook B7).
    BuyingRole {
        /// Decides.
        Decider = "decider",
        /// Buys.
        Buyer = "buyer",
        /// Uses.
        User = "user",
        /// Influences.
        Influencer = "influencer",
        /// Initiates.
        Initiator = "initiator",
        /// Opens or closes the door.
        Gatekeeper = "gatekeeper",
        /// Approves.
        Approver = "approver",
    }
}
