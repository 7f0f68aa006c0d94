//! Imports: kinds of files, states, outcomes of rows and codes of issues.

words! {
    /// What a file holds.
    ImportKind {
        /// Parties and accounts.
        Accounts = "accounts",
        /// People, their places, assignments and assessments.
        People = "people",
        /// Dated links between parties.
        Links = "links",
        /// Products.
        Products = "products",
        /// Sales lines.
        Sales = "sales",
        /// Opportunities.
        Opportunities = "opportunities",
        /// Interactions.
        Interactions = "interactions",
        /// Cost-to-serve.
        Costs = "costs",
        /// Exchange rates.
        Rates = "rates",
        /// Account plans.
        Plans = "plans",
        /// Judgements and measures for criteria.
        Scores = "scores",
    }
}

words! {
    /// How far an import has come.
    ImportState {
        /// The file is here.
        Received = "received",
        /// Its rows were read.
        Read = "read",
        /// Its rows were compared with what is known.
        Compared = "compared",
        /// Its rows are going in.
        Applying = "applying",
        /// Its rows are in.
        Applied = "applied",
        /// It is being taken back.
        Reversing = "reversing",
        /// It was taken back.
        Reversed = "reversed",
        /// It could not be finished; nothing of it is in.
        Failed = "failed",
    }
}

words! {
    /// Why something that an import made stays when the import is taken back.
    KeptBy {
        /// A newer import changed it.
        Import = "import",
        /// A link of a group leads to it.
        Link = "link",
        /// People work there, serve it, or are thought of.
        People = "people",
        /// A plan, an objective, an action or a risk speaks of it.
        Plan = "plan",
        /// A right, a wall or a login depends on it.
        Right = "right",
        /// Business was written down for it by hand.
        Business = "business",
        /// Something was merged into it.
        Merge = "merge",
    }
}

words! {
    /// What a row does.
    Outcome {
        /// Makes something new.
        Create = "create",
        /// Changes something.
        Update = "update",
        /// Says what is known already.
        Unchanged = "unchanged",
        /// Is left out.
        Skip = "skip",
        /// Contradicts something that was set by hand or by another file.
        Conflict = "conflict",
    }
}

/// Codes of what keeps a row, or the whole file, out.
const REFUSALS: [IssueCode; 17] = [
    IssueCode::DateUnreadable,
    IssueCode::NumberUnreadable,
    IssueCode::OutOfRange,
    IssueCode::RequiredMissing,
    IssueCode::RowUnreadable,
    IssueCode::TooFewCells,
    IssueCode::TooManyCells,
    IssueCode::EncodingBroken,
    IssueCode::KindUnknown,
    IssueCode::FormatMismatch,
    IssueCode::FileEmpty,
    IssueCode::TooLarge,
    IssueCode::ColumnMissing,
    IssueCode::UnknownWord,
    IssueCode::LinkCycle,
    IssueCode::KeyTwice,
    IssueCode::CriterionUnknown,
];

impl IssueCode {
    /// Says whether it keeps a row out; anything else is a question or a remark.
    pub fn is_refusal(self) -> bool {
        REFUSALS.contains(&self)
    }
}

words! {
    /// What is wrong with a cell, a row or a file.
    IssueCode {
        /// A money column has no currency.
        CurrencyMissing = "currency_missing",
        /// The currency is no ISO code.
        CurrencyUnknown = "currency_unknown",
        /// No date can be read here.
        DateUnreadable = "date_unreadable",
        /// The dates of the column can be read in two ways.
        AmbiguousDate = "ambiguous_date",
        /// No number can be read here.
        NumberUnreadable = "number_unreadable",
        /// The numbers of the column can be read in two ways.
        AmbiguousNumber = "ambiguous_number",
        /// The number is outside of what it may be.
        OutOfRange = "out_of_range",
        /// A required cell is empty.
        RequiredMissing = "required_missing",
        /// The row cannot be read.
        RowUnreadable = "row_unreadable",
        /// The row has fewer cells than the heading.
        TooFewCells = "too_few_cells",
        /// The row has more cells than the heading.
        TooManyCells = "too_many_cells",
        /// The bytes are no text of the file's encoding.
        EncodingBroken = "encoding_broken",
        /// It cannot be seen what the file holds.
        KindUnknown = "kind_unknown",
        /// The file is of another format than its name says.
        FormatMismatch = "format_mismatch",
        /// The file is empty.
        FileEmpty = "file_empty",
        /// The file is larger than allowed.
        TooLarge = "too_large",
        /// Two columns have the same meaning.
        HeadingTwice = "heading_twice",
        /// A required column is missing.
        ColumnMissing = "column_missing",
        /// The word is not on the list.
        UnknownWord = "unknown_word",
        /// The row refers to a party that is not known yet.
        PartyUnknown = "party_unknown",
        /// The row refers to a product that is not known yet.
        ProductUnknown = "product_unknown",
        /// The row refers to a person that is not known yet.
        PersonUnknown = "person_unknown",
        /// The row refers to no party at all.
        PartyEmpty = "party_empty",
        /// A product of nearly the same name is known: is it the same?
        ProductAlike = "product_alike",
        /// Several parties have this name; a name decides nothing.
        NameAmbiguous = "name_ambiguous",
        /// The link would make a party its own ancestor.
        LinkCycle = "link_cycle",
        /// The link overlaps in time with another parent of the same view.
        LinkOverlap = "link_overlap",
        /// The same key stands twice in the file with different contents.
        KeyTwice = "key_twice",
        /// The criterion is not part of the set.
        CriterionUnknown = "criterion_unknown",
        /// The same file was imported before.
        SeenBefore = "seen_before",
        /// Equal rows were imported by another file: again, or more?
        RowsSeenBefore = "rows_seen_before",
        /// The row was changed by hand since; the hand wins.
        ChangedByHand = "changed_by_hand",
        /// The card is of a group or a place, not of a person.
        NotAPerson = "not_a_person",
        /// The item is marked as private and stays out.
        PrivateLeftOut = "private_left_out",
        /// The event was cancelled and stays out.
        CancelledLeftOut = "cancelled_left_out",
        /// The message went to many at once and stays out.
        BulkLeftOut = "bulk_left_out",
        /// The message was written by a machine and stays out.
        AutomaticLeftOut = "automatic_left_out",
        /// The item lies before or behind the days that are taken.
        OutsideWindow = "outside_window",
        /// The rule of a series cannot be read to its end; what could be read goes in.
        RuleUnreadable = "rule_unreadable",
    }
}
