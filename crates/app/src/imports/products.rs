//! Products from files.

use std::ops::Range;

use orchestre_domain::fold::fold;
use orchestre_ingest::{ProductRow, Row};
use orchestre_store::imports::{Fields, Records};
use orchestre_store::{SearchEntry, StoreError, Value, Work};

use super::fields::{Say, custom, price_e4};
use super::merge::{Incoming, Targets, Touched, merge};
use super::run::Run;
use super::tally::Done;

/// The products of a file.
pub(super) struct Batch {
    rows: Vec<Incoming>,
}

impl Batch {
    pub(super) fn new(rows: Vec<Row<ProductRow>>, run: &Run<'_>) -> Self {
        let mut targets = Targets::new(run, &run.keys.products);
        let incoming = |row: Row<ProductRow>| {
            let value = &row.value;
            let name = value.name.as_deref().filter(|name| *name == value.id);
            let target = targets.of(&value.id, name, row.digest);
            Incoming {
                line: i64::from(row.line),
                key: Some(value.id.clone()),
                target,
                fields: fields(value),
                defaults: defaults(value),
                doubts: Vec::new(),
            }
        };
        Self { rows: rows.into_iter().map(incoming).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) async fn apply(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
        range: Range<usize>,
    ) -> Result<Done, StoreError> {
        let rows = self.rows.get(range.clone()).unwrap_or_default();
        let (done, touched) = merge(work, run, Records::Products, (range.start, rows)).await?;
        index(work, &touched).await?;
        Ok(done)
    }
}

fn fields(row: &ProductRow) -> Fields {
    let mut fields = Fields::new();
    fields.text("name", row.name.as_deref());
    fields.say("folded", row.name.as_deref().map(fold));
    fields.text("name_fr", row.name_fr.as_deref());
    fields.text("family", row.family.as_deref());
    fields.text("business_unit", row.business_unit.as_deref());
    fields.text("unit", row.unit.as_deref());
    fields.say("list_price_e4", row.list_price.and_then(price_e4));
    fields.say("unit_cost_e4", row.unit_cost.and_then(price_e4));
    fields.currency("currency", row.list_price.or(row.unit_cost).map(|price| price.currency));
    fields.text("life_cycle", row.life_cycle.as_deref());
    fields.day("launched_on", row.launched_on);
    fields.day("end_on", row.end_on);
    fields.say("custom", custom(&row.custom));
    fields
}

/// A product without a name is called by its key.
fn defaults(row: &ProductRow) -> Fields {
    Fields::from([("name", row.id.as_str().into()), ("folded", fold(&row.id).into())])
}

pub(super) async fn index(work: &mut Work<'_>, touched: &Touched) -> Result<(), StoreError> {
    let ids: Vec<i64> = touched.iter().copied().collect();
    let records = work.system_records(Records::Products, &ids).await?;
    let entry = |(id, fields): (&i64, &Fields)| {
        let text = |name: &str| fields.get(name).and_then(Value::as_text).unwrap_or_default();
        SearchEntry {
            object: "product",
            object_id: *id,
            party_id: None,
            title: text("name"),
            detail: [text("name_fr"), text("family")].join(" ").trim().to_owned(),
            weight: 30,
        }
    };
    work.system_index(&records.iter().map(entry).collect::<Vec<_>>()).await
}
