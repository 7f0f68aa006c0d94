//! Identifiers and former names of parties.

use jiff::civil::Date;
use orchestre_domain::fold::fold;

use crate::error::StoreError;
use crate::sql::{Value, sql};
use crate::work::Work;

impl Work<'_> {
    /// Sets identifiers: party, scheme, value.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_identifiers(
        &mut self,
        identifiers: &[(i64, &'static str, String)],
    ) -> Result<(), StoreError> {
        let row = |(party, scheme, value): &(i64, &'static str, String)| {
            vec![(*party).into(), (*scheme).into(), value.into()]
        };
        let tail = "ON CONFLICT (party_id, scheme) DO UPDATE SET value = excluded.value";
        let columns = &["party_id", "scheme", "value"];
        self.insert("party_identifiers", columns, identifiers.iter().map(row).collect(), tail).await
    }

    /// Adds former names: id, party, name, the first day on which it held no more; names that the
    /// party has stay as they are.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_former_names(
        &mut self,
        names: &[(i64, i64, String, Date)],
    ) -> Result<(), StoreError> {
        for (id, party, name, until) in names {
            let text = "INSERT INTO party_names (id, party_id, name, folded, valid_from, valid_to) \
                        SELECT $1, $2, $3, $4, '0001-01-01', $5 \
                        WHERE NOT EXISTS (SELECT 1 FROM party_names WHERE party_id = $2 AND name = $3)";
            let row = sql(text).bind(*id).bind(*party).bind(name).bind(Value::from(fold(name)));
            self.run(row.bind(until.to_string())).await?;
        }
        Ok(())
    }
}
