//! The time that is passed in: nobody below the program's start reads a clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Tells the time.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Gives the present instant in microseconds since 1970, UTC.
    fn now(&self) -> i64;

    /// Gives the present day, UTC.
    fn today(&self) -> Date {
        day_of(self.now())
    }
}

/// A clock that stands still, for tests and for the demo story's fixed day.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub i64);

impl FixedClock {
    /// Gives a clock that stands at 09:00 UTC of `day`.
    pub fn at(day: Date) -> Self {
        Self(instant(day) + 9 * 3_600_000_000)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> i64 {
        self.0
    }
}

/// Gives the UTC day of an instant in microseconds; instants out of range give the first day of 1970.
pub fn day_of(micros: i64) -> Date {
    Timestamp::from_microsecond(micros)
        .map_or(Date::constant(1970, 1, 1), |at| at.to_zoned(TimeZone::UTC).date())
}

/// Gives midnight UTC of a day in microseconds.
pub fn instant(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC).map_or(0, |at| at.timestamp().as_microsecond())
}
