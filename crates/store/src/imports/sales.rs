//! Sales lines and their roll-ups, kept in the same unit of work.

use std::collections::BTreeMap;

use crate::error::StoreError;
use crate::imports::rollup::{RollupPart, Sums};
use crate::row::Row;
use crate::sql::{Sql, Value};
use crate::work::Work;

/// A line of an invoice, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalesLine {
    /// Its id.
    pub id: i64,
    /// The import that brought it.
    pub import_id: i64,
    /// The line of the file.
    pub line: i64,
    /// The program that the file comes from.
    pub origin: String,
    /// What it is known by within the origin.
    pub identity: String,
    /// The day, ISO.
    pub day: String,
    /// The month.
    pub ym: i64,
    /// The party; 0 while it is not known.
    pub party_id: i64,
    /// The reference to the party, while it is not known.
    pub party_ref: Option<String>,
    /// The product; 0 while it is not known.
    pub product_id: i64,
    /// The reference to the product, while it is not known.
    pub product_ref: Option<String>,
    /// The document.
    pub document: Option<String>,
    /// The quantity × 10,000.
    pub quantity_e4: Option<i64>,
    /// The price of a unit in 1/10,000 of the currency.
    pub unit_price_e4: Option<i64>,
    /// The amount.
    pub amount_minor: i64,
    /// The cost.
    pub cost_minor: Option<i64>,
    /// The currency of both.
    pub currency: String,
    /// The kind of document.
    pub kind: String,
    /// The document that it takes back.
    pub original: Option<String>,
    /// Shipped to.
    pub ship_to: Option<String>,
    /// Billed to.
    pub bill_to: Option<String>,
    /// Sold by.
    pub selling_entity: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// Whether it was sold inside our own group; then it is in no roll-up.
    pub is_intercompany: bool,
    /// The fingerprint of its values.
    pub digest: i64,
}

pub(super) const COLUMNS: &[&str] = &[
    "id",
    "import_id",
    "line",
    "origin",
    "identity",
    "day",
    "ym",
    "party_id",
    "party_ref",
    "product_id",
    "product_ref",
    "document",
    "quantity_e4",
    "unit_price_e4",
    "amount_minor",
    "cost_minor",
    "currency",
    "kind",
    "original",
    "ship_to",
    "bill_to",
    "selling_entity",
    "channel",
    "is_intercompany",
    "digest",
];

/// The field of a change row that keeps the whole line as it was.
pub const WHOLE_LINE: &str = "whole_line";

impl SalesLine {
    /// Gives what the line adds to the roll-ups.
    pub fn part(&self) -> RollupPart {
        let is_costed = self.cost_minor.is_some();
        let sums = Sums {
            amount_minor: self.amount_minor,
            cost_minor: self.cost_minor.unwrap_or(0),
            costed_minor: if is_costed { self.amount_minor } else { 0 },
            quantity_e4: self.quantity_e4.unwrap_or(0),
            lines: 1,
            costed_lines: i64::from(is_costed),
        };
        RollupPart {
            party_id: self.party_id,
            product_id: self.product_id,
            ym: self.ym,
            currency: self.currency.clone(),
            sums: if self.is_intercompany { Sums::default() } else { sums },
        }
    }

    /// Gives the cells of the whole line as texts, in the order of the columns.
    pub fn cells(&self) -> Vec<Option<String>> {
        self.clone().into_row().iter().map(Value::as_text).collect()
    }

    /// Reads what [`Self::cells`] gave; `None` for anything else.
    pub fn from_cells(cells: &[Option<String>]) -> Option<Self> {
        let cells: BTreeMap<&str, &Option<String>> = COLUMNS.iter().copied().zip(cells).collect();
        let text = |name: &str| cells.get(name).copied().cloned().flatten();
        let number = |name: &str| text(name).and_then(|text| text.parse::<i64>().ok());
        let is_whole = |name: &&str| number(name).is_some();
        if !["id", "import_id", "ym", "amount_minor", "digest"].iter().all(is_whole) {
            return None;
        }
        Some(Self {
            id: number("id").unwrap_or_default(),
            import_id: number("import_id").unwrap_or_default(),
            line: number("line").unwrap_or_default(),
            origin: text("origin").unwrap_or_default(),
            identity: text("identity").unwrap_or_default(),
            day: text("day").unwrap_or_default(),
            ym: number("ym").unwrap_or_default(),
            party_id: number("party_id").unwrap_or_default(),
            party_ref: text("party_ref"),
            product_id: number("product_id").unwrap_or_default(),
            product_ref: text("product_ref"),
            document: text("document"),
            quantity_e4: number("quantity_e4"),
            unit_price_e4: number("unit_price_e4"),
            amount_minor: number("amount_minor").unwrap_or_default(),
            cost_minor: number("cost_minor"),
            currency: text("currency").unwrap_or_default(),
            kind: text("kind").unwrap_or_default(),
            original: text("original"),
            ship_to: text("ship_to"),
            bill_to: text("bill_to"),
            selling_entity: text("selling_entity"),
            channel: text("channel"),
            is_intercompany: number("is_intercompany") == Some(1),
            digest: number("digest").unwrap_or_default(),
        })
    }

