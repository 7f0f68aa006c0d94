//! Sales lines from files: identity, attribution and roll-ups in one write.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use orchestre_domain::import::{IssueCode, Outcome};
use orchestre_domain::month::Ym;
use orchestre_ingest::{Row, SaleRow};
use orchestre_store::imports::{Rollup, SalesLine, WHOLE_LINE, Wanted};
use orchestre_store::{StoreError, Work};
use sha2::{Digest, Sha256};

use super::fields::{doubt, price_e4};
use super::file::hexadecimal;
use super::journal::{Journal, Source, image};
use super::keys::Found;
use super::run::Run;
use super::shown;
use super::tally::{Done, Doubt};

/// The sales lines of a file.
pub(super) struct Batch {
    rows: Vec<Row<SaleRow>>,
    /// How many rows before have the same values, for lines that no number identifies.
    occurrences: Vec<u32>,
}

/// What a line is known by.
enum Identity {
    /// Document and line of the document.
    Number(String),
    /// Its values and how many lines before it in the file have the same.
    Values(String),
}

impl Identity {
    fn text(self) -> String {
        match self {
            Self::Number(text) | Self::Values(text) => text,
        }
    }
}

impl Batch {
    pub(super) fn new(rows: Vec<Row<SaleRow>>) -> Self {
        let mut seen: BTreeMap<[u8; 12], u32> = BTreeMap::new();
        let occurrences = rows.iter().map(|row| {
            if number(&row.value).is_some() {
                return 0;
            }
            let count = seen.entry(fingerprint(&row.value)).or_default();
            *count += 1;
            *count
        });
        let occurrences = occurrences.collect();
        Self { rows, occurrences }
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
        let occurrences = self.occurrences.get(range.clone()).unwrap_or_default();
        let mut step = Step { run, done: Done::default(), seen: BTreeMap::new() };
        let mut lines: Vec<(usize, Identity, SalesLine)> = Vec::with_capacity(rows.len());
        for ((place, row), occurrence) in (range.start..).zip(rows).zip(occurrences) {
            let identity = identity(&row.value, *occurrence);
            match step.line(row, &identity) {
                Some(line) => lines.push((place, identity, line)),
                None => step.done.row(place, Outcome::Skip),
            }
        }
        let lines = step.without_twins(lines);
        step.store(work, lines).await?;
        Ok(step.done)
    }
}

fn number(row: &SaleRow) -> Option<(&str, &str)> {
    row.document.as_deref().zip(row.line.as_deref())
}

fn identity(row: &SaleRow, occurrence: u32) -> Identity {
    if let Some((document, line)) = number(row) {
        return Identity::Number(format!("{document}\u{1f}{line}"));
    }
    let digits = hexadecimal(&fingerprint(row));
    Identity::Values(format!("={digits}\u{1f}{occurrence}"))
}

/// Gives the digest of what the line says, without cost and currency: other options for the same
/// file correct its lines and do not double them.
fn fingerprint(row: &SaleRow) -> [u8; 12] {
    let mut digest = Sha256::new();
    let mut number = |value: Option<i64>| {
        let value = value.map_or_else(String::new, |value| value.to_string());
        digest.update(value.as_bytes());
        digest.update([0x1f]);
    };
    number(row.quantity_e4);
    number(row.unit_price.map(|price| price.minor_e4));
    number(row.amount.map(|amount| amount.minor));
    let day = row.date.to_string();
    let texts = [
        &row.document,
        &row.line,
        &row.account,
        &row.product,
        &row.document_type,
        &row.original,
        &row.ship_to,
        &row.bill_to,
        &row.selling_entity,
        &row.channel,
    ];
    let texts = texts.into_iter().map(|text| text.as_deref().unwrap_or_default());
    for text in texts.chain([day.as_str()]) {
        digest.update(text.as_bytes());
        digest.update([0x1f]);
    }
    let mut short = [0; 12];
    short.iter_mut().zip(digest.finalize()).for_each(|(to, from)| *to = from);
    short
}

/// A chunk on its way in.
struct Step<'a> {
    run: &'a Run<'a>,
    done: Done,
    seen: BTreeMap<String, i64>,
}

