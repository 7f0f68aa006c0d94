//! How many requests in a minute: of a login, and of a network from which strangers come.

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use orchestre_app::Code;

use crate::problem::Problem;

/// Seconds of a window.
const WINDOW: u64 = 60;
/// So many names are known before those that rest are forgotten.
const KNOWN: usize = 10_000;

type Limiter =
    RateLimiter<String, HashMapStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// The limit of one kind of asker; none when it is off.
#[derive(Clone, Default)]
pub(crate) struct Pace {
    limiter: Option<Arc<Limiter>>,
    most: u32,
}

impl std::fmt::Debug for Pace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pace").field("most", &self.most).finish_non_exhaustive()
    }
}

/// What is left of a limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    most: u32,
    left: u32,
}

impl Pace {
    /// Gives a limit of so many requests in a minute; 0 is no limit.
    pub(crate) fn of(most: u32) -> Self {
        let limiter = NonZeroU32::new(most).map(|most| {
            let limiter = RateLimiter::hashmap(Quota::per_minute(most));
            Arc::new(limiter.with_middleware::<StateInformationMiddleware>())
        });
        Self { limiter, most }
    }

    /// Counts a request of this name.
    ///
    /// # Errors
    ///
    /// `too_many_requests` with the seconds to wait.
    pub(super) fn count(&self, name: &str) -> Result<Option<Left>, Problem> {
        let Some(limiter) = &self.limiter else { return Ok(None) };
        if limiter.len() > KNOWN {
            limiter.retain_recent();
        }
        match limiter.check_key(&name.to_owned()) {
            Ok(state) => Ok(Some(Left { most: self.most, left: state.remaining_burst_capacity() })),
            Err(over) => {
                let wait = over.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                let problem = Problem::from(Code::TooManyRequests);
                let left = Left { most: self.most, left: 0 };
                let problem = problem.with(header::RETRY_AFTER, wait.to_string());
                Err(left
                    .headers()
                    .into_iter()
                    .fold(problem, |problem, (name, value)| problem.with(name, value)))
            }
        }
    }
}

impl Left {
    fn headers(self) -> [(HeaderName, String); 2] {
        let Self { most, left } = self;
        [
            (
                HeaderName::from_static("ratelimit-policy"),
                format!("\"minute\";q={most};w={WINDOW}"),
            ),
            (HeaderName::from_static("ratelimit"), format!("\"minute\";r={left};t={WINDOW}")),
        ]
    }

    /// Tells an answer what is left.
    pub(super) fn tell(self, answer: &mut Response) {
        for (name, value) in self.headers() {
            if let Ok(value) = HeaderValue::from_str(&value) {
                answer.headers_mut().insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn whoever_asks_too_often_waits_and_nobody_else_does() {
        let pace = Pace::of(3);
        assert!((0..3).all(|_| pace.count("a").is_ok()));
        assert!(pace.count("a").is_err());
        assert!(pace.count("b").is_ok());
        assert!((0..1_000).all(|_| Pace::of(0).count("a").unwrap().is_none()));
    }
}
