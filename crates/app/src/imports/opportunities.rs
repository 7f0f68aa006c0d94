//! Opportunities from files, with the first step of their history.

use std::ops::Range;

use jiff::civil::Date;
use orchestre_domain::float::ratio;
use orchestre_domain::hierarchy::Period;
use orchestre_domain::import::IssueCode;
use orchestre_domain::opportunity::{OpportunityType, Stage};
use orchestre_domain::party::WHOLE_PPM;
use orchestre_ingest::{OpportunityRow, Row};
use orchestre_store::imports::{Fields, Records, Wanted};
use orchestre_store::{SearchEntry, StoreError, Value, Work};

use super::fields::{Reference, Say, refer};
use super::keys::KeyMap;
use super::merge::{Incoming, Targets, Touched, merge};
use super::run::Run;
use super::tally::{Done, Doubt};

/// The opportunities of a file, and the day on which each came to its stage.
pub(super) struct Batch {
    rows: Vec<Incoming>,
    since: Vec<(Stage, Date)>,
}

const ACCOUNT: Reference =
    Reference { number: "party_id", text: "party_ref", field: "account", wanted: Wanted::Party };
const PRODUCT: Reference = Reference {
    number: "product_id",
    text: "product_ref",
    field: "product",
    wanted: Wanted::Product,
};
const OWNER: Reference =
    Reference { number: "owner_id", text: "owner_ref", field: "owner", wanted: Wanted::Person };

impl Batch {
    pub(super) fn new(rows: &[Row<OpportunityRow>], run: &Run<'_>) -> Self {
        let mut targets = Targets::new(run, run.keys.other(Records::Opportunities));
        let since = rows.iter().map(|row| (row.value.stage, since(&row.value))).collect();
        let rows = rows.iter().map(|row| incoming(run, &mut targets, row)).collect();
        Self { rows, since }
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
        let since = self.since.get(range.clone()).unwrap_or_default();
        let (done, touched) = merge(work, run, Records::Opportunities, (range.start, rows)).await?;
        let steps = rows.iter().zip(since).filter_map(|(row, (stage, day))| {
            let id = row.target.id().filter(|id| touched.contains(id))?;
            Some((id, stage.as_str(), *day))
        });
        work.system_add_stages(run.import, &steps.collect::<Vec<_>>()).await?;
        index(work, &run.keys.parties, &touched).await?;
        Ok(done)
    }
}

/// Gives the day from which the stage holds: of the decision, else of the opening, else ever.
fn since(row: &OpportunityRow) -> Date {
    let decided = row.close_on.filter(|_| !row.stage.is_open());
    decided.or(row.opened_on).unwrap_or(Period::ALWAYS.from)
}

fn incoming(run: &Run<'_>, targets: &mut Targets<'_>, row: &Row<OpportunityRow>) -> Incoming {
    let (line, value) = (i64::from(row.line), &row.value);
    let (mut fields, mut doubts) = (Fields::new(), Vec::new());
    fields.text("name", value.name.as_deref());
    fields.say("type", value.kind.map(OpportunityType::as_str));
    fields.say("amount_minor", value.amount.map(|amount| amount.minor));
    fields.currency("currency", value.amount.map(|amount| amount.currency));
    fields.say("stage", Some(value.stage.as_str()));
    fields.say("probability", value.probability.and_then(|ppm| ratio(ppm, WHOLE_PPM)));
    fields.day("opened_on", value.opened_on);
    fields.day("close_on", value.close_on);
    refer(run, ACCOUNT, value.account.as_ref(), (line, &mut fields, &mut doubts));
    refer(run, PRODUCT, value.product.as_ref(), (line, &mut fields, &mut doubts));
    refer(run, OWNER, value.owner.as_ref(), (line, &mut fields, &mut doubts));
    if value.account.is_none() {
        doubts.push(Doubt::new(IssueCode::PartyEmpty, line).at("account", None));
    }
    Incoming {
        line,
        key: Some(value.id.clone()),
        target: targets.of(&value.id, None, row.digest),
        fields,
        defaults: Fields::new(),
        doubts,
    }
}

pub(super) async fn index(
    work: &mut Work<'_>,
    parties: &KeyMap,
    touched: &Touched,
) -> Result<(), StoreError> {
    let ids: Vec<i64> = touched.iter().copied().collect();
    let records = work.system_records(Records::Opportunities, &ids).await?;
    let keys = work.system_keys_of("opportunity", &ids).await?;
    let entry = |(id, fields): (&i64, &Fields)| {
        let text = |name: &str| fields.get(name).and_then(Value::as_text).unwrap_or_default();
        let party_id = match fields.get("party_id") {
            Some(Value::Int(party)) => *party,
            _ => None,
        };
        let key = keys.get(id).cloned().unwrap_or_default();
        let account = party_id.and_then(|party| parties.name_of(party)).unwrap_or_default();
        let (name, key) =
            if text("name").is_empty() { (key, String::new()) } else { (text("name"), key) };
        SearchEntry {
            object: "opportunity",
            object_id: *id,
            party_id,
            title: name,
            detail: [account, key.as_str()].join(" ").trim().to_owned(),
            weight: 20,
        }
    };
    work.system_index(&records.iter().map(entry).collect::<Vec<_>>()).await
}
