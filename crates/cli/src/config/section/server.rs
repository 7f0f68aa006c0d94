//! The section `[server]`.

use super::{Field, address, parts, whole};

/// The section's values.
pub(super) const FIELDS: &[Field] = &[
    Field {
        key: "server.listen",
        default: "127.0.0.1:8080",
        is_secret: false,
        meaning: "The address on which pages and API are served.",
        check: address,
    },
    Field {
        key: "server.public_url",
        default: "",
        is_secret: false,
        meaning: "The address by which people reach the program, such as `https://kam.example.com`; \
                  links in mails begin with it. Empty: the address of the request.",
        check: |value| {
            let fits = value.is_empty()
                || ((value.starts_with("https://") || value.starts_with("http://"))
                    && !value.ends_with('/')
                    && value.split("://").nth(1).is_some_and(|host| !host.contains(['/', ' '])));
            fits.then_some(()).ok_or("must be like https://kam.example.com, without a path")
        },
    },
    Field {
        key: "server.trusted_proxies",
        default: "",
        is_secret: false,
        meaning: "Addresses or networks (`10.0.0.0/8`) of our own proxies, separated by commas. \
                  Forwarded headers and request ids count only when they come from these.",
        check: |value| {
            parts(value)
                .all(|part| orchestre_web::network(part).is_some())
                .then_some(())
                .ok_or("must be addresses or networks, such as 127.0.0.1, 10.0.0.0/8")
        },
    },
    Field {
        key: "server.forwarded_header",
        default: "x-forwarded",
        is_secret: false,
        meaning: "What our proxies write: x-forwarded (X-Forwarded-For, -Proto, -Host) or forwarded \
                  (RFC 7239). The other form is not read.",
        check: |value| {
            matches!(value, "x-forwarded" | "forwarded")
                .then_some(())
                .ok_or("x-forwarded or forwarded")
        },
    },
    Field {
        key: "server.secure_cookies",
        default: "auto",
        is_secret: false,
        meaning: "Cookies only over TLS: auto (when the request came by https, or public_url is https), true, false.",
        check: |value| {
            matches!(value, "auto" | "true" | "false").then_some(()).ok_or("auto, true or false")
        },
    },
    Field {
        key: "server.drain_seconds",
        default: "0",
        is_secret: false,
        meaning: "After the signal to stop, /readyz says no for this long before the door closes, so \
                  that a proxy turns to other nodes.",
        check: |value| whole(value, 0, 300),
    },
];
