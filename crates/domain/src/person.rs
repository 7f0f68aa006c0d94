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
    /// What is known of an address that took part in mail or meetings.
    Identification {
        /// Nobody has decided whose it is.
        Open = "open",
        /// It was added as a new person.
        Added = "added",
        /// It is that of a person who was known.
        Known = "known",
        /// It is nobody of interest: an assistant program, a supplier of the customer.
        Ignored = "ignored",
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
