//! Parties: the nodes of the customers' world, linked by dated links in several views.

words! {
    /// What a party is.
    PartyKind {
        /// The root of a group; may invoice.
        Group = "group",
        /// A company in the sense of the law.
        LegalEntity = "legal_entity",
        /// A place.
        Site = "site",
        /// A business unit.
        BusinessUnit = "business_unit",
        /// An organization that buys for its members.
        BuyingOrganization = "buying_organization",
        /// An investor; a party but no customer.
        Fund = "fund",
    }
}

impl PartyKind {
    /// Says whether a root of this kind is managed as an account.
    pub const fn may_be_account(self) -> bool {
        !matches!(self, Self::Fund)
    }
}

words! {
    /// The views that exist from the start; others are rows.
    BuiltInView {
        /// Who owns whom.
        Legal = "legal",
        /// Who buys for whom.
        Purchasing = "purchasing",
        /// By country.
        Geographic = "geographic",
        /// What the programme manages as one.
        Programme = "programme",
    }
}

impl BuiltInView {
    /// Gives the number under which the first migration stores the view.
    pub const fn id(self) -> i64 {
        match self {
            Self::Legal => 1,
            Self::Purchasing => 2,
            Self::Geographic => 3,
            Self::Programme => 4,
        }
    }
}

/// A whole share in parts per million.
pub const WHOLE_PPM: i64 = 1_000_000;
