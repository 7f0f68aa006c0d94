//! Months as integers: 202611 is November 2026.

use jiff::civil::Date;

/// A month of a year; ordered, stored as `year × 100 + month`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ym(i64);

impl Ym {
    /// Reads the stored number; `None` when it is no month.
    pub fn new(number: i64) -> Option<Self> {
        let month = number.rem_euclid(100);
        ((1..=12).contains(&month) && (100..=999_912).contains(&number)).then_some(Self(number))
    }

    /// Gives the month of a day.
    pub fn of(day: Date) -> Self {
        Self(i64::from(day.year()) * 100 + i64::from(day.month()))
    }

    /// Gives the stored number.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Gives the year.
    pub const fn year(self) -> i64 {
        self.0.div_euclid(100)
    }

    /// Gives the month of the year, 1 to 12.
    pub const fn month(self) -> i64 {
        self.0.rem_euclid(100)
    }

    /// Gives the month that lies `months` later (earlier when negative).
    ///
    /// ```
    /// use orchestre_domain::month::Ym;
    /// let november = Ym::new(202_611).unwrap();
    /// assert_eq!(november.plus(2).number(), 202_701);
    /// assert_eq!(november.plus(-11).number(), 202_512);
    /// assert_eq!(november.since(november.plus(-25)), 25);
    /// ```
    #[must_use]
    pub const fn plus(self, months: i64) -> Self {
        let index = self.index() + months;
        Self(index.div_euclid(12) * 100 + index.rem_euclid(12) + 1)
    }

    /// Gives the number of months from `other` to this one.
    pub const fn since(self, other: Self) -> i64 {
        self.index() - other.index()
    }

    /// Gives the first day of the month.
    pub fn first_day(self) -> Date {
        let year = i16::try_from(self.year()).unwrap_or(1);
        Date::new(year, i8::try_from(self.month()).unwrap_or(1), 1).unwrap_or(Date::ZERO)
    }

    /// Gives the last day of the month.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    const fn index(self) -> i64 {
        self.year() * 12 + self.month() - 1
    }
}

/// The twelve complete months that end at or before a day, and not after the last closed month.
///
/// Design meaning 1. `None` when there are no facts.
pub fn window_end(day: Date, facts_until: Option<Ym>) -> Option<Ym> {
    let month = Ym::of(day);
    let complete = if day == day.last_of_month() { month } else { month.plus(-1) };
    facts_until.map(|until| until.min(complete))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_month_of_a_last_day_is_complete() {
        let until = Ym::new(203_001);
        assert_eq!(window_end(date(2026, 11, 16), until), Ym::new(202_610));
        assert_eq!(window_end(date(2026, 10, 31), until), Ym::new(202_610));
        assert_eq!(window_end(date(2026, 10, 30), until), Ym::new(202_609));
        assert_eq!(window_end(date(2026, 10, 30), Ym::new(202_005)), Ym::new(202_005));
        assert_eq!(window_end(date(2026, 10, 30), None), None);
    }
}