    pub(super) fn into_row(self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.import_id.into(),
            self.line.into(),
            Value::Text(Some(self.origin)),
            Value::Text(Some(self.identity)),
            Value::Text(Some(self.day)),
            self.ym.into(),
            self.party_id.into(),
            Value::Text(self.party_ref),
            self.product_id.into(),
            Value::Text(self.product_ref),
            Value::Text(self.document),
            self.quantity_e4.into(),
            self.unit_price_e4.into(),
            self.amount_minor.into(),
            self.cost_minor.into(),
            Value::Text(Some(self.currency)),
            Value::Text(Some(self.kind)),
            Value::Text(self.original),
            Value::Text(self.ship_to),
            Value::Text(self.bill_to),
            Value::Text(self.selling_entity),
            Value::Text(self.channel),
            i64::from(self.is_intercompany).into(),
            self.digest.into(),
        ]
    }
}

impl Work<'_> {
    /// Adds the lines whose identity is free, and says for each whether it went in.
    ///
    /// # Errors
    ///
    /// As [`Work::insert_new`].
    pub async fn system_add_sales(
        &mut self,
        lines: Vec<SalesLine>,
    ) -> Result<Vec<bool>, StoreError> {
        let rows = lines.into_iter().map(SalesLine::into_row).collect();
        self.insert_new("sales_lines", COLUMNS, rows, "ON CONFLICT (origin, identity) DO NOTHING")
            .await
    }

    /// Gives the stored lines of these identities.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_known_sales(
        &mut self,
        origin: &str,
        identities: &[&str],
    ) -> Result<BTreeMap<String, SalesLine>, StoreError> {
        let mut known = BTreeMap::new();
        for some in identities.chunks(256) {
            let places: Vec<String> =
                (2..some.len() + 2).map(|place| format!("(${place})")).collect();
            // A join and not a list: both engines then look each identity up by the whole key.
            let columns = COLUMNS.join(", s.");
            let text = format!(
                "WITH asked (identity) AS (VALUES {}) SELECT s.{columns} FROM asked \
                 JOIN sales_lines s ON s.identity = asked.identity AND s.origin = $1",
                places.join(", ")
            );
            let values = some.iter().map(|identity| (*identity).into());
            for row in self.rows(Sql::built(text).bind(origin).bind_all(values)).await? {
                let line = line(&row)?;
                known.insert(line.identity.clone(), line);
            }
        }
        Ok(known)
    }

    /// Puts lines in the place of stored ones with the same ids.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_replace_sales(&mut self, lines: Vec<SalesLine>) -> Result<(), StoreError> {
        let ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
        self.system_remove_sales(&ids).await?;
        self.insert(
            "sales_lines",
            COLUMNS,
            lines.into_iter().map(SalesLine::into_row).collect(),
            "",
        )
        .await
    }

    /// Gives lines that an import brought, in the order of the file: at most `most`.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_lines_of(
        &mut self,
        import: i64,
        most: i64,
    ) -> Result<Vec<SalesLine>, StoreError> {
        let text = format!(
            "SELECT {} FROM sales_lines WHERE import_id = $1 ORDER BY line LIMIT $2",
            COLUMNS.join(", ")
        );
        let rows = self.rows(Sql::built(text).bind(import).bind(most)).await?;
        rows.iter().map(line).collect()
    }

    /// Takes lines away; their sums are the caller's.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_remove_sales(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        self.remove_where("sales_lines", "id", ids).await
    }

    /// Gives the ids of the imports of a file.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_import_ids_of(&mut self, sha256: &str) -> Result<Vec<i64>, StoreError> {
        let rows = self.system_imports_of(sha256).await?;
        Ok(rows.iter().map(|import| import.id.as_i64()).collect())
    }
}

pub(super) fn line(row: &Row) -> Result<SalesLine, StoreError> {
    Ok(SalesLine {
        id: row.get("id")?,
        import_id: row.get("import_id")?,
        line: row.get("line")?,
        origin: row.get("origin")?,
        identity: row.get("identity")?,
        day: row.get("day")?,
        ym: row.get("ym")?,
        party_id: row.get("party_id")?,
        party_ref: row.opt("party_ref")?,
        product_id: row.get("product_id")?,
        product_ref: row.opt("product_ref")?,
        document: row.opt("document")?,
        quantity_e4: row.opt("quantity_e4")?,
        unit_price_e4: row.opt("unit_price_e4")?,
        amount_minor: row.get("amount_minor")?,
        cost_minor: row.opt("cost_minor")?,
        currency: row.get("currency")?,
        kind: row.get("kind")?,
        original: row.opt("original")?,
        ship_to: row.opt("ship_to")?,
        bill_to: row.opt("bill_to")?,
        selling_entity: row.opt("selling_entity")?,
        channel: row.opt("channel")?,
        is_intercompany: row.get::<i64>("is_intercompany")? == 1,
        digest: row.get("digest")?,
    })
}
