//! Every value of the configuration: key, default, check, meaning. The reference is made from it.

use anyhow::bail;

use crate::refusal::Refusal;

/// A value of the configuration.
#[derive(Debug)]
pub(crate) struct Field {
    /// `section.name`, as in the file.
    pub(crate) key: &'static str,
    /// What holds when nobody says otherwise.
    pub(crate) default: &'static str,
    /// Never shown.
    pub(crate) is_secret: bool,
    /// What it does.
    pub(crate) meaning: &'static str,
    check: fn(&str) -> Result<(), &'static str>,
}

impl Field {
    /// Gives the name of the variable: `ORCHESTRE_DATABASE_URL`.
    pub(crate) fn variable(&self) -> String {
        format!("ORCHESTRE_{}", self.key.replace('.', "_").to_uppercase())
    }

    /// Refuses a value that cannot be right.
    ///
    /// # Errors
    ///
    /// What is wrong, with the key.
    pub(crate) fn check(&self, value: &str) -> anyhow::Result<()> {
        if let Err(why) = (self.check)(value) {
            let shown = if self.is_secret { "***" } else { value };
            bail!(Refusal::misuse(format!("{} = {shown}: {why}", self.key), self.meaning));
        }
        Ok(())
    }
}

/// Every value, by section.
pub(crate) const FIELDS: &[Field] = &[
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
        key: "server.listen",
        default: "127.0.0.1:8080",
        is_secret: false,
        meaning: "The address on which pages and API are served.",
        check: |value| {
            value
                .parse::<std::net::SocketAddr>()
                .map(|_| ())
                .map_err(|_bad| "must be like 127.0.0.1:8080")
        },
    },
    Field {
        key: "server.secure_cookies",
        default: "false",
        is_secret: false,
        meaning: "Cookies only over TLS; set it behind a proxy that speaks TLS.",
        check: |value| matches!(value, "true" | "false").then_some(()).ok_or("true or false"),
    },
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

fn whole(value: &str, least: i64, most: i64) -> Result<(), &'static str> {
    let number = value.parse::<i64>().map_err(|_bad| "must be a whole number")?;
    (least..=most).contains(&number).then_some(()).ok_or("out of range")
}
