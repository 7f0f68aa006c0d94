//! The section `[import]`.

use super::Field;

/// The section's values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "import.folder",
        default: "",
        is_secret: false,
        meaning: "A folder whose files go in by themselves while the program serves; each is moved to `done`, `waiting` or `refused` in it, with its report. Empty: none is watched.",
        check: |_| Ok(()),
    },
    Field {
        key: "import.origin",
        default: "files",
        is_secret: false,
        meaning: "The program that the files of the watched folder come from; its ids belong together.",
        check: |value| {
            (!value.trim().is_empty()).then_some(()).ok_or("must be a name, such as sap")
        },
    },
];
