//! The parts that pages are made of: each is plain data whose value is put in a template.

pub mod empty;
pub mod field;
pub mod figure;
pub mod grid;
pub mod notice;
pub mod pager;
pub mod sort;
pub mod table;
pub mod tabs;
pub mod tree;
