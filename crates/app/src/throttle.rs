//! Waiting after failures, kept in the store so that all nodes share it.
//!
//! Nobody is locked out: waits are short, and somebody on a known device waits for the failures of
//! that device alone, whatever others try.

use orchestre_store::{StoreError, Work};

use crate::sessions::digest;
use crate::{App, AppError};

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;
/// Failures that cost nothing, of an address (or a device) and of a network.
const FREE: [i64; 2] = [5, 20];
/// Failures are forgotten when the last wait ended this long ago: fifteen minutes.
const FORGOTTEN: i64 = 15 * 60 * SECOND;
/// The longest wait: five minutes.
const LONGEST: i64 = 300 * SECOND;

/// The names under which tries are counted: an address or a device, then the network.
#[derive(Debug, Clone)]
pub(crate) struct Names(Vec<(String, i64)>);

impl Names {
    /// Gives the names of a try for an address.
    pub(crate) async fn of(
        app: &App,
        email: &str,
        network: &str,
        device: Option<&str>,
    ) -> Result<Self, StoreError> {
        if let Some(device) = device.map(digest)
            && app.db.read(async |work| work.knows_device(&device, email).await).await?
        {
            let name = digest(&format!("{device} {email}"));
            return Ok(Self(vec![(format!("device:{name}"), FREE[0])]));
        }
        let names = [format!("email:{}", digest(email)), format!("network:{}", block(network))];
        Ok(Self(names.into_iter().zip(FREE).collect()))
    }

    /// Gives the network of a try that came from one.
    pub(crate) fn network(&self) -> Option<&str> {
        self.0.iter().find_map(|(name, _)| name.strip_prefix("network:"))
    }

    /// Refuses while one of the names waits.
    ///
    /// # Errors
    ///
    /// [`AppError::Wait`] with the seconds that are left.
    pub(crate) async fn check(&self, app: &App) -> Result<(), AppError> {
        let now = app.clock.now();
        let mut until = 0;
        for (name, _) in &self.0 {
            until = until.max(app.db.read(async |work| work.throttle(name).await).await?.1);
        }
        if until > now {
            return Err(AppError::Wait((until - now).div_euclid(SECOND) + 1));
        }
        Ok(())
    }

    /// Counts a failure under every name.
    pub(crate) async fn failed(&self, work: &mut Work<'_>, now: i64) -> Result<(), StoreError> {
        for (name, free) in &self.0 {
            let (before, until) = work.throttle(name).await?;
            let failures = if now > until + FORGOTTEN { 1 } else { before + 1 };
            work.put_throttle(name, failures, now + wait(failures - free)).await?;
        }
        Ok(())
    }

    /// Forgets the failures of the first name; a network keeps its own, since one good password
    /// must not open the way for others.
    pub(crate) async fn forget(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        match self.0.first() {
            Some((name, _)) => work.put_throttle(name, 0, 0).await,
            None => Ok(()),
        }
    }
}

/// Gives how long a name waits after so many failures that are not free: 1 s, 2 s … 5 min.
fn wait(failures: i64) -> i64 {
    let over = u32::try_from(failures).unwrap_or(0).min(10);
    if over == 0 { 0 } else { (SECOND << (over - 1)).min(LONGEST) }
}

/// Gives the block of addresses that one customer of a provider has: all of IPv4, half of IPv6.
fn block(network: &str) -> String {
    let Ok(std::net::IpAddr::V6(address)) = network.parse() else { return network.to_owned() };
    if let Some(mapped) = address.to_ipv4_mapped() {
        return mapped.to_string();
    }
    let [a, b, c, d, ..] = address.segments();
    format!("{a:x}:{b:x}:{c:x}:{d:x}::")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_stop_at_five_minutes() {
        let waits = [-3, 0, 1, 2, 3, 9, 10, 99].map(wait);
        assert_eq!(waits, [0, 0, 1, 2, 4, 256, 300, 300].map(|seconds| seconds * SECOND));
    }

    #[test]
    fn a_network_of_ipv6_is_counted_as_one() {
        assert_eq!(block("2001:db8:1:2:3:4:5:6"), block("2001:db8:1:2::9"));
        assert_ne!(block("2001:db8:1:2::9"), block("2001:db8:1:3::9"));
        assert_eq!(block("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(block("nowhere"), "nowhere");
    }
}
