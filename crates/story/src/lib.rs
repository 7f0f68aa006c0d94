//! The demo story.
#![allow(missing_docs)]
pub struct StoryFile { pub name: &'static str, pub kind: &'static str, pub text: String }
pub const FROZEN_T: jiff::civil::Date = jiff::civil::date(2026, 11, 16);
pub fn files(_t: jiff::civil::Date) -> Vec<StoryFile> { Vec::new() }
