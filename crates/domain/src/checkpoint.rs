//! Checkpoints: one line that says how far the chain of events had come, to be kept out of house.

use jiff::Timestamp;

words! {
    /// Where checkpoints go.
    Place {
        /// A file that is only added to.
        File = "file",
        /// Mail to somebody outside.
        Mail = "mail",
        /// A time-stamp authority (RFC 3161).
        Stamp = "stamp",
    }
}

/// How every line begins; the number is the form of the line.
const HEAD: &str = "orchestre-checkpoint 1";

/// How far the chain had come at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The last link, from 1.
    pub seq: i64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
    /// When, µs since 1970; whole seconds in the line.
    pub at: i64,
}

impl Mark {
    /// Gives the line, without its end.
    ///
    /// ```
    /// use orchestre_domain::checkpoint::Mark;
    /// let mark = Mark { seq: 7, hash: "ab".repeat(32), at: 1_790_000_000_000_000 };
    /// assert!(mark.line().starts_with("orchestre-checkpoint 1 seq=7 hash=abab"));
    /// assert!(mark.line().ends_with(" at=2026-09-21T14:13:20Z"));
    /// assert_eq!(Mark::parse(&mark.line()), Some(mark));
    /// ```
    pub fn line(&self) -> String {
        let at = Timestamp::from_second(self.at.div_euclid(1_000_000)).unwrap_or_default();
        format!("{HEAD} seq={} hash={} at={at}", self.seq, self.hash)
    }

    /// Reads a line; `None` for any other text.
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.trim().strip_prefix(HEAD)?.split_whitespace();
        let mut next = |key: &str| words.next()?.strip_prefix(key)?.strip_prefix('=');
        let seq = next("seq")?.parse().ok().filter(|seq| *seq > 0)?;
        let hash = next("hash")?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let at: Timestamp = next("at")?.parse().ok()?;
        is_hash.then(|| Self { seq, hash: hash.to_ascii_lowercase(), at: at.as_microsecond() })
    }

    /// Gives every checkpoint of a text (a file, a mail), with the numbers of their lines from 1.
    pub fn all(text: &str) -> Vec<(usize, Self)> {
        let lines = text.lines().enumerate();
        lines.filter_map(|(at, line)| Some((at + 1, Self::parse(line)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_touched_is_no_checkpoint() {
        let mark = Mark { seq: 12, hash: "0a".repeat(32), at: 1_790_000_000_000_000 };
        let line = mark.line();
        for broken in [
            line.replace("seq=12", "seq=0"),
            line.replace("seq=12", "seq=x"),
            line.replace("0a0a", "0a0"),
            line.replace("0a0a", "zz0a"),
            line.replace("2026", "20x6"),
            line.replace("checkpoint 1", "checkpoint 2"),
            String::new(),
        ] {
            assert_eq!(Mark::parse(&broken), None, "{broken}");
        }
        let mail = format!("Hello,\n\n  {line}\r\n\nGoodbye");
        assert_eq!(Mark::all(&mail), [(3, mark)]);
    }
}
