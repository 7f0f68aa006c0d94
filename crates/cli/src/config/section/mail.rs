//! The section `[mail]`.

use super::{Field, whole};

/// The section's values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "mail.host",
        default: "",
        is_secret: false,
        meaning: "The SMTP server that takes our mail. Empty: no mail is sent, and links are handed over by the administrator.",
        check: |value| {
            (!value.contains(['/', ' ', ':'])).then_some(()).ok_or("must be a name without a port")
        },
    },
    Field {
        key: "mail.port",
        default: "",
        is_secret: false,
        meaning: "Its port. Empty: 587 for starttls, 465 for tls, 25 for none.",
        check: |value| if value.is_empty() { Ok(()) } else { whole(value, 1, 65_535) },
    },
    Field {
        key: "mail.security",
        default: "starttls",
        is_secret: false,
        meaning: "How the way to the server is guarded: starttls (required, never optional), tls, or none for a server on this machine.",
        check: |value| {
            matches!(value, "starttls" | "tls" | "none")
                .then_some(())
                .ok_or("starttls, tls or none")
        },
    },
    Field {
        key: "mail.user",
        default: "",
        is_secret: false,
        meaning: "The user of the server. Empty: without signing in.",
        check: |_| Ok(()),
    },
    Field {
        key: "mail.password",
        default: "",
        is_secret: true,
        meaning: "The password of the server; better in a file, named by `ORCHESTRE_MAIL_PASSWORD_FILE`.",
        check: |_| Ok(()),
    },
    Field {
        key: "mail.from",
        default: "",
        is_secret: false,
        meaning: "The sender, such as `Orchestre <kam@example.com>`; needed with a host.",
        check: |value| {
            (value.is_empty() || value.contains('@')).then_some(()).ok_or("must be an address")
        },
    },
    Field {
        key: "mail.authority",
        default: "",
        is_secret: false,
        meaning: "A certificate (PEM) that is trusted besides the public ones, for a server of the house; better in a file, named by `ORCHESTRE_MAIL_AUTHORITY_FILE`.",
        check: |value| {
            (value.is_empty() || value.contains("-----BEGIN CERTIFICATE-----"))
                .then_some(())
                .ok_or("must be a certificate in PEM")
        },
    },
    Field {
        key: "mail.timeout",
        default: "20",
        is_secret: false,
        meaning: "Seconds that one step of the talk with the server may take.",
        check: |value| whole(value, 1, 600),
    },
];
