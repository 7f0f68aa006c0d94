//! A part of an answer that not everybody may read.

/// What the viewer may read, or the fact that there is a part that is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section<T> {
    /// The viewer may not read it: it appears in no output.
    Hidden,
    /// The viewer reads it.
    Shown(T),
}

impl<T> Section<T> {
    /// Gives the part when the viewer reads it; `give` is not called otherwise.
    #[expect(clippy::fn_params_excessive_bools, reason = "a condition, as in `bool::then`")]
    pub fn when(may_read: bool, give: impl FnOnce() -> T) -> Self {
        if may_read { Self::Shown(give()) } else { Self::Hidden }
    }

    /// Gives a look at the part.
    pub const fn shown(&self) -> Option<&T> {
        match self {
            Self::Shown(part) => Some(part),
            Self::Hidden => None,
        }
    }

    /// Gives the part itself.
    pub fn into_shown(self) -> Option<T> {
        match self {
            Self::Shown(part) => Some(part),
            Self::Hidden => None,
        }
    }

    /// Says whether the viewer may not read it.
    pub const fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden)
    }

    /// Gives the part of a part.
    pub fn map<U>(self, give: impl FnOnce(T) -> U) -> Section<U> {
        match self {
            Self::Shown(part) => Section::Shown(give(part)),
            Self::Hidden => Section::Hidden,
        }
    }
}
