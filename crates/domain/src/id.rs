//! Ids: 64-bit, time-ordered, made by the program; outside a typed prefix and 13 letters.

use std::sync::atomic::{AtomicI64, Ordering};

/// Letters of Crockford's base 32.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Microseconds from 1970 to 2024-01-01, where ids begin.
const EPOCH: i64 = 1_704_067_200_000_000;

/// Makes ids that grow with time; the node number tells processes apart.
#[derive(Debug)]
pub struct Ids {
    last: AtomicI64,
    node: i64,
}

impl Ids {
    /// Gives an allocator for the process with this node number (only its last ten bits count).
    pub const fn new(node: i64) -> Self {
        Self { last: AtomicI64::new(0), node: node & 0x3ff }
    }

    /// Gives the next id at `now` (µs since 1970); later calls always give larger ones.
    pub fn next(&self, now: i64) -> i64 {
        let tick = (now - EPOCH).max(1);
        let step = |last: i64| Some((last + 1).max(tick));
        let last = match self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step) {
            Ok(last) | Err(last) => last,
        };
        ((last + 1).max(tick) << 10) | self.node
    }
}

/// Writes an id as its prefix and 13 letters.
///
/// ```
/// use orchestre_domain::id::{read, write};
/// let text = write("acc", 4_711);
/// assert_eq!(text, "acc_00000000004k7"[..].to_owned());
/// assert_eq!(read("acc", &text), Some(4_711));
/// assert_eq!(read("hsk", &text), None);
/// ```
pub fn write(prefix: &str, id: i64) -> String {
    let mut letters = [b'0'; 13];
    let mut rest = id.unsigned_abs();
    for place in letters.iter_mut().rev() {
        let at = usize::try_from(rest & 31).unwrap_or_default();
        *place = LETTERS.get(at).copied().unwrap_or(b'0');
        rest >>= 5;
    }
    format!("{prefix}_{}", letters.iter().copied().map(char::from).collect::<String>())
}

/// Reads an id of the given prefix; `None` for any other text.
pub fn read(prefix: &str, text: &str) -> Option<i64> {
    let letters = text.strip_prefix(prefix)?.strip_prefix('_')?;
    if letters.len() != 13 {
        return None;
    }
    let mut id: u64 = 0;
    for letter in letters.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        id = id.checked_mul(32)?.checked_add(u64::try_from(value).ok()?)?;
    }
    i64::try_from(id).ok()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal),+ $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The prefix of the outside form.
            pub const PREFIX: &'static str = $prefix;

            /// Reads the outside form.
            pub fn parse(text: &str) -> Option<Self> {
                read($prefix, text).map(Self)
            }

            /// Gives the number that tables hold.
            pub const fn as_i64(self) -> i64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&write($prefix, self.0))
            }
        }
    )+ };
}

ids! {
    /// A party: a node of the customers' world.
    PartyId = "pty",
    /// An account: a view on the hierarchy that is managed as one.
    AccountId = "acc",
    /// A person of any side.
    PersonId = "per",
    /// A person's way in.
    LoginId = "lgn",
    /// A session of somebody who is signed in.
    SessionId = "ses",
    /// A product.
    ProductId = "prd",
    /// An opportunity.
    OpportunityId = "opp",
    /// An interaction.
    InteractionId = "int",
    /// A plan.
    PlanId = "pln",
    /// An objective of a plan.
    ObjectiveId = "obj",
    /// An action.
    ActionId = "act",
    /// A risk of a plan.
    RiskId = "rsk",
    /// An import.
    ImportId = "imp",
    /// A recipe for files.
    RecipeId = "rcp",
    /// An event.
    EventId = "evt",
    /// A judgement on a criterion.
    JudgementId = "jdg",
    /// A unit of ours that answers for some accounts.
    UnitId = "unt",
    /// A role that reaches certain accounts only.
    GrantId = "grt",
    /// A loan of rights to a colleague.
    DelegationId = "dlg",
    /// A wall between two accounts.
    WallId = "wal",
    /// A token of a script.
    TokenId = "tok",
    /// A subscription to events.
    WebhookId = "whk",
    /// A message to a subscriber.
    DeliveryId = "dlv",
    /// A change that somebody is asked to confirm.
    ProposalId = "prp",
    /// A passkey.
    PasskeyId = "pky",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_stands_or_goes_back() {
        let ids = Ids::new(7);
        let now = EPOCH + 1_000_000;
        let made = [ids.next(now), ids.next(now), ids.next(now - 500), ids.next(now + 9)];
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]), "{made:?}");
        assert!(made.iter().all(|id| id & 0x3ff == 7));
    }

    #[test]
    fn a_foreign_or_broken_text_is_no_id() {
        for text in [
            "",
            "acc_",
            "acc_0000000000000x",
            "acc_000000000000u",
            "ACC_0000000000001",
            "pty_0000000000001",
        ] {
            assert_eq!(AccountId::parse(text), None, "{text}");
        }
        assert_eq!(AccountId::parse("acc_zzzzzzzzzzzzz"), None, "more than 63 bits");
    }
}
