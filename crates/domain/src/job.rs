//! Jobs: when the program does what it does by itself.

words! {
    /// How a job stands.
    JobState {
        /// It waits for its time.
        Waiting = "waiting",
        /// Somebody runs it.
        Running = "running",
        /// It failed and is tried again.
        Retrying = "retrying",
        /// It failed too often and waits for a person.
        GivenUp = "given_up",
    }
}

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;
/// Microseconds of a day.
const DAY: i64 = 86_400 * SECOND;

/// When a job comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// This many seconds after it ended.
    Every(i64),
    /// Once a day, this many minutes after midnight UTC.
    Daily(i64),
}

impl Rhythm {
    /// Gives the next instant after `now`, µs.
    pub fn next(self, now: i64) -> i64 {
        match self {
            Self::Every(seconds) => now.saturating_add(seconds.max(1).saturating_mul(SECOND)),
            Self::Daily(minutes) => {
                let at = now - now.rem_euclid(DAY) + minutes.rem_euclid(1_440) * 60 * SECOND;
                if at > now { at } else { at + DAY }
            }
        }
    }
}

/// Gives when a job that failed for the `tries`-th time is tried again, µs; `None` when no pause is
/// left. `pauses` are seconds.
///
/// # Edges
///
/// A job that never gives up repeats its last pause: see [`retry_for_ever`].
pub fn retry(pauses: &[i64], tries: i64, now: i64) -> Option<i64> {
    let place = usize::try_from(tries.saturating_sub(1)).ok()?;
    pauses.get(place).map(|seconds| now.saturating_add(seconds.saturating_mul(SECOND)))
}

/// Gives when a periodic job that failed is tried again, µs: the last pause repeats, and its own
/// rhythm comes first when it is sooner.
pub fn retry_for_ever(rhythm: Rhythm, pauses: &[i64], tries: i64, now: i64) -> i64 {
    let last = pauses.last().copied().unwrap_or(60).saturating_mul(SECOND);
    let pause = retry(pauses, tries, now).unwrap_or_else(|| now.saturating_add(last));
    pause.min(rhythm.next(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_daily_job_comes_at_its_minute_today_or_tomorrow() {
        let two = Rhythm::Daily(120);
        let day = 20_000 * DAY;
        assert_eq!(two.next(day), day + 7_200 * SECOND);
        assert_eq!(two.next(day + 7_199 * SECOND), day + 7_200 * SECOND);
        assert_eq!(two.next(day + 7_200 * SECOND), day + DAY + 7_200 * SECOND, "never twice");
    }

    #[test]
    fn a_rhythm_of_nothing_still_goes_on() {
        assert_eq!(Rhythm::Every(0).next(5), 5 + SECOND);
    }

    #[test]
    fn pauses_grow_and_end() {
        let pauses = [10, 60];
        assert_eq!(retry(&pauses, 1, 0), Some(10 * SECOND));
        assert_eq!(retry(&pauses, 2, 0), Some(60 * SECOND));
        assert_eq!(retry(&pauses, 3, 0), None);
        assert_eq!(retry(&pauses, 0, 0), None);
    }

    #[test]
    fn a_periodic_job_never_gives_up_and_never_comes_later_than_usual() {
        let hourly = Rhythm::Every(3_600);
        assert_eq!(retry_for_ever(hourly, &[10, 60], 9, 0), 60 * SECOND);
        assert_eq!(retry_for_ever(Rhythm::Every(5), &[10], 1, 0), 5 * SECOND);
    }
}
