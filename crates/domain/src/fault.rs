//! Faults that a data check looks for.

words! {
    /// Something that is wrong with stored data or with who works on it.
    Fault {
        /// The database file is damaged.
        CorruptPage = "corrupt_page",
        /// A row refers to one that is not there.
        BrokenReference = "broken_reference",
        /// A stored file that nothing refers to.
        OrphanBlob = "orphan_blob",
        /// A stored file is not what its digest says.
        WrongBlob = "wrong_blob",
        /// The chain of events is broken.
        BrokenChain = "broken_chain",
        /// A roll-up is not the sum of its lines.
        WrongRollup = "wrong_rollup",
        /// The closure is not what the links say.
        WrongClosure = "wrong_closure",
        /// An index is missing.
        MissingIndex = "missing_index",
        /// A lease that no living node can hold.
        StuckLease = "stuck_lease",
        /// A job that does not run.
        StuckJob = "stuck_job",
        /// Search finds what is not there, or not what is.
        SearchOutOfStep = "search_out_of_step",
        /// The server may lose what it acknowledged.
        UnsafeServer = "unsafe_server",
    }
}

impl Fault {
    /// Says whether looking for it reads all data, so that it is looked for on wish only.
    pub const fn is_deep(self) -> bool {
        matches!(
            self,
            Self::CorruptPage
                | Self::BrokenReference
                | Self::WrongBlob
                | Self::WrongRollup
                | Self::WrongClosure
        )
    }
}
