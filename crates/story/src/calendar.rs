//! The days of the story: T, the months before it, and the words of the tables that name days.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

/// Gives the day on which tests freeze the story.
pub const FROZEN_T: Date = date(2026, 11, 16);

/// Gives T of a day: the Monday of its week.
pub fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().since(Weekday::Monday));
    day.saturating_sub(back.days())
}

/// The days of one telling of the story.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    t: Date,
}

impl Calendar {
    pub(crate) fn new(t: Date) -> Self {
        Self { t }
    }

    pub(crate) fn t(self) -> Date {
        self.t
    }

    /// Gives T minus some days; negative days lie after T.
    pub(crate) fn ago(self, days: i64) -> Date {
        self.t.saturating_sub(days.days())
    }

    /// Gives the first day of M-n; a negative n lies after the month of T.
    pub(crate) fn month(self, n: i64) -> Date {
        self.t.first_of_month().saturating_sub(n.months())
    }

    /// Gives the first and the last day of a story year, 0 to 2.
    pub(crate) fn year(self, year: usize) -> (Date, Date) {
        let first = 36 - 12 * i64::try_from(year).unwrap_or(0);
        (self.month(first), self.month(first - 12).saturating_sub(1.day()))
    }

    /// Reads `T-90`, `T+14`, `M-6`, `M-7/15`, `M+14` or a year of four digits.
    pub(crate) fn read(self, word: &str) -> Option<Date> {
        if let Some(days) = word.strip_prefix('T') {
            return Some(self.ago(if days.is_empty() { 0 } else { -signed(days)? }));
        }
        let Some(months) = word.strip_prefix('M') else {
            let year: i16 = word.parse().ok()?;
            return Date::new(year, 1, 1).ok();
        };
        let (months, day) = months.split_once('/').unwrap_or((months, "1"));
        let first = self.month(-signed(months)?);
        let day: i64 = day.parse().ok()?;
        Some(first.saturating_add((day - 1).days()))
    }

    /// Reads `from..to` where either may be missing.
    pub(crate) fn span(self, words: &str) -> Option<(Option<Date>, Option<Date>)> {
        let (from, to) = words.split_once("..")?;
        let read =
            |word: &str| if word.is_empty() { Some(None) } else { self.read(word).map(Some) };
        Some((read(from)?, read(to)?))
    }
}

fn signed(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// Gives the text of a day that may be missing.
pub(crate) fn text(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_days_are_read() {
        let calendar = Calendar::new(FROZEN_T);
        assert_eq!(calendar.read("T-90"), Some(date(2026, 8, 18)));
        assert_eq!(calendar.read("T+14"), Some(date(2026, 11, 30)));
        assert_eq!(calendar.read("M-6"), Some(date(2026, 5, 1)));
        assert_eq!(calendar.read("M-7/15"), Some(date(2026, 4, 15)));
        assert_eq!(calendar.read("M+14"), Some(date(2028, 1, 1)));
        assert_eq!(calendar.read("2003"), Some(date(2003, 1, 1)));
        assert_eq!(calendar.read("soon"), None);
    }

    #[test]
    fn the_monday_of_a_sunday_is_six_days_before() {
        assert_eq!(monday(date(2026, 11, 22)), FROZEN_T);
        assert_eq!(monday(FROZEN_T), FROZEN_T);
    }

    #[test]
    fn the_third_year_ends_with_the_month_before_t() {
        let calendar = Calendar::new(FROZEN_T);
        assert_eq!(calendar.year(2), (date(2025, 11, 1), date(2026, 10, 31)));
        assert_eq!(calendar.year(0).0, date(2023, 11, 1));
    }
}
