//! What the user says about a file beyond its content.

use jiff::civil::Date;
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
    /// The order of day and month of single columns: heading and order.
    pub orders: Vec<(String, DateOrder)>,
    /// The decimal mark of single columns: heading and mark.
    pub marks: Vec<(String, Mark)>,
    /// The first and the last day of events and messages that are taken.
    pub window: (Date, Date),
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
            orders: Vec::new(),
            marks: Vec::new(),
            window: (Date::constant(1900, 1, 1), Date::constant(2099, 12, 31)),
            unpacked_limit: 512 * 1024 * 1024,
        }
    }
}

impl Options {
    /// Gives the order of day and month that the user settled for a column.
    pub(crate) fn order_of(&self, heading: &str) -> Option<DateOrder> {
        let own = self.orders.iter().find(|(asked, _)| asked == heading);
        own.map(|(_, order)| *order).or(self.date_order)
    }

    /// Gives the decimal mark that the user settled for a column.
    pub(crate) fn mark_of(&self, heading: &str) -> Option<Mark> {
        let own = self.marks.iter().find(|(asked, _)| asked == heading);
        own.map(|(_, mark)| *mark).or(self.decimal)
    }
}
