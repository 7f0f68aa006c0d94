//! The section `[secrets]`.

use super::Field;

/// The section's values.
pub(super) const FIELDS: &[Field] = &[Field {
    key: "secrets.path",
    default: "",
    is_secret: false,
    meaning: "The key file that seals secrets in the database (second steps, tokens of other services, mails on their way). \
              Empty: orchestre.key in the data directory, made at the first start. All nodes of one database need the same file; \
              keep a copy apart from the backups of the database.",
    check: |_| Ok(()),
}];
