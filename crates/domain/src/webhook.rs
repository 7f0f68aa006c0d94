//! Webhooks: messages of what was done here to addresses that people subscribed.

/// Seconds before each try, the first at once.
///
/// # Source
///
/// Standard Webhooks 1.0.0, deliverability.
const SCHEDULE: [i64; 10] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// A receiver may ask for this much patience at most: a day, in seconds.
const PATIENCE: i64 = 86_400;
/// Both secrets sign for this long after a change: a day, in µs.
pub const OVERLAP: i64 = 86_400_000_000;

words! {
    /// How a subscription stands.
    WebhookState {
        /// It is sent to.
        On = "on",
        /// Its owner turned it off.
        Off = "off",
        /// The receiver said that it is gone for good.
        Gone = "gone",
        /// It failed until the last try.
        Failing = "failing",
    }
}

words! {
    /// How a message stands.
    DeliveryState {
        /// It waits for its next try.
        Waiting = "waiting",
        /// It was taken.
        Delivered = "delivered",
        /// It was given up.
        Failed = "failed",
        /// Its subscriber may not see it any more.
        Withheld = "withheld",
    }
}

words! {
    /// Why a try got no answer.
    SendFault {
        /// The address may not be called.
        Refused = "refused",
        /// No answer in time.
        Timeout = "timeout",
        /// No connection, or it broke.
        Connection = "connection",
        /// The secret cannot be used.
        Secret = "secret",
    }
}

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Taken,
    /// The receiver is gone for good.
    Gone,
    /// It is tried again after so many seconds.
    Again(i64),
    /// It is given up.
    GivenUp,
}

/// Gives what becomes of a message after a try.
///
/// # Shape
///
/// `tries` counts this one; `status` is missing without an answer; `wish` is how long the receiver
/// asked to be left alone, in seconds.
///
/// ```
/// use orchestre_domain::webhook::{Outcome, after};
/// assert_eq!(after(1, Some(204), None), Outcome::Taken);
/// assert_eq!(after(1, Some(302), None), Outcome::Again(5), "a redirect is a failure");
/// assert_eq!(after(2, Some(429), Some(600)), Outcome::Again(600));
/// assert_eq!(after(1, Some(410), None), Outcome::Gone);
/// assert_eq!(after(10, None, None), Outcome::GivenUp);
/// ```
pub fn after(tries: i64, status: Option<u16>, wish: Option<i64>) -> Outcome {
    match status {
        Some(200..=299) => return Outcome::Taken,
        Some(410) => return Outcome::Gone,
        _ => {}
    }
    let next = usize::try_from(tries).ok().and_then(|tries| SCHEDULE.get(tries)).copied();
    match next {
        Some(pause) => Outcome::Again(pause.max(wish.unwrap_or(0).clamp(0, PATIENCE))),
        None => Outcome::GivenUp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_tries_are_spread_over_three_days() {
        let mut pauses = Vec::new();
        let mut tries = 1;
        while let Outcome::Again(pause) = after(tries, Some(500), None) {
            pauses.push(pause);
            tries += 1;
        }
        assert_eq!((tries, pauses.len()), (10, 9));
        let days = pauses.iter().sum::<i64>().div_euclid(86_400);
        assert_eq!(days, 3);
        assert_eq!(after(0, None, Some(-5)), Outcome::Again(0));
        assert_eq!(after(3, Some(503), Some(i64::MAX)), Outcome::Again(PATIENCE));
    }
}
