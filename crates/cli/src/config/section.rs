//! Every value of the configuration: key, default, check, meaning. The reference is made from it.
//!
//! A section is a file beside this one, with its `FIELDS`, and a line in [`SECTIONS`].

mod api;
mod audit;
mod backup;
mod database;
mod directory;
mod import;
mod log;
mod mail;
mod metrics;
mod secrets;
mod server;
mod sign_in;

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

/// Every section, in the order of the reference.
const SECTIONS: &[&[Field]] = &[
    directory::FIELDS,
    database::FIELDS,
    server::FIELDS,
    api::FIELDS,
    log::FIELDS,
    metrics::FIELDS,
    mail::FIELDS,
    secrets::FIELDS,
    audit::FIELDS,
    backup::FIELDS,
    import::FIELDS,
    sign_in::FIELDS,
];

/// Gives every value, by section.
pub(crate) fn fields() -> impl Iterator<Item = &'static Field> {
    SECTIONS.iter().flat_map(|section| section.iter())
}

fn whole(value: &str, least: i64, most: i64) -> Result<(), &'static str> {
    let number = value.parse::<i64>().map_err(|_bad| "must be a whole number")?;
    (least..=most).contains(&number).then_some(()).ok_or("out of range")
}

/// Refuses what is neither yes nor no.
fn yes_or_no(value: &str) -> Result<(), &'static str> {
    is_yes(value).map(|_| ()).ok_or("must be true or false (yes, no, on, off, 1, 0 too)")
}

/// Reads yes or no; `None` for anything else.
pub(crate) fn is_yes(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Refuses what is no address to listen on; an empty value passes.
fn address_or_empty(value: &str) -> Result<(), &'static str> {
    if value.is_empty() { Ok(()) } else { address(value) }
}

/// Refuses what is no address to listen on.
fn address(value: &str) -> Result<(), &'static str> {
    let is_address = value.parse::<std::net::SocketAddr>().is_ok();
    is_address.then_some(()).ok_or("must be like 127.0.0.1:8080")
}

/// Gives the parts of a list: separated by commas.
pub(crate) fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|part| !part.is_empty())
}
