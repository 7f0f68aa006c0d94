//! Identifiers and former names of parties.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_domain::fold::fold;

use crate::error::StoreError;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

impl Work<'_> {
    /// Gives the identifiers of parties: party and scheme, value.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_identifiers(
        &mut self,
        parties: &[i64],
    ) -> Result<BTreeMap<(i64, String), String>, StoreError> {
        let mut known = BTreeMap::new();
        for some in parties.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text = format!(
                "SELECT party_id, scheme, value FROM party_identifiers WHERE party_id IN ({places})"
            );
            for row in self.rows(Sql::built(text).bind_all(values)).await? {
                known.insert((row.get("party_id")?, row.get("scheme")?), row.get("value")?);
            }
        }
        Ok(known)
    }

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

    /// Adds former names that an import brings: id, party, name, the first day on which it held no more; names that the
    /// party has stay as they are.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_former_names(
        &mut self,
        import: i64,
        names: &[(i64, i64, String, Date)],
    ) -> Result<(), StoreError> {
        for (id, party, name, until) in names {
            let text = "INSERT INTO party_names (id, party_id, name, folded, valid_from, valid_to, import_id) \
                        SELECT $1, $2, $3, $4, '0001-01-01', $5, $6 \
                        WHERE NOT EXISTS (SELECT 1 FROM party_names WHERE party_id = $2 AND name = $3)";
            let row = sql(text).bind(*id).bind(*party).bind(name).bind(Value::from(fold(name)));
            self.run(row.bind(until.to_string()).bind(import)).await?;
        }
        Ok(())
    }
}
