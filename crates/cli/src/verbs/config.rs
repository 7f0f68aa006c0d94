//! `orchestre config check`.

use serde_json::json;

use crate::config::Origin;
use crate::open::Call;
use crate::table::Table;
use crate::{Exit, output};

/// Checks every value and prints it with its origin.
pub(crate) fn check(call: &Call) -> anyhow::Result<Exit> {
    let config = call.config()?;
    if call.is_json {
        let values = config.shown().into_iter().map(
            |(key, value, origin)| json!({"key": key, "value": value, "origin": words(origin)}),
        );
        output::json(&values.collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    let mut table = Table::default().text("key").text("value").text("from");
    for (key, value, origin) in config.shown() {
        table.row([key.to_owned(), value, words(origin)]);
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
