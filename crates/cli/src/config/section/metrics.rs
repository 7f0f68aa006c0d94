//! The section `[metrics]`.

use super::{Field, address_or_empty};

/// The section's values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "metrics.listen",
        default: "",
        is_secret: false,
        meaning: "An address of its own on which /metrics, /healthz and /readyz are served, such as \
                  `127.0.0.1:9464`. Empty: off.",
        check: address_or_empty,
    },
    Field {
        key: "metrics.token",
        default: "",
        is_secret: true,
        meaning: "With a token of 16 characters or more, /metrics is also served on the address of the \
                  pages, for requests with `Authorization: Bearer …`.",
        check: |value| {
            (value.is_empty() || value.chars().count() >= 16)
                .then_some(())
                .ok_or("must have 16 characters or more")
        },
    },
];
