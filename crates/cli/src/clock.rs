//! The real clock, read here and nowhere else.

use orchestre_domain::clock::Clock;

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the time comes from")]
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_microsecond()
    }
}
