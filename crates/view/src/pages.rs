//! The pages: one file a noun, each view only words, formatted numbers and yes or no.

pub mod styleguide;
