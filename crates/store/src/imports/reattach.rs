//! Rows keep their references as text and attach themselves when what they refer to arrives.

use std::collections::BTreeMap;

use crate::error::StoreError;
use crate::imports::rollup::{Rollup, RollupPart, Sums};
use crate::sql::Sql;
use crate::work::Work;

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// A party.
    Party,
    /// A product.
    Product,
    /// A person.
    Person,
}

/// A column that keeps references, and the one that they lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loose {
    /// The table.
    pub table: &'static str,
    /// The column of the reference.
    reference: &'static str,
    /// The column of the number.
    number: &'static str,
    /// The object under whose external ids the row's origin is found; empty when it has none.
    object: &'static str,
    /// What the references lead to.
    pub wanted: Wanted,
}

const fn loose(
    table: &'static str,
    (reference, number): (&'static str, &'static str),
    object: &'static str,
    wanted: Wanted,
) -> Loose {
    Loose { table, reference, number, object, wanted }
}

/// Every column that keeps references, but those of sales lines, whose sums move along.
pub const LOOSE: &[Loose] = &[
    loose("opportunities", ("party_ref", "party_id"), "opportunity", Wanted::Party),
    loose("opportunities", ("product_ref", "product_id"), "opportunity", Wanted::Product),
    loose("opportunities", ("owner_ref", "owner_id"), "opportunity", Wanted::Person),
    loose("interactions", ("party_ref", "party_id"), "interaction", Wanted::Party),
    loose("interaction_people", ("person_ref", "person_id"), "", Wanted::Person),
    loose("costs", ("party_ref", "party_id"), "cost", Wanted::Party),
    loose("judgements", ("party_ref", "party_id"), "judgement", Wanted::Party),
    loose("judgements", ("judge_ref", "judge_id"), "judgement", Wanted::Person),
    loose("stakeholder_assessments", ("author_ref", "author_id"), "", Wanted::Person),
    loose("objectives", ("owner_ref", "owner_id"), "", Wanted::Person),
    loose("objectives", ("customer_owner_ref", "customer_owner_id"), "", Wanted::Person),
    loose("actions", ("owner_ref", "owner_id"), "", Wanted::Person),
    loose("risks", ("owner_ref", "owner_id"), "", Wanted::Person),
];

impl Loose {
    /// Gives the columns of the reference and of the number.
    pub(super) const fn columns(&self) -> (&'static str, &'static str) {
        (self.reference, self.number)
    }
}

/// An answer: the origin (empty when unknown), the reference, and the number that it leads to.
pub type Answer = (String, String, i64);

