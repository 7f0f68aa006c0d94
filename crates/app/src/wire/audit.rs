//! The chain of events and its checkpoints, as the API tells them.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::chain::ChainState;
use crate::checkpoints::{Audit, Checkpoint, Mark};

/// How the chain stands and what was given out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditWire {
    /// Events that are linked.
    pub links: i64,
    /// The hash of the last link; empty before the first.
    pub hash: String,
    /// Events that are not linked yet.
    pub unsealed: i64,
    /// Where checkpoints go: `file`, `mail`, `stamp`.
    #[schema(examples("file"))]
    pub places: Vec<&'static str>,
    /// Hours between two checkpoints of one place.
    pub hours: i64,
    /// The latest checkpoints, the newest first.
    pub checkpoints: Vec<CheckpointWire>,
}

/// A checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CheckpointWire {
    /// The id.
    #[schema(examples("93569323295285567"))]
    pub id: String,
    /// Where it went: `file`, `mail`, `stamp`.
    #[schema(examples("file"))]
    pub place: &'static str,
    /// The last link that it holds.
    pub link: i64,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// `done`, or the code of what went wrong.
    #[schema(examples("done"))]
    pub result: String,
    /// The line, to be kept.
    pub line: String,
    /// What the time-stamp authority signed, base64; null for other places.
    pub proof: Option<String>,
}

/// How far the chain holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChainWire {
    /// Whether every link holds.
    pub holds: bool,
    /// Links that hold, from the first.
    pub links: i64,
    /// The first that does not; null when all hold.
    pub broken: Option<BrokenWire>,
}

/// A link that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BrokenWire {
    /// Its place, from 1.
    pub link: i64,
    /// `changed`, `missing` (the one before) or `moved`.
    #[schema(examples("changed"))]
    pub wrong: &'static str,
    /// The event that stands there.
    pub event: String,
    /// When it was done, as it stands there.
    #[schema(format = DateTime)]
    pub at: String,
}

/// Gives how the chain stands.
pub fn audit(shown: &Audit) -> AuditWire {
    AuditWire {
        links: shown.last.0,
        hash: shown.last.1.clone(),
        unsealed: shown.unsealed,
        places: shown.places.iter().map(|place| place.as_str()).collect(),
        hours: shown.hours,
        checkpoints: shown.checkpoints.iter().map(checkpoint).collect(),
    }
}

/// Gives a checkpoint.
pub fn checkpoint(one: &Checkpoint) -> CheckpointWire {
    CheckpointWire {
        id: one.id.to_string(),
        place: one.place.as_str(),
        link: one.seq,
        at: instant(one.at),
        result: one.result.clone(),
        line: Mark { seq: one.seq, hash: one.hash.clone(), at: one.at }.line(),
        proof: one.proof.clone(),
    }
}

/// Gives how far the chain holds.
pub fn chain(state: &ChainState) -> ChainWire {
    ChainWire {
        holds: state.broken.is_none(),
        links: state.sealed,
        broken: state.broken.as_ref().map(|broken| BrokenWire {
            link: broken.seq,
            wrong: broken.wrong.as_str(),
            event: broken.id.to_string(),
            at: instant(broken.at),
        }),
    }
}

/// Writes an instant as RFC 3339, in seconds.
fn instant(micros: i64) -> String {
    let at = Timestamp::from_microsecond(micros).unwrap_or_default();
    format!("{at:.0}")
}
