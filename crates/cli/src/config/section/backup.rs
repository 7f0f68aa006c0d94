//! The section `[backup]`.

use orchestre_app::keep::Key;

use super::Field;

/// The section's values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "backup.folder",
        default: "",
        is_secret: false,
        meaning: "The folder of the daily backups, best on another disk. Empty: `backups` in the data directory.",
        check: |_| Ok(()),
    },
    Field {
        key: "backup.key",
        default: "",
        is_secret: false,
        meaning: "A public key of age (`age1…`) with which the daily backups are encrypted. Empty: they are not.",
        check: |value| {
            (value.is_empty() || Key::to(value).is_some())
                .then_some(())
                .ok_or("must be a public key of age, such as age1…")
        },
    },
];
