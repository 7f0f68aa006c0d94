//! A row for every field that an import changed: what was there, what is there now.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::StoreError;
use crate::sql::{Sql, Value};
use crate::work::Work;

/// The field of a change row that says that an import made the object.
pub const CREATED: &str = "created";

/// A changed field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Its id.
    pub id: i64,
    /// The import whose file says so.
    pub import_id: i64,
    /// The later import that let it take effect, where the row waited for it.
    pub cause_id: Option<i64>,
    /// The line of the file.
    pub line: i64,
    /// The kind of object.
    pub object: Cow<'static, str>,
    /// The object's number.
    pub object_id: i64,
    /// The field; [`CREATED`] where the object came to be.
    pub field: Cow<'static, str>,
    /// What was there.
    pub before: Option<String>,
    /// What is there now.
    pub after: Option<String>,
}

impl Work<'_> {
    /// Adds change rows.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_changes(&mut self, changes: Vec<ChangeRow>) -> Result<(), StoreError> {
        let rows = changes.into_iter().map(|change| {
            vec![
                change.id.into(),
                change.import_id.into(),
                change.cause_id.into(),
                change.line.into(),
                Value::Text(Some(change.object.into_owned())),
                change.object_id.into(),
                Value::Text(Some(change.field.into_owned())),
                Value::Text(change.before),
                Value::Text(change.after),
            ]
        });
        let columns = &[
            "id",
            "import_id",
            "cause_id",
            "line",
            "object",
            "object_id",
            "field",
            "before",
            "after",
        ];
        self.insert("change_rows", columns, rows.collect(), "").await
    }

    /// Gives what imports last wrote into the fields of these objects.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_last_written(
        &mut self,
        object: &str,
        ids: &[i64],
    ) -> Result<BTreeMap<(i64, String), Option<String>>, StoreError> {
        let mut written = BTreeMap::new();
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 2);
            let text = format!(
                "SELECT object_id, field, after FROM change_rows \
                 WHERE object = $1 AND object_id IN ({places}) ORDER BY id"
            );
            for row in self.rows(Sql::built(text).bind(object).bind_all(values)).await? {
                written.insert((row.get("object_id")?, row.get("field")?), row.opt("after")?);
            }
        }
        Ok(written)
    }
}
