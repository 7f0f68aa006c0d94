//! What the user says about a file beyond its content.

use orchestre_domain::money::Currency;

use crate::day::DateOrder;
use crate::number::Mark;

/// What the user says about a file; answers to doubts, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
    /// Pairs of heading and field: they outrank the list of known headings.
    ///
    /// `(cost, StandardCost*OrderQuantity)` makes a field from the product of two columns;
    /// an empty field or `-` leaves the column out.
    pub map: Vec<(String, String)>,
    /// The decimal mark, where the numbers do not decide it or are wrong.
    pub decimal: Option<Mark>,
    /// The order of day and month, where the dates do not decide it.
    pub date_order: Option<DateOrder>,
    /// The most bytes that a text may have after unpacking.
    pub unpacked_limit: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            currency: None,
            map: Vec::new(),
            decimal: None,
            date_order: None,
            unpacked_limit: 512 * 1024 * 1024,
        }
    }
}
