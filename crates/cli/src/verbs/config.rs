//! `orchestre config check`.

use serde_json::json;

use crate::config::Origin;
use crate::config::identity::{Entry, identity};
use crate::open::Call;
use crate::table::Table;
use crate::{Exit, output};

/// Where providers come from.
const TABLES: &str = "[[oidc]]";

/// Checks every value and prints it with its origin.
pub(crate) fn check(call: &Call) -> anyhow::Result<Exit> {
    let config = call.config()?;
    // What can be known without a server: files are read, ways in are built.
    identity(&config, "http://localhost")?;
    let providers = config.providers().iter().flat_map(Entry::shown);
    let providers: Vec<(String, String)> = providers.collect();
    if call.is_json {
        let values = config.shown().into_iter().map(
            |(key, value, origin)| json!({"key": key, "value": value, "origin": words(origin)}),
        );
        let more = providers
            .iter()
            .map(|(key, value)| json!({"key": key, "value": value, "origin": TABLES}));
        output::json(&values.chain(more).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    let mut table = Table::default().text("key").text("value").text("from");
    for (key, value, origin) in config.shown() {
        table.row([key.to_owned(), value, words(origin)]);
    }
    for (key, value) in providers {
        table.row([key, value, TABLES.to_owned()]);
    }
    for line in table.lines() {
        output::data(&line);
    }
    Ok(Exit::Done)
}

fn words(origin: &Origin) -> String {
    match origin {
        Origin::Default => "default".to_owned(),
        Origin::File(name) | Origin::Environment(name) => name.clone(),
        Origin::Flag => "flag".to_owned(),
    }
}
