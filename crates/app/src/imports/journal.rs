//! What an import changes, field by field, so that it can be traced to its line and taken back.

use std::borrow::Cow;
use std::collections::BTreeMap;

use orchestre_store::imports::{CREATED, ChangeRow, Fields, Records};
use orchestre_store::{StoreError, Value, Work};

use super::run::Run;

/// The file that says something: its import and the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) import: i64,
    pub(super) line: i64,
}

/// Change rows that are not written yet.
pub(super) struct Journal<'a> {
    run: &'a Run<'a>,
    rows: Vec<ChangeRow>,
}

impl<'a> Journal<'a> {
    pub(super) const fn new(run: &'a Run<'a>) -> Self {
        Self { run, rows: Vec::new() }
    }

    /// Notes what a field was and what it is.
    pub(super) fn note(
        &mut self,
        source: Source,
        (object, object_id): (&'static str, i64),
        field: impl Into<Cow<'static, str>>,
        (before, after): (Option<String>, Option<String>),
    ) {
        self.rows.push(ChangeRow {
            id: self.run.ctx.id(),
            import_id: source.import,
            cause_id: (source.import != self.run.import).then_some(self.run.import),
            line: source.line,
            object: object.into(),
            object_id,
            field: field.into(),
            before,
            after,
        });
    }

    /// Notes that something came to be, with what it says.
    pub(super) fn create(
        &mut self,
        source: Source,
        (records, id): (Records, i64),
        (key, fields): (Option<String>, &Fields),
    ) {
        self.note(source, (records.object(), id), CREATED, (None, key));
        for (name, value) in fields.iter().filter(|(name, value)| is_told(name, value)) {
            self.note(source, (records.object(), id), *name, (None, value.as_text()));
        }
    }

    /// Notes how rows differ from what they were; `told` says who says so.
    pub(super) async fn compare(
        &mut self,
        work: &mut Work<'_>,
        (records, before): (Records, &BTreeMap<i64, Fields>),
        told: &BTreeMap<i64, Source>,
    ) -> Result<(), StoreError> {
        let ids: Vec<i64> = told.keys().copied().collect();
        for (id, after) in work.system_records(records, &ids).await? {
            let Some(source) = told.get(&id).copied() else { continue };
            let Some(before) = before.get(&id) else {
                self.create(source, (records, id), (None, &after));
                continue;
            };
            for (name, value) in after {
                let old = before.get(name);
                if old != Some(&value) && !is_derived(name) {
                    let change = (old.and_then(Value::as_text), value.as_text());
                    self.note(source, (records.object(), id), name, change);
                }
            }
        }
        Ok(())
    }

    /// Writes what was noted.
    pub(super) async fn keep(self, work: &mut Work<'_>) -> Result<(), StoreError> {
        work.system_add_changes(self.rows).await
    }
}

/// Gives cells as one text that a change row keeps.
pub(super) fn image(cells: &[Option<String>]) -> String {
    serde_json::json!(cells).to_string()
}

/// Reads what [`image`] gave; `None` for another text.
pub(super) fn cells(text: &str) -> Option<Vec<Option<String>>> {
    serde_json::from_str(text).ok()
}

fn is_told(name: &str, value: &Value) -> bool {
    !is_derived(name) && !value.is_null()
}

/// Says whether a column follows from another.
pub(super) fn is_derived(name: &str) -> bool {
    name == "folded"
}
