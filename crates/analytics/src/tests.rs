//! Properties of the figures, the demo story's tables, and the pages of the methods.

mod pages;
mod properties;
mod story;
