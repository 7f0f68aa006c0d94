//! A short fingerprint of a row's values, for facts that no number of their own identifies.

use jiff::civil::{Date, Time};
use orchestre_domain::money::{Currency, Money};

/// Mixes values into 64 bits; the same on every machine and in every version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digest(u64);

const SEED: u64 = 0x2D35_8DCC_AA6C_78A5;
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

impl Digest {
    pub(crate) const fn new() -> Self {
        Self(SEED)
    }

    fn word(&mut self, word: u64) {
        let wide = u128::from(self.0 ^ word) * u128::from(FACTOR);
        let bytes = wide.to_le_bytes();
        let (low, high) = bytes.split_at(8);
        let part = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().unwrap_or_default());
        // The constant keeps a zero from swallowing what came before.
        self.0 = (part(low) ^ part(high)).wrapping_add(SEED).rotate_left(23);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut padded = [0; 8];
            padded.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            self.word(u64::from_le_bytes(padded));
        }
        self.word(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    }

    /// Gives the fingerprint, ready for a column of the database.
    pub(crate) const fn end(self) -> i64 {
        self.0.cast_signed()
    }
}

/// A value that can be mixed into a fingerprint.
pub(crate) trait Feed {
    fn feed(&self, digest: &mut Digest);
}

impl Feed for str {
    fn feed(&self, digest: &mut Digest) {
        digest.bytes(self.as_bytes());
    }
}

impl Feed for String {
    fn feed(&self, digest: &mut Digest) {
        digest.bytes(self.as_bytes());
    }
}

impl Feed for i64 {
    fn feed(&self, digest: &mut Digest) {
        digest.word(self.cast_unsigned());
    }
}

impl Feed for bool {
    fn feed(&self, digest: &mut Digest) {
        digest.word(u64::from(*self));
    }
}

impl Feed for Date {
    fn feed(&self, digest: &mut Digest) {
        let day = i64::from(self.year()) * 10_000 + i64::from(self.month()) * 100;
        (day + i64::from(self.day())).feed(digest);
    }
}

impl Feed for Time {
    fn feed(&self, digest: &mut Digest) {
        (i64::from(self.hour()) * 60 + i64::from(self.minute())).feed(digest);
    }
}

impl Feed for Currency {
    fn feed(&self, digest: &mut Digest) {
        self.as_str().feed(digest);
    }
}

impl Feed for Money {
    fn feed(&self, digest: &mut Digest) {
        self.minor.feed(digest);
        self.currency.feed(digest);
    }
}

impl<T: Feed> Feed for Option<T> {
    fn feed(&self, digest: &mut Digest) {
        digest.word(u64::from(self.is_some()));
        if let Some(value) = self {
            value.feed(digest);
        }
    }
}

impl<T: Feed> Feed for Vec<T> {
    fn feed(&self, digest: &mut Digest) {
        digest.word(u64::try_from(self.len()).unwrap_or(u64::MAX));
        for value in self {
            value.feed(digest);
        }
    }
}

impl<A: Feed, B: Feed> Feed for (A, B) {
    fn feed(&self, digest: &mut Digest) {
        self.0.feed(digest);
        self.1.feed(digest);
    }
}

/// Lets closed lists be mixed by their words.
macro_rules! feed_words {
    ($($name:ty),+ $(,)?) => {
        $(impl Feed for $name {
            fn feed(&self, digest: &mut Digest) {
                self.as_str().feed(digest);
            }
        })+
    };
}

feed_words!(
    orchestre_domain::account::AccountStatus,
    orchestre_domain::account::Tier,
    orchestre_domain::criterion::CriteriaSet,
    orchestre_domain::interaction::InteractionType,
    orchestre_domain::opportunity::OpportunityType,
    orchestre_domain::opportunity::Stage,
    orchestre_domain::party::PartyKind,
    orchestre_domain::person::BuyingRole,
    orchestre_domain::person::Side,
    orchestre_domain::rate::RateRule,
);

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &impl Feed) -> i64 {
        let mut digest = Digest::new();
        value.feed(&mut digest);
        digest.end()
    }

    #[test]
    fn values_that_run_into_each_other_stay_apart() {
        let pair = |a: &str, b: &str| of(&(a.to_owned(), b.to_owned()));
        assert_ne!(pair("ab", "c"), pair("a", "bc"));
        assert_ne!(pair("", "a"), pair("a", ""));
        assert_ne!(of(&Some(0_i64)), of(&None::<i64>));
        assert_ne!(of(&vec![0_i64]), of(&vec![0_i64, 0]));
    }

    #[test]
    fn the_fingerprint_is_the_same_on_every_machine_and_in_every_version() {
        assert_eq!(of(&("SO43659".to_owned(), Some(202_499_i64))), 4_852_938_486_221_448_371);
    }
}
