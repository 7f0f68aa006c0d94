//! View models to HTML: design system, languages, formats, pictures, components and pages.
//!
//! A page is one struct with only words, formatted numbers and yes or no, and a template that
//! extends `layouts/page.html`. It reads no database and knows no HTTP.
//! Start reading at [`page`], [`view`] and [`pages::styleguide`], which shows every part.

pub mod asset;
pub mod chart;
pub mod component;
pub mod format;
pub mod html;
pub mod icon;
pub mod lang;
pub mod mail;
pub mod mark;
pub mod page;
pub mod pages;
pub mod picture;
pub mod text;
pub mod view;

pub use component::{empty, field, figure, notice, pager, sort, table, tabs, tree};
pub use html::{Html, Link};
pub use lang::Lang;
pub use text::{text, text_with};

#[cfg(test)]
mod tests;
