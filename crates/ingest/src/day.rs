//! Days as files write them.

use jiff::Span;
use jiff::civil::{Date, Time, date};
use orchestre_domain::fold::fold;

/// The order of day and month in a date of three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateOrder {
    /// `31/01/2026`
    DayFirst,
    /// `01/31/2026`
    MonthFirst,
}

/// What a cell says as a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The same in every dialect.
    Sure(Date),
    /// A whole month, by its first day.
    Month(Date),
    /// Three numbers of which only one order gives a day.
    Ordered(DateOrder, Date),
    /// Three numbers that give a day in both orders, and not the same.
    Either {
        /// The day when the day stands first.
        day_first: Date,
        /// The day when the month stands first.
        month_first: Date,
    },
}

impl Written {
    /// Gives the day in a column whose order is known; `None` when it contradicts.
    pub fn settle(self, order: DateOrder) -> Option<Date> {
        match self {
            Self::Sure(day) | Self::Month(day) => Some(day),
            Self::Ordered(written, day) => (written == order).then_some(day),
            Self::Either { day_first, month_first } => Some(match order {
                DateOrder::DayFirst => day_first,
                DateOrder::MonthFirst => month_first,
            }),
        }
    }
}

/// Gives the day that a cell writes; a time behind it is left out and never moves the day.
///
/// ISO dates, `yyyymmdd`, three numbers with `/`, `.` or `-`, names of months in English and
/// French, months alone (`2026-01`) and the day numbers of spreadsheets.
///
/// ```
/// use jiff::civil::date;
/// use orchestre_ingest::{DateOrder, Written, read_day};
/// let day = date(2026, 1, 31);
/// for text in ["2026-01-31", "2026-01-31T09:30:00.000Z", "20260131", "31.01.2026", "46053",
///     "31 janv. 2026", "Jan 31, 2026"] {
///     assert_eq!(read_day(text), Some(Written::Sure(day)), "{text}");
/// }
/// assert_eq!(read_day("01/31/26"), Some(Written::Ordered(DateOrder::MonthFirst, day)));
/// assert!(matches!(read_day("02/03/2026"), Some(Written::Either { .. })));
/// assert_eq!(read_day("2026-02-30"), None);
/// ```
pub fn read_day(text: &str) -> Option<Written> {
    let text = text.trim();
    if let Some(day) = iso(text) {
        return Some(Written::Sure(day));
    }
    let head = text.split([' ', 'T', '\u{a0}']).next()?;
    if head.bytes().all(|b| b.is_ascii_digit()) && head.len() == text.len() {
        return digits(head);
    }
    numbers(head).or_else(|| serial(text)).or_else(|| named(text))
}

/// Reads the form that most files use: `2026-01-31`, alone or with a time behind.
pub(crate) fn iso(text: &str) -> Option<Date> {
    let (day, time) = text.split_at_checked(10)?;
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 || !(time.is_empty() || time.starts_with(['T', ' '])) {
        return None;
    }
    Date::new(number(year)?, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?)
        .ok()
}

fn number(text: &str) -> Option<i16> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn day_of(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Reads `20260131`, `202601` and day numbers of spreadsheets.
fn digits(text: &str) -> Option<Written> {
    match text.len() {
        8 => {
            let (year, rest) = text.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            day_of(number(year)?, number(month)?, number(day)?).map(Written::Sure)
        }
        6 => {
            let (year, month) = text.split_at_checked(4)?;
            let year = number(year).filter(|year| (1900..=2200).contains(year))?;
            day_of(year, number(month)?, 1).map(Written::Month)
        }
        _ => serial(text),
    }
}

/// Reads days since 1899-12-30, with a fraction for the time; years 1954 to 2119 only.
fn serial(text: &str) -> Option<Written> {
    let days = text.split_once(['.', ',']).map_or(text, |(days, _)| days);
    if days.len() != 5 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
        return None;
    }
    let days: i64 = days.parse().ok().filter(|days| (20_000..=80_000).contains(days))?;
    date(1899, 12, 30).checked_add(Span::new().days(days)).ok().map(Written::Sure)
}

