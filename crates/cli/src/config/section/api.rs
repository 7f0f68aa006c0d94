//! The section `[api]`.

use super::{Field, whole};

/// The section's values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "api.rate",
        default: "600",
        is_secret: false,
        meaning: "Requests to the API that a login may send in a minute; 0 is no limit.",
        check: |value| whole(value, 0, 1_000_000),
    },
    Field {
        key: "api.rate_strangers",
        default: "120",
        is_secret: false,
        meaning: "Requests to the API that strangers of one network may send in a minute; 0 is no limit.",
        check: |value| whole(value, 0, 1_000_000),
    },
];
