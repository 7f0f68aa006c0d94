//! Values that imports settle and that are no records: read and put back by their change row.

use crate::error::StoreError;
use crate::sql::{Sql, Value};
use crate::work::Work;

/// The objects of change rows whose fields are single values beside the records: dated tiers and
/// statuses, identifiers, rates.
pub const SETTLED: &[&str] = &["account", "party_identifier", "rate", "month_rate", "budget_rate"];

/// Where a value stands.
struct Place {
    table: &'static str,
    column: &'static str,
    keys: &'static str,
    values: Vec<Value>,
}

fn place((object, id): (&str, i64), field: &str) -> Place {
    let simple = |table, column, keys, id: Value| Place {
        table,
        column,
        keys,
        values: vec![id, field.into()],
    };
    match object {
        "account" => {
            let (field, from) = field.split_once('@').unwrap_or((field, "0001-01-01"));
            Place {
                table: "account_states",
                column: "value",
                // What a decision set is no file's.
                keys: "account_id = $1 AND field = $2 AND valid_from = $3 \
                       AND event_id IS NULL AND decided_by IS NULL",
                values: vec![id.into(), field.into(), from.into()],
            }
        }
        "party_identifier" => {
            simple("party_identifiers", "value", "party_id = $1 AND scheme = $2", id.into())
        }
        "rate" => {
            let day = super::rates::iso(id);
            simple("rates", "rate_e8", "day = $1 AND currency = $2", day.into())
        }
        "month_rate" => simple("month_rates", "rate_e8", "ym = $1 AND currency = $2", id.into()),
        _ => simple("budget_rates", "rate_e8", "fiscal_year = $1 AND currency = $2", id.into()),
    }
}

impl Work<'_> {
    /// Gives the value that a change row of [`SETTLED`] speaks of; `None` when there is none.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_settled(
        &mut self,
        object: (&str, i64),
        field: &str,
    ) -> Result<Option<String>, StoreError> {
        let Place { table, column, keys, values } = place(object, field);
        let text = format!("SELECT {column} AS value FROM {table} WHERE {keys}");
        let row = self.row(Sql::built(text).bind_all(values)).await?;
        row.map_or(Ok(None), |row| row.as_text("value"))
    }

    /// Puts a value of [`SETTLED`] back that an import changed; `None` takes it away.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_back(
        &mut self,
        object: (&str, i64),
        field: &str,
        value: Option<&str>,
    ) -> Result<(), StoreError> {
        let Place { table, column, keys, mut values } = place(object, field);
        let text = match value {
            None => format!("DELETE FROM {table} WHERE {keys}"),
            Some(value) => {
                values.push(if column == "rate_e8" {
                    Value::Int(value.parse().ok())
                } else {
                    value.into()
                });
                format!("UPDATE {table} SET {column} = ${} WHERE {keys}", values.len())
            }
        };
        self.run(Sql::built(text).bind_all(values)).await?;
        Ok(())
    }
}