impl Work<'_> {
    /// Gives the references of a column that lead nowhere yet: origin (empty when unknown), text.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_loose(
        &mut self,
        loose: &Loose,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let Loose { table, reference, number, object, .. } = loose;
        let text = if object.is_empty() {
            format!(
                "SELECT DISTINCT '' AS origin, {reference} AS reference FROM {table} \
                 WHERE {number} IS NULL AND {reference} IS NOT NULL"
            )
        } else {
            // A subquery and not a join: each row looks its own keys up, with and without
            // statistics; `''` keeps the engines from walking all origins in order for the first.
            format!(
                "SELECT DISTINCT COALESCE((SELECT MIN('' || e.origin) FROM external_ids e \
                 WHERE e.object = '{object}' AND e.object_id = t.id), '') AS origin, \
                 t.{reference} AS reference FROM {table} t \
                 WHERE t.{number} IS NULL AND t.{reference} IS NOT NULL"
            )
        };
        let rows = self.rows(Sql::built(text)).await?;
        rows.iter().map(|row| Ok((row.get("origin")?, row.get("reference")?))).collect()
    }

    /// Attaches the rows of a column to what their reference leads to; gives their number.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_attach(
        &mut self,
        loose: &Loose,
        answers: &[Answer],
    ) -> Result<u64, StoreError> {
        let Loose { table, reference, number, object, .. } = loose;
        let mut attached = 0;
        for (origin, text, id) in answers {
            let change = format!(
                "UPDATE {table} SET {number} = $1 WHERE {number} IS NULL AND {reference} = $2"
            );
            let statement = if object.is_empty() || origin.is_empty() {
                Sql::built(change).bind(*id).bind(text)
            } else {
                let own = format!(
                    "{change} AND id IN (SELECT object_id FROM external_ids \
                     WHERE object = '{object}' AND origin = $3)"
                );
                Sql::built(own).bind(*id).bind(text).bind(origin)
            };
            attached += self.run(statement).await?;
        }
        Ok(attached)
    }

    /// Gives the references of sales lines that lead nowhere yet: origin, text.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_loose_sales(
        &mut self,
        wanted: Wanted,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let (reference, number) = sales_columns(wanted);
        let text = format!(
            "SELECT DISTINCT origin, {reference} AS reference FROM sales_lines \
             WHERE {number} = 0 AND {reference} IS NOT NULL"
        );
        let rows = self.rows(Sql::built(text)).await?;
        rows.iter().map(|row| Ok((row.get("origin")?, row.get("reference")?))).collect()
    }

    /// Attaches sales lines and moves their sums to the party or product they belong to.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_attach_sales(
        &mut self,
        wanted: Wanted,
        answers: &[Answer],
    ) -> Result<u64, StoreError> {
        if answers.is_empty() {
            return Ok(0);
        }
        let known: BTreeMap<(&str, &str), i64> = answers
            .iter()
            .map(|(origin, text, id)| ((origin.as_str(), text.as_str()), *id))
            .collect();
        let rollup = self.moved_sums(wanted, &known).await?;
        self.system_add_rollup(rollup).await?;
        let (reference, number) = sales_columns(wanted);
        let mut attached = 0;
        for ((origin, text), id) in known {
            let change = format!(
                "UPDATE sales_lines SET {number} = $1 \
                 WHERE {number} = 0 AND {reference} = $2 AND origin = $3"
            );
            attached += self.run(Sql::built(change).bind(id).bind(text).bind(origin)).await?;
        }
        Ok(attached)
    }

    /// Gives what leaves the unattributed sums and where it goes.
    async fn moved_sums(
        &mut self,
        wanted: Wanted,
        known: &BTreeMap<(&str, &str), i64>,
    ) -> Result<Rollup, StoreError> {
        let (reference, number) = sales_columns(wanted);
        let text = format!(
            "SELECT origin, {reference} AS reference, party_id, product_id, ym, currency, \
             CAST(SUM(amount_minor) AS BIGINT) AS amount_minor, \
             CAST(SUM(COALESCE(cost_minor, 0)) AS BIGINT) AS cost_minor, \
             CAST(SUM(CASE WHEN cost_minor IS NULL THEN 0 ELSE amount_minor END) AS BIGINT) AS costed_minor, \
             CAST(SUM(COALESCE(quantity_e4, 0)) AS BIGINT) AS quantity_e4, COUNT(*) AS lines, \
             COUNT(cost_minor) AS costed_lines FROM sales_lines \
             WHERE {number} = 0 AND {reference} IS NOT NULL AND is_intercompany = 0 \
             GROUP BY origin, {reference}, party_id, product_id, ym, currency"
        );
        let mut rollup = Rollup::default();
        for row in self.rows(Sql::built(text)).await? {
            let (origin, text): (String, String) = (row.get("origin")?, row.get("reference")?);
            let Some(id) = known.get(&(origin.as_str(), text.as_str())) else { continue };
            let before = RollupPart {
                party_id: row.get("party_id")?,
                product_id: row.get("product_id")?,
                ym: row.get("ym")?,
                currency: row.get("currency")?,
                sums: Sums::read(&row)?,
            };
            if wanted == Wanted::Product {
                rollup.add_product(&RollupPart { sums: before.sums.negative(), ..before.clone() });
                rollup.add_product(&RollupPart { product_id: *id, ..before });
            } else {
                rollup.take(&before);
                rollup.add(&RollupPart { party_id: *id, ..before });
            }
        }
        Ok(rollup)
    }
}

const fn sales_columns(wanted: Wanted) -> (&'static str, &'static str) {
    match wanted {
        Wanted::Product => ("product_ref", "product_id"),
        Wanted::Party | Wanted::Person => ("party_ref", "party_id"),
    }
}
