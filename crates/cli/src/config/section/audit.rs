//! The section `[audit]`.

use super::{Field, whole};

/// The section's values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "audit.file",
        default: "",
        is_secret: false,
        meaning: "A file to which checkpoints of the chain of events are added, best on a disk that cannot be overwritten. Empty: none.",
        check: |_| Ok(()),
    },
    Field {
        key: "audit.mail",
        default: "",
        is_secret: false,
        meaning: "An address outside of the house to which checkpoints are sent; needs the section [mail]. Empty: none.",
        check: |value| {
            (value.is_empty() || value.contains('@')).then_some(()).ok_or("must be an address")
        },
    },
    Field {
        key: "audit.timestamp_url",
        default: "",
        is_secret: false,
        meaning: "The address of a time-stamp authority (RFC 3161) that signs checkpoints. Empty: none.",
        check: |value| {
            let is_web = value.starts_with("https://") || value.starts_with("http://");
            (value.is_empty() || is_web).then_some(()).ok_or("must begin with https:// or http://")
        },
    },
    Field {
        key: "audit.hours",
        default: "24",
        is_secret: false,
        meaning: "Hours between two checkpoints of one place.",
        check: |value| whole(value, 1, 8_760),
    },
];