impl Step<'_> {
    /// Gives the line as it is stored; `None` when it has no amount.
    fn line(&mut self, row: &Row<SaleRow>, identity: &Identity) -> Option<SalesLine> {
        let (line, value) = (i64::from(row.line), &row.value);
        let amount = value.amount?;
        let (party_id, party_ref) =
            self.follow(Wanted::Party, ("account", value.account.as_ref()), line);
        let (product_id, product_ref) =
            self.follow(Wanted::Product, ("product", value.product.as_ref()), line);
        if value.account.is_none() {
            self.done.doubts.push(Doubt::new(IssueCode::PartyEmpty, line).at("account", None));
        }
        let (Identity::Number(text) | Identity::Values(text)) = identity;
        Some(SalesLine {
            id: self.run.ctx.id(),
            import_id: self.run.import,
            line,
            origin: self.run.origin.to_owned(),
            identity: text.clone(),
            day: value.date.to_string(),
            ym: Ym::of(value.date).number(),
            party_id,
            party_ref,
            product_id,
            product_ref,
            document: value.document.clone(),
            quantity_e4: value.quantity_e4,
            unit_price_e4: value.unit_price.and_then(price_e4),
            amount_minor: amount.minor,
            cost_minor: value
                .cost
                .filter(|cost| cost.currency == amount.currency)
                .map(|cost| cost.minor),
            currency: amount.currency.as_str().to_owned(),
            kind: value.document_type.clone().unwrap_or_else(|| "invoice".to_owned()),
            original: value.original.clone(),
            ship_to: value.ship_to.clone(),
            bill_to: value.bill_to.clone(),
            selling_entity: value.selling_entity.clone(),
            channel: value.channel.clone(),
            is_intercompany: value.intercompany.unwrap_or(false),
            digest: row.digest,
        })
    }

    fn follow(
        &mut self,
        wanted: Wanted,
        (field, text): (&'static str, Option<&String>),
        line: i64,
    ) -> (i64, Option<String>) {
        let Some(text) = text else { return (0, None) };
        let found = self.run.keys.of(wanted).find(self.run.origin, text);
        if let Found::One(id) = found {
            return (id, Some(text.clone()));
        }
        self.done.doubts.extend(doubt(wanted, &found, (line, field, text)));
        (0, Some(text.clone()))
    }

    /// Leaves out lines whose number stands twice in the chunk: the first counts.
    fn without_twins(
        &mut self,
        lines: Vec<(usize, Identity, SalesLine)>,
    ) -> Vec<(usize, Identity, SalesLine)> {
        let mut kept = Vec::with_capacity(lines.len());
        for (place, identity, line) in lines {
            match self.seen.get(&line.identity) {
                None => {
                    self.seen.insert(line.identity.clone(), line.digest);
                    kept.push((place, identity, line));
                }
                Some(digest) if *digest == line.digest => self.done.row(place, Outcome::Unchanged),
                Some(_) => self.twice(place, &line),
            }
        }
        kept
    }

    fn twice(&mut self, place: usize, line: &SalesLine) {
        let shown = line.identity.replace('\u{1f}', " / ");
        self.done.doubts.push(Doubt::new(IssueCode::KeyTwice, line.line).at("document", shown));
        self.done.row(place, Outcome::Skip);
    }

    async fn store(
        &mut self,
        work: &mut Work<'_>,
        lines: Vec<(usize, Identity, SalesLine)>,
    ) -> Result<(), StoreError> {
        let mut rollup = Rollup::default();
        let went_in =
            work.system_add_sales(lines.iter().map(|(_, _, line)| line.clone()).collect()).await?;
        let mut others = Vec::new();
        for ((place, identity, line), is_new) in lines.into_iter().zip(went_in) {
            if is_new {
                rollup.add(&line.part());
                if self.run.is_compared {
                    self.done.diffs.push(shown::sold(&line));
                }
                self.done.row(place, Outcome::Create);
            } else {
                others.push((place, identity, line));
            }
        }
        if !others.is_empty() {
            self.meet(work, others, &mut rollup).await?;
        }
        work.system_add_rollup(rollup).await
    }

    /// Deals with lines whose identity is known already.
    async fn meet(
        &mut self,
        work: &mut Work<'_>,
        lines: Vec<(usize, Identity, SalesLine)>,
        rollup: &mut Rollup,
    ) -> Result<(), StoreError> {
        let identities: Vec<&str> =
            lines.iter().map(|(_, _, line)| line.identity.as_str()).collect();
        let known = work.system_known_sales(self.run.origin, &identities).await?;
        let (mut changed, mut more) = (Vec::new(), Vec::new());
        for (place, identity, line) in lines {
            let Some(before) = known.get(&line.identity) else { continue };
            let is_numbered = matches!(identity, Identity::Number(_));
            let is_own = before.import_id == self.run.import
                || self.run.same_file.contains(&before.import_id);
            match (is_numbered || is_own, before.digest == line.digest) {
                (true, true) => self.done.row(place, Outcome::Unchanged),
                (true, false) if is_numbered && before.import_id == self.run.import => {
                    self.twice(place, &line);
                }
                (true, false) => {
                    rollup.take(&before.part());
                    rollup.add(&line.part());
                    self.done.row(place, Outcome::Update);
                    changed.push((before.clone(), SalesLine { id: before.id, ..line }));
                }
                (false, _) => match self.run.answer("rows:seen") {
                    Some("again") => self.done.row(place, Outcome::Unchanged),
                    Some("more") => more.push((place, self.another(identity, line))),
                    _ => self.ask(place, &line),
                },
            }
        }
        self.replace(work, changed).await?;
        self.add_more(work, more, rollup).await
    }

    /// Another file has an equal line: again, or more? The row waits for the answer.
    fn ask(&mut self, place: usize, line: &SalesLine) {
        self.done.doubts.push(Doubt::new(IssueCode::RowsSeenBefore, line.line));
        self.done.row(place, Outcome::Skip);
    }

    /// Gives the line an identity of its own file.
    fn another(&self, identity: Identity, line: SalesLine) -> SalesLine {
        let file: String = self.run.sha256.chars().take(12).collect();
        SalesLine { identity: format!("{}\u{1f}{file}", identity.text()), ..line }
    }

    async fn add_more(
        &mut self,
        work: &mut Work<'_>,
        lines: Vec<(usize, SalesLine)>,
        rollup: &mut Rollup,
    ) -> Result<(), StoreError> {
        let went_in =
            work.system_add_sales(lines.iter().map(|(_, line)| line.clone()).collect()).await?;
        for ((place, line), is_new) in lines.into_iter().zip(went_in) {
            if is_new {
                rollup.add(&line.part());
            }
            self.done.row(place, if is_new { Outcome::Create } else { Outcome::Unchanged });
        }
        Ok(())
    }

    async fn replace(
        &mut self,
        work: &mut Work<'_>,
        changed: Vec<(SalesLine, SalesLine)>,
    ) -> Result<(), StoreError> {
        let mut journal = Journal::new(self.run);
        for (before, after) in &changed {
            let (old, new) = (before.part(), after.part());
            let fields = [
                ("amount_minor", old.sums.amount_minor, new.sums.amount_minor),
                ("cost_minor", old.sums.cost_minor, new.sums.cost_minor),
                ("quantity_e4", old.sums.quantity_e4, new.sums.quantity_e4),
                ("party_id", old.party_id, new.party_id),
                ("product_id", old.product_id, new.product_id),
                ("ym", old.ym, new.ym),
            ];
            let fields = || fields.into_iter().filter(|(_, old, new)| old != new);
            if self.run.is_compared {
                self.done.diffs.extend(fields().map(|field| shown::resold(after, field)));
            }
            let source = Source { import: self.run.import, line: after.line };
            let object = ("sales_line", after.id);
            for (field, old, new) in fields() {
                journal.note(source, object, field, (Some(old.to_string()), Some(new.to_string())));
            }
            journal.note(source, object, WHOLE_LINE, (Some(image(&before.cells())), None));
        }
        let unique: BTreeSet<i64> = changed.iter().map(|(before, _)| before.id).collect();
        debug_assert_eq!(unique.len(), changed.len(), "one line an identity");
        journal.keep(work).await?;
        work.system_replace_sales(changed.into_iter().map(|(_, after)| after).collect()).await
    }
}
