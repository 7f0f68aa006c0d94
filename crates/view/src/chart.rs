//! Pictures as SVG, laid out on the server: plain data in, a drawing and its table out.
//!
//! The same layout serves the page, in two or three widths with the colours of the style sheet, and the
//! paper, in one width with colours of its own.

mod bars;
mod columns;
mod concentration;
mod drawing;
mod lines;
mod matrix;
mod pen;
mod placing;
mod scale;
mod sparkline;
mod stacked;
mod tree;

pub use bars::{BarRow, Bars};
pub use columns::{Column, Columns};
pub use concentration::Lorenz;
pub use drawing::{Breadth, Drawing, Heading, Key, Palette};
pub use lines::{Line, Lines};
pub use matrix::{Bubble, BubbleKind, Matrix};
pub use sparkline::sparkline;
pub use stacked::{Stacked, StackedBar};
pub use tree::{Node, OrgTree};
