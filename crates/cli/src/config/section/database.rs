//! The section `[database]`.

use super::{Field, whole, yes_or_no};

/// The section's values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "database.url",
        default: "",
        is_secret: true,
        meaning: "A PostgreSQL address (`postgres://…`). Empty: SQLite in the data directory.",
        check: |value| {
            let fits = value.is_empty()
                || value.starts_with("postgres://")
                || value.starts_with("postgresql://");
            fits.then_some(()).ok_or("must be empty or begin with postgres://")
        },
    },
    Field {
        key: "database.schema",
        default: "public",
        is_secret: false,
        meaning: "The schema of the PostgreSQL database; it must exist.",
        check: |value| {
            let fits =
                !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            fits.then_some(()).ok_or("letters, digits and _ only")
        },
    },
    Field {
        key: "database.readers",
        default: "8",
        is_secret: false,
        meaning: "Connections that read at the same time.",
        check: |value| whole(value, 1, 256),
    },
    Field {
        key: "database.allow_unsafe",
        default: "false",
        is_secret: false,
        meaning: "Serves on a PostgreSQL server with fsync off, which loses data in a power cut.",
        check: yes_or_no,
    },
];
