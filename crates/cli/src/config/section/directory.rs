//! The section `[data]`.

use super::Field;

/// The section's values.
pub(super) const FIELDS: &[Field] = &[Field {
    key: "data.directory",
    default: "orchestre-data",
    is_secret: false,
    meaning: "The data directory; only in a file named by --config, or in the environment.",
    check: |value| (!value.is_empty()).then_some(()).ok_or("must not be empty"),
}];
