//! The roll-ups of sales: sums of a party, a month and a currency, with and without the product.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Value, sql};
use crate::work::Work;

/// What a line adds to the roll-ups, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollupPart {
    /// The party.
    pub party_id: i64,
    /// The product.
    pub product_id: i64,
    /// The month.
    pub ym: i64,
    /// The currency.
    pub currency: String,
    /// What it adds; nothing for a line inside our own group.
    pub sums: Sums,
}

/// Sums of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Turnover.
    pub amount_minor: i64,
    /// Cost of the lines that have one.
    pub cost_minor: i64,
    /// Turnover of the lines that have a cost.
    pub costed_minor: i64,
    /// Quantity × 10,000.
    pub quantity_e4: i64,
    /// Lines.
    pub lines: i64,
    /// Lines that have a cost.
    pub costed_lines: i64,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.amount_minor += other.amount_minor;
        self.cost_minor += other.cost_minor;
        self.costed_minor += other.costed_minor;
        self.quantity_e4 += other.quantity_e4;
        self.lines += other.lines;
        self.costed_lines += other.costed_lines;
    }

    /// Gives the sums with the other sign.
    #[must_use]
    pub const fn negative(self) -> Self {
        Self {
            amount_minor: -self.amount_minor,
            cost_minor: -self.cost_minor,
            costed_minor: -self.costed_minor,
            quantity_e4: -self.quantity_e4,
            lines: -self.lines,
            costed_lines: -self.costed_lines,
        }
    }

    pub(crate) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            amount_minor: row.get("amount_minor")?,
            cost_minor: row.get("cost_minor")?,
            costed_minor: row.get("costed_minor")?,
            quantity_e4: row.get("quantity_e4")?,
            lines: row.get("lines")?,
            costed_lines: row.get("costed_lines")?,
        })
    }

    fn values(self) -> [Value; 6] {
        [
            self.amount_minor.into(),
            self.cost_minor.into(),
            self.costed_minor.into(),
            self.quantity_e4.into(),
            self.lines.into(),
            self.costed_lines.into(),
        ]
    }
}

/// Changes of the roll-ups, summed in memory before they are written.
#[derive(Debug, Clone, Default)]
pub struct Rollup {
    parties: BTreeMap<(i64, i64, String), Sums>,
    products: BTreeMap<(i64, i64, i64, String), Sums>,
    /// Parties that lose lines: sums of no line at all go.
    losing: BTreeSet<i64>,
}

impl Rollup {
    /// Adds a part to both roll-ups.
    pub fn add(&mut self, part: &RollupPart) {
        if part.sums != Sums::default() {
            let key = (part.party_id, part.ym, part.currency.clone());
            self.parties.entry(key).or_default().add(part.sums);
            self.add_product(part);
        }
    }

    /// Takes a part out of both roll-ups.
    pub fn take(&mut self, part: &RollupPart) {
        self.add(&RollupPart { sums: part.sums.negative(), ..part.clone() });
    }

    /// Adds a part to the roll-up by product only.
    pub(crate) fn add_product(&mut self, part: &RollupPart) {
        if part.sums.lines < 0 {
            self.losing.insert(part.party_id);
        }
        let key = (part.party_id, part.product_id, part.ym, part.currency.clone());
        self.products.entry(key).or_default().add(part.sums);
    }
}

const MONTH: &[&str] = &[
    "party_id",
    "ym",
    "currency",
    "amount_minor",
    "cost_minor",
    "costed_minor",
    "quantity_e4",
    "lines",
    "costed_lines",
];
const PRODUCT_MONTH: &[&str] = &[
    "party_id",
    "product_id",
    "ym",
    "currency",
    "amount_minor",
    "cost_minor",
    "costed_minor",
    "quantity_e4",
    "lines",
    "costed_lines",
];

macro_rules! adding {
    ($table:literal, $key:literal) => {
        concat!(
            "ON CONFLICT (",
            $key,
            ") DO UPDATE SET amount_minor = ",
            $table,
            ".amount_minor + excluded.amount_minor, cost_minor = ",
            $table,
            ".cost_minor + excluded.cost_minor, costed_minor = ",
            $table,
            ".costed_minor + excluded.costed_minor, quantity_e4 = ",
            $table,
            ".quantity_e4 + excluded.quantity_e4, lines = ",
            $table,
            ".lines + excluded.lines, costed_lines = ",
            $table,
            ".costed_lines + excluded.costed_lines"
        )
    };
}

impl Work<'_> {
    /// Adds changes to the roll-ups.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_rollup(&mut self, rollup: Rollup) -> Result<(), StoreError> {
        let parties = rollup.parties.into_iter().filter(|(_, sums)| *sums != Sums::default());
        let parties = parties.map(|((party, ym, currency), sums)| {
            let mut row = vec![party.into(), ym.into(), Value::Text(Some(currency))];
            row.extend(sums.values());
            row
        });
        let tail = adding!("fact_party_month", "party_id, ym, currency");
        self.insert("fact_party_month", MONTH, parties.collect(), tail).await?;
        let products = rollup.products.into_iter().filter(|(_, sums)| *sums != Sums::default());
        let products = products.map(|((party, product, ym, currency), sums)| {
            let mut row =
                vec![party.into(), product.into(), ym.into(), Value::Text(Some(currency))];
            row.extend(sums.values());
            row
        });
        let tail = adding!("fact_party_product_month", "party_id, product_id, ym, currency");
        self.insert("fact_party_product_month", PRODUCT_MONTH, products.collect(), tail).await?;
        for party in rollup.losing {
            let text = "DELETE FROM fact_party_month WHERE party_id = $1 AND lines = 0";
            self.run(sql(text).bind(party)).await?;
            let text = "DELETE FROM fact_party_product_month WHERE party_id = $1 AND lines = 0";
            self.run(sql(text).bind(party)).await?;
        }
        Ok(())
    }
}