/// Reads three numbers, or a year and a month.
fn numbers(text: &str) -> Option<Written> {
    let sign = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = text.split(sign);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() || first.len() > 4 || second.len() > 2 {
        return None;
    }
    let (a, b) = (number(first)?, number(second)?);
    let Some(third) = third else {
        return (first.len() == 4).then(|| day_of(a, b, 1)).flatten().map(Written::Month);
    };
    if first.len() == 4 {
        return (third.len() <= 2)
            .then(|| day_of(a, b, number(third)?))
            .flatten()
            .map(Written::Sure);
    }
    if first.len() > 2 {
        return None;
    }
    let year = year(third)?;
    let (day_first, month_first) = (day_of(year, b, a), day_of(year, a, b));
    if sign == '.' {
        return day_first.map(Written::Sure);
    }
    Some(match (day_first, month_first) {
        (Some(day), Some(other)) if day == other => Written::Sure(day),
        (Some(day_first), Some(month_first)) => Written::Either { day_first, month_first },
        (Some(day), None) => Written::Ordered(DateOrder::DayFirst, day),
        (None, Some(day)) => Written::Ordered(DateOrder::MonthFirst, day),
        (None, None) => return None,
    })
}

/// Reads a year of four digits, or of two: 70 to 99 are of the last century.
fn year(text: &str) -> Option<i16> {
    match text.len() {
        4 => number(text),
        2 => number(text).map(|year| if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// Reads `31 janv. 2026`, `Jan 31, 2026`, `31-Jan-26`, `janvier 2026`.
fn named(text: &str) -> Option<Written> {
    let folded = fold(text);
    let mut words = folded.split(' ');
    let (first, second, third) = (words.next()?, words.next()?, words.next());
    if let Some(found) = month(first) {
        return match third {
            None => day_of(year(second)?, found, 1).map(Written::Month),
            Some(third) => day_of(year(third)?, found, number(second)?).map(Written::Sure),
        };
    }
    let day = first.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    day_of(year(third?)?, month(second)?, number(day)?).map(Written::Sure)
}

const MONTHS: [&[&str]; 12] = [
    &["jan", "janv", "january", "janvier"],
    &["feb", "fev", "fevr", "february", "fevrier"],
    &["mar", "mars", "march"],
    &["apr", "avr", "april", "avril"],
    &["may", "mai"],
    &["jun", "june", "juin"],
    &["jul", "juil", "july", "juillet"],
    &["aug", "aout", "august"],
    &["sep", "sept", "september", "septembre"],
    &["oct", "october", "octobre"],
    &["nov", "november", "novembre"],
    &["dec", "december", "decembre"],
];

fn month(word: &str) -> Option<i16> {
    let place = MONTHS.iter().position(|names| names.contains(&word))?;
    i16::try_from(place + 1).ok()
}

/// Reads `09:30`, `9:30 AM`, `09:30:15` and the time behind a date.
pub(crate) fn read_time(text: &str) -> Option<Time> {
    let text = text.trim();
    let tail = text.split_once('T').filter(|(day, _)| day.len() == 10).map_or(text, |(_, t)| t);
    let (clock, half) = tail.split_once(' ').unwrap_or((tail, ""));
    let mut parts = clock.split([':', 'h', '.', 'Z', '+']);
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let hour = match half.to_ascii_lowercase().as_str() {
        "pm" if hour < 12 => hour + 12,
        "am" if hour == 12 => 0,
        _ => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_behind_a_day_never_moves_it() {
        for text in ["2017-10-10T23:38:20.000+0000", "2017-10-10 00:00:00.000", "10 oct 2017"] {
            assert_eq!(read_day(text), Some(Written::Sure(date(2017, 10, 10))), "{text}");
        }
        let late = Written::Ordered(DateOrder::MonthFirst, date(2026, 2, 23));
        assert_eq!(read_day("02/23/26 08:55 PM"), Some(late));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in
            ["", "abc", "2026-13-01", "31/02/2026", "32/01/2026", "12", "1.5", "2026", "1/2"]
        {
            assert_eq!(read_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_alone_is_a_month() {
        let month = Some(Written::Month(date(2026, 1, 1)));
        for text in ["2026-01", "202601", "janvier 2026", "Jan 26"] {
            assert_eq!(read_day(text), month, "{text}");
        }
    }

    #[test]
    fn times_are_read_with_and_without_halves_of_the_day() {
        let half_past_one = Time::new(13, 30, 0, 0).ok();
        for text in ["13:30", "1:30 PM", "2026-01-31T13:30:00Z", "13h30"] {
            assert_eq!(read_time(text), half_past_one, "{text}");
        }
    }
}
