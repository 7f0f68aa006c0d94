//! The languages of the screens.

pub use orchestre_domain::lang::Lang;
