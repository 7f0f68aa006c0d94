//! Numbers that look drawn and are the same on every machine.
//!
//! A stream has a seed text, `orchestre-story/1/<file>/<code>`. Its number n, counted from 0, is the first
//! eight bytes, most significant first, of the SHA-256 of `<seed>#<n>`.

use sha2::{Digest as _, Sha256};

/// A stream of numbers.
#[derive(Debug)]
pub(crate) struct Stream {
    seed: String,
    next: u64,
}

impl Stream {
    pub(crate) fn new(file: &str, code: &str) -> Self {
        Self { seed: format!("orchestre-story/1/{file}/{code}"), next: 0 }
    }

    /// Gives a number from 0 to `bound` − 1.
    pub(crate) fn below(&mut self, bound: u64) -> i128 {
        let digest = Sha256::digest(format!("{}#{}", self.seed, self.next));
        self.next += 1;
        let drawn = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        i128::from(drawn.checked_rem(bound).unwrap_or(0))
    }

    /// Gives a number from −1,000,000 to 1,000,000.
    pub(crate) fn swing(&mut self) -> i128 {
        self.below(2_000_001) - 1_000_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let draw = |code: &str| {
            let mut stream = Stream::new("sales", code);
            (0..5).map(|_| stream.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw("LYS0/1"), draw("LYS0/1"));
        assert_ne!(draw("LYS0/1"), draw("LYS0/2"));
    }

    #[test]
    fn a_swing_stays_inside() {
        let mut stream = Stream::new("sales", "x");
        assert!(
            (0..1000)
                .map(|_| stream.swing())
                .all(|swing| (-1_000_000..=1_000_000).contains(&swing))
        );
    }
}
