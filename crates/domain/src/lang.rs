//! The languages of the screens.

words! {
    /// A language in which pages, documents and messages exist.
    Lang {
        /// English (en-GB spelling).
        En = "en",
        /// French.
        Fr = "fr",
    }
}
