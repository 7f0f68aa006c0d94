//! A refusal of the command line itself: what is wrong, what to do, how the program ends.

use crate::Exit;

/// What is wrong with a command, and what to do instead.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) hint: String,
    /// How the program ends.
    pub(crate) exit: Exit,
}

impl Refusal {
    /// The request makes no sense.
    pub(crate) fn misuse(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), hint: hint.into(), exit: Exit::Misuse }
    }

    /// The answer is no.
    pub(crate) fn no(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), hint: hint.into(), exit: Exit::No }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Refusal {}
