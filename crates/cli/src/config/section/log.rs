//! The section `[log]`.

use super::Field;

/// The section's values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "log.level",
        default: "info",
        is_secret: false,
        meaning: "What is logged: error, warn, info, debug, trace.",
        check: |value| {
            matches!(value, "error" | "warn" | "info" | "debug" | "trace")
                .then_some(())
                .ok_or("error, warn, info, debug or trace")
        },
    },
    Field {
        key: "log.format",
        default: "text",
        is_secret: false,
        meaning: "text for people, json for machines.",
        check: |value| matches!(value, "text" | "json").then_some(()).ok_or("text or json"),
    },
];
